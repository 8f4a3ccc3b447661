/** @module PCA. */

import { NdArray } from "@curtido/arrays";
import { pairwiseSum, RandomState } from "@curtido/kernels";
import { type Float, float } from "@curtido/pickle";
import { featureError } from "../../base/errors.ts";
import { type Rows, shapeOf } from "../../base/input.ts";
import { numbersOf, tableOfRows } from "../base/data.ts";
import { flag, int, none, parameter, randomState, real, word } from "../base/parameters.ts";
import { seedOf } from "../base/random.ts";
import { sumsOf } from "../base/sums.ts";
import { type Fitted, type Given, Trainer, type TrainerSpec } from "../base/trainer.ts";
import { likelyDimension } from "./dimension.ts";
import { type CenteredRows, randomParts, type SingularParts, singularParts } from "./singular.ts";

type Solver = "full" | "covariance_eigh" | "arpack" | "randomized";

/** Up to this many features, and with ten times as many rows, scikit-learn takes the covariance. */
const MOST_FEATURES = 1000;
/** Up to this many rows and features it takes all singular values. */
const SMALL = 500;

/** PCA. */
export const PCA_SPEC: TrainerSpec = {
  module: "sklearn.decomposition._pca",
  name: "PCA",
  task: "transformation",
  parameters: {
    nComponents: parameter(null, none, word("mle"), int(1), real(0, 1 - Number.EPSILON, true)),
    copy: parameter(true, flag),
    whiten: parameter(false, flag),
    svdSolver: parameter("auto", word("auto", "full", "covariance_eigh", "arpack", "randomized")),
    tol: parameter(float(0), real(0)),
    iteratedPower: parameter("auto", word("auto"), int(0, 1000)),
    nOversamples: parameter(10, int(1)),
    powerIterationNormalizer: parameter("auto", word("auto", "QR", "LU", "none")),
    randomState,
  },
};

/** What was found, before it is cut to the components that are wanted. */
interface Components extends SingularParts {
  /** Variances along the directions, those without a direction too. */
  readonly variances: Float64Array;
  readonly total: number;
  readonly noise: (count: number) => number;
}

/**
 * The directions in which rows vary most; those that scikit-learn 1.9.1 finds, with their signs.
 *
 * @example
 * new PCA({ nComponents: 2 }).fit(X).transform(X);
 */
export class PCA extends Trainer {
  constructor(given: Given = {}) {
    super(PCA_SPEC, given);
  }

  /**
   * Finds the components.
   *
   * @throws CurtidoError E_FEATURES for fewer than two rows, E_UNSUPPORTED for more components than there may be
   */
  fit(X: Rows): Fitted {
    const table = tableOfRows(X);
    const [rows, width] = shapeOf(table);
    if (rows < 2) throw featureError([{ detail: "one row does not vary: principal components want two" }]);
    const data = numbersOf(table);
    const means = sumsOf(table)(data, rows, width).map((sum) => sum / rows);
    const solver = this.solver(rows, width);
    const matrix = { data, rows, width, means };
    const wanted = this.wanted(solver, rows, width);
    const found = solver === "randomized" ? this.searched(matrix, wanted as number) : exact(matrix, solver);
    const count = countOf(wanted, found, rows);
    const [variances, values] = [found.variances.slice(0, count), found.values.slice(0, count)];
    return this.finish([
      ...this.features(table),
      ["_fit_svd_solver", solver],
      ["mean_", NdArray.of(means)],
      ["noise_variance_", float(count < Math.min(rows, width) ? found.noise(count) : 0)],
      ["n_samples_", rows],
      ["n_components_", count],
      ["components_", NdArray.of(found.directions.slice(0, count * width), [count, width])],
      ["explained_variance_", NdArray.of(variances)],
      ["explained_variance_ratio_", NdArray.of(variances.map((variance) => variance / found.total))],
      ["singular_values_", NdArray.of(values)],
    ]);
  }

  private solver(rows: number, width: number): Solver {
    const given = this.parameters.get("svdSolver") as Solver | "auto";
    if (given !== "auto") return given;
    if (width <= MOST_FEATURES && rows >= 10 * width) return "covariance_eigh";
    const components = this.parameters.get("nComponents");
    if (Math.max(rows, width) <= SMALL || components === "mle") return "full";
    const count = typeof components === "number" ? components : components === null ? Math.min(rows, width) : 0;
    return count >= 1 && count < 0.8 * Math.min(rows, width) ? "randomized" : "full";
  }

  /** How many components are wanted: a number, a share of the variance, or `"mle"`. */
  private wanted(solver: Solver, rows: number, width: number): number | Float | "mle" {
    const given = this.parameters.get("nComponents") as number | Float | "mle" | null;
    const least = Math.min(rows, width);
    const most = solver === "arpack" ? least - 1 : least;
    if (given === null) return most;
    const isNumber = typeof given === "number";
    if ((solver === "arpack" || solver === "randomized") && !isNumber)
      this.unsupported("nComponents", `is a number of components with the solver '${solver}'`);
    if (given === "mle" && rows < width)
      this.unsupported("nComponents", `is 'mle' only with as many rows as features; here are ${rows} for ${width}`);
    if (isNumber && given > most)
      this.unsupported("nComponents", `is at most ${most} for ${rows} rows of ${width} features, not ${given}`);
    return given;
  }

  private searched(matrix: CenteredRows, count: number): Components {
    const rounds = this.parameters.get("iteratedPower") as number | "auto";
    const parts = randomParts(matrix, {
      count,
      more: this.parameters.get("nOversamples") as number,
      rounds: rounds === "auto" ? undefined : rounds,
      random: new RandomState(seedOf(this.parameters)),
    });
    return truncated(matrix, parts);
  }
}

function variancesOf({ values }: SingularParts, rows: number): Float64Array {
  return values.map((value) => (value * value) / (rows - 1));
}

function exact(matrix: CenteredRows, solver: Solver): Components {
  const parts = singularParts(matrix);
  if (solver === "arpack") return truncated(matrix, parts);
  const { rows, width } = matrix;
  // The covariance has a variance for each feature, also where there are fewer rows.
  const variances = new Float64Array(solver === "covariance_eigh" ? width : parts.values.length);
  variances.set(variancesOf(parts, rows));
  const noise = (count: number) => pairwiseSum(variances.slice(count)) / (variances.length - count);
  return { ...parts, variances, total: pairwiseSum(variances), noise };
}

/** Where only some components are known, the variance of the others is what is left of all. */
function truncated(matrix: CenteredRows, parts: SingularParts): Components {
  const { data, rows, width, means } = matrix;
  const squares = data.map((value, at) => (value - means[at % width]!) ** 2);
  const total = pairwiseSum(squares) / (rows - 1);
  const variances = variancesOf(parts, rows);
  const noise = (count: number) => (total - pairwiseSum(variances.slice(0, count))) / (Math.min(rows, width) - count);
  return { ...parts, variances, total, noise };
}

/** How many components are kept. */
function countOf(wanted: number | Float | "mle", { variances, total }: Components, rows: number): number {
  if (typeof wanted === "number") return wanted;
  if (wanted === "mle") return likelyDimension(variances, rows);
  let sum = 0;
  let count = 0;
  for (; count < variances.length; count++) {
    sum += variances[count]! / total;
    if (sum > wanted.value) break;
  }
  return Math.min(count + 1, variances.length);
}

/** @module KMeans. */

import { NdArray } from "@curtido/arrays";
import { ClusterSpace, pairwiseSum, RandomState, sumColumns } from "@curtido/kernels";
import { float, type Instance } from "@curtido/pickle";
import { estimatorError, featureError } from "../../base/errors.ts";
import { type Rows, shapeOf, toInput } from "../../base/input.ts";
import { numbersOf, type Target, tableOfRows } from "../base/data.ts";
import { anything, flag, int, parameter, randomState, real, settledNumber, word } from "../base/parameters.ts";
import { seedOf } from "../base/random.ts";
import {
  type Attributes,
  type Fitted,
  fitted,
  type Given,
  instanceOf,
  Trainer,
  type TrainerSpec,
} from "../base/trainer.ts";
import { type FitOptions, sampleWeights } from "../base/weights.ts";
import { ElkanStep } from "./elkan.ts";
import { type Clusters, iterate, LloydStep } from "./lloyd.ts";
import { distantSeeds, randomSeeds } from "./seeds.ts";

/** How often clusters begin anew with random rows, where nobody says. */
const RANDOM_STARTS = 10;

/** KMeans. */
export const KMEANS: TrainerSpec = {
  module: "sklearn.cluster._kmeans",
  name: "KMeans",
  task: "clustering",
  parameters: {
    nClusters: parameter(8, int(1)),
    init: parameter("k-means++", word("k-means++", "random"), anything),
    nInit: parameter("auto", word("auto"), int(1, 1_000_000)),
    maxIter: parameter(300, int(1, 1_000_000_000)),
    tol: parameter(float(1e-4), real(0)),
    verbose: parameter(0, int(0), flag),
    randomState,
    copyX: parameter(true, flag),
    algorithm: parameter("lloyd", word("lloyd", "elkan")),
  },
};

/** The means of the columns, and the mean of their variances. */
function momentsOf(x: Float64Array, rows: number, width: number) {
  const means = new Float64Array(width);
  sumColumns(x, rows, width, means);
  for (let k = 0; k < width; k++) means[k]! /= rows;
  const squares = new Float64Array(width);
  sumColumns(
    x.map((value, at) => (value - means[at % width]!) ** 2),
    rows,
    width,
    squares,
  );
  return { means, variance: pairwiseSum(squares.map((sum) => sum / rows)) / width };
}

/** Whether two lists of labels part rows alike. */
function partAlike(one: Int32Array, other: Int32Array): boolean {
  const partners = new Map<number, number>();
  return one.every((label, row) => {
    const partner = partners.get(label);
    if (partner === undefined) partners.set(label, other[row]!);
    return partner === undefined || partner === other[row];
  });
}

/**
 * Clusters around means: the same ones that scikit-learn 1.9.1 finds with the same seed.
 *
 * @example
 * const model = new KMeans({ nClusters: 3, randomState: 0 }).fit(X);
 * model.predict(X); // the cluster of each row
 */
export class KMeans extends Trainer {
  constructor(given: Given = {}) {
    super(KMEANS, given);
    const init = this.parameters.get("init");
    if (
      typeof init === "string"
        ? !["k-means++", "random"].includes(init)
        : !(init instanceof NdArray || Array.isArray(init))
    )
      this.unsupported("init", "is 'k-means++', 'random', or the centers to begin with");
  }

  /**
   * Finds the clusters; targets are of no use.
   *
   * @throws CurtidoError E_FEATURES for fewer rows than clusters, E_UNSUPPORTED for centers to begin with that do not fit,
   *   E_LIMIT where there is not enough memory
   */
  fit(X: Rows, _?: Target, options?: FitOptions): Fitted {
    const table = tableOfRows(X);
    const [rows, width] = shapeOf(table);
    const clusters = this.parameters.get("nClusters") as number;
    if (rows < clusters) throw featureError([{ detail: `there are ${rows} rows for ${clusters} clusters` }]);
    const x = numbersOf(table);
    const { means, variance } = momentsOf(x, rows, width);
    const space = spaceFor(rows, width, clusters);
    for (let at = 0; at < x.length; at++) space.x[at] = x[at]! - means[at % width]!;
    space.weights.set(sampleWeights(options, rows) ?? new Float64Array(rows).fill(1));
    space.ready();
    const tolerance =
      settledNumber(this.parameters, "tol") === 0 ? 0 : variance * settledNumber(this.parameters, "tol");
    const starts = this.starts();
    const best = this.best(space, this.seeds(space, means), starts, tolerance);
    const centers = best.centers.map((value, at) => value + means[at % width]!);
    return this.finish([
      ...this.features(table),
      ["_tol", float(tolerance)],
      ["_n_init", starts],
      ["_algorithm", clusters === 1 ? "lloyd" : this.parameters.get("algorithm")],
      ["_n_threads", 1],
      ["cluster_centers_", NdArray.of(centers, [clusters, width])],
      ["_n_features_out", clusters],
      ["labels_", NdArray.of(best.labels)],
      ["inertia_", float(best.inertia)],
      ["n_iter_", best.iterations],
    ]);
  }

  /** How often clusters begin anew. */
  private starts(): number {
    const { parameters } = this;
    const init = parameters.get("init");
    if (typeof init !== "string") return 1;
    const given = parameters.get("nInit");
    if (given !== "auto") return given as number;
    return init === "random" ? RANDOM_STARTS : 1;
  }

  /** Gives centers to begin with, centred as the rows are. */
  private seeds(space: ClusterSpace, means: Float64Array): () => Float64Array {
    const width = means.length;
    const rows = space.labels.length;
    const clusters = space.totals.length;
    const init = this.parameters.get("init");
    const random = new RandomState(seedOf(this.parameters));
    const table = { x: space.x, weights: space.weights, rows, width };
    if (init === "random") return () => randomSeeds(table, clusters, random);
    if (init === "k-means++") return () => distantSeeds(table, clusters, random);
    const given = toInput(init as Rows);
    const [count, columns] = shapeOf(given);
    if (count !== clusters || columns !== width)
      this.unsupported("init", `has ${count} centers of ${columns} features, not ${clusters} of ${width}`);
    const numbers = numbersOf(given);
    return () => numbers.map((value, at) => value - means[at % width]!);
  }

  private best(space: ClusterSpace, seeds: () => Float64Array, starts: number, tolerance: number): Clusters {
    const width = space.sums.length / space.totals.length;
    const rules = { width, mostIterations: this.parameters.get("maxIter") as number, tolerance };
    const withBounds = this.parameters.get("algorithm") === "elkan" && space.totals.length > 1;
    let best: Clusters | undefined;
    for (let start = 0; start < starts; start++) {
      const step = withBounds ? new ElkanStep(space, width) : new LloydStep(space, width);
      const found = iterate(space, step, seeds(), rules);
      if (best === undefined || (found.inertia < best.inertia && !partAlike(found.labels, best.labels))) best = found;
    }
    return best!;
  }

  override unfitted(): Instance {
    return instanceOf(KMEANS, this.pythonParameters(), []);
  }

  protected override finish(attributes: Attributes): Fitted {
    return fitted(instanceOf(KMEANS, this.pythonParameters(), attributes));
  }

  /** Here scikit-learn writes `copy_x`, elsewhere `copy_X`. */
  private pythonParameters(): ReadonlyMap<string, unknown> {
    return new Map([...this.parameters].map(([name, value]) => [name === "copyX" ? "copy_x" : name, value]));
  }
}

function spaceFor(rows: number, width: number, clusters: number): ClusterSpace {
  try {
    return new ClusterSpace(rows, width, clusters);
  } catch (error) {
    const why = `there is no WebAssembly memory for ${rows} rows of ${width} features and ${clusters} clusters`;
    throw estimatorError("E_LIMIT", why, { needed: rows * width * 8 }, error);
  }
}

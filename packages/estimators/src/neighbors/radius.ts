/** @module Estimators that answer with all training rows within a radius (`sklearn.neighbors`). */

import { type Csr, NdArray } from "@curtido/arrays";
import { featureError } from "../base/errors.ts";
import type { Method, RadiusNeighbors } from "../base/estimator.ts";
import { argmaxRows, labelTable, takeLabels } from "../base/labels.ts";
import { sumOf } from "../base/math.ts";
import type { State } from "../base/state.ts";
import { NeighborsEstimator } from "./neighbors.ts";
import {
  type NeighborTargets,
  readLabelLists,
  readTargets,
  readWeighting,
  type Weighting,
  weightsOf,
} from "./targets.ts";
import type { NearRows } from "./tree_search.ts";

/** What numpy makes of NaN in an array of integers. */
const NAN_AS_INT = -(2 ** 63);

/** What they share: the radius, targets and weights. */
abstract class RadiusEstimator extends NeighborsEstimator {
  protected readonly radius: number;
  protected readonly targets: NeighborTargets;
  protected readonly weighting: Weighting;

  constructor(state: State) {
    super(state);
    this.radius = state.number("radius", 1);
    this.targets = readTargets(state, this.search.count);
    this.weighting = readWeighting(state);
  }

  protected doRadiusNeighbors(X: NdArray | Csr, radius = this.radius): RadiusNeighbors {
    return this.search.radiusNeighbors(X, radius);
  }
}

/** RadiusNeighborsRegressor: the mean of the targets within the radius; NaN where there are none. */
export class RadiusNeighborsRegressor extends RadiusEstimator {
  private readonly empty: number;

  constructor(state: State) {
    super(state);
    this.empty = state.array("_y").dtype.kind === "f" || !this.version.atLeast(0, 20) ? Number.NaN : NAN_AS_INT;
  }

  override outputs(): number {
    return this.targets.outputs;
  }

  protected doPredict(X: NdArray | Csr): NdArray {
    const { data, outputs, flat } = this.targets;
    const rows = X.shape[0]!;
    const out = new Float64Array(rows * outputs);
    const near = this.search.within(X, this.radius);
    near.forEach(({ distances, indices }, row) => {
      const weights = weightsOf(distances, 0, indices.length, this.weighting);
      const total = sumOf(weights);
      for (let output = 0; output < outputs; output++) {
        const terms = weights.map((weight, at) => weight * data[indices[at]! * outputs + output]!);
        // numpy adds a single column by pairs, several ones row by row.
        const sum = outputs === 1 ? sumOf(terms) : terms.reduce((a, b) => a + b, 0);
        out[row * outputs + output] = indices.length === 0 ? this.empty : sum / total;
      }
    });
    const shape = flat ? [rows] : [rows, outputs];
    // Among nothing but rows without neighbours numpy sees no reason for doubles.
    const whole = this.empty === NAN_AS_INT && near.every(({ indices }) => indices.length === 0);
    return whole ? NdArray.of(BigInt64Array.from(out, BigInt), shape) : NdArray.of(out, shape);
  }
}

/** RadiusNeighborsClassifier: the shares of the labels within the radius; rows without any are outliers. */
export class RadiusNeighborsClassifier extends RadiusEstimator {
  override readonly classes_: NdArray | readonly NdArray[];
  private readonly lists: readonly NdArray[];
  /** The label of outliers, per output; `undefined` where they are refused. */
  private readonly outlierLabels: readonly unknown[] | undefined;

  constructor(state: State) {
    super(state);
    const { several, lists } = readLabelLists(state, this.targets);
    this.lists = lists;
    this.classes_ = several ? lists : lists[0]!;
    this.outlierLabels = readOutlierLabels(state, lists.length);
  }

  override offers(method: Method): boolean {
    return method === "predictProba" ? this.version.atLeast(0, 22) : super.offers(method);
  }

  protected doPredict(X: NdArray | Csr): NdArray {
    const rows = X.shape[0]!;
    const columns = this.shares(X).map((shares, output) => {
      const list = this.lists[output]!;
      const best = argmaxRows(shares, rows, list.size);
      for (let row = 0; row < rows; row++) if (isZero(shares, row * list.size, list.size)) best[row] = list.size;
      return takeLabels(best.includes(list.size) ? withLabel(list, this.outlierLabels?.[output]) : list, best);
    });
    return this.classes_ instanceof NdArray ? columns[0]! : labelTable(columns, rows);
  }

  protected doPredictProba(X: NdArray | Csr): NdArray | NdArray[] {
    const rows = X.shape[0]!;
    const tables = this.shares(X).map((shares, output) => {
      const classes = this.lists[output]!.size;
      for (let row = 0; row < rows; row++) {
        const sum = sumOf(shares, row * classes, classes) || 1;
        for (let k = 0; k < classes; k++) shares[row * classes + k]! /= sum;
      }
      return NdArray.of(shares, [rows, classes]);
    });
    return this.classes_ instanceof NdArray ? tables[0]! : tables;
  }

  /** The weights of each label per output, `[rows, classes]`; an outlier counts for its label, if that is a class. */
  private shares(X: NdArray | Csr): Float64Array[] {
    const found = this.search.within(X, this.radius);
    const outlier = found.findIndex(({ indices }) => indices.length === 0);
    if (outlier >= 0 && this.outlierLabels === undefined) {
      const detail = `no training row lies within ${this.radius}, and the model has no label for outliers`;
      throw featureError([{ row: outlier, detail }]);
    }
    return this.lists.map((_, output) => this.sharesOf(found, output, this.outlierClass(X, output)));
  }

  private sharesOf(found: readonly NearRows[], output: number, outlierClass: number): Float64Array {
    const { data, outputs } = this.targets;
    const classes = this.lists[output]!.size;
    const out = new Float64Array(found.length * classes);
    found.forEach(({ distances, indices }, row) => {
      if (indices.length === 0 && outlierClass >= 0) out[row * classes + outlierClass] = 1;
      const weights = weightsOf(distances, 0, indices.length, this.weighting);
      indices.forEach((index, at) => (out[row * classes + data[index * outputs + output]!]! += weights[at]!));
    });
    return out;
  }

  /** Where the label of outliers stands among the classes, or -1. */
  private outlierClass(X: NdArray | Csr, output: number): number {
    if (!this.version.atLeast(0, 22)) return -1;
    const list = this.lists[output]!;
    const known = list.flat();
    const label = this.outlierLabels?.[output];
    const found = known.indexOf(label);
    if (this.countsLabels(X)) {
      // Comparing directly, releases from 1.9 on take the parameter for a position, those before for a number among labels.
      const given = this.state.plain("outlier_label");
      if (typeof given !== "number") return -1;
      return this.version.atLeast(1, 9) ? (given >= 0 && given < list.size ? given : -1) : known.indexOf(given);
    }
    return found;
  }

  /** Whether scikit-learn counts labels while it compares (`RadiusNeighborsClassMode`). */
  private countsLabels(X: NdArray | Csr): boolean {
    return (
      this.version.atLeast(1, 4) &&
      this.weighting === "uniform" &&
      this.classes_ instanceof NdArray &&
      !this.search.isEuclidean &&
      this.search.comparesDirectly(X)
    );
  }
}

function isZero(data: Float64Array, from: number, count: number): boolean {
  for (let at = from; at < from + count; at++) if (data[at] !== 0) return false;
  return true;
}

function readOutlierLabels(state: State, outputs: number): readonly unknown[] | undefined {
  const name = state.has("outlier_label_") ? "outlier_label_" : "outlier_label";
  if (!state.given(name)) return undefined;
  const value = state.context.value(state.raw(name));
  const labels = Array.isArray(value) || value instanceof NdArray ? plainList(state, name) : undefined;
  const all = labels ?? new Array<unknown>(outputs).fill(state.plain(name));
  return all.length === outputs ? all : state.fail(name, `holds ${all.length} labels for ${outputs} outputs`);
}

function plainList(state: State, name: string): readonly unknown[] {
  return state.list(name).map((item) => {
    const value = state.context.value(item);
    return value instanceof NdArray ? value.item(0) : value;
  });
}

/** The labels and one more. */
function withLabel(list: NdArray, label: unknown): NdArray {
  const { data } = list;
  if (Array.isArray(data)) return NdArray.of([...data, label], [list.size + 1], list.dtype);
  const Typed = data.constructor as unknown as new (length: number) => unknown[] & Float64Array;
  const all = new Typed(list.size + 1);
  all.set(data as Float64Array);
  all[list.size] = (
    data instanceof BigInt64Array || data instanceof BigUint64Array ? BigInt(Math.trunc(Number(label))) : Number(label)
  ) as number;
  return NdArray.of(all as Float64Array, [list.size + 1], list.dtype);
}

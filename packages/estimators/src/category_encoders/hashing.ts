/** @module HashingEncoder: cells counted by the hash of their text (`category_encoders.hashing`). */

import { DataFrame, type NdArray } from "@curtido/arrays";
import { floatRepr, Instance } from "@curtido/pickle";
import { exactValues } from "../base/categories.ts";
import type { CostOf } from "../base/cost.ts";
import { FrameTransformer, isMissing, labelsOf, numberColumn, passing, tableOf } from "../base/frames.ts";
import type { Downstream, FeatureShape } from "../base/signature.ts";
import type { State } from "../base/state.ts";
import { Lumping } from "./lumping.ts";
import { md5 } from "./md5.ts";

/** The most columns that cells are counted in. */
const MOST_COMPONENTS = 2 ** 16;

/** A column for each component, however few rows there are; what training left behind does not count. */
export const costOfHashing: CostOf = (state) => {
  const components = state.integer("n_components", 8, 1, MOST_COMPONENTS);
  return { parts: ["cols"], perRow: 200 * components, perRowMemory: 200 * components };
};

/** Counts of the cells of a row, each in the column that its digest modulo their number is; the other columns behind. */
export class HashingEncoder extends FrameTransformer {
  private readonly cols: readonly number[];
  private readonly others: readonly number[];
  private readonly components: number;
  private readonly frames: boolean;
  private readonly dropped: ReadonlySet<string>;
  private readonly lumping: Lumping;

  constructor(state: State) {
    super(state);
    this.useLabels(this.labelsIn ?? trainedLabels(state));
    this.components = state.integer("n_components", 8, 1, MOST_COMPONENTS);
    const method = state.string("hash_method", "md5");
    if (method !== "md5") state.fail("hash_method", `is '${method}': md5 alone is known here`);
    this.cols = this.positionsOf(labelsOf(state, "cols"), "cols");
    this.others = (this.labelsIn ?? []).map((_, at) => at).filter((at) => !this.cols.includes(at));
    this.frames = state.boolean("return_df", true);
    const invariant = state.named("invariant_cols", "drop_cols");
    const drops = state.boolean("drop_invariant", false) && state.given(invariant);
    this.dropped = new Set(drops ? labelsOf(state, invariant).map(String) : []);
    this.lumping = new Lumping(state);
  }

  override features(downstream: Downstream): readonly FeatureShape[] {
    const first = Array.from({ length: this.components }, (_, at) => `col_${at}`).filter(
      (name) => !this.dropped.has(name),
    ).length;
    return (this.labelsIn ?? []).map((_, column): FeatureShape => {
      const at = this.others.indexOf(column);
      return at < 0 ? { type: "any", missing: true } : passing(downstream, first + at);
    });
  }

  protected transformFrame(X: DataFrame): DataFrame | NdArray {
    const counts = Array.from({ length: this.components }, () => new Float64Array(X.length));
    // One array of several columns: ints beside floats are floats there.
    const kinds = this.cols.map((column) => X.series[column]!.values.dtype.kind);
    const floats = kinds.includes("f") && kinds.every((kind) => "iuf".includes(kind));
    for (const column of this.cols) {
      const label = this.labelsIn![column];
      const cells = this.lumping.cells(label, exactValues(X, column), X);
      const float = floats || X.series[column]!.values.dtype.kind === "f";
      for (let row = 0; row < X.length; row++) {
        const cell = cells[row];
        if (cell !== null && cell !== undefined) counts[componentOf(textOf(cell, float), this.components)]![row]!++;
      }
    }
    const hashed = counts.map((values, at) => numberColumn(`col_${at}`, values, true));
    const series = [
      ...hashed.filter(({ name }) => !this.dropped.has(String(name))),
      ...this.others.map((at) => X.series[at]!),
    ];
    const out = new DataFrame(series, X.rowIndex, X.length);
    return this.frames ? out : tableOf(out);
  }
}

/** Old releases kept the rows of training, and no names beside them. */
function trainedLabels(state: State): readonly unknown[] | undefined {
  const raw = state.raw("X");
  const rows = raw instanceof Instance ? state.context.value(raw) : undefined;
  return rows instanceof DataFrame ? rows.columns : undefined;
}

/** A cell as Python's `str` writes it; whole numbers of columns of objects are ints there. */
function textOf(cell: unknown, float: boolean): string {
  if (isMissing(cell)) return "nan";
  if (typeof cell === "number") return float || !Number.isInteger(cell) ? floatRepr(cell) : String(cell);
  if (typeof cell === "boolean") return cell ? "True" : "False";
  return String(cell);
}

/** The digest as one number, most significant byte first, modulo the number of columns. */
function componentOf(text: string, components: number): number {
  let rest = 0;
  for (const byte of md5(new TextEncoder().encode(text))) rest = (rest * 256 + byte) % components;
  return rest;
}

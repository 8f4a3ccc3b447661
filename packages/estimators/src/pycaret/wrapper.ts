/** @module TransformerWrapper: a transformer of some columns of a table, put back among the others (`pycaret.internal.preprocess`). */

import { Csr, DataFrame, type NdArray } from "@curtido/arrays";
import { estimatorError } from "../base/errors.ts";
import type { Estimator } from "../base/estimator.ts";
import { FrameTransformer, frameOf, labelsOf } from "../base/frames.ts";
import { asTable, takeColumns } from "../base/input.ts";
import { type Downstream, type FeatureShape, wantsNumbers } from "../base/signature.ts";
import type { State } from "../base/state.ts";

/** A wrapped transformer. Of the target it undoes what it did; what is for training alone does nothing. */
export class TransformerWrapper extends FrameTransformer {
  /** Whether it changes rows in training only. */
  readonly trainOnly: boolean;
  /** Whether it transforms the target, and leaves the features alone. */
  readonly ofTarget: boolean;
  readonly transformer: Estimator | undefined;
  private readonly include: readonly unknown[];

  constructor(state: State) {
    super(state);
    this.trainOnly = state.boolean("_train_only", false);
    // Columns are chosen in fitting, unless there is nothing but a target to fit on.
    this.ofTarget = !state.given("_include");
    this.include = this.ofTarget ? [] : labelsOf(state, "_include");
    const all = state.given("_feature_names_in") ? labelsOf(state, "_feature_names_in") : this.include;
    const target = state.given("target_name_") ? state.raw("target_name_") : undefined;
    this.useLabels(target !== undefined && all.at(-1) === target ? all.slice(0, -1) : all);
    const idle = this.trainOnly || (!this.ofTarget && this.include.length === 0);
    this.transformer = idle ? undefined : state.estimator("transformer");
  }

  /** Whether rows go through it when it predicts. */
  get acts(): boolean {
    return this.transformer !== undefined && !this.ofTarget;
  }

  override features(downstream: Downstream): readonly FeatureShape[] {
    const { missing } = downstream;
    const own = this.transformer?.features({ missing, ...(wantsNumbers(downstream) ? NUMBERS : {}) }) ?? [];
    const passed: FeatureShape = { type: wantsNumbers(downstream) ? "number" : "any", missing };
    return (this.labelsIn ?? []).map((label, column) => {
      const at = this.include.indexOf(label);
      if (at >= 0) return own[at] ?? passed;
      return this.passes(downstream) ? (downstream.features![column] ?? passed) : passed;
    });
  }

  /** Whether columns behind it stand where they stand before it. */
  private passes({ features }: Downstream): boolean {
    return features?.length === this.labelsIn?.length;
  }

  protected transformFrame(X: DataFrame): DataFrame {
    if (this.transformer === undefined) return X;
    const positions = this.include.map((label) => X.columns.indexOf(label));
    if (positions.includes(-1)) return this.state.fail("_include", "names columns that are not there");
    const given = takeColumns(X, positions);
    const out = this.transformer.transformed(given);
    const changed = out instanceof DataFrame ? out : this.named(out);
    return this.include.length === X.columns.length ? changed : merged(X, changed, new Set(this.include));
  }

  private named(out: NdArray | Csr): DataFrame {
    const table = asTable(out instanceof Csr ? out.toDense() : out) as NdArray;
    const width = table.shape[1]!;
    const own = this.transformer!.namesOut();
    if (own?.length === width) return frameOf(table, own);
    if (width === this.include.length) return frameOf(table, this.include);
    // Components are called by their class.
    const prefix = this.transformer!.className.toLowerCase();
    return frameOf(
      table,
      Array.from({ length: width }, (_, at) => `${prefix}${at}`),
    );
  }
}

const NUMBERS = { features: [{ type: "number", missing: true }] } as const;

/** New columns behind those that they come of, as their names tell; the others where they were. */
function merged(X: DataFrame, out: DataFrame, include: ReadonlySet<unknown>): DataFrame {
  const made = new Map(out.series.map((series) => [series.name, series]));
  const before = new Map(X.series.map((series) => [series.name, series]));
  const order = new Set<unknown>();
  for (const label of X.columns) {
    if (made.has(label) || !include.has(label)) order.add(label);
    for (const name of made.keys())
      if (!before.has(name) && String(name).startsWith(`${String(label)}_`)) order.add(name);
  }
  for (const name of made.keys()) order.add(name);
  const series = [...order].map((name) => made.get(name) ?? before.get(name)!);
  if (out.length !== X.length) throw estimatorError("E_STATE", "a step drops rows when it predicts", { path: "" });
  return new DataFrame(series, X.rowIndex, X.length);
}

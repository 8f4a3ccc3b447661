/** @module SklearnTransformerWrapper: a transformer of scikit-learn on some columns (`feature_engine.wrappers`). */

import { Csr, DataFrame, type NdArray } from "@curtido/arrays";
import type { Estimator } from "../base/estimator.ts";
import { FrameTransformer, frameOf, passing } from "../base/frames.ts";
import { asTable, takeColumns } from "../base/input.ts";
import type { Downstream, FeatureShape } from "../base/signature.ts";
import type { State } from "../base/state.ts";
import { variablesOf } from "./table.ts";

/** What changes columns puts them back in their places; what makes or chooses columns has its own behind the others. */
export class SklearnTransformerWrapper extends FrameTransformer {
  private readonly transformer: Estimator;
  private readonly variables: readonly unknown[];

  constructor(state: State) {
    super(state);
    this.transformer = state.estimator("transformer_");
    this.variables = variablesOf(state);
    if (this.labelsIn !== undefined) this.positionsOf(this.variables, "variables_");
  }

  override features(downstream: Downstream): readonly FeatureShape[] {
    const own = this.transformer.features({ missing: downstream.missing });
    return (this.labelsIn ?? []).map(
      (label, at) => own[this.variables.indexOf(label)] ?? passing({ missing: downstream.missing }, at),
    );
  }

  protected transformFrame(X: DataFrame): DataFrame {
    const positions = this.variables.map((label) => X.columns.indexOf(label));
    const out = this.transformer.transformed(takeColumns(X, positions));
    const table = out instanceof DataFrame ? out : (asTable(out instanceof Csr ? out.toDense() : out) as NdArray);
    const names = this.transformer.namesOut();
    const same =
      !(table instanceof DataFrame) &&
      table.shape[1] === this.variables.length &&
      (names === undefined || names.every((name, at) => name === this.variables[at]));
    const made = table instanceof DataFrame ? table : frameOf(table, same ? this.variables : names);
    const byName = new Map(made.series.map((series) => [series.name, series]));
    if (same)
      return new DataFrame(
        X.series.map((series) => byName.get(series.name) ?? series),
        X.rowIndex,
        X.length,
      );
    const others = X.series.filter(({ name }) => !this.variables.includes(name) || byName.has(name));
    const fresh = made.series.filter(({ name }) => !X.columns.includes(name));
    return new DataFrame([...others, ...fresh], X.rowIndex, X.length);
  }
}

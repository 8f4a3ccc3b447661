/** @module A table that steps change column by column, and transformers made of such steps (`feature_engine`). */

import { DataFrame, isNumeric, type NdArray } from "@curtido/arrays";
import { exactValues } from "../base/categories.ts";
import { type FeatureProblem, featureError, MOST_PROBLEMS } from "../base/errors.ts";
import { FrameTransformer, isMissing, labelsOf, passing } from "../base/frames.ts";
import { toNumbers } from "../base/input.ts";
import type { Downstream, FeatureShape } from "../base/signature.ts";
import type { State } from "../base/state.ts";

type Column = DataFrame["series"][number];

/** The columns of a table by label, in order. */
export class Table {
  readonly length: number;
  private readonly columns: Map<unknown, Column>;
  private readonly index: DataFrame["rowIndex"];

  constructor(X: DataFrame) {
    this.length = X.length;
    this.index = X.rowIndex;
    this.columns = new Map(X.series.map((series) => [series.name, series]));
  }

  column(label: unknown): Column {
    const found = this.columns.get(label);
    if (found === undefined) throw featureError([{ feature: String(label), detail: `'${String(label)}' is missing` }]);
    return found;
  }

  /** A column as a table of its own. */
  alone(label: unknown): DataFrame {
    return new DataFrame([this.column(label)], this.index, this.length);
  }

  cells(label: unknown): ArrayLike<unknown> {
    return exactValues(this.alone(label), 0);
  }

  /** A column of numbers. @throws CurtidoError E_FEATURES for what is none */
  numbers(label: unknown): Float64Array {
    const { values } = this.column(label);
    if (isNumeric(values.dtype)) return values.toFloat64();
    return toNumbers(this.alone(label), { missing: true, infinite: true, names: () => String(label) }).toFloat64();
  }

  /** Puts a column in the place of the one of its name, or behind all others. */
  set(column: Column): void {
    this.columns.set(column.name, column);
  }

  drop(labels: Iterable<unknown>): void {
    for (const label of labels) this.columns.delete(label);
  }

  /** Refuses what is missing in these columns. @throws CurtidoError E_FEATURES naming the cells */
  refuseMissing(labels: readonly unknown[]): void {
    const problems: FeatureProblem[] = [];
    for (const label of labels) {
      const cells = this.cells(label);
      for (let row = 0; row < this.length && problems.length < MOST_PROBLEMS; row++)
        if (isMissing(cells[row]))
          problems.push({ row, feature: String(label), detail: `'${String(label)}' is missing` });
    }
    if (problems.length > 0) throw featureError(problems);
  }

  frame(): DataFrame {
    return new DataFrame([...this.columns.values()], this.index, this.length);
  }
}

/** What a transformer does, and what it asks of the columns that it works on. */
export interface Work {
  readonly apply: (table: Table) => void;
  readonly variables: readonly unknown[];
  readonly shape: (label: unknown, missing: boolean) => FeatureShape;
  /** Whether its columns may lack values; else they are refused before it works. */
  readonly missing: boolean;
}

/** A transformer of feature-engine: the columns of training, by name and in their order, then what it does to them. */
export class Worker extends FrameTransformer {
  private readonly work: Work;

  constructor(state: State, work: Work) {
    super(state);
    this.work = work;
    if (this.labelsIn !== undefined) this.positionsOf(work.variables, variablesName(state));
  }

  override features(downstream: Downstream): readonly FeatureShape[] {
    const { variables, shape } = this.work;
    const mine = new Set(variables);
    const same = downstream.features?.length === this.labelsIn?.length;
    return (this.labelsIn ?? []).map((label, at) => {
      if (mine.has(label)) return shape(label, this.work.missing);
      return passing(same ? downstream : { missing: downstream.missing, ...numbersBehind(downstream) }, at);
    });
  }

  protected transformFrame(X: DataFrame): DataFrame | NdArray {
    const table = new Table(X);
    if (!this.work.missing) table.refuseMissing(this.work.variables);
    this.work.apply(table);
    return table.frame();
  }
}

/** Where columns stand elsewhere behind it, that all of them must be numbers there is all that is known. */
function numbersBehind({ features = [] }: Downstream): Partial<Downstream> {
  const all = features.length > 0 && features.every(({ type }) => type === "number");
  return all ? { features: new Array<FeatureShape>(features.length).fill({ type: "number", missing: true }) } : {};
}

/** The attribute that names the columns it works on; releases before 1.1 had no other than the parameter. */
export function variablesName(state: State): string {
  return state.given("variables_") ? "variables_" : "variables";
}

/** The columns that it works on. */
export function variablesOf(state: State): readonly unknown[] {
  const name = variablesName(state);
  const single = state.plain(name);
  return typeof single === "string" ? [single] : labelsOf(state, name);
}

/** Whether it lets missing values be. */
export function ignoresMissing(state: State): boolean {
  return state.has("missing_values") && state.raw("missing_values") === "ignore";
}

export const numberShape = (_label: unknown, missing: boolean): FeatureShape => ({ type: "number", missing });
export const anyShape = (_label: unknown, missing: boolean): FeatureShape => ({ type: "any", missing });

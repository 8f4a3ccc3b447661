/** @module DataFrameMapper: columns by name, each through transformers of its own (`sklearn_pandas.dataframe_mapper`). */

import { Csr, DataFrame, dtypeName, NdArray, Series } from "@curtido/arrays";
import { Tuple } from "@curtido/pickle";
import { exactValues } from "../base/categories.ts";
import { featureError } from "../base/errors.ts";
import { Estimator, type InputRules } from "../base/estimator.ts";
import { frameOf, labelsOf, tableOf } from "../base/frames.ts";
import { hstack } from "../base/hstack.ts";
import { asTable, type Input, type Rows, shapeOf, takeColumns } from "../base/input.ts";
import { type Downstream, type FeatureShape, mergeFeature, type Signature, wantsNumbers } from "../base/signature.ts";
import type { State } from "../base/state.ts";

/** A group of columns, and what they go through; one that is no list is handed on as a list of values. */
interface Part {
  readonly columns: readonly string[];
  readonly flat: boolean;
  readonly steps: readonly Estimator[];
}

/** What the groups give, side by side; columns that no group names are left out, or come last. */
export class DataFrameMapper extends Estimator {
  private readonly parts: readonly Part[];
  private readonly rest: readonly Estimator[] | undefined;
  private readonly sparse: boolean;
  private readonly names: readonly string[] | undefined;
  private readonly dropped: ReadonlySet<string>;

  constructor(state: State) {
    super(state);
    const built = ["build_features", "built_features"].find((name) => state.given(name)) ?? "features";
    this.parts = state.list(built).map((item, at) => readPart(state, item, `${built}[${at}]`));
    const rest = state.given("built_default") ? state.raw("built_default") : state.raw("default");
    // False: they are left out. None: they pass as they are.
    this.rest = rest === false || rest === undefined ? undefined : stepsOf(state, rest, "built_default");
    this.sparse = state.boolean("sparse", false);
    const framed = state.has("df_out") && state.boolean("df_out", false);
    this.names = framed ? state.list("transformed_names_").map(String) : undefined;
    this.dropped = new Set(state.given("drop_cols") ? labelsOf(state, "drop_cols").map(String) : []);
    if (this.rest !== undefined) return;
    this.feature_names_in_ = [...new Set(this.parts.flatMap(({ columns }) => columns))];
    this.n_features_in_ = this.feature_names_in_.length;
  }

  protected override inputRules(): InputRules {
    return { kind: "any", missing: true, sparse: false };
  }
  override task(): Signature["task"] {
    return "transformation";
  }
  /** Columns are found by their names, and those that nothing names are left out. */
  override get readsOwnRows(): boolean {
    return true;
  }
  override get takesMore(): boolean {
    return this.rest === undefined;
  }
  override features(downstream: Downstream): readonly FeatureShape[] {
    const { missing } = downstream;
    const behind = wantsNumbers(downstream) ? { missing, features: downstream.features!.slice(0, 1) } : { missing };
    const found = new Map<string, FeatureShape>();
    for (const { columns, steps } of this.parts) {
      const shapes = steps[0]?.features(steps.length > 1 ? { missing: true } : behind);
      columns.forEach((name, at) => {
        const shape: FeatureShape = shapes?.[at] ?? {
          type: steps.length === 0 && wantsNumbers(behind) ? "number" : "any",
          missing,
        };
        const before = found.get(name);
        found.set(name, before === undefined ? shape : mergeFeature(before, shape));
      });
    }
    return (this.feature_names_in_ ?? []).map((name) => found.get(name)!);
  }

  protected doTransform(X: Input): NdArray | Csr | DataFrame {
    const frame = frameOf(X, this.feature_names_in_);
    const places = new Map(frame.columns.map((column, at) => [String(column), at]));
    const blocks = this.parts.map((part) => this.blockOf(frame, part, places));
    if (this.rest !== undefined) {
      const named = new Set(this.parts.flatMap(({ columns }) => columns));
      const others = [...places.keys()].filter((name) => !named.has(name) && !this.dropped.has(name));
      if (others.length > 0)
        blocks.push(
          through(
            this.rest,
            takeColumns(
              frame,
              others.map((name) => places.get(name)!),
            ),
          ),
        );
    }
    if (this.names !== undefined) return framed(blocks, this.names, frame);
    const stacked = hstack(
      blocks,
      shapeOf(frame)[0],
      blocks.some((block) => block instanceof Csr),
    );
    return stacked instanceof Csr && !this.sparse ? stacked.toDense() : stacked;
  }

  private blockOf(X: DataFrame, { columns, flat, steps }: Part, places: ReadonlyMap<string, number>): NdArray | Csr {
    const missing = columns.filter((name) => !places.has(name));
    if (missing.length > 0)
      throw featureError(missing.map((feature) => ({ feature, detail: `'${feature}' is missing` })));
    const positions = columns.map((name) => places.get(name)!);
    if (!flat) return through(steps, takeColumns(X, positions));
    const values = X.series[positions[0]!]!.values;
    return through(
      steps,
      "biuf".includes(values.dtype.kind) ? values : NdArray.objects([...exactValues(X, positions[0]!)], [X.length]),
    );
  }
}

/** Rows, or a list of values, through transformers; a list that comes out is a column. */
function through(steps: readonly Estimator[], X: Input): NdArray | Csr {
  let found: Input = steps.length > 0 && X instanceof DataFrame ? tableOf(X) : X;
  for (const step of steps) found = step.transform(found as Rows);
  const table = asTable(found);
  return table instanceof NdArray && table.ndim === 1
    ? NdArray.of(table.toC().data, [table.size, 1], table.dtype)
    : table;
}

/** A table under names; each column keeps the dtype that its group gave it. */
function framed(blocks: readonly (NdArray | Csr)[], names: readonly string[], X: DataFrame): DataFrame {
  const series = blocks.flatMap((block) => frameOf(block, undefined).series);
  const named = series.map(
    ({ values }, at) => new Series({ name: names[at] ?? at, values, dtype: dtypeName(values.dtype) }),
  );
  return new DataFrame(named, X.rowIndex, X.length);
}

function readPart(state: State, item: unknown, place: string): Part {
  const [columns, transformers] = item instanceof Tuple ? item.items : Array.isArray(item) ? item : [];
  const flat = typeof columns === "string";
  const list = flat ? [columns] : columns;
  if (!Array.isArray(list) || !list.every((name) => typeof name === "string"))
    return state.fail(place, "must name its columns");
  return {
    columns: list,
    flat,
    steps: transformers === null || transformers === undefined ? [] : stepsOf(state, transformers, `${place}[1]`),
  };
}

/** One transformer, a list of them, or None. */
function stepsOf(state: State, value: unknown, place: string): readonly Estimator[] {
  if (value === null) return [];
  const list = Array.isArray(value) ? value : [value];
  return list.filter((each) => each !== null).map((each) => state.estimatorFrom(each, place));
}

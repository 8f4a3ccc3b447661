/** @module PyCaret's own transformers of tables (`pycaret.internal.preprocess.transformers`). */

import { Csr, DataFrame, type NdArray } from "@curtido/arrays";
import { Dict } from "@curtido/pickle";
import { Delegate } from "../base/delegate.ts";
import type { Estimator } from "../base/estimator.ts";
import { FrameTransformer, frameOf, isMissing, numberColumn, objectColumn, renamed } from "../base/frames.ts";
import { columnValues } from "../base/input.ts";
import { datePart, momentOf } from "../base/moments.ts";
import type { Downstream, FeatureShape } from "../base/signature.ts";
import type { State } from "../base/state.ts";
import { samplesOf } from "../feature_extraction/samples.ts";

/** A transformer that looks at what it is given, whatever columns that has. */
abstract class OpenTransformer extends FrameTransformer {
  override features(_downstream: Downstream): readonly FeatureShape[] {
    return [];
  }
  protected override get goesByPosition(): boolean {
    return false;
  }
}

/** What it does to a column: the columns that stand in its place. */
abstract class ByColumn extends OpenTransformer {
  protected transformFrame(X: DataFrame): DataFrame {
    return new DataFrame(
      X.series.flatMap((series, column) => this.columnsOf(series, columnValues(X, column))),
      X.rowIndex,
      X.length,
    );
  }
  protected abstract columnsOf(
    series: DataFrame["series"][number],
    cells: Float64Array | unknown[],
  ): DataFrame["series"];
}

/** The expression that PyCaret itself uses for names. */
const PUNCTUATION = '[\\]\\[\\,\\{\\}\\"\\:]+';

/** CleanColumnNames: no brackets, commas, quotes and colons in names. */
export class CleanColumnNames extends ByColumn {
  constructor(state: State) {
    super(state);
    if (state.string("match", PUNCTUATION) !== PUNCTUATION) state.fail("match", "is an expression of one's own");
  }
  protected columnsOf(series: DataFrame["series"][number]): DataFrame["series"] {
    return [renamed(series, String(series.name).replace(/[\][,{}":]+/g, ""))];
  }
}

/** ExtractDateTimeFeatures: parts of dates as numbers; a date that is missing has none. */
export class ExtractDateTimeFeatures extends ByColumn {
  private readonly parts: readonly string[];

  constructor(state: State) {
    super(state);
    this.parts = state.list("features").map(String);
    const unknown = this.parts.find((part) => datePart(part) === undefined);
    if (unknown !== undefined) state.fail("features", `has '${unknown}', which is no part of a date`);
  }

  protected columnsOf({ name }: DataFrame["series"][number], cells: Float64Array | unknown[]): DataFrame["series"] {
    const moments = Array.from(cells, (cell) => momentOf(cell));
    return [...this.parts].reverse().map((part) => {
      const values = moments.map((moment) => (moment === undefined ? Number.NaN : datePart(part)!(moment)));
      return numberColumn(`${String(name)}_${part}`, Float64Array.from(values), true);
    });
  }
}

/** RareCategoryGrouping: what training saw rarely is one category. */
export class RareCategoryGrouping extends ByColumn {
  private readonly rare: ReadonlyMap<unknown, ReadonlySet<unknown>>;
  private readonly value: unknown;

  constructor(state: State) {
    super(state);
    this.value = state.has("value") ? state.plain("value") : "rare";
    this.rare = new Map(
      [...entriesOf(state, "to_other_")].map(([name, values]) => [name, new Set(Array.isArray(values) ? values : [])]),
    );
  }

  protected columnsOf(series: DataFrame["series"][number], cells: Float64Array | unknown[]): DataFrame["series"] {
    const rare = this.rare.get(series.name);
    if (rare === undefined || rare.size === 0) return [series];
    return [
      objectColumn(
        series.name,
        Array.from(cells, (cell) => (rare.has(cell) ? this.value : cell)),
      ),
    ];
  }
}

/** EmbedTextFeatures: words counted or weighed, a column for each. */
export class EmbedTextFeatures extends ByColumn {
  private readonly vectorizers: ReadonlyMap<
    unknown,
    { readonly estimator: Estimator; readonly words: readonly string[] }
  >;

  constructor(state: State) {
    super(state);
    this.vectorizers = new Map(
      [...entriesOf(state, "estimators_")].map(([name, value]) => {
        const place = `estimators_[${String(name)}]`;
        const words: string[] = [];
        for (const [word, at] of state.childFrom(value, place).dict("vocabulary_")) words[Number(at)] = String(word);
        return [name, { estimator: state.estimatorFrom(value, place), words }];
      }),
    );
  }

  protected columnsOf(series: DataFrame["series"][number], cells: Float64Array | unknown[]): DataFrame["series"] {
    const known = this.vectorizers.get(series.name);
    if (known === undefined) return [series];
    const counts = known.estimator.transform(samplesOf(Array.from(cells))) as NdArray | Csr;
    return frameOf(
      counts instanceof Csr ? counts.toDense() : counts,
      known.words.map((word) => `${String(series.name)}_${word}`),
    ).series;
  }
}

/** RemoveMulticollinearity: the table without the columns that say what others say. */
export class RemoveMulticollinearity extends OpenTransformer {
  private readonly dropped: ReadonlySet<unknown>;

  constructor(state: State) {
    super(state);
    this.dropped = new Set(state.list("drop_"));
  }
  protected transformFrame(X: DataFrame): DataFrame {
    const kept = X.series.filter(({ name }) => !this.dropped.has(name));
    return new DataFrame(kept, X.rowIndex, X.length);
  }
}

/** DropImputer drops rows in training; rows that are asked about must be whole. */
export class DropImputer extends OpenTransformer {
  protected transformFrame(X: DataFrame): DataFrame {
    return X;
  }
  override features(): readonly FeatureShape[] {
    return [];
  }
}

/** What its estimator does to the target. */
export class TargetTransformer extends Delegate {
  constructor(state: State) {
    super(state, state.estimator("estimator"));
  }
}

/** A dict by column, also one that makes up what it has not. */
function entriesOf(state: State, name: string): Iterable<readonly [unknown, unknown]> {
  const value = state.raw(name);
  if (value instanceof Dict) return value;
  if (typeof value === "object" && value !== null && Symbol.iterator in value)
    return value as Iterable<readonly [unknown, unknown]>;
  return state.fail(name, "must be a dict");
}

/** Statistics of some columns of each row, as GroupFeatures names them. */
const STATISTICS: readonly (readonly [name: string, of: (values: readonly number[]) => number])[] = [
  ["min", (values) => values.reduce((least, value) => Math.min(least, value))],
  ["max", (values) => values.reduce((most, value) => Math.max(most, value))],
  ["mean", (values) => values.reduce((sum, value) => sum + value, 0) / values.length],
  ["std", deviation],
  ["median", median],
  ["mode", mode],
];

function deviation(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(squares / values.length);
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  if (sorted.length === 0) return Number.NaN;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** The smallest of those that are there most often. */
function mode(values: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  let found: readonly [value: number, count: number] = [Number.NaN, 0];
  for (const [value, count] of counts)
    if (count > found[1] || (count === found[1] && value < found[0])) found = [value, count];
  return found[0];
}

/** GroupFeatures: statistics of the columns that belong together. */
export class GroupFeatures extends OpenTransformer {
  private readonly groups: readonly (readonly [name: string, columns: readonly unknown[]])[];
  private readonly drops: boolean;

  constructor(state: State) {
    super(state);
    this.drops = state.boolean("drop_groups", false);
    this.groups = [...entriesOf(state, "group_features")].map(([name, columns]) => [
      String(name),
      Array.isArray(columns) ? columns : state.fail("group_features", "must list columns"),
    ]);
  }

  protected transformFrame(X: DataFrame): DataFrame {
    const series = [...X.series];
    const dropped = new Set<unknown>();
    for (const [name, labels] of this.groups) {
      const columns = labels.map((label) => X.columns.indexOf(label)).filter((column) => column >= 0);
      const cells = columns.map((column) => columnValues(X, column));
      const rows = Array.from({ length: X.length }, (_, row) =>
        cells.map((values) => (isMissing(values[row]) ? Number.NaN : Number(values[row]))),
      );
      for (const [statistic, of] of columns.length === 0 ? [] : STATISTICS)
        series.push(
          numberColumn(
            `${statistic}(${name})`,
            Float64Array.from(rows, (values) => of(values)),
          ),
        );
      if (this.drops) for (const label of labels) dropped.add(label);
    }
    return new DataFrame(
      series.filter((each) => !dropped.has(each.name)),
      X.rowIndex,
      X.length,
    );
  }
}

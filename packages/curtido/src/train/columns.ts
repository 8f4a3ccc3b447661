/** @module Which columns of a table are learned from, and as what. */

import { columnOf, DataFrame, NdArray, Series } from "@curtido/arrays";
import { Float, typeName } from "@curtido/pickle";
import { isMissing } from "@curtido/tables";
import { dataError, listed } from "./errors.ts";

/** What the command line says of columns. */
export interface ColumnWishes {
  readonly target: string;
  readonly numeric?: readonly string[] | undefined;
  readonly categorical?: readonly string[] | undefined;
  readonly drop?: readonly string[] | undefined;
  /** Leaves rows out that have no target, which are an error without it. */
  readonly skipMissingTarget?: boolean | undefined;
}

/** A column that is learned from. */
export interface FeatureColumn {
  readonly name: string;
  readonly type: "numeric" | "categorical";
  /** Whether the command line said so. */
  readonly asked: boolean;
  readonly missing: number;
  /** Of numbers. */
  readonly least?: number;
  readonly most?: number;
  /** Of categories: how many there are. */
  readonly categories?: number;
}

/** The table as it is learned from. */
export interface Prepared {
  readonly X: DataFrame;
  readonly y: readonly unknown[];
  readonly features: readonly FeatureColumn[];
  readonly dropped: readonly string[];
  /** How many rows were left out because they have no target. */
  readonly skipped: number;
}

/**
 * Columns by what the command line says of them, and by what they hold.
 *
 * @throws CurtidoError E_DATA naming the column that does not fit
 */
export function prepareColumns(table: DataFrame, given: ColumnWishes): Prepared {
  const frame = named(table);
  const wishes = {
    ...given,
    numeric: namesOf(given.numeric, frame),
    categorical: namesOf(given.categorical, frame),
    drop: namesOf(given.drop, frame),
  };
  checkWishes(frame, wishes);
  if (frame.length === 0) throw dataError("it has no rows, only a header");
  const { rows, skipped } = rowsWithTarget(frame, wishes);
  const dropped = frame.columns.filter((name) => wishes.drop?.includes(name as string)) as string[];
  const kept = rows.series.filter(({ name }) => name !== wishes.target && !dropped.includes(name as string));
  if (kept.length === 0) throw dataError(`there is no column to learn from beside '${wishes.target}'`);
  const made = kept.map((column) => featureOf(column, wishes));
  return {
    X: new DataFrame(
      made.map(({ column }) => column),
      undefined,
      rows.length,
    ),
    y: targetOf(rows, wishes.target),
    features: made.map(({ feature }) => feature),
    dropped,
    skipped,
  };
}

/** Names that may stand together, with commas between them; a column whose name has a comma is taken whole. */
function namesOf(given: readonly string[] | undefined, { columns }: DataFrame): readonly string[] {
  return (given ?? []).flatMap((text) =>
    columns.includes(text) ? [text] : text.split(",").map((name) => name.trim()),
  );
}

/** Columns are called by texts. */
function named(table: DataFrame): DataFrame {
  const series = table.series.map((column, at) => {
    const name = typeof column.name === "string" && column.name !== "" ? column.name : `column${at + 1}`;
    return new Series({ ...column, name: typeof column.name === "string" ? name : String(column.name) });
  });
  const names = series.map(({ name }) => name);
  const second = names.findIndex((name, at) => names.indexOf(name) < at);
  if (second >= 0)
    throw dataError(
      `its columns ${names.indexOf(names[second]) + 1} and ${second + 1} are both called '${names[second]}'`,
    );
  return new DataFrame(series, undefined, table.length);
}

function checkWishes({ columns }: DataFrame, { target, numeric, categorical, drop }: ColumnWishes): void {
  const asked = { "--target": [target], "--numeric": numeric, "--categorical": categorical, "--drop": drop };
  const said = new Map<string, string>();
  for (const [option, names] of Object.entries(asked)) {
    for (const name of names ?? []) {
      if (!columns.includes(name))
        throw dataError(`${option}: there is no column '${name}'; there are ${listed(columns)}`, { column: name });
      const before = said.get(name);
      if (before !== undefined && before !== option)
        throw dataError(`the column '${name}' is named by ${before} and by ${option}: one of them`, { column: name });
      said.set(name, option);
    }
  }
}

function rowsWithTarget(frame: DataFrame, { target, skipMissingTarget }: ColumnWishes) {
  const values = frame.series[frame.columns.indexOf(target)]!.values.flat();
  const missing = values.flatMap((value, row) => (isMissing(value) || value === "" ? [row] : []));
  if (missing.length === 0) return { rows: frame, skipped: 0 };
  if (missing.length === values.length) throw dataError(`the target '${target}' is empty in every row`);
  if (skipMissingTarget !== true) {
    const which =
      missing.length === 1 ? `row ${missing[0]! + 1}` : `${missing.length} rows (first: row ${missing[0]! + 1})`;
    throw dataError(`the target '${target}' is missing in ${which}; fill it in, or add --skip-missing-target`, {
      column: target,
      row: missing[0]! + 1,
    });
  }
  const keep = new Set(missing);
  const kept = values.flatMap((_, row) => (keep.has(row) ? [] : [row]));
  const series = frame.series.map((column) => {
    const all = column.values.flat();
    const some = kept.map((row) => all[row]);
    return new Series({ ...columnOf(column.name, some), dtype: column.dtype });
  });
  return { rows: new DataFrame(series, undefined, kept.length), skipped: missing.length };
}

/** Targets as plain values: numbers, texts, truth values. */
function targetOf(frame: DataFrame, target: string): readonly unknown[] {
  const column = frame.series[frame.columns.indexOf(target)]!;
  return column.values.flat().map((value, row) => {
    const plain = value instanceof Float ? value.value : typeof value === "bigint" ? Number(value) : value;
    if (typeof plain === "string" || typeof plain === "boolean") return plain;
    if (typeof plain === "number" && Number.isFinite(plain)) return plain;
    const what = typeof plain === "number" ? String(plain) : `a ${typeName(value)}`;
    throw dataError(`the target '${target}' is ${what} in row ${row + 1}: it is numbers, texts or true and false`);
  });
}

interface Made {
  readonly column: Series;
  readonly feature: FeatureColumn;
}

function featureOf(column: Series, wishes: ColumnWishes): Made {
  const name = column.name as string;
  const values = column.values.flat().map((value) => (value instanceof Float ? value.value : value));
  const missing = values.filter(isMissing).length;
  if (missing === values.length) throw dataError(`the column '${name}' is empty in every row; add --drop ${name}`);
  if (wishes.categorical?.includes(name)) return categorical(name, values, missing, true);
  const asked = wishes.numeric?.includes(name) === true;
  if (asked || isNumeric(column, values)) return numeric(name, values, missing, asked);
  if (column.values.dtype.kind === "M" || column.values.dtype.kind === "m")
    throw dataError(`the column '${name}' holds dates, which are not learned from; add --drop ${name}`);
  return categorical(name, values, missing, false);
}

function isNumeric(column: Series, values: readonly unknown[]): boolean {
  if (column.dtype === "category" || "bMm".includes(column.values.dtype.kind)) return false;
  return values.every((value) => isMissing(value) || typeof value === "number" || typeof value === "bigint");
}

function numeric(name: string, values: readonly unknown[], missing: number, asked: boolean): Made {
  const numbers = Float64Array.from(values, (value, row) => {
    if (isMissing(value)) return Number.NaN;
    const number = typeof value === "string" ? numberOf(value) : Number(value);
    if (Number.isFinite(number)) return number;
    const why = Number.isNaN(number) ? "is no number" : "is infinite";
    throw dataError(
      `the column '${name}' is to be numeric, and '${String(value).slice(0, 60)}' in row ${row + 1} ${why}`,
      {
        column: name,
        row: row + 1,
      },
    );
  });
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (const number of numbers) {
    if (number < least) least = number;
    if (number > most) most = number;
  }
  const column = new Series({ name, values: NdArray.of(numbers), dtype: "float64" });
  return { column, feature: { name, type: "numeric", asked, missing, least, most } };
}

function numberOf(text: string): number {
  return text.trim() === "" ? Number.NaN : Number(text);
}

/** From so many rows on, a text that differs in every other row tells rows apart and groups nothing. */
const ENOUGH_ROWS = 20;

function categorical(name: string, values: readonly unknown[], missing: number, asked: boolean): Made {
  const there = new Set<unknown>();
  const plain = values.map((value, row) => {
    // As pandas' read_csv has it, so that the encoder knows it again in Python.
    if (isMissing(value)) return Number.NaN;
    const each = typeof value === "bigint" ? Number(value) : value;
    if (typeof each !== "string" && typeof each !== "number" && typeof each !== "boolean")
      throw dataError(`the column '${name}' holds a ${typeName(value)} in row ${row + 1}; add --drop ${name}`);
    there.add(each);
    return each;
  });
  const count = values.length - missing;
  const tooMany = there.size === count ? count > 2 : count >= ENOUGH_ROWS && there.size * 2 > count;
  if (tooMany && !asked) {
    throw dataError(
      `the column '${name}' has ${there.size} different texts in ${count} rows: it tells rows apart and groups nothing; add --drop ${name}`,
      { column: name },
    );
  }
  const feature: FeatureColumn = { name, type: "categorical", asked, missing, categories: there.size };
  return { column: new Series(columnOf(name, sameKind(plain))), feature };
}

/** Texts where some are texts: a column of both has no order. */
function sameKind(values: readonly (string | number | boolean)[]): readonly unknown[] {
  if (!values.some((value) => typeof value === "string")) return values;
  return values.map((value) => (Number.isNaN(value) ? value : String(value)));
}

/** @module Which columns of a table are learned from, and as what. */

import { DataFrame, Series } from "@curtido/arrays";
import { typeName } from "@curtido/pickle";
import { isMissing } from "@curtido/tables";
import { dataError, listed } from "./errors.ts";
import { type FeatureColumn, type Finding, featureOf, partsOf } from "./feature.ts";
import { whyLeftOut } from "./leave_out.ts";
import { option } from "./quoting.ts";
import { type CellWishes, type ColumnReading, plainValues, readColumn, withoutSpelled } from "./read_column.ts";

/** What the command line says of columns. */
export interface ColumnWishes extends CellWishes {
  readonly target: string;
  readonly numeric?: readonly string[] | undefined;
  readonly categorical?: readonly string[] | undefined;
  readonly drop?: readonly string[] | undefined;
  /** Whether the month and the day of the week of a date are columns too. */
  readonly dates?: "days" | "parts" | undefined;
  /** Leaves rows out that have no target, which are an error without it. */
  readonly skipMissingTarget?: boolean | undefined;
}

/** A column that is not learned from, and that nobody said so of. */
export interface LeftOut extends Finding {
  readonly name: string;
}

/** The table as it is learned from. */
export interface Prepared {
  readonly X: DataFrame;
  readonly y: readonly unknown[];
  readonly features: readonly FeatureColumn[];
  readonly target: ColumnReading;
  /** Columns that the command line left out. */
  readonly dropped: readonly string[];
  readonly leftOut: readonly LeftOut[];
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
  const target = readColumn(frame.series[frame.columns.indexOf(wishes.target)]!, wishes);
  const rows = rowsWithTarget(target.values, wishes);
  const dropped = frame.columns.filter((name) => wishes.drop.includes(name as string)) as string[];
  const others = frame.series.filter(({ name }) => name !== wishes.target && !dropped.includes(name as string));
  if (others.length === 0) throw dataError(`there is no column to learn from beside '${wishes.target}'`);
  const { kept, leftOut } = sorted(others, wishes);
  const made = kept.flatMap(({ name, reading }) => {
    const some = atRows(rows, reading);
    const parts = wishes.dates === "parts" && some.rule.date !== undefined ? partsOf(name, some.values, frame) : [];
    return [featureOf(name, some, isAsked(name, wishes)), ...parts];
  });
  const y = targetOf(atRows(rows, target), wishes.target);
  return {
    X: new DataFrame(
      made.map(({ column }) => column),
      undefined,
      y.length,
    ),
    y,
    features: made.map(({ feature }) => feature),
    target,
    dropped,
    leftOut: leftOut.map(({ reading: _, ...column }) => column),
    skipped: frame.length - y.length,
  };
}

/** So many columns are named when none is left. */
const MOST_WHYS = 6;

interface Read {
  readonly name: string;
  readonly reading: ColumnReading;
}

/** Columns that are learned from, and those that say nothing of the target. */
function sorted(columns: readonly Series[], wishes: ColumnWishes) {
  const kept: Read[] = [];
  const leftOut: (LeftOut & Read)[] = [];
  for (const column of columns) {
    const name = column.name as string;
    const asked = isAsked(name, wishes);
    const reading = asked ? readAsAsked(column, wishes) : readColumn(column, wishes);
    const why = asked ? undefined : whyLeftOut(name, reading);
    if (why === undefined) kept.push({ name, reading });
    else
      leftOut.push({
        name,
        reading,
        done: [why],
        ...(!isEmpty(reading) && { otherwise: option(`--${reading.type}`, name) }),
      });
  }
  if (kept.length > 0) return { kept, leftOut };
  // Where there is nothing else, numbers that count the rows may still say something.
  const numbers = leftOut.filter(({ reading }) => reading.type === "numeric" && new Set(reading.values).size > 1);
  if (numbers.length > 0) return { kept: numbers, leftOut: leftOut.filter((each) => !numbers.includes(each)) };
  const whys = leftOut
    .slice(0, MOST_WHYS)
    .map(
      ({ name, done, otherwise }) => `${name}: ${done[0]}${otherwise === undefined ? "" : ` (${otherwise} keeps it)`}`,
    );
  throw dataError(`there is no column to learn from beside '${wishes.target}'; ${whys.join("; ")}`);
}

function isAsked(name: string, { numeric, categorical }: ColumnWishes): boolean {
  return numeric?.includes(name) === true || categorical?.includes(name) === true;
}

/** A column that the command line says something of. */
function readAsAsked(column: Series, wishes: ColumnWishes): ColumnReading {
  const name = column.name as string;
  const plain = withoutSpelled(plainValues(column), wishes.missing ?? []);
  if (isEmpty(plain)) throw dataError(`the column '${name}' is empty in every row; add ${option("--drop", name)}`);
  if (wishes.categorical?.includes(name)) return { type: "categorical", ...plain };
  const reading = readColumn(column, { ...wishes, strict: true });
  return reading.type === "numeric" ? reading : { type: "numeric", ...plain };
}

function isEmpty({ values }: Pick<ColumnReading, "values">): boolean {
  return values.every(isMissing);
}

/** A column at some rows. */
function atRows(rows: Int32Array | undefined, reading: ColumnReading): ColumnReading {
  return rows === undefined ? reading : { ...reading, values: Array.from(rows, (row) => reading.values[row]) };
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

/** The rows that have a target; `undefined` when all have. */
function rowsWithTarget(
  values: readonly unknown[],
  { target, skipMissingTarget }: ColumnWishes,
): Int32Array | undefined {
  const missing = values.flatMap((value, row) => (isMissing(value) || value === "" ? [row] : []));
  if (missing.length === 0) return undefined;
  if (missing.length === values.length) throw dataError(`the target '${target}' is empty in every row`);
  if (skipMissingTarget !== true) {
    const which =
      missing.length === 1 ? `row ${missing[0]! + 1}` : `${missing.length} rows (first: row ${missing[0]! + 1})`;
    throw dataError(`the target '${target}' is missing in ${which}; fill it in, or add --skip-missing-target`, {
      column: target,
      row: missing[0]! + 1,
    });
  }
  const without = new Set(missing);
  return Int32Array.from(values.flatMap((_, row) => (without.has(row) ? [] : [row])));
}

/** Targets as plain values: numbers, texts, truth values. */
function targetOf({ values, rule }: ColumnReading, target: string): readonly unknown[] {
  if (rule.date !== undefined) throw dataError(`the target '${target}' holds dates, which are not learned`);
  return values.map((value, row) => {
    if (typeof value === "string" || typeof value === "boolean") return value;
    if (typeof value === "number" && Number.isFinite(value)) return value;
    const what = typeof value === "number" ? String(value) : `a ${typeName(value)}`;
    throw dataError(`the target '${target}' is ${what} in row ${row + 1}: it is numbers, texts or true and false`);
  });
}

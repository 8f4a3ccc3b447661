/** @module A column that is learned from: its values, checked, and what is said of it. */

import { columnOf, type DataFrame, NdArray, Series } from "@curtido/arrays";
import { typeName } from "@curtido/pickle";
import { type CellRule, type DatePart, datePart, isMissing } from "@curtido/tables";
import { dataError } from "./errors.ts";
import { option } from "./quoting.ts";
import type { ColumnReading } from "./read_column.ts";

/** What was made of a column beyond what it is, and the option that says otherwise, where there is one, as a shell takes it. */
export interface Finding {
  readonly done: readonly string[];
  readonly otherwise?: string;
}

/** A column that is learned from. */
export interface FeatureColumn extends Partial<Finding> {
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
  /** How its texts were read, and are read when the model is served. */
  readonly rule?: CellRule;
  /** Of which date it is a part. */
  readonly of?: { readonly name: string; readonly part: DatePart };
}

/** A column as it is learned from, and what is to be said of it. */
export interface Made {
  readonly column: Series;
  readonly feature: FeatureColumn;
}

/**
 * A column of the table that is learned from.
 *
 * @param asked - whether the command line said what it is
 * @throws CurtidoError E_DATA for a cell that is not what the column is
 */
export function featureOf(name: string, reading: ColumnReading, asked: boolean): Made {
  const made = reading.type === "numeric" ? numeric(name, reading.values) : categorical(name, reading.values);
  const missing = reading.values.filter(isMissing).length;
  const { rule, done } = reading;
  const found = {
    ...(Object.keys(rule).length > 0 && { rule }),
    ...(done.length > 0 && { done, otherwise: option(asked ? "--drop" : "--categorical", name) }),
  };
  return { column: made.column, feature: { name, type: reading.type, asked, missing, ...made.range, ...found } };
}

const PARTS: readonly DatePart[] = ["month", "weekday"];

/** The month and the day of the week of a date, as categories. */
export function partsOf(name: string, days: readonly unknown[], { columns }: DataFrame): Made[] {
  return PARTS.map((part) => {
    const own = `${name}_${part}`;
    if (columns.includes(own))
      throw dataError(
        `--dates parts: there is a column '${own}' already; add ${option("--drop", own)}, or ${option("--drop", name)}`,
      );
    const values = days.map((each) => (isMissing(each) ? Number.NaN : datePart(each as number, part)));
    const { column, range } = categorical(own, values);
    const missing = values.filter(isMissing).length;
    const done = [`${part} of '${name}'${part === "month" ? "" : ", 0 for Monday"}`];
    return {
      column,
      feature: {
        name: own,
        type: "categorical",
        asked: false,
        missing,
        ...range,
        of: { name, part },
        done,
        otherwise: "--dates days",
      },
    };
  });
}

function numeric(name: string, values: readonly unknown[]) {
  const numbers = Float64Array.from(values, (value, row) => {
    if (isMissing(value)) return Number.NaN;
    const number = typeof value === "string" ? numberOf(value) : Number(value);
    if (Number.isFinite(number)) return number;
    const why = Number.isNaN(number) ? "is no number" : "is infinite";
    const shown = String(value).slice(0, 60);
    const spelled = typeof value === "string" ? `; ${option("--missing", shown)} if it spells a missing one` : "";
    throw dataError(`the column '${name}' is to be numeric, and '${shown}' in row ${row + 1} ${why}${spelled}`, {
      column: name,
      row: row + 1,
    });
  });
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (const number of numbers) {
    if (number < least) least = number;
    if (number > most) most = number;
  }
  return { column: new Series({ name, values: NdArray.of(numbers), dtype: "float64" }), range: { least, most } };
}

function numberOf(text: string): number {
  return text.trim() === "" ? Number.NaN : Number(text);
}

function categorical(name: string, values: readonly unknown[]) {
  const there = new Set<unknown>();
  // Missing is NaN, as pandas' read_csv has it, so that the encoder knows it again in Python.
  for (const [row, value] of values.entries()) {
    if (isMissing(value)) continue;
    if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean")
      throw dataError(
        `the column '${name}' holds a ${typeName(value)} in row ${row + 1}; add ${option("--drop", name)}`,
      );
    there.add(value);
  }
  const column = new Series(columnOf(name, sameKind(values as readonly (string | number | boolean)[])));
  return { column, range: { categories: there.size } };
}

/** Texts where some are texts: a column of both has no order. */
function sameKind(values: readonly (string | number | boolean)[]): readonly unknown[] {
  if (!values.some((value) => typeof value === "string")) return values;
  return values.map((value) => (Number.isNaN(value) ? value : String(value)));
}

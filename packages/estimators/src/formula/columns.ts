/** @module The columns of a table as formulas read them. */

import { type DataFrame, isNumeric, type Series } from "@curtido/arrays";
import { columnValues, takeColumns, toNumbers } from "../base/input.ts";
import { type Labels, levelsOf, levelText, type Numbers, type Truths } from "./values.ts";

/** A column of data, and what it may hold. */
export interface DataColumn {
  readonly name: string;
  readonly type: "number" | "boolean" | "string";
  readonly value: Numbers | Truths | Labels;
  /** What training has seen in it, where those are texts. */
  readonly levels: readonly string[] | undefined;
}

/**
 * Columns by name, as they are in training; or, of rows that are to be predicted, as training has them.
 *
 * @param wanted - the columns to read; all unless given
 * @throws CurtidoError E_FEATURES for what is no number where training has numbers
 */
export function columnsOf(frame: DataFrame, wanted?: readonly DataColumn[]): ReadonlyMap<string, DataColumn> {
  if (wanted === undefined) {
    return new Map(frame.series.map((series) => [String(series.name), learned(series)]));
  }
  const places = new Map(frame.columns.map((name, at) => [String(name), at]));
  return new Map(wanted.map((column) => [column.name, read(frame, places.get(column.name)!, column)]));
}

function learned(series: Series): DataColumn {
  const name = String(series.name);
  const { values, categories } = series;
  if (categories === undefined && isNumeric(values.dtype)) {
    const data = values.toFloat64();
    if (values.dtype.kind === "b") return { name, type: "boolean", value: { kind: "truths", data }, levels: undefined };
    const whole = values.dtype.kind === "i" || values.dtype.kind === "u";
    return { name, type: "number", value: { kind: "numbers", data, whole }, levels: undefined };
  }
  const items = values.flat();
  const present = items.filter((item) => !isMissing(item));
  if (categories === undefined && present.length > 0 && present.every((item) => typeof item === "boolean")) {
    const data = Float64Array.from(items, (item) => (isMissing(item) ? Number.NaN : Number(item)));
    return { name, type: "boolean", value: { kind: "truths", data }, levels: undefined };
  }
  const whole = categories === undefined || categories.dtype.kind !== "f";
  const data = items.map((item) => labelOf(item, whole));
  const levels = categories?.flat().map((item) => labelOf(item, whole)!);
  const value: Labels = { kind: "labels", data, ...(levels && { levels }) };
  return { name, type: "string", value, levels: levelsOf(value) };
}

function read(frame: DataFrame, at: number, like: DataColumn): DataColumn {
  if (like.value.kind === "labels") {
    const data = Array.from(columnValues(frame, at), (item) => labelOf(item, true));
    return { ...like, value: { kind: "labels", data } };
  }
  const names = () => like.name;
  const numbers = toNumbers(takeColumns(frame, [at]) as DataFrame, { missing: true, infinite: true, names });
  return { ...like, value: { ...like.value, data: numbers.toFloat64() } };
}

function isMissing(item: unknown): boolean {
  return item === null || item === undefined || (typeof item === "number" && Number.isNaN(item));
}

/** A label as Python's `str` has it. */
function labelOf(item: unknown, whole: boolean): string | null {
  if (isMissing(item)) return null;
  if (typeof item === "boolean") return item ? "True" : "False";
  return typeof item === "number" ? levelText(item, { kind: "numbers", whole }) : String(item);
}

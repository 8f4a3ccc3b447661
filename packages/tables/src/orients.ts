/**
 * The ways in which JSON writes a table: pandas' orients, polars' and R's, and a key around any of them. The names of a model's
 * features decide which is meant, so that a row whose feature is called as a part of an orient stays what it is.
 *
 * @module
 */

import { CurtidoError } from "@curtido/pickle";
import { shownValue } from "./errors.ts";
import { keysAt } from "./plain_text.ts";
import type { TableRows, WholeValue } from "./types.ts";

/** Keys around rows, as services and their clients write them. */
export const WRAPPERS: readonly string[] = [
  "instances",
  "inputs",
  "data",
  "features",
  "rows",
  "dataframe_split",
  "dataframe_records",
  "input",
];

/** How many keys may stand around rows, one in the other. */
const MOST_WRAPPERS = 1;

type Parts = Readonly<Record<string, unknown>>;
type Found = TableRows | WholeValue | undefined;

/**
 * The rows of a value of JSON. What is no orient is the value itself: one row, rows by name, arrays.
 *
 * @param features - the names of the model's features; without any, nothing can be told, and the value is what it is
 * @param text - what the value was parsed from: only there do labels that are whole numbers stand in their order
 * @throws CurtidoError E_FEATURES when it is rows under a key that is neither a feature nor one that rows stand under, or columns
 *   of several lengths
 * @example
 * orientedRows({ columns: ["a"], index: [7], data: [[1]] }, ["a"]); // { columns: ["a"], rows: [[1]], index: [7] }
 * orientedRows({ data: { a: 1 } }, ["a"]); // { value: { a: 1 } }
 */
export function orientedRows(
  value: unknown,
  features: readonly string[] | undefined,
  text?: string,
): TableRows | WholeValue {
  if (features === undefined || features.length === 0 || typeof value !== "object" || value === null) return { value };
  if (Array.isArray(value)) return labelledRecords(value, features) ?? { value };
  return new Oriented(features, text).rows(value as Parts, 1);
}

/** Objects, jsonlite's name of a row in each. */
function labelledRecords(rows: readonly unknown[], features: readonly string[]): Found {
  if (!isParts(rows[0]) || !Object.hasOwn(rows[0], "_row") || features.includes("_row") || !rows.every(isParts))
    return undefined;
  return withoutKeys(rows, ["_row"]);
}

/** Records without some of their keys, whose values are labels. */
function withoutKeys(rows: readonly Parts[], keys: readonly string[]): TableRows {
  const columns = unionOf(rows, new Set(keys));
  const labels = rows.map((row) => keys.map((key) => row[key] ?? null));
  return {
    columns,
    keyed: true,
    rows: rows.map((row) => columns.map((name) => row[name] ?? null)),
    index: labels.map((label) => (label.length === 1 ? label[0] : label)),
  };
}

function unionOf(rows: readonly Parts[], without: ReadonlySet<string>): readonly string[] {
  const names = new Set<string>();
  for (const row of rows) for (const name of Object.keys(row)) if (!without.has(name)) names.add(name);
  return [...names];
}

function isParts(value: unknown): value is Parts {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

function isTexts(value: unknown): value is readonly string[] {
  return isList(value) && value.every((item) => typeof item === "string");
}

class Oriented {
  private readonly names: readonly string[];
  private readonly features: ReadonlySet<string>;
  private readonly text: string | undefined;

  constructor(features: readonly string[], text: string | undefined) {
    this.names = features;
    this.text = text;
    this.features = new Set(features);
  }

  /** @param depth - in how many objects its keys stand */
  rows(value: Parts, depth: number): TableRows | WholeValue {
    const keys = Object.keys(value);
    const split = this.split(value);
    if (split !== undefined && !this.features.has("columns") && this.hasFeature(split.columns!)) return split;
    if (this.hasFeature(keys)) return this.byColumn(value, keys, depth) ?? { value };
    const found = split ?? this.table(value) ?? this.polars(value) ?? this.byLabel(value, depth);
    if (found !== undefined) return found;
    const [key] = keys;
    if (key === undefined || keys.length > 1 || typeof value[key] !== "object" || value[key] === null) return { value };
    const inner = value[key];
    if (!WRAPPERS.includes(key)) throw this.unknownKey(key);
    if (isList(inner)) return { ...(labelledRecords(inner, this.names) ?? { value: inner }), within: [key] };
    if (depth > MOST_WRAPPERS) throw this.unknownKey(key);
    const rows = this.rows(inner as Parts, depth + 1);
    return { ...rows, within: [key, ...(rows.within ?? [])] };
  }

  /** `{"columns": ["a"], "index": [0], "data": [[1]]}` */
  private split({ columns, index, data, ...rest }: Parts): TableRows | undefined {
    const known = Object.keys(rest).every((key) => key === "index_names" || key === "column_names");
    if (!isTexts(columns) || !isList(data) || !known || !data.every(isList)) return undefined;
    return { columns, rows: data, ...(isList(index) && index.length === data.length && { index }) };
  }

  /** `{"schema": {"fields": [...], "primaryKey": ["index"]}, "data": [{"index": 0, "a": 1}]}` */
  private table({ schema, data, ...rest }: Parts): Found {
    if (!isParts(schema) || !isList(data) || !data.every(isParts) || Object.keys(rest).length > 0) return undefined;
    const keys = schema["primaryKey"];
    return isTexts(keys) && keys.length > 0 ? withoutKeys(data, keys) : { value: data };
  }

  /** `{"columns": [{"name": "a", "datatype": "Int64", "values": [1]}]}` */
  private polars({ columns, ...rest }: Parts): Found {
    const isColumn = (column: unknown) =>
      isParts(column) && typeof column["name"] === "string" && isList(column["values"]);
    if (!isList(columns) || !columns.every(isColumn) || Object.keys(rest).length > 0) return undefined;
    const parts = columns as readonly { readonly name: string; readonly values: readonly unknown[] }[];
    return this.columns(
      parts.map(({ name }) => name),
      parts.map(({ values }) => values),
    );
  }

  /** `{"a": {"0": 1}}`, where each has the same labels, and `{"a": [1]}`; `_row` names R's rows. */
  private byColumn(value: Parts, keys: readonly string[], depth: number): Found {
    const lists = keys.map((key) => value[key]);
    if (lists.every(isList)) {
      const at = this.features.has("_row") ? -1 : keys.indexOf("_row");
      const found = this.columns(keys, lists as readonly (readonly unknown[])[]);
      return at < 0 ? found : labelledBy(found, at);
    }
    if (!lists.every(isParts)) return undefined;
    const index = this.inOrder(unionOf(lists as readonly Parts[], new Set()), depth + 1);
    const rows = index.map((label) => lists.map((column) => (column as Parts)[label] ?? null));
    return { columns: keys, rows, index };
  }

  /** `{"0": {"a": 1}}` */
  private byLabel(value: Parts, depth: number): Found {
    const index = this.inOrder(Object.keys(value), depth);
    const records = index.map((label) => value[label]);
    if (records.length === 0 || !records.every(isParts) || !records.every((row) => this.hasFeature(Object.keys(row))))
      return undefined;
    if (index.length === 1 && WRAPPERS.includes(index[0]!)) return undefined;
    const columns = unionOf(records, new Set());
    return { columns, rows: records.map((row) => columns.map((name) => row[name] ?? null)), index };
  }

  /** Labels as the text has them: an object has whole numbers first, in their own order. */
  private inOrder(labels: readonly string[], depth: number): readonly string[] {
    if (this.text === undefined || !labels.some((label) => /^\d+$/.test(label))) return labels;
    const known = new Set(labels);
    const found = [...new Set(keysAt(this.text, depth))].filter((label) => known.has(label));
    return found.length === labels.length ? found : labels;
  }

  private hasFeature(names: readonly string[]): boolean {
    return names.some((name) => this.features.has(name));
  }

  private columns(names: readonly string[], lists: readonly (readonly unknown[])[]): TableRows {
    const length = lists[0]?.length ?? 0;
    const odd = lists.findIndex((list) => list.length !== length);
    if (odd >= 0) {
      const detail = `the columns have different lengths: ${shownValue(names[0])} ${length}, ${shownValue(names[odd])} ${lists[odd]!.length}`;
      throw new CurtidoError("E_FEATURES", detail, { problems: [{ path: [names[odd]!], detail }] });
    }
    return { columns: names, rows: Array.from({ length }, (_, row) => lists.map((list) => list[row])) };
  }

  private unknownKey(key: string): CurtidoError<"E_FEATURES"> {
    const example = `{"${this.names[0]}": ...${this.names.length > 1 ? ", ..." : ""}}`;
    const detail = `${shownValue(key)} is no feature of this model: send a row as ${example}, several as an array of them, or either under "instances"`;
    return new CurtidoError("E_FEATURES", detail, { problems: [{ path: [key], detail }] });
  }
}

/** A table whose labels are one of its columns. */
function labelledBy({ columns, rows }: TableRows, at: number): TableRows {
  const cells = rows as readonly (readonly unknown[])[];
  const without = <Item>(list: readonly Item[]) => list.filter((_, place) => place !== at);
  return { columns: without(columns!), rows: cells.map(without), index: cells.map((row) => row[at]) };
}

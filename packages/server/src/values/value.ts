/** @module A value that is no model, as a resource: rows, entries, and which of them are asked for. Knows no HTTP. */

import { Csr, DataFrame, dateText, NdArray, reviveAll, Series, toJson } from "@curtido/arrays";
import { CurtidoError, Dict, isCurtidoError, Tuple, typeName } from "@curtido/pickle";
import { plainValue } from "../rows/results.ts";

/** What is looked at row by row, or entry by entry. */
export interface Kept {
  /** What it is, in words: `a data frame of 3 rows and 2 columns`. */
  readonly what: string;
  readonly kind: "table" | "rows" | "entries";
  readonly length: number;
  /** The names of the columns of a table. */
  readonly columns: readonly string[];
  /** One cell of a table, or a whole row or entry (column 0), as JSON can say it. */
  cell(row: number, column: number): unknown;
  /** What a row or an entry is called, where it is called otherwise than by its place. */
  label(row: number): unknown;
}

/** How wide a row of a sparse matrix may be that is written out. */
const WIDEST = 100_000;

/**
 * A value of Python as rows or entries.
 *
 * @throws CurtidoError E_NOT_A_MODEL for what is neither a table, an array, a dict nor a list
 * @example
 * keptOf(loads(bytes)).what; // "a data frame of 4803 rows and 3 columns"
 */
export function keptOf(inert: unknown): Kept {
  const value = reviveAll(inert);
  if (value instanceof DataFrame) return tableOf(value);
  if (value instanceof Series) return seriesOf(value);
  if (value instanceof NdArray && value.ndim > 0) return arrayOf(value);
  if (value instanceof Csr && value.shape[1] <= WIDEST) return sparseOf(value);
  if (value instanceof Dict) return dictOf(value);
  const items = value instanceof Tuple ? value.items : value;
  if (Array.isArray(items)) return listOf(items, typeName(value));
  const what = typeName(value);
  throw new CurtidoError("E_NOT_A_MODEL", `a ${what} is neither a model, a table, an array, a dict nor a list`, {
    found: what,
  });
}

function tableOf(frame: DataFrame): Kept {
  const { rowIndex } = frame;
  return {
    what: `a data frame of ${frame.length} rows and ${frame.columns.length} columns`,
    kind: "table",
    length: frame.length,
    columns: frame.columns.map(String),
    cell: (row, column) => itemOf(frame.series[column]!.values, row),
    label: (row) => (rowIndex.isDefault ? undefined : plain(rowIndex.labels[row])),
  };
}

function seriesOf({ values, name, rowIndex }: Series): Kept {
  return {
    what: `a series of ${values.size} values`,
    kind: "table",
    length: values.size,
    columns: [name === null || name === undefined ? "value" : String(name)],
    cell: (row) => itemOf(values, row),
    label: (row) => (rowIndex === undefined || rowIndex.isDefault ? undefined : plain(rowIndex.labels[row])),
  };
}

function arrayOf(array: NdArray): Kept {
  const [length = 0, ...rest] = array.shape;
  const width = rest.reduce((product, extent) => product * extent, 1);
  const nested = (from: number, shape: readonly number[]): unknown => {
    const [extent, ...inner] = shape;
    if (extent === undefined) return itemOf(array, from);
    const step = inner.reduce((product, each) => product * each, 1);
    return Array.from({ length: extent }, (_, at) => nested(from + at * step, inner));
  };
  return {
    what: `an array with the shape (${array.shape.join(", ")})`,
    kind: "rows",
    length,
    columns: [],
    cell: (row) => nested(row * width, rest),
    label: () => undefined,
  };
}

function sparseOf(matrix: Csr): Kept {
  const [length, width] = matrix.shape;
  const row = (at: number) => {
    const out = new Array<number>(width).fill(0);
    for (let k = matrix.indptr[at]!; k < matrix.indptr[at + 1]!; k++) out[matrix.indices[k]!] = matrix.data[k]!;
    return out;
  };
  return {
    what: `a sparse matrix with the shape (${length}, ${width})`,
    kind: "rows",
    length,
    columns: [],
    cell: row,
    label: () => undefined,
  };
}

function dictOf(dict: Dict): Kept {
  const entries = [...dict];
  return {
    what: `a dict of ${entries.length} entries`,
    kind: "entries",
    length: entries.length,
    columns: [],
    cell: (row) => plain(entries[row]![1]),
    label: (row) => plain(entries[row]![0]),
  };
}

function listOf(items: readonly unknown[], what: string): Kept {
  return {
    what: `a ${what} of ${items.length} items`,
    kind: "rows",
    length: items.length,
    columns: [],
    cell: (row) => plain(items[row]),
    label: () => undefined,
  };
}

function itemOf(values: NdArray, at: number): unknown {
  const item = values.item(at);
  return values.dtype.kind === "M" && typeof item === "bigint" ? dateText(item, values.dtype) : plain(item);
}

/** A value as JSON can say it; what plain JSON has no word for, in typed JSON. */
function plain(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return plainValue(value);
  for (const form of ["plain", "typed"] as const) {
    try {
      return JSON.parse(toJson(value, { form })) as unknown;
    } catch (error) {
      if (!isCurtidoError(error)) throw error;
    }
  }
  return typeName(value);
}

/** @module Parquet, read: a column per column, with the labels and dtypes that pandas noted in it. */

import {
  bytesOf,
  type Compression,
  DataFrame,
  decompressAny,
  Index,
  multiIndexOf,
  NdArray,
  NOT_A_TIME,
  Series,
} from "@curtido/arrays";
import { Dict, isCurtidoError } from "@curtido/pickle";
import type { FileMetaData, ParquetParsers } from "hyparquet";
import { plainBytes } from "../bytes.ts";
import { isMissing } from "../cells.ts";
import { malformed } from "../errors.ts";
import type { Reading } from "../types.ts";
import { categoriesOf } from "./categories.ts";
import { checkFooter, checkPages } from "./check.ts";
import { parquetSeries } from "./columns.ts";
import { type ParquetColumn, parquetColumns } from "./pages.ts";
import {
  type Categories,
  indexOfRange,
  jsonOf,
  OWN_KEY,
  type OwnMetadata,
  PANDAS_KEY,
  type PandasColumn,
  type PandasMetadata,
  pandasMetadata,
} from "./pandas.ts";

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const raw = (value: unknown): unknown => value;
const textOf = (bytes: Uint8Array): unknown => bytes && utf8.decode(bytes);

/** Values as the file has them: dates are numbers still. */
const PARSERS = {
  timestampFromMilliseconds: raw,
  timestampFromMicroseconds: raw,
  timestampFromNanoseconds: raw,
  dateFromDays: raw,
  stringFromBytes: textOf,
  jsonFromBytes: textOf,
  geometryFromBytes: raw,
  geographyFromBytes: raw,
} as unknown as Partial<ParquetParsers>;

/** The same for what the metadata says of columns: texts are cut off there, in the middle of characters too. */
const BOUNDS = { ...PARSERS, stringFromBytes: raw, jsonFromBytes: raw } as unknown as Partial<ParquetParsers>;

/**
 * The table of a parquet file: labels and dtypes as pandas noted them; without a note, integers that may be missing are
 * float64. Lists and structs are lists and dicts, decimals are floats.
 *
 * @param check - is told of each column, and may refuse it
 * @throws CurtidoError E_TABLE when it is malformed, E_TABLE_LIMIT when it is too large
 */
export async function readParquet(
  file: Uint8Array,
  { limits }: Pick<Reading, "limits"> = {},
  check?: (column: ParquetColumn) => void,
): Promise<DataFrame> {
  const bytes = plainBytes(file);
  checkFooter(bytes);
  try {
    const [{ parquetMetadata }, { compressors }] = await Promise.all([
      import("hyparquet"),
      import("hyparquet-compressors"),
    ]);
    const metadata = parquetMetadata(bytes, { parsers: BOUNDS, geoparquet: false });
    checkPages(bytes, metadata, limits);
    const own = (format: Compression) => (input: Uint8Array, length: number) => decompressAny(format, input, length);
    const reading = { compressors: { ...compressors, GZIP: own("gzip"), ZSTD: own("zstd") }, parsers: PARSERS };
    const columns = parquetColumns(bytes, metadata, reading);
    if (check !== undefined) for (const column of columns) check(column);
    return tableOf(columns, metadata, (column, note) => categoriesOf(bytes, metadata, column.element, note, reading));
  } catch (error) {
    if (isCurtidoError(error)) throw error;
    throw malformed("parquet", (error as Error).message, error);
  }
}

function tableOf(
  columns: readonly ParquetColumn[],
  metadata: FileMetaData,
  dictionary: (column: ParquetColumn, note: PandasColumn | undefined) => Categories | undefined,
): DataFrame {
  const noteOf = (key: string) => metadata.key_value_metadata?.find((entry) => entry.key === key)?.value;
  const pandas = pandasMetadata(noteOf(PANDAS_KEY));
  const own = jsonOf(noteOf(OWN_KEY)) as Partial<OwnMetadata> | undefined;
  const noted = new Map(pandas?.columns.map((column) => [column.field_name ?? String(column.name), column]));
  const series = new Map(
    columns.map((column) => {
      const note = noted.get(column.name);
      const categories = own?.categories?.[column.name] ?? dictionary(column, note);
      return [column.name, restored(parquetSeries(column, note), categories)] as const;
    }),
  );
  const rows = Number(metadata.num_rows);
  const index = indexOf(pandas, series, noted, rows);
  const kept = [...series].filter(([name]) => !index?.fields.has(name)).map(([, column]) => column);
  const names = namesOf(pandas, kept);
  const labelled =
    names === undefined ? kept : kept.map((column, at) => new Series({ ...column, name: names.labels[at] }));
  return new DataFrame(labelled, index?.index, rows, names);
}

/** The index of the columns, where it is more than texts. */
function namesOf(pandas: PandasMetadata | undefined, columns: readonly Series[]): Index | undefined {
  const [note, more] = pandas?.column_indexes ?? [];
  if (note === undefined || more !== undefined) return undefined;
  const texts = columns.map((column) => String(column.name));
  const integers = note.numpy_type === "int64" && texts.every((text) => /^-?\d{1,15}$/.test(text));
  if (!integers) return note.name === null ? undefined : Index.of(texts, note.name);
  const numbers = texts.map(Number);
  return numbers.every((number, at) => number === at)
    ? Index.range(numbers.length, 0, 1, note.name ?? null)
    : Index.of(numbers, note.name);
}

function indexOf(
  pandas: PandasMetadata | undefined,
  series: ReadonlyMap<string, Series>,
  noted: ReadonlyMap<string, PandasColumn>,
  rows: number,
): { readonly index: Index; readonly fields: ReadonlySet<string> } | undefined {
  const described = pandas?.index_columns ?? [];
  const [first] = described;
  if (first === undefined) return undefined;
  if (typeof first !== "string") {
    const index = indexOfRange(first);
    if (index.length !== rows)
      throw malformed("parquet", `pandas' note says ${index.length} rows, the file has ${rows}`);
    return { index, fields: new Set() };
  }
  const fields = described.filter((each) => typeof each === "string" && series.has(each)) as string[];
  if (fields.length !== described.length) return undefined;
  const names = fields.map((field) => noted.get(field)?.name ?? null);
  const levels = fields.map((field) => series.get(field)!);
  const index = levels.length === 1 ? indexFrom(levels[0]!, names[0]) : multiFrom(levels, names);
  return { index, fields: new Set(fields) };
}

function indexFrom({ values, dtype, categories, ordered }: Series, name: unknown): Index {
  const kind = values.dtype.kind === "M" ? "DatetimeIndex" : dtype === "category" ? "CategoricalIndex" : "Index";
  return new Index(values.flat(), name ?? null, values, { kind, dtype, categories, ordered });
}

/** Levels of the labels in the order in which they appear. */
function multiFrom(levels: readonly Series[], names: readonly unknown[]): Index {
  const coded = levels.map((level) => {
    const places = new Dict<number>();
    const firsts: number[] = [];
    const codes = Int32Array.from(level.values.flat(), (label, row) => {
      if (isMissing(label) || label === NOT_A_TIME) return -1;
      const place = places.get(label) ?? firsts.push(row) - 1;
      places.set(label, place);
      return place;
    });
    return { codes, index: indexFrom(taken(level, firsts), null) };
  });
  return multiIndexOf(
    coded.map(({ index }) => index),
    coded.map(({ codes }) => codes),
    names,
  );
}

function taken(series: Series, rows: readonly number[]): Series {
  const { dtype, data } = series.values;
  const items = rows.map((row) => data[row]);
  const shape = [items.length];
  if (dtype.kind === "O") return new Series({ ...series, values: NdArray.objects(items, shape) });
  const values = NdArray.fromBytes(bytesOf(NdArray.of(items, shape, dtype)), dtype, shape);
  return new Series({ ...series, values });
}

/** A column with its categories again. */
function restored(series: Series, note: Categories | undefined): Series {
  if (note === undefined || !Array.isArray(note.values)) return series;
  const categories = Index.of(note.values).values!;
  const known = new Dict(note.values.map((label) => [label, true] as const));
  const flat = series.values.flat();
  const items = flat.map((item) => (isMissing(item) ? null : item));
  if (!items.every((item) => item === null || known.has(item))) return series;
  const values = NdArray.objects(items, [items.length]);
  return new Series({ name: series.name, values, dtype: "category", categories, ordered: note.ordered === true });
}

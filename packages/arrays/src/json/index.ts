/** @module Arrays, matrices and frames as typed JSON: rows for the table of `@curtido/pickle`. */

import {
  Dict,
  fromJson as fromJsonPlain,
  JsonLiteral,
  type JsonParts,
  type JsonType,
  jsonType,
  type ReadJsonOptions,
  toJson as toJsonPlain,
  type WriteJsonOptions,
} from "@curtido/pickle";
import { arrayError } from "../errors.ts";
import { DataFrame } from "../frame/frame.ts";
import { Index, type IndexKind } from "../frame/index_labels.ts";
import { indexValues, multiIndexOf } from "../frame/index_values.ts";
import { withoutIndex } from "../frame/reset.ts";
import { holdsInts, Series, type Values } from "../frame/series.ts";
import { type ArrayData, NdArray } from "../ndarray.ts";
import { Csr } from "../sparse/csr.ts";
import { bytesOf } from "../write/bytes.ts";
import {
  arrayOfElements,
  dtypeJson,
  dtypeOfJson,
  elementsJson,
  isListed,
  plainArray,
  plainElement,
  plainLabel,
  shapeOfJson,
} from "./elements.ts";

type Fields = ReadonlyMap<string, unknown>;

const fieldsOf = (parts: unknown): Fields => (parts instanceof Map ? parts : new Map());

/** Only what there is. */
function present(record: Readonly<Record<string, unknown>>): JsonParts {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));
}

function arrayParts(array: NdArray): JsonParts {
  const listed = isListed(array);
  return present({
    dtype: new JsonLiteral(dtypeJson(array.dtype)),
    shape: new JsonLiteral(array.shape),
    order: array.order === "F" && array.dtype.kind !== "O" ? "F" : undefined,
    scalar: array.scalar ? true : undefined,
    data: listed ? elementsJson(array) : undefined,
    bytes: listed ? undefined : bytesOf(array),
  });
}

function arrayOf(fields: Fields): NdArray {
  const dtype = dtypeOfJson(fields.get("dtype"));
  const shape = shapeOfJson(fields.get("shape"));
  const order = fields.get("order") === "F" ? "F" : "C";
  const bytes = fields.get("bytes");
  const array =
    bytes instanceof Uint8Array
      ? NdArray.fromBytes(bytes, dtype, shape, order)
      : arrayOfElements(fields.get("data"), dtype, shape, order);
  return fields.get("scalar") === true ? array.asScalar() : array;
}

/** The values of a column, its ints as `bigint`. */
function exactValues(column: Values): NdArray {
  if (!holdsInts(column)) return column.values;
  const items = column.values.flat().map((item) => (typeof item === "number" ? BigInt(item) : item));
  return NdArray.objects(items, column.values.shape);
}

/** Ints of a column as they are kept there: as numbers, while those are exact. */
function plainValues(column: Values): NdArray {
  if (!holdsInts(column)) return column.values;
  const items = column.values.flat().map((item) => {
    return typeof item === "bigint" && Number.isSafeInteger(Number(item)) ? Number(item) : item;
  });
  return NdArray.objects(items, column.values.shape);
}

function columnParts(column: Values): Record<string, unknown> {
  const { dtype, categories, categoriesDtype, ordered, arrow } = column;
  const values = exactValues(column);
  return { dtype, values, categories, categoriesDtype, ordered: ordered === true ? true : undefined, arrow };
}

function columnFields(fields: Fields) {
  const values = fields.get("values");
  const dtype = fields.get("dtype");
  if (!(values instanceof NdArray) || typeof dtype !== "string") throw arrayError("E_FRAME", "a column is malformed");
  const categories = fields.get("categories");
  const categoriesDtype = fields.get("categoriesDtype");
  const arrow = fields.get("arrow");
  const column: Values = {
    values,
    dtype,
    ...(categories instanceof NdArray && { categories }),
    ...(typeof categoriesDtype === "string" && { categoriesDtype }),
    ordered: fields.get("ordered") === true,
    ...(typeof arrow === "string" && { arrow }),
  };
  return { ...column, values: plainValues(column) };
}

function indexParts(index: Index): JsonParts {
  const { kind, name, range, levels, codes, categories, categoriesDtype, ordered } = index;
  return present({
    kind,
    name,
    dtype: range === undefined ? index.dtype : undefined,
    range: range && new JsonLiteral([range.start, range.stop, range.step]),
    levels,
    codes: codes && new JsonLiteral(codes.map((each) => [...each])),
    values:
      (range ?? levels)
        ? undefined
        : exactValues(indexValues(index.values === undefined ? Index.of(index.labels) : index)),
    categories,
    categoriesDtype,
    ordered: ordered ? true : undefined,
    freq: index.freq ?? undefined,
  });
}

function indexOf(fields: Fields): Index {
  const name = fields.get("name") ?? null;
  const range = fields.get("range");
  const levels = fields.get("levels");
  if (Array.isArray(range)) {
    const [start, stop, step] = range.map(Number);
    return Index.range(stop ?? 0, start, step, name);
  }
  if (Array.isArray(levels)) {
    const codes = fields.get("codes");
    if (!Array.isArray(codes) || !levels.every((level) => level instanceof Index))
      throw arrayError("E_FRAME", "an index of several levels is malformed");
    const numbers = codes.map((each) => Int32Array.from(Array.isArray(each) ? each : [], Number));
    return multiIndexOf(levels, numbers, Array.isArray(name) ? name : []);
  }
  const column = columnFields(new Map([["dtype", "object"], ...fields]));
  const { values, categories, categoriesDtype, ordered } = column;
  return new Index(values.flat(), name, values, {
    kind: (fields.get("kind") ?? "Index") as IndexKind,
    dtype: fields.get("dtype") as string | undefined,
    categories,
    categoriesDtype,
    ordered,
    freq: fields.get("freq"),
  });
}

function frameOf(fields: Fields): DataFrame {
  const columns = fields.get("columns");
  const index = fields.get("index");
  const names = fields.get("names");
  if (!Array.isArray(columns) || !columns.every((column) => column instanceof Series))
    throw arrayError("E_FRAME", "a frame has no columns");
  return new DataFrame(
    columns,
    index instanceof Index ? index : undefined,
    index instanceof Index ? index.length : undefined,
    names instanceof Index ? names : undefined,
    attrsIn(fields),
  );
}

function attrsIn(fields: Fields): Dict | undefined {
  const attrs = fields.get("attrs");
  return attrs instanceof Dict ? attrs : undefined;
}

/** One dict per row, labels of rows in front where they say something. */
function records(frame: DataFrame): unknown {
  const { series, length } = withoutIndex(frame);
  const columns = series.map((column) => plainColumn(column));
  if (columns.includes(undefined)) return undefined;
  const names = series.map((column) => plainLabel(column.name));
  return Array.from({ length }, (_, row) => new Dict(names.map((name, at) => [name, columns[at]![row]] as const)));
}

function plainColumn(column: Series): readonly unknown[] | undefined {
  const list = plainArray(exactValues(column));
  return Array.isArray(list) ? list : undefined;
}

/**
 * The rows for arrays, matrices and frames: what `toJson` and `fromJson` of `@curtido/pickle` take as `types`.
 *
 * @example
 * toJson(NdArray.of(Float64Array.of(1, 2)), { types: arrayTypes });
 * // '{"$ndarray":{"dtype":"<f8","shape":[2],"data":[1,2]}}'
 */
export const arrayTypes: readonly JsonType[] = [
  jsonType("$ndarray", NdArray, arrayParts, (parts) => arrayOf(fieldsOf(parts)), plainArray),
  {
    tag: "$ndarray",
    matches: (value) => ArrayBuffer.isView(value) && !(value instanceof Uint8Array) && !(value instanceof DataView),
    write: (value) => arrayParts(NdArray.of(value as ArrayData & object)),
    read: (parts) => arrayOf(fieldsOf(parts)),
    plain: (value) => plainArray(NdArray.of(value as ArrayData & object)),
  },
  jsonType(
    "$csr",
    Csr,
    ({ shape, kind, dtype, indptr, indices, data, nnz }) => ({
      shape: new JsonLiteral(shape),
      kind,
      dtype: new JsonLiteral(dtypeJson(dtype)),
      indptr: new JsonLiteral([...indptr]),
      indices: new JsonLiteral([...indices.subarray(0, nnz)]),
      data: NdArray.of(data.subarray(0, nnz)),
    }),
    (parts) => csrOf(fieldsOf(parts)),
  ),
  jsonType(
    "$series",
    Series,
    (series) => present({ name: series.name, ...columnParts(series), index: series.rowIndex, attrs: series.attrs }),
    (parts) => {
      const fields = fieldsOf(parts);
      const index = fields.get("index");
      return new Series(
        { ...columnFields(fields), name: fields.get("name") ?? null },
        index instanceof Index ? index : undefined,
        attrsIn(fields),
      );
    },
    plainColumn,
  ),
  jsonType(
    "$index",
    Index,
    indexParts,
    (parts) => indexOf(fieldsOf(parts)),
    (index) =>
      index.values === undefined ? index.labels : index.labels.map((label) => plainElement(label, index.values!.dtype)),
  ),
  jsonType(
    "$frame",
    DataFrame,
    (frame) =>
      present({
        columns: frame.series.map((column) => (column instanceof Series ? column : new Series(column))),
        index: frame.rowIndex,
        names: frame.columnIndex,
        attrs: frame.attrs,
      }),
    (parts) => frameOf(fieldsOf(parts)),
    records,
  ),
];

function csrOf(fields: Fields): Csr {
  const [rows, columns] = shapeOfJson(fields.get("shape"));
  const ints = (name: string) => {
    const list = fields.get(name);
    return Int32Array.from(Array.isArray(list) ? list : [], Number);
  };
  const data = fields.get("data");
  if (rows === undefined || columns === undefined || !(data instanceof NdArray))
    throw arrayError("E_ARRAY", "a sparse matrix is malformed");
  const kind = fields.get("kind") === "array" ? "array" : "matrix";
  const dtype = dtypeOfJson(fields.get("dtype"));
  return new Csr([rows, columns], ints("indptr"), ints("indices"), data.toFloat64(), dtype, kind);
}

/**
 * Writes a value as JSON, as `toJson` of `@curtido/pickle` does, arrays and frames in it too. In plain JSON an array is
 * nested lists, a frame a list of rows; dates are ISO texts.
 *
 * @throws CurtidoError as `toJson` of `@curtido/pickle`
 * @example
 * toJson(DataFrame.fromRecords([{ a: 1.5 }]), { form: "plain" }); // '[{"a":1.5}]'
 */
export function toJson(value: unknown, options: WriteJsonOptions = {}): string {
  return toJsonPlain(value, { ...options, types: [...(options.types ?? []), ...arrayTypes] });
}

/**
 * Reads JSON, as `fromJson` of `@curtido/pickle` does, arrays and frames in it too.
 *
 * @throws CurtidoError as `fromJson` of `@curtido/pickle`; E_ARRAY, E_DTYPE, E_FRAME
 * @example
 * fromJson('{"$ndarray": {"dtype": "<f8", "shape": [2], "data": [1, 2]}}'); // NdArray
 */
export function fromJson(json: unknown, options: ReadJsonOptions = {}): unknown {
  return fromJsonPlain(json, { ...options, types: [...(options.types ?? []), ...arrayTypes] });
}

/** @module pandas' extension arrays: categories, strings, nullable numbers, dates, periods. */

import { Dict, Global, Instance, Tuple } from "@curtido/pickle";
import { dtypeName } from "../dtype.ts";
import { arrayError } from "../errors.ts";
import type { Index } from "../frame/index_labels.ts";
import type { Values } from "../frame/series.ts";
import { NdArray } from "../ndarray.ts";
import { reviveNumpy } from "./numpy.ts";
import { datetimeName, periodName, textName } from "./pandas_dtypes.ts";
import { reviveArrow } from "./pyarrow.ts";
import { sparseColumn } from "./sparse_column.ts";

/** Revives the index under a value; handed in, because an index holds extension arrays and those hold indexes. */
type ReviveIndex = (value: unknown) => Index;

/** Where constructors take what the attributes are called otherwise. */
const ARGUMENTS: Readonly<Record<string, number>> = { _ndarray: 0, _data: 0, _codes: 0, _mask: 1, _dtype: 1 };

/** `module.name` of the class of an object that `cls.__new__(cls)` made, also by its name before protocol 2. */
export function classNameOf(value: Instance): string {
  const [cls] = value.args;
  return value.className === "copyreg.__newobj__" && cls instanceof Global ? cls.toString() : value.className;
}

/** Attributes of an extension array by name. */
type PartOf = (name: string) => unknown;

/** The class and the attributes of an array, whichever of the ways to pickle it a release chose. */
export function extensionParts(value: Instance): { readonly cls: string; readonly get: PartOf } {
  const backed = value.className.endsWith(".__pyx_unpickle_NDArrayBacked");
  const first = value.args[0];
  const name = classNameOf(value);
  const cls = backed && first instanceof Global ? first.name : name.slice(name.lastIndexOf(".") + 1);
  const state = value.state ?? (value.args[2] instanceof Tuple ? value.args[2] : undefined);
  if (state instanceof Dict) return { cls, get: (name) => state.get(name) };
  if (!(state instanceof Tuple)) {
    return { cls, get: (name) => (ARGUMENTS[name] === undefined ? undefined : value.args[ARGUMENTS[name]]) };
  }
  // (dtype, array[, attributes]); releases before 1.5 wrote the two the other way round in places.
  const array = state.items.find((item) => reviveNumpy(item) !== undefined);
  const dtype = state.items.find((item) => item !== array);
  const attributes = state.items.find((item) => item instanceof Dict);
  const get: PartOf = (name) => {
    if (name === "_dtype") return dtype;
    if (name === "_ndarray" || name === "_codes") return array;
    return attributes instanceof Dict ? attributes.get(name) : undefined;
  };
  return { cls, get };
}

/** The plain values of an extension array or a numpy array. */
export function reviveValues(value: unknown, reviveIndex: ReviveIndex): Values {
  const array = reviveNumpy(value);
  if (array !== undefined) return { values: array, dtype: dtypeName(array.dtype) };
  if (!(value instanceof Instance)) throw arrayError("E_FRAME", "a column holds no array");
  const { cls, get } = extensionParts(value);
  if (cls === "Categorical") return categorical(get("_codes"), get("_dtype"), get("_categories"), reviveIndex);
  if (cls === "array") return strings(value.args[0], value.args[1]);
  if (/^(Arrow)?(StringArray|ObjectStringArrayMixin)/.test(cls))
    return strings(get("_ndarray") ?? get("_pa_array") ?? get("_data"), get("_dtype"));
  if (cls === "ArrowExtensionArray") {
    const found = reviveArrow(get("_pa_array") ?? get("_data"));
    if (found !== undefined) return found;
  }
  const sparse = get("_dtype");
  if (cls === "SparseArray" && sparse instanceof Instance)
    return sparseColumn(get("_sparse_index"), get("_sparse_values"), extensionParts(sparse).get);
  if (/^(Integer|Floating|Boolean)Array$/.test(cls)) return nullable(get("_data"), get("_mask"));
  const data = reviveNumpy(get("_ndarray")) ?? reviveNumpy(get("_data"));
  if (data !== undefined) {
    if (cls === "DatetimeArray") return { values: data, dtype: datetimeName(data.dtype, get("_dtype")) };
    if (cls === "PeriodArray") return { values: data, dtype: periodName(get("_dtype") ?? get("freq")) };
    if (/^(Timedelta|PandasArray|NumpyExtension)/.test(cls)) return { values: data, dtype: dtypeName(data.dtype) };
  }
  throw arrayError("E_FRAME", `a column is a ${cls}, which is not read`, { class: value.className });
}

/** Before pandas 0.21 the categories stood beside the codes, later in the dtype. */
function categorical(codes: unknown, dtype: unknown, labels: unknown, reviveIndex: ReviveIndex): Values {
  const array = reviveNumpy(codes);
  const state = dtype instanceof Instance ? dtype.state : undefined;
  const given = dtype instanceof Instance ? (state instanceof Dict ? state.get("categories") : dtype.args[0]) : labels;
  if (array === undefined || typeof given !== "object" || given === null)
    throw arrayError("E_FRAME", "a categorical column is malformed");
  const ordered = state instanceof Dict ? state.get("ordered") : dtype instanceof Instance && dtype.args[1];
  const index = reviveIndex(given);
  const categories = index.values ?? NdArray.objects([...index.labels], [index.length]);
  const values = Array.from(array.toFloat64(), (code) => {
    if (code >= categories.size) throw arrayError("E_FRAME", `a categorical column has no category ${code}`);
    return code < 0 ? null : categories.item(code);
  });
  return {
    values: NdArray.objects(values, array.shape),
    dtype: "category",
    categories,
    categoriesDtype: index.dtype,
    ordered: ordered === true,
  };
}

function isNA(value: unknown): boolean {
  return (
    value === null ||
    (typeof value === "number" && Number.isNaN(value)) ||
    (value instanceof Global && /(^|\.)(NA|NAType)$/.test(value.name)) ||
    (value instanceof Instance && value.className.endsWith("NAType"))
  );
}

function strings(value: unknown, dtype: unknown): Values {
  const plain = reviveNumpy(value);
  const storage = dtype instanceof Instance ? dtype.args[0] : undefined;
  const arrow = plain === undefined ? reviveArrow(value) : undefined;
  const array = plain ?? arrow?.values;
  if (array === undefined) throw arrayError("E_FRAME", "a string column holds no texts");
  return {
    values: NdArray.objects(
      array.flat().map((item) => (isNA(item) ? null : item)),
      array.shape,
    ),
    dtype: textName(dtype),
    ...((arrow !== undefined || storage === "pyarrow") && textName(dtype) === "string" && { arrow: "string" }),
  };
}

function nullable(data: unknown, mask: unknown): Values {
  const values = reviveNumpy(data);
  const missing = reviveNumpy(mask);
  if (values === undefined || missing === undefined || missing.size !== values.size)
    throw arrayError("E_FRAME", "a nullable column is malformed");
  const plain = values.flat().map((item, at) => (missing.item(at) === true ? null : item));
  const name = dtypeName(values.dtype);
  const dtype =
    name === "bool"
      ? "boolean"
      : name.replace(/^u?int|^float/, (head) => (head === "uint" ? "UInt" : head[0]!.toUpperCase() + head.slice(1)));
  return { values: NdArray.objects(plain, values.shape), dtype };
}

/** @module pandas' extension arrays: categories, strings, nullable numbers, dates. */

import { Dict, Global, Instance, Tuple } from "@curtido/pickle";
import { dtypeName } from "../dtype.ts";
import { arrayError } from "../errors.ts";
import type { Index } from "../frame/index_labels.ts";
import { NdArray } from "../ndarray.ts";
import { reviveNumpy } from "./numpy.ts";

/** Values of a column or an index, with what pandas calls their dtype. */
export interface Values {
  readonly values: NdArray;
  readonly dtype: string;
  readonly categories?: NdArray;
}

/** Revives the index under a value; handed in, because an index holds extension arrays and those hold indexes. */
export type ReviveIndex = (value: unknown) => Index;

/** Parts of an array: attributes by name, whichever of the ways to pickle it a release chose. */
function partsOf(value: Instance): { readonly cls: string; readonly get: (name: string) => unknown } {
  const backed = value.className.endsWith(".__pyx_unpickle_NDArrayBacked");
  const first = value.args[0];
  const cls =
    backed && first instanceof Global ? first.name : value.className.slice(value.className.lastIndexOf(".") + 1);
  const state = value.state ?? (value.args[2] instanceof Tuple ? value.args[2] : undefined);
  if (state instanceof Dict) return { cls, get: (name) => state.get(name) };
  const tuple = state instanceof Tuple ? state.items : [];
  // (dtype, array[, attributes]); releases before 1.5 wrote the two the other way round in places.
  const array = tuple.find((item) => reviveNumpy(item) !== undefined);
  const dtype = tuple.find((item) => item !== array);
  return {
    cls,
    get: (name) => (name === "_dtype" ? dtype : name === "_ndarray" || name === "_codes" ? array : undefined),
  };
}

/** The plain values of an extension array or a numpy array. */
export function reviveValues(value: unknown, reviveIndex: ReviveIndex): Values {
  const array = reviveNumpy(value);
  if (array !== undefined) return { values: array, dtype: dtypeName(array.dtype) };
  if (!(value instanceof Instance)) throw arrayError("E_FRAME", "a column holds no array");
  const { cls, get } = partsOf(value);
  if (cls === "Categorical") return categorical(get("_codes"), get("_dtype"), get("_categories"), reviveIndex);
  if (cls === "StringArray" || cls === "ArrowStringArray" || cls === "ObjectStringArrayMixin")
    return strings(get("_ndarray"));
  if (/^(Integer|Floating|Boolean)Array$/.test(cls)) return nullable(get("_data"), get("_mask"));
  if (/^(Datetime|Timedelta|Period|PandasArray|NumpyExtension)/.test(cls)) {
    const data = reviveNumpy(get("_ndarray")) ?? reviveNumpy(get("_data"));
    if (data !== undefined) return { values: data, dtype: dtypeName(data.dtype) };
  }
  throw arrayError("E_FRAME", `a column is a ${cls}, which is not read`, { class: value.className });
}

/** Before pandas 0.21 the categories stood beside the codes, later in the dtype. */
function categorical(codes: unknown, dtype: unknown, labels: unknown, reviveIndex: ReviveIndex): Values {
  const array = reviveNumpy(codes);
  const state = dtype instanceof Instance ? dtype.state : undefined;
  if (array === undefined || !(state instanceof Dict || labels instanceof Instance))
    throw arrayError("E_FRAME", "a categorical column is malformed");
  const index = reviveIndex(state instanceof Dict ? state.get("categories") : labels);
  const categories = index.values ?? NdArray.objects([...index.labels], [index.length]);
  const values = Array.from(array.toFloat64(), (code) => {
    if (code >= categories.size) throw arrayError("E_FRAME", `a categorical column has no category ${code}`);
    return code < 0 ? null : categories.item(code);
  });
  return { values: NdArray.objects(values, array.shape), dtype: "category", categories };
}

function isNA(value: unknown): boolean {
  return (
    value === null ||
    (typeof value === "number" && Number.isNaN(value)) ||
    (value instanceof Global && /(^|\.)(NA|NAType)$/.test(value.name)) ||
    (value instanceof Instance && value.className.endsWith("NAType"))
  );
}

function strings(value: unknown): Values {
  const array = reviveNumpy(value);
  if (array === undefined)
    throw arrayError("E_FRAME", "a string column is kept by pyarrow, which is not read; save it with dtype object");
  return {
    values: NdArray.objects(
      array.flat().map((item) => (isNA(item) ? null : item)),
      array.shape,
    ),
    dtype: "string",
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

/** @module Columns and indexes of pandas as the inert values that a pickle of Python has for them. */

import { Dict, Float, Global, Instance, Tuple } from "@curtido/pickle";
import { bool, dtypeName, parseDType } from "../dtype.ts";
import { arrayError } from "../errors.ts";
import { Index } from "../frame/index_labels.ts";
import { indexValues } from "../frame/index_values.ts";
import type { Values } from "../frame/series.ts";
import { NdArray } from "../ndarray.ts";
import { UNKNOWN } from "../revive/pandas_dtypes.ts";
import { arrowArray } from "./arrow.ts";
import { bytesOf } from "./bytes.ts";
import type { NumpyWriter } from "./numpy.ts";

/**
 * Which pandas reads what is written. One spelling is read by all from 0.24 on; what differs is the dtype of texts that
 * pandas 3 made: `"3"` keeps its `str`, which pandas reads from 2.3 on, `"1"` and `"2"` turn it into objects.
 */
export type PandasTarget = "1" | "2" | "3";

const extension = (module: string, name: string) => new Global(`pandas.core.arrays.${module}`, name);
const CATEGORICAL = extension("categorical", "Categorical");
const DATETIMES = extension("datetimes", "DatetimeArray");
const PERIODS = extension("period", "PeriodArray");
const STRINGS = extension("string_", "StringArray");
const STRING_DTYPE = extension("string_", "StringDtype");
const ARRAY = new Global("pandas", "array");
const SPARSE = extension("sparse.array", "SparseArray");
const dtypeClass = (name: string) => new Global("pandas.core.dtypes.dtypes", name);
const CATEGORICAL_DTYPE = dtypeClass("CategoricalDtype");
const ZONED_DTYPE = dtypeClass("DatetimeTZDtype");
const PERIOD_DTYPE = dtypeClass("PeriodDtype");
const NA = new Global("pandas._libs.missing", "NA");
const NAN = new Float(Number.NaN);

const NEWOBJ = new Global("copyreg", "__newobj__");
const NEW_INDEX = new Global("pandas.core.indexes.base", "_new_Index");
const NEW_DATES = new Global("pandas.core.indexes.datetimes", "_new_DatetimeIndex");
const INDEX_MODULES = {
  Index: "base",
  RangeIndex: "range",
  MultiIndex: "multi",
  DatetimeIndex: "datetimes",
  TimedeltaIndex: "timedeltas",
  PeriodIndex: "period",
  CategoricalIndex: "category",
} as const;
const INDEX_CLASSES = new Map(
  Object.entries(INDEX_MODULES).map(([name, module]) => [name, new Global(`pandas.core.indexes.${module}`, name)]),
);

/** The nullable dtypes: what the numbers under the mask are, and the class of the array. */
const MASKED = /^(?:(boolean)|(U?Int)(8|16|32|64)|(Float)(32|64))$/;

/** Makes inert values of columns and indexes. */
export class PandasValues {
  private readonly numpy: NumpyWriter;
  private readonly keepsStr: boolean;
  private readonly protocol: number;

  constructor(numpy: NumpyWriter, target: PandasTarget, protocol: number) {
    this.numpy = numpy;
    this.keepsStr = target === "3";
    this.protocol = protocol;
  }

  /** An object of a class whose `__new__` needs nothing, with its state. */
  stateful(cls: Global, state: unknown): Instance {
    // Before protocol 2 there is no opcode for it, and copyreg._reconstructor refuses classes that C made.
    const made = this.protocol < 2 ? new Instance(NEWOBJ, [cls], "reduce") : new Instance(cls, [], "newobj");
    made.states.push(state);
    return made;
  }

  /** The array of a column: an `NdArray` of a dtype that pandas keeps in blocks, or an extension array. */
  array(column: Values): NdArray | Instance {
    const { dtype, values, arrow } = column;
    if (arrow !== undefined) return this.arrow(column, arrow);
    if (dtype === "category") return this.categorical(column);
    if (dtype === "string") return new Instance(STRINGS, [texts(values, NA)], "reduce");
    if (dtype === "str") return this.text(values);
    const masked = MASKED.exec(dtype);
    if (masked !== null) return maskedArray(values, dtype, masked);
    const zone = /^datetime64\[\w+, (.+)\]$/.exec(dtype)?.[1];
    if (zone !== undefined) return this.dates(native(values), zone, null);
    const fill = /^Sparse\[\w+, (.+)\]$/.exec(dtype)?.[1];
    if (fill !== undefined) return new Instance(SPARSE, [native(values), null, fillOf(fill, values)], "reduce");
    const period = /^period\[(.+)\]$/.exec(dtype)?.[1];
    if (period !== undefined) return this.periods(values, period);
    return native(values);
  }

  private arrow(column: Values, type: string): Instance {
    // Texts of pandas' own dtype that pyarrow keeps.
    if (column.dtype === "string")
      return new Instance(
        ARRAY,
        [texts(column.values, NA), new Instance(STRING_DTYPE, ["pyarrow"], "reduce")],
        "reduce",
      );
    const { cls, state } = arrowArray(column, type);
    return this.stateful(cls, state);
  }

  private text(values: NdArray): NdArray | Instance {
    const array = texts(values, NAN);
    if (!this.keepsStr) return array;
    // pandas itself chooses what keeps them: pyarrow where it is installed.
    return new Instance(ARRAY, [array, new Instance(STRING_DTYPE, [null, NAN], "reduce")], "reduce");
  }

  private categorical({ values, categories, categoriesDtype, ordered }: Values): Instance {
    if (categories === undefined) throw arrayError("E_FRAME", "a column of categories has none");
    const labels = new Index(categories.flat(), null, categories, { dtype: categoriesDtype });
    const codes = codesOf(values, categories);
    const dtype = new Instance(CATEGORICAL_DTYPE, [this.index(labels), ordered === true], "reduce");
    return this.stateful(CATEGORICAL, new Dict(Object.entries({ _codes: codes, _dtype: dtype })));
  }

  /** Dates as an extension array: with a zone, or with a frequency. */
  private dates(values: NdArray, zone: string | undefined, freq: unknown): Instance {
    if (zone === UNKNOWN) throw arrayError("E_FRAME", "dates have a time zone whose name is not known");
    const unit = values.dtype.unit?.[0] ?? "ns";
    const dtype =
      zone === undefined ? this.numpy.dtype(values.dtype) : new Instance(ZONED_DTYPE, [unit, zone], "reduce");
    return this.stateful(DATETIMES, new Dict(Object.entries({ _data: values, _dtype: dtype, _freq: freq })));
  }

  private periods(values: NdArray, frequency: string): Instance {
    if (frequency === UNKNOWN) throw arrayError("E_FRAME", "periods have a frequency whose name is not known");
    const dtype = new Instance(PERIOD_DTYPE, [frequency], "reduce");
    return this.stateful(PERIODS, new Dict(Object.entries({ _data: native(values), _dtype: dtype })));
  }

  /** `pandas.Index` of any kind. */
  index(index: Index): Instance {
    const cls = INDEX_CLASSES.get(index.kind)!;
    const make = (entries: [string, unknown][], by = NEW_INDEX) =>
      new Instance(by, [cls, new Dict([...entries, ["name", index.name]])], "reduce");
    if (index.range !== undefined) {
      const { start, stop, step } = index.range;
      return make([
        ["start", BigInt(start)],
        ["stop", BigInt(stop)],
        ["step", BigInt(step)],
      ]);
    }
    if (index.levels !== undefined) return this.multiIndex(index, cls);
    const column = indexValues(index.values === undefined ? Index.of(index.labels.map(hashable)) : index);
    const { freq } = index;
    if (index.kind === "DatetimeIndex") {
      const zone = /, (.+)\]$/.exec(column.dtype)?.[1];
      const data = this.dates(native(column.values), zone, freq);
      const entries: [string, unknown][] = [["data", data]];
      if (freq !== null) entries.push(["freq", freq]);
      return make(entries, NEW_DATES);
    }
    const data: [string, unknown] = ["data", this.array(column)];
    return make(index.kind === "TimedeltaIndex" ? [data, ["freq", freq]] : [data]);
  }

  private multiIndex({ levels, codes, name }: Index, cls: Global): Instance {
    const entries: [string, unknown][] = [
      ["levels", levels!.map((level) => this.index(level))],
      ["codes", codes!.map((each, at) => smallest(each, levels![at]!.length))],
      ["sortorder", null],
      ["names", Array.isArray(name) ? [...name] : levels!.map(() => null)],
    ];
    return new Instance(NEW_INDEX, [cls, new Dict(entries)], "reduce");
  }
}

/** The value that a sparse column keeps once. */
function fillOf(text: string, { dtype }: NdArray): unknown {
  if (dtype.kind === "b") return text === "True";
  const fill = new Float(text === "nan" ? Number.NaN : Number(text));
  return dtype.kind === "f" || !Number.isInteger(Number(text)) ? fill : BigInt(text);
}

/** A list cannot be a label, a tuple can. */
function hashable(label: unknown): unknown {
  return Array.isArray(label) ? new Tuple(label) : label;
}

/** Units of dates and durations that pandas knows. */
const UNITS = new Set(["s", "ms", "us", "ns"]);

/** An array of a dtype that pandas can hold: in the machine's byte order, texts and records as objects. */
function native(values: NdArray): NdArray {
  const { dtype } = values;
  if (dtype.kind === "U" || dtype.kind === "S" || dtype.kind === "V") {
    return NdArray.objects(values.flat(), values.shape);
  }
  const { unit } = dtype;
  if ((dtype.kind === "M" || dtype.kind === "m") && !(unit !== undefined && UNITS.has(unit[0]) && unit[1] === 1)) {
    throw arrayError("E_FRAME", `pandas has no ${dtypeName(dtype)}; convert it to s, ms, us or ns`);
  }
  if (dtype.littleEndian || dtype.itemsize === 1 || dtype.kind === "O") return values;
  const flat = values.toC();
  return NdArray.of(flat.data, flat.shape, { ...dtype, littleEndian: true });
}

function isMissing(value: unknown): boolean {
  return value === null || value === undefined || (typeof value === "number" && Number.isNaN(value));
}

function texts(values: NdArray, missing: unknown): NdArray {
  const items = values.flat().map((item) => {
    if (isMissing(item)) return missing;
    if (typeof item !== "string") throw arrayError("E_FRAME", "a column of texts holds something else");
    return item;
  });
  return NdArray.objects(items, values.shape);
}

/** `IntegerArray(numbers, mask)`, `FloatingArray` or `BooleanArray`: numbers, and where they are missing. */
function maskedArray(values: NdArray, dtype: string, [, boolean, , , float]: RegExpExecArray): Instance {
  const inner = boolean === undefined ? parseDType(shortCode(dtype)) : bool;
  const items = values.flat();
  const mask = Uint8Array.from(items, (item) => Number(isMissing(item)));
  const zero = inner.itemsize === 8 && float === undefined ? 0n : 0;
  const plain = items.map((item) => (isMissing(item) ? zero : item));
  const numbers = NdArray.fromBytes(bytesOf(NdArray.of(plain, values.shape, inner)), inner, values.shape);
  const [module, name] =
    boolean !== undefined
      ? ["boolean", "BooleanArray"]
      : float === undefined
        ? ["integer", "IntegerArray"]
        : ["floating", "FloatingArray"];
  return new Instance(extension(module!, name!), [numbers, NdArray.bools(mask, values.shape)], "reduce");
}

/** `Int64` -> `i8`, `UInt8` -> `u1`, `Float32` -> `f4`. */
function shortCode(dtype: string): string {
  return `${dtype[0]!.toLowerCase()}${Number(dtype.replace(/\D/g, "")) / 8}`;
}

/** Which category each value is; -1 for none. */
function codesOf(values: NdArray, categories: NdArray): NdArray {
  const places = new Dict<number>(categories.flat().map((label, at) => [label, at] as const));
  const codes = values.flat().map((label) => {
    const code = isMissing(label) ? -1 : places.get(label);
    if (code === undefined)
      throw arrayError("E_FRAME", `the value ${String(label).slice(0, 40)} is none of its column's categories`);
    return code;
  });
  return smallest(Int32Array.from(codes), categories.size);
}

/** Codes in the type that pandas takes for so many labels. */
function smallest(codes: Int32Array, labels: number): NdArray {
  if (labels < 127) return NdArray.of(Int8Array.from(codes));
  return labels < 32767 ? NdArray.of(Int16Array.from(codes)) : NdArray.of(codes);
}

/** @module pandas' indexes from inert pickle values, 0.19 to 3.x. */

import { Dict, Global, Instance, Tuple } from "@curtido/pickle";
import { arrayError } from "../errors.ts";
import { Index, type IndexKind } from "../frame/index_labels.ts";
import { indexValues, multiIndexOf } from "../frame/index_values.ts";
import type { Values } from "../frame/series.ts";
import { extensionParts, reviveValues } from "./extension.ts";
import { readInteger, reviveNumpy } from "./numpy.ts";
import { periodName, UNKNOWN, zoneName } from "./pandas_dtypes.ts";

const KINDS: ReadonlySet<string> = new Set<IndexKind>([
  "DatetimeIndex",
  "TimedeltaIndex",
  "PeriodIndex",
  "CategoricalIndex",
]);

/** An index of any kind but `IntervalIndex`. */
export function index(value: unknown): Index {
  if (value instanceof Index) return value;
  if (!(value instanceof Instance)) throw arrayError("E_FRAME", "an index is malformed");
  const target = value.args[0];
  const name = target instanceof Global ? target.name : value.className;
  const kind = name.slice(name.lastIndexOf(".") + 1).replace(/^_new_/, "");
  const data = value.args[1] ?? value.state;
  if (!(data instanceof Dict)) throw arrayError("E_FRAME", "an index has no data");
  if (kind === "RangeIndex") return rangeIndex(data);
  if (kind === "MultiIndex") return multiIndex(data);
  if (kind === "IntervalIndex") throw arrayError("E_FRAME", "an index of intervals is not read");
  const content = data.get("data");
  const column = isIndexInstance(content) ? indexValues(index(content)) : reviveValues(content, index);
  const { values, categories, categoriesDtype, ordered } = column;
  return new Index(values.flat(), data.get("name") ?? null, values, {
    kind: KINDS.has(kind) ? (kind as IndexKind) : "Index",
    dtype: dtypeOf(column, data),
    categories,
    categoriesDtype,
    ordered,
    freq: freqOf(content, data),
  });
}

/** Whether a value is a pandas index. */
export function isIndexInstance(value: unknown): value is Instance {
  return value instanceof Instance && value.class instanceof Global && /^_new_.*Index$/.test(value.class.name);
}

/** Old releases keep the time zone and the frequency of periods beside plain numbers. */
function dtypeOf({ values, dtype }: Values, data: Dict): string {
  const zone = data.get("tz");
  if (dtype.startsWith("datetime64") && !dtype.includes(",") && zone !== undefined && zone !== null)
    return `datetime64[${values.dtype.unit?.[0] ?? "ns"}, ${zoneName(zone) ?? UNKNOWN}]`;
  if (values.dtype.kind === "i" && !dtype.startsWith("period") && data.has("freq")) return periodName(data.get("freq"));
  return dtype;
}

function freqOf(content: unknown, data: Dict): unknown {
  return data.get("freq") ?? (content instanceof Instance ? (extensionParts(content).get("_freq") ?? null) : null);
}

function rangeIndex(data: Dict): Index {
  const step = readInteger(data.get("step"));
  return Index.range(readInteger(data.get("stop")), readInteger(data.get("start")), step, data.get("name") ?? null);
}

function multiIndex(data: Dict): Index {
  const levels = listOf(data.get("levels")).map(index);
  const codes = listOf(data.get("codes") ?? data.get("labels")).map(codesOf);
  const names = listOf(data.get("names") ?? data.get("name") ?? []);
  return multiIndexOf(levels, codes, names);
}

function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (value instanceof Tuple) return value.items;
  throw arrayError("E_FRAME", "an index of several levels is malformed");
}

function codesOf(value: unknown): Int32Array {
  const array = reviveNumpy(value);
  if (array === undefined) throw arrayError("E_FRAME", "an index of several levels has no codes");
  return Int32Array.from(array.toFloat64());
}

/** @module pandas' Index, Series and DataFrame from inert pickle values, 0.24 to 3.x. */

import { Dict, Instance, Slice, Tuple } from "@curtido/pickle";
import { arrayError } from "../errors.ts";
import { DataFrame } from "../frame/frame.ts";
import { type Index, MOST_LABELS } from "../frame/index_labels.ts";
import { indexValues } from "../frame/index_values.ts";
import { Series, type Values } from "../frame/series.ts";
import { NdArray } from "../ndarray.ts";
import { classNameOf, reviveValues } from "./extension.ts";
import { readInteger, reviveNumpy } from "./numpy.ts";
import { index, isIndexInstance } from "./pandas_index.ts";

/** A DataFrame, Series or Index of pandas; `undefined` for anything else. */
export function revivePandas(value: unknown): DataFrame | Series | Index | undefined {
  if (!(value instanceof Instance)) return undefined;
  const [, name] = /^pandas\b.*\.(\w+)$/.exec(classNameOf(value)) ?? [];
  if (name === undefined) return undefined;
  if (name === "DataFrame") return dataFrame(value);
  if (name === "Series") return series(value);
  if (/^_new_.*Index$/.test(name) || /Index$/.test(name)) return index(value);
  return undefined;
}

interface Block {
  readonly values: Values;
  readonly places: readonly number[];
}

function dataFrame(value: Instance): DataFrame {
  const { state } = value;
  const manager = state instanceof Dict ? (state.get("_mgr") ?? state.get("_data")) : state;
  const { axes, blocks } = managerOf(manager);
  const [columns, rows] = axes.map(index);
  if (columns === undefined || rows === undefined) throw arrayError("E_FRAME", "a table has no labels");
  const out = new Array<Series>(columns.length);
  for (const { values, places } of blocks) {
    places.forEach((place, at) => {
      const name = columns.labels[place];
      const column = place < columns.length ? rowOf(values, at, places.length, rows.length) : undefined;
      if (column === undefined) throw arrayError("E_FRAME", "a block of a table lies outside it");
      out[place] = new Series({ ...values, name, values: column });
    });
  }
  for (let at = 0; at < columns.length; at++) {
    if (out[at] === undefined) throw arrayError("E_FRAME", `the column '${String(columns.labels[at])}' has no values`);
  }
  return new DataFrame(out, rows, rows.length, columns, attrsOf(state));
}

/** The `attrs` of a frame or series; nothing when they are empty. */
function attrsOf(state: unknown): Dict | undefined {
  const attrs = state instanceof Dict ? state.get("attrs") : undefined;
  return attrs instanceof Dict && attrs.size > 0 ? attrs : undefined;
}

/** One column of a block: a row of its values. */
function rowOf({ values }: Values, at: number, count: number, length: number): NdArray | undefined {
  if (values.ndim === 1) return count === 1 && values.size === length ? values : undefined;
  if (values.ndim !== 2 || values.shape[0] !== count || values.shape[1] !== length) return undefined;
  const flat = values.toC();
  const part = flat.data.slice(at * length, (at + 1) * length);
  return NdArray.of(part as never, [length], values.dtype);
}

function series(value: Instance): Series {
  const { state } = value;
  if (!(state instanceof Dict)) throw arrayError("E_FRAME", "a series has no data");
  const { axes, blocks } = managerOf(state.get("_mgr") ?? state.get("_data"));
  const labels = index(axes[0]);
  const block = blocks[0];
  if (block === undefined || block.values.values.size !== labels.length)
    throw arrayError("E_FRAME", "a series is malformed");
  const { values } = block.values;
  const name = state.get("name") ?? state.get("_name") ?? null;
  return new Series({ ...block.values, name, values: values.reshape([values.size]) }, labels, attrsOf(state));
}

/** The axes and blocks of a block manager: from its arguments (1.3 and later), else from the state it was given. */
function managerOf(value: unknown): { axes: readonly unknown[]; blocks: readonly Block[] } {
  if (!(value instanceof Instance)) throw arrayError("E_FRAME", "a table has no block manager");
  const [blocks, axes] = value.args;
  if (blocks instanceof Tuple && Array.isArray(axes))
    return { axes, blocks: blocks.items.map((block) => blockFromCall(block)) };
  const state = value.state instanceof Tuple ? value.state.items : [];
  const modern = state[3] instanceof Dict ? state[3].get("0.14.1") : undefined;
  if (!(modern instanceof Dict)) throw arrayError("E_FRAME", "the layout of a table is not known");
  const list = modern.get("blocks") as Dict[];
  return {
    axes: modern.get("axes") as unknown[],
    blocks: list.map((block) => blockOf(block.get("values"), block.get("mgr_locs"))),
  };
}

function blockFromCall(value: unknown): Block {
  if (!(value instanceof Instance)) throw arrayError("E_FRAME", "a block of a table is malformed");
  return blockOf(value.args[0], value.args[1]);
}

function blockOf(values: unknown, placement: unknown): Block {
  const column = isIndexInstance(values) ? indexValues(index(values)) : reviveValues(values, index);
  return { values: column, places: placesOf(placement) };
}

function placesOf(placement: unknown): readonly number[] {
  if (placement instanceof Slice) {
    const from = readInteger(placement.start ?? 0);
    const to = readInteger(placement.stop);
    const step = readInteger(placement.step ?? 1);
    const length = step === 0 ? 0 : Math.max(0, Math.ceil((to - from) / step));
    if (length > MOST_LABELS) throw arrayError("E_LIMIT", `a block of ${length} columns is too large`);
    return Array.from({ length }, (_, at) => from + at * step);
  }
  const array = reviveNumpy(placement);
  if (array === undefined) throw arrayError("E_FRAME", "a block of a table has no place");
  return Array.from(array.toFloat64());
}

/** @module pandas' frames and series as the inert values that a pickle of Python has for them. */

import { Dict, Global, type Instance, Slice, Tuple } from "@curtido/pickle";
import { dtypeName } from "../dtype.ts";
import type { DataFrame } from "../frame/frame.ts";
import { Index } from "../frame/index_labels.ts";
import type { Series } from "../frame/series.ts";
import { NdArray } from "../ndarray.ts";
import { bytesOf } from "./bytes.ts";
import type { PandasValues } from "./pandas_values.ts";

const FRAME = new Global("pandas.core.frame", "DataFrame");
const SERIES = new Global("pandas.core.series", "Series");
const MANAGER = new Global("pandas.core.internals.managers", "BlockManager");
const SINGLE_MANAGER = new Global("pandas.core.internals.managers", "SingleBlockManager");

/** Columns of one dtype that lie in one array, or one extension array; `places` are their positions in the frame. */
interface Block {
  readonly values: NdArray | Instance;
  readonly places: readonly number[];
}

/**
 * `pandas.DataFrame`, in the layout that pandas wrote before 1.3 and reads ever since: a block manager whose state lists
 * axes and blocks by name.
 */
export function frameInstance(frame: DataFrame, pandas: PandasValues): Instance {
  const rows = pandas.index(frame.rowIndex);
  const columns = pandas.index(frame.columnIndex);
  const manager = managerInstance(MANAGER, [columns, rows], blocksOf(frame, pandas), pandas);
  return pandas.stateful(
    FRAME,
    new Dict(Object.entries({ _data: manager, _typ: "dataframe", attrs: frame.attrs ?? new Dict() })),
  );
}

/** `pandas.Series`. */
export function seriesInstance(series: Series, pandas: PandasValues): Instance {
  const index =
    series.rowIndex ?? (series.index === undefined ? Index.range(series.values.size) : Index.of(series.index));
  const values = pandas.array(series);
  const block = { values, places: Array.from({ length: series.values.size }, (_, at) => at) };
  const manager = managerInstance(SINGLE_MANAGER, [pandas.index(index)], [block], pandas);
  const state = { _data: manager, _typ: "series", attrs: series.attrs ?? new Dict(), name: series.name };
  return pandas.stateful(SERIES, new Dict(Object.entries(state)));
}

function managerInstance(cls: Global, axes: Instance[], blocks: readonly Block[], pandas: PandasValues): Instance {
  const listed = blocks.map(({ values, places }) => new Dict(Object.entries({ values, mgr_locs: placement(places) })));
  const layout = new Dict(Object.entries({ axes, blocks: listed }));
  return pandas.stateful(cls, new Tuple([axes, [], [], new Dict([["0.14.1", layout]])]));
}

/** A slice where the places follow one another, else an array of them. */
function placement(places: readonly number[]): Slice | NdArray {
  const first = places[0] ?? 0;
  if (places.every((place, at) => place === first + at)) {
    return new Slice(BigInt(first), BigInt(first + places.length), 1n);
  }
  return NdArray.of(BigInt64Array.from(places, BigInt));
}

/** One block per dtype of numpy, one per extension array. */
function blocksOf(frame: DataFrame, pandas: PandasValues): readonly Block[] {
  const groups = new Map<string, { readonly arrays: NdArray[]; readonly places: number[] }>();
  const blocks: Block[] = [];
  frame.series.forEach((column, place) => {
    const array = pandas.array(column);
    if (!(array instanceof NdArray)) {
      blocks.push({ values: array, places: [place] });
      return;
    }
    const key = dtypeName(array.dtype);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { arrays: [array], places: [place] });
    else {
      group.arrays.push(array);
      group.places.push(place);
    }
  });
  for (const { arrays, places } of groups.values()) blocks.push({ values: stacked(arrays, frame.length), places });
  return blocks;
}

/** Columns as the rows of one array. */
function stacked(arrays: readonly NdArray[], length: number): NdArray {
  const shape = [arrays.length, length];
  const { dtype } = arrays[0]!;
  if (dtype.kind === "O")
    return NdArray.objects(
      arrays.flatMap((array) => array.flat()),
      shape,
    );
  const bytes = new Uint8Array(arrays.length * length * dtype.itemsize);
  arrays.forEach((array, at) => {
    bytes.set(bytesOf(array), at * length * dtype.itemsize);
  });
  return NdArray.fromBytes(bytes, dtype, shape);
}

/** @module From arrays, matrices and frames to pickles that numpy, scipy and pandas read. */

import { type DumpOptions, dumps as dumpsPlain, type Instance } from "@curtido/pickle";
import { DataFrame } from "../frame/frame.ts";
import { Index } from "../frame/index_labels.ts";
import { Series } from "../frame/series.ts";
import { type ArrayData, NdArray } from "../ndarray.ts";
import { Csr } from "../sparse/csr.ts";
import { type NumpyTarget, NumpyWriter } from "./numpy.ts";
import { frameInstance, seriesInstance } from "./pandas.ts";
import { type PandasTarget, PandasValues } from "./pandas_values.ts";
import { sparseInstance } from "./sparse.ts";

/** For which releases arrays and frames are written. */
export interface ArrayTargets {
  /** `"1"` (the default) is read by numpy 1 and 2, `"2"` by numpy 2. */
  readonly numpy?: NumpyTarget;
  /** `"3"` (the default) keeps the `str` columns of pandas 3; `"1"` and `"2"` turn them into objects. */
  readonly pandas?: PandasTarget;
  /** Whether arrays are buffers that may leave the pickle; `dumps` says so when it is given a `bufferCallback`. */
  readonly outOfBand?: boolean;
}

/** How to write: pickle's options, and the releases that are to read it. */
export interface ArrayDumpOptions extends DumpOptions, ArrayTargets {}

/**
 * What `dumps` of `@curtido/pickle` takes as `reduce` to write `NdArray`, `Csr`, `DataFrame`, `Series`, `Index` and typed
 * arrays (as arrays of one dimension). What it does not know it leaves to others with `undefined`.
 *
 * @example
 * dumps(new Dict([["X", array]]), { reduce: reduceArrays({ numpy: "2" }) });
 */
export function reduceArrays(targets: ArrayTargets = {}): (value: object, protocol: number) => Instance | undefined {
  const numpy = new NumpyWriter(targets.numpy, targets.outOfBand);
  return (value, protocol) => {
    const pandas = new PandasValues(numpy, targets.pandas ?? "3", protocol);
    if (value instanceof NdArray) return numpy.array(value);
    if (value instanceof Csr) return sparseInstance(value);
    if (value instanceof DataFrame) return frameInstance(value, pandas);
    if (value instanceof Series) return seriesInstance(value, pandas);
    if (value instanceof Index) return pandas.index(value);
    if (ArrayBuffer.isView(value) && !(value instanceof Uint8Array) && !(value instanceof DataView))
      return numpy.array(NdArray.of(value as ArrayData & object));
    return undefined;
  };
}

/**
 * Writes a value as a pickle, arrays and frames in it as numpy, scipy and pandas have them.
 *
 * @throws CurtidoError as `dumps` of `@curtido/pickle`; E_DTYPE and E_FRAME for what no release can hold
 * @example
 * dumps(NdArray.of(Float64Array.of(1, 2))); // numpy.array([1., 2.]) in Python
 */
export function dumps(value: unknown, options: ArrayDumpOptions = {}): Uint8Array {
  const arrays = reduceArrays({ outOfBand: options.bufferCallback !== undefined, ...options });
  const reduce = (object: object, protocol: number) => options.reduce?.(object, protocol) ?? arrays(object, protocol);
  return dumpsPlain(value, { ...options, reduce });
}

/** @module Class labels: from indices to what they were in Python. */

import { dtypeName, isNumeric, NdArray } from "@curtido/arrays";

/** `classes[indices]`, in the shape of `indices` or another one of the same size. */
export function takeLabels(
  classes: NdArray,
  indices: ArrayLike<number>,
  shape: readonly number[] = [indices.length],
): NdArray {
  const { data } = classes;
  const out = Array.isArray(data)
    ? new Array<unknown>(indices.length)
    : (new (data.constructor as Float64ArrayConstructor)(indices.length) as unknown as unknown[]);
  for (let at = 0; at < indices.length; at++) out[at] = data[indices[at]!];
  return NdArray.of(out as unknown[], shape, classes.dtype);
}

/**
 * Columns of labels side by side, `[rows, columns]`: of the dtype that all of them have, of doubles where numbers differ in
 * theirs, else of objects.
 */
export function labelTable(columns: readonly NdArray[], rows: number): NdArray {
  const width = columns.length;
  const shape = [rows, width];
  const { data, dtype } = columns[0]!;
  if (!Array.isArray(data) && columns.every((column) => dtypeName(column.dtype) === dtypeName(dtype))) {
    const out = new (data.constructor as Float64ArrayConstructor)(rows * width);
    columns.forEach((column, k) => {
      for (let row = 0; row < rows; row++) out[row * width + k] = column.data[row] as number;
    });
    return NdArray.of(out, shape, dtype);
  }
  const cells = Array.from({ length: rows * width }, (_, at) => columns[at % width]!.item(Math.floor(at / width)));
  return columns.every((column) => isNumeric(column.dtype))
    ? NdArray.of(Float64Array.from(cells as number[], Number), shape)
    : NdArray.objects(cells, shape);
}

/** Per row of a C-ordered table, the column of the first largest value, as numpy's argmax (a NaN is largest). */
export function argmaxRows(data: Float64Array, rows: number, columns: number): Int32Array {
  const best = new Int32Array(rows);
  for (let row = 0; row < rows; row++) {
    const at = row * columns;
    let most = data[at]!;
    let index = 0;
    for (let column = 1; column < columns && !Number.isNaN(most); column++) {
      const value = data[at + column]!;
      if (value > most || Number.isNaN(value)) {
        most = value;
        index = column;
      }
    }
    best[row] = index;
  }
  return best;
}

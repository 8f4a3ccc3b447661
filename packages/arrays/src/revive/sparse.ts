/** @module scipy.sparse matrices and arrays from inert pickle values. */

import { Dict, Global, Instance, Tuple } from "@curtido/pickle";
import { arrayError } from "../errors.ts";
import type { NdArray } from "../ndarray.ts";
import { Csr } from "../sparse/csr.ts";
import { readInteger, reviveNumpy } from "./numpy.ts";

const FORMATS = /^(csr|csc|coo)_(matrix|array)$/;

/** A matrix in rows, whichever of csr, csc and coo it was; `undefined` for anything else. */
export function reviveSparse(value: unknown): Csr | undefined {
  if (
    !(value instanceof Instance) ||
    !(value.class instanceof Global) ||
    !value.class.module.startsWith("scipy.sparse")
  )
    return undefined;
  const [, format, kind] = FORMATS.exec(value.class.name) ?? [];
  const state = value.form === "reduce" ? constructed(value) : value.state;
  if (format === undefined || !(state instanceof Dict)) return undefined;
  const shape = shapeOf(state.get("_shape"));
  const data = part(state, "data");
  if (format === "coo") return coordinates(state, shape, data, kind as Csr["kind"]);
  const indptr = ints(part(state, "indptr"));
  const indices = ints(part(state, "indices"));
  if (format === "csr") return new Csr(shape, indptr, indices, data.toFloat64(), data.dtype, kind as Csr["kind"]);
  const turned = new Csr([shape[1], shape[0]], indptr, indices, data.toFloat64(), data.dtype);
  const columns = new Int32Array(turned.nnz);
  for (let column = 0; column < shape[1]; column++) columns.fill(column, indptr[column]!, indptr[column + 1]!);
  return Csr.fromCoordinates(
    shape,
    turned.indices.subarray(0, turned.nnz),
    columns,
    turned.data.subarray(0, turned.nnz),
    data.dtype,
    kind as Csr["kind"],
  );
}

/** The attributes that `csr_matrix((data, indices, indptr), shape)` would have. */
function constructed({ args: [parts, shape] }: Instance): Dict | undefined {
  if (!(parts instanceof Tuple) || parts.length !== 3) return undefined;
  const [data, indices, indptr] = parts.items;
  return new Dict(Object.entries({ _shape: shape, data, indices, indptr }));
}

function coordinates(state: Dict, shape: readonly [number, number], data: NdArray, kind: Csr["kind"]): Csr {
  const coords = state.get("coords");
  const [rows, columns] =
    coords instanceof Tuple ? coords.items.map(reviveNumpy) : [part(state, "row"), part(state, "col")];
  if (rows === undefined || columns === undefined) throw arrayError("E_ARRAY", "a sparse matrix has no coordinates");
  return Csr.fromCoordinates(shape, ints(rows), ints(columns), data.toFloat64(), data.dtype, kind);
}

function part(state: Dict, name: string): NdArray {
  const array = reviveNumpy(state.get(name));
  if (array === undefined || array.ndim !== 1) throw arrayError("E_ARRAY", `a sparse matrix has no ${name}`);
  return array;
}

function ints(array: NdArray): Int32Array {
  return Int32Array.from(array.toFloat64(), (value) => {
    if (!(Number.isInteger(value) && Math.abs(value) < 2 ** 31))
      throw arrayError("E_ARRAY", `${value} is no index of a sparse matrix`);
    return value;
  });
}

function shapeOf(value: unknown): readonly [number, number] {
  const items = value instanceof Tuple ? value.items.map(readInteger) : [];
  if (items.length !== 2) throw arrayError("E_ARRAY", "a sparse matrix has no shape of two axes");
  return [items[0]!, items[1]!];
}

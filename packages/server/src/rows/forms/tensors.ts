/** @module The tensors of the Open Inference protocol: to rows, and from answers. */

import { CurtidoError } from "@curtido/pickle";
import type { Batch } from "../rows.ts";
import { misshapen } from "./form.ts";

/** The parameter of a tensor that lies behind the JSON. */
export const BINARY_SIZE = "binary_data_size";

/** A tensor as JSON has it. */
export interface Tensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly datatype: string;
  readonly data: readonly unknown[];
}

const FLOATS: ReadonlySet<string> = new Set(["FP16", "FP32", "FP64"]);
const DATATYPES: ReadonlySet<string> = new Set([
  "BOOL",
  "BYTES",
  ...FLOATS,
  ...[8, 16, 32, 64].flatMap((bits) => [`INT${bits}`, `UINT${bits}`]),
]);

/**
 * Rows from tensors: one with a row of values for each, or one for each feature by its name.
 *
 * @throws CurtidoError E_TABLE; E_UNSUPPORTED for binary tensors
 */
export function rowsOfTensors(inputs: unknown): Batch {
  if (!Array.isArray(inputs) || inputs.length === 0) throw misshapen("expected 'inputs': an array of tensors");
  const tensors = inputs.map(tensorOf);
  const [first] = tensors;
  if (tensors.length === 1 && first!.shape.length === 2) return { rows: chunks(first!), single: false };
  const rows = first!.shape[0]!;
  for (const { name, shape } of tensors)
    if (shape[0] !== rows || (shape.length > 1 && shape[1] !== 1) || shape.length > 2)
      throw misshapen(`the tensor '${name}' must have the shape [${rows}] or [${rows}, 1] like the others`);
  const columns = tensors.map(({ name }) => name);
  if (tensors.length === 1) return { rows: first!.data.map((value) => [value]), single: false };
  return { rows: Array.from({ length: rows }, (_, at) => tensors.map(({ data }) => data[at])), columns, single: false };
}

function tensorOf(value: unknown, at: number): Tensor {
  const { name, shape, datatype, data, parameters } = (value ?? {}) as Partial<Tensor> & {
    parameters?: { binary_data_size?: unknown };
  };
  const where = `inputs[${at}]`;
  if (parameters?.binary_data_size !== undefined)
    throw new CurtidoError("E_UNSUPPORTED", `${where}: binary tensors are not read; send 'data'`, {
      path: BINARY_SIZE,
    });
  if (typeof name !== "string") throw misshapen(`${where}: 'name' must be a text`);
  if (typeof datatype !== "string" || !DATATYPES.has(datatype))
    throw misshapen(`${where}: 'datatype' must be one of ${[...DATATYPES].join(", ")}`);
  if (
    !Array.isArray(shape) ||
    shape.length === 0 ||
    !shape.every((extent) => Number.isSafeInteger(extent) && extent >= 0)
  )
    throw misshapen(`${where}: 'shape' must be an array of whole numbers`);
  if (!Array.isArray(data)) throw misshapen(`${where}: 'data' must be an array`);
  const flat = flattened(data);
  const size = shape.reduce((product: number, extent: number) => product * extent, 1);
  if (flat.length !== size) throw misshapen(`${where}: 'shape' means ${size} values, and 'data' has ${flat.length}`);
  if (size === 0 && shape[0] !== 0) throw misshapen(`${where}: 'shape' means rows without values`);
  for (const item of flat) checkValue(item, datatype, where);
  return { name, shape, datatype, data: flat };
}

/** Nested or flat, row by row. */
function flattened(data: readonly unknown[]): unknown[] {
  let flat: unknown[] = [...data];
  for (let depth = 0; depth < 8 && flat.some(Array.isArray); depth++) flat = flat.flat();
  return flat;
}

function checkValue(value: unknown, datatype: string, where: string): void {
  const type = datatype === "BYTES" ? "string" : datatype === "BOOL" ? "boolean" : "number";
  if (typeof value === type || (value === null && FLOATS.has(datatype))) return; // JSON has no NaN
  throw misshapen(`${where}: 'data' must hold values of ${datatype}`);
}

function chunks({ shape, data }: Tensor): unknown[][] {
  const [rows = 0, width = 0] = shape;
  return Array.from({ length: rows }, (_, row) => data.slice(row * width, (row + 1) * width) as unknown[]);
}

/** An answer's values as a tensor. */
export function tensorOfValues(name: string, values: readonly unknown[]): Tensor {
  const width = Array.isArray(values[0]) ? values[0].length : undefined;
  const data = width === undefined ? values : (values as unknown[][]).flat();
  const shape = width === undefined ? [values.length, 1] : [values.length, width];
  return {
    name,
    shape,
    datatype: datatypeOf(data),
    data: data.map((value) => (typeof value === "object" && value !== null ? JSON.stringify(value) : value)),
  };
}

function datatypeOf(data: readonly unknown[]): string {
  const all = (type: string) => data.every((value) => typeof value === type || (value === null && type === "number"));
  if (all("number")) return "FP64";
  return all("boolean") ? "BOOL" : "BYTES";
}

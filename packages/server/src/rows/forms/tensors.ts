/** @module The tensors of the Open Inference protocol: to rows, and from answers. */

import { CurtidoError } from "@curtido/pickle";
import { describe } from "../problems.ts";
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
  if (!Array.isArray(inputs) || inputs.length === 0)
    throw misshapen("expected 'inputs': an array of tensors", "/inputs");
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
  const where = `/inputs/${at}`;
  if (parameters?.binary_data_size !== undefined)
    throw new CurtidoError("E_UNSUPPORTED", `${where}: binary tensors are not read; send 'data'`, {
      path: BINARY_SIZE,
    });
  if (typeof name !== "string") throw misshapen(`'name' must be a text`, where);
  if (typeof datatype !== "string" || !DATATYPES.has(datatype))
    throw misshapen(`'datatype' must be one of ${[...DATATYPES].join(", ")}`, where);
  if (
    !Array.isArray(shape) ||
    shape.length === 0 ||
    !shape.every((extent) => Number.isSafeInteger(extent) && extent >= 0)
  )
    throw misshapen(`'shape' must be an array of whole numbers`, where);
  if (!Array.isArray(data)) throw misshapen(`'data' must be an array`, where);
  const flat = flattened(data);
  const size = shape.reduce((product: number, extent: number) => product * extent, 1);
  if (flat.length !== size) throw misshapen(`'shape' means ${size} values, and 'data' has ${flat.length}`, where);
  if (size === 0 && shape[0] !== 0) throw misshapen(`'shape' means rows without values`, where);
  const read = flat.map((item, place) => elementOf(item, datatype, `${where}/data/${place}`));
  return { name, shape, datatype, data: read };
}

/** Nested or flat, row by row. */
function flattened(data: readonly unknown[]): unknown[] {
  let flat: unknown[] = [...data];
  for (let depth = 0; depth < 8 && flat.some(Array.isArray); depth++) flat = flat.flat();
  return flat;
}

/**
 * The value of an element. JSON has no NaN, nor has numpy a missing text: `null` stands for both, and in a tensor of any
 * kind. What stands for another kind and means the same is that.
 */
function elementOf(value: unknown, datatype: string, place: string): unknown {
  const type = datatype === "BYTES" ? "string" : datatype === "BOOL" ? "boolean" : "number";
  if (typeof value === type || value === null) return value;
  if (typeof value === "bigint" && /INT/.test(datatype)) return value;
  if (type === "number" && (typeof value === "boolean" || typeof value === "bigint")) return Number(value);
  if (type === "boolean" && (value === 0 || value === 1)) return value === 1;
  throw misshapen(`must be of ${datatype}, not ${describe(value)}`, place);
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

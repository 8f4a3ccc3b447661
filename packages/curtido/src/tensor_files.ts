/** @module What files of tensors hold, as `inspect` shows it: each tensor, and the modules that they belong to. */

import { isModule, isSafetensors, isTorch, namedValues, readSafetensors, readTorch, Tensor } from "@curtido/arrays";
import { nodeInflate } from "@curtido/arrays/node";
import { Dict, type Instance } from "@curtido/pickle";
import { attributesOf, describeValue, type Node } from "./value_tree.ts";

/** One tensor, by the name that PyTorch has for it. */
export interface TensorInfo {
  readonly name: string;
  /** As PyTorch calls it: `float32`, `bfloat16`, `float8_e4m3fn`. */
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly bytes: number;
}

/** The tensors of a file. */
export interface TensorList {
  /** How many there are, and the bytes of all of them. */
  readonly count: number;
  readonly bytes: number;
  readonly listed: readonly TensorInfo[];
  /** Texts that were saved with them. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/** A file of tensors. */
export interface TensorFile {
  readonly format: "PyTorch" | "safetensors";
  readonly value: unknown;
  readonly metadata?: Readonly<Record<string, string>>;
}

/** How many tensors are listed, so that the list of a file stays below 1 MB; and modules in each other. */
const MOST_LISTED = 4_000;
const DEEPEST = 50;
const MOST_NODES = 5_000;
/** How many characters of a text are shown. */
const LONGEST = 1_000;

/** Why nothing of it is served. */
export const NO_ANSWERS =
  "holds tensors: a network is computed by PyTorch alone, and not here; 'curtido convert' writes them as safetensors, npz or JSON";

/**
 * Reads a file of PyTorch or safetensors; `undefined` for any other. No tensor is copied.
 *
 * @throws CurtidoError when it is malformed
 */
export function tensorFile(
  bytes: Uint8Array,
  onProgress?: (bytes: number, total: number) => void,
): TensorFile | undefined {
  if (isTorch(bytes)) {
    const progress = onProgress === undefined ? {} : { onProgress };
    return { format: "PyTorch", value: readTorch(bytes, { inflate: nodeInflate, ...progress }) };
  }
  if (!isSafetensors(bytes)) return undefined;
  const { tensors, metadata } = readSafetensors(bytes);
  const texts = [...metadata].map(([name, text]) => [name, text.slice(0, LONGEST)] as const);
  return {
    format: "safetensors",
    value: new Dict(tensors),
    ...(texts.length > 0 && { metadata: Object.fromEntries(texts.slice(0, MOST_LISTED / 10)) }),
  };
}

/** The tensors in a value, those of modules by the names of their state. */
export function tensorsOf(value: unknown, metadata?: TensorFile["metadata"]): TensorList {
  const listed: TensorInfo[] = [];
  let count = 0;
  let bytes = 0;
  for (const [name, tensor] of namedValues(value)) {
    if (!(tensor instanceof Tensor)) continue;
    count++;
    bytes += tensor.byteLength;
    if (count > MOST_LISTED) continue;
    listed.push({
      name: name.slice(0, LONGEST),
      dtype: tensor.type.name,
      shape: tensor.shape,
      bytes: tensor.byteLength,
    });
  }
  return { count, bytes, listed, ...(metadata && { metadata }) };
}

/** The modules of a network, each with its class, what it was made with, and its tensors. */
export function moduleTree(module: Instance): Node {
  let left = MOST_NODES;
  const visit = (name: string, value: unknown, depth: number): Node => {
    if (!isModule(value)) return { name, value: describeValue(value) };
    const attributes = attributesOf(value);
    const made = [...attributes].filter(([key, each]) => !key.startsWith("_") && key !== "training" && isPlain(each));
    const shown = made.map(([key, each]) => `${key}=${describeValue(each)}`).join(", ");
    const inside = ["_parameters", "_buffers", "_modules"].flatMap((part) => [...(attributes.get(part) as Dict)]);
    const kept = depth === 0 ? [] : inside.filter(([, each]) => each !== null).slice(0, Math.max(left, 0));
    left -= kept.length;
    const children = kept.map(([key, each]) => visit(String(key), each, depth - 1));
    return { name, value: `${value.className}(${shown})`, ...(children.length > 0 && { children }) };
  };
  return visit("", module, DEEPEST);
}

const isPlain = (value: unknown) =>
  value === null || typeof value === "number" || typeof value === "string" || typeof value === "boolean";

/** The list in words, a line for each tensor. */
export function tensorWords({ count, listed }: TensorList): string[] {
  const width = Math.min(
    listed.reduce((most, { name }) => Math.max(most, name.length), 0),
    60,
  );
  const lines = listed.map(
    ({ name, dtype, shape, bytes }) =>
      `${name.padEnd(width)}  ${dtype} (${shape.join(", ")}), ${bytes.toLocaleString("en")} bytes`,
  );
  return count > listed.length ? [...lines, `... and ${count - listed.length} more`] : lines;
}

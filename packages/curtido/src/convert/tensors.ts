/** @module Files of PyTorch and safetensors, as conversions read and write them. */

import {
  arrayError,
  DataFrame,
  isTorch,
  NdArray,
  namedValues,
  otherFile,
  readSafetensors,
  readTorch,
  toJson,
  writeSafetensors,
  writeTorch,
} from "@curtido/arrays";
import { nodeInflate } from "@curtido/arrays/node";
import { Dict, Instance, typeName } from "@curtido/pickle";
import { cannotHold, type Reading, shownValue } from "@curtido/tables";
import { withReadingBar } from "../terminal.ts";
import { namedArrays } from "./arrays.ts";

/** What a file of PyTorch holds, tensors in it as arrays. */
export function readTorchFile(bytes: Uint8Array): unknown {
  if (!isTorch(bytes)) {
    const what = otherFile(bytes);
    throw arrayError("E_CONTAINER", `is no file of PyTorch${what === undefined ? "" : `: it is ${what}`}`);
  }
  return withReadingBar((onProgress) => readTorch(bytes, { exact: true, inflate: nodeInflate, onProgress }));
}

/** A value as a file that `torch.load` reads: arrays of numbers become tensors, tables dicts of their columns. */
export function writeTorchFile(value: unknown): Uint8Array {
  return writeTorch(value instanceof DataFrame ? new Dict(namedArrays(value, "pth")) : value, { exact: true });
}

/** The tensors of a safetensors file by name; what else was saved with them is told, as no value holds it. */
export function readSafetensorsFile(bytes: Uint8Array, { told }: Reading): Dict {
  const { tensors, metadata } = readSafetensors(bytes);
  const texts = [...metadata].filter(([name, text]) => name !== "format" || text !== "pt");
  if (texts.length > 0) told?.(`its metadata are left out: ${texts.map(([name]) => shownValue(name)).join(", ")}`);
  return new Dict(tensors);
}

/**
 * Arrays by name, tensors of dicts and modules by the names that PyTorch has for them. Numbers, texts and lists beside tensors
 * are kept as JSON in the metadata.
 */
export function writeSafetensorsFile(value: unknown): Uint8Array {
  const named = namedValues(value);
  if (!named.some(([name, each]) => name !== "" && each instanceof NdArray))
    return writeSafetensors(namedArrays(value, "safetensors"));
  const tensors = new Map<string, NdArray>();
  const metadata = new Map([["format", "pt"]]);
  for (const [name, each] of named) {
    if (tensors.has(name) || (metadata.has(name) && name !== "format"))
      throw cannotHold("safetensors", `two values under the name ${shownValue(name)}`);
    if (each instanceof NdArray && !each.scalar) tensors.set(name, each);
    else if (each instanceof Instance) throw cannotHold("safetensors", `a ${typeName(each)} under ${shownValue(name)}`);
    else metadata.set(name, toJson(each, { exact: true, form: "plain" }));
  }
  return writeSafetensors(tensors, metadata);
}

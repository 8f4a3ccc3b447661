/** @module Values that are neither atoms nor lists, dicts and tuples. */

import { Dict } from "../dict.ts";
import { MARK } from "../opcodes.ts";
import { reducedLibraryValue } from "../standard/library.ts";
import {
  ByteArray,
  Complex,
  Float,
  FrozenSet,
  Global,
  Instance,
  PickleBuffer,
  PySet,
  Range,
  Slice,
} from "../values.ts";
import { writeBytes } from "./atoms.ts";
import { FrozenSetFrame } from "./frames.ts";
import type { Writer } from "./writer.ts";

/** Python keeps one object of each bytes of length 0 and 1. */
const shared: readonly object[] = Array.from({ length: 257 }, () => ({}));

/** Writes an object that the memo does not hold yet, as far as its identity can say. */
export function saveObject(writer: Writer, value: object): boolean {
  if (value instanceof Uint8Array) return saveBytes(writer, value);
  if (value instanceof Instance) return writer.saveInstance(value, value);
  if (value instanceof PySet || value instanceof Set) return saveSet(writer, value);
  if (value instanceof FrozenSet) return saveFrozenSet(writer, value);
  if (value instanceof Map && !(value instanceof Dict)) return writer.saveDict(value, [...value].flat());
  if (isPlain(value)) return writer.saveDict(value, Object.entries(value).flat());
  if (value instanceof PickleBuffer) return writer.saveBuffer(value);
  const call = callOf(value) ?? reducedLibraryValue(value, writer.protocol);
  if (call !== undefined) return writer.saveInstance(value, call);
  const reduced = writer.reduce(value);
  return reduced instanceof Instance ? writer.saveInstance(value, reduced) : writer.save(reduced);
}

function saveBytes(writer: Writer, value: Uint8Array): boolean {
  if (value instanceof ByteArray) return writeBytes(writer, value, value, true);
  if (value.length > 1) return writeBytes(writer, value, value, false);
  const one = shared[value[0] ?? 256]!;
  const known = writer.objects.get(one);
  if (known === undefined) return writeBytes(writer, one, value, false);
  writer.get(known);
  return true;
}

function saveSet(writer: Writer, set: PySet | Set<unknown>): boolean {
  if (writer.protocol >= 4) return writer.saveSet(set);
  return writer.saveInstance(set, call("set", [[...set]]));
}

function saveFrozenSet(writer: Writer, set: FrozenSet): boolean {
  if (writer.protocol < 4) return writer.saveInstance(set, call("frozenset", [[...set]]));
  writer.op(MARK);
  return writer.push(new FrozenSetFrame(set, [...set]));
}

function isPlain(value: object): value is Readonly<Record<string, unknown>> {
  const prototype = Object.getPrototypeOf(value) as unknown;
  return prototype === Object.prototype || prototype === null;
}

/** The call that makes a small value. */
function callOf(value: object): Instance | undefined {
  if (value instanceof Complex) return call("complex", [new Float(value.real), new Float(value.imaginary)]);
  if (value instanceof Slice) return call("slice", [value.start, value.stop, value.step]);
  if (value instanceof Range) return call("range", [value.start, value.stop, value.step]);
  return undefined;
}

function call(name: string, args: readonly unknown[]): Instance {
  return new Instance(new Global("builtins", name), args, "reduce");
}

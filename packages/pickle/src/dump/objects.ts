/** @module Values that are neither atoms nor lists, dicts and tuples. */

import { Dict } from "../dict.ts";
import { CurtidoError } from "../errors.ts";
import { unhashable } from "../keyed.ts";
import { canonicalKey } from "../keys.ts";
import { EMPTY_SET, MARK, NEXT_BUFFER, READONLY_BUFFER } from "../opcodes.ts";
import { Counter } from "../standard/collections.ts";
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
import { FrozenSetWork } from "./work.ts";
import type { Writer } from "./writer.ts";

/** Python keeps one object of each bytes of length 0 and 1. */
const shared: readonly object[] = Array.from({ length: 257 }, () => ({}));

/** Writes an object that the memo does not hold yet, as far as its identity can say. */
export function saveObject(writer: Writer, value: object): boolean {
  if (value instanceof Uint8Array) return saveBytes(writer, value);
  if (value instanceof Instance) return writer.saveInstance(value, value);
  if (value instanceof PySet || value instanceof Set) return saveSet(writer, value);
  if (value instanceof FrozenSet) return saveFrozenSet(writer, value);
  if (value instanceof Map && !(value instanceof Dict)) return saveMap(writer, value);
  if (isPlain(value)) return writer.saveDict(value, Object.entries(value).flat());
  if (value instanceof PickleBuffer) return saveBuffer(writer, value);
  if (value instanceof Counter) writer.beginOnce(value);
  const call = callOf(value) ?? reducedLibraryValue(value, writer.protocol);
  if (call !== undefined) return writer.saveInstance(value, call);
  const reduced = reducedOf(writer, value);
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

/** A Map of JavaScript takes for a key also what Python cannot hash. */
function saveMap(writer: Writer, map: ReadonlyMap<unknown, unknown>): boolean {
  const pairs: unknown[] = [];
  for (const [key, value] of map) pairs.push(hashable(key), value);
  return writer.saveDict(map, pairs);
}

/** The same value, when Python can hash it. */
function hashable(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (isPlain(value)) throw unhashable("dict");
  canonicalKey(value);
  return value;
}

function saveSet(writer: Writer, set: PySet | Set<unknown>): boolean {
  const members = set instanceof PySet ? [...set] : Array.from(set, hashable);
  if (writer.protocol < 4) return writer.saveInstance(set, call("set", [members]));
  writer.op(EMPTY_SET);
  writer.put(set);
  return writer.batches(members, "set");
}

function saveFrozenSet(writer: Writer, set: FrozenSet): boolean {
  if (writer.protocol < 4) return writer.saveInstance(set, call("frozenset", [[...set]]));
  writer.op(MARK);
  return writer.push(new FrozenSetWork(set, [...set]));
}

/** An out-of-band buffer, or its bytes. */
function saveBuffer(writer: Writer, buffer: PickleBuffer): boolean {
  if (writer.protocol < 5) throw new CurtidoError("E_PROTOCOL", "a PickleBuffer can be written from protocol 5 on");
  const { bufferCallback } = writer.options;
  if (bufferCallback === undefined || bufferCallback(buffer))
    return writeBytes(writer, buffer, buffer.data, !buffer.readonly);
  writer.op(NEXT_BUFFER);
  if (buffer.readonly) writer.op(READONLY_BUFFER);
  return true;
}

/** The value that stands for an object of a class that pickle does not know. */
function reducedOf(writer: Writer, object: object): unknown {
  const known = writer.reduced.get(object);
  if (known !== undefined) return known.value;
  const value = writer.options.reduce?.(object, writer.protocol);
  if (value === undefined || value === object) {
    const name = object.constructor?.name ?? "Object";
    const message = `cannot pickle an object of class ${name}: hand in \`reduce\` to say what stands for it`;
    throw new CurtidoError("E_TYPE", message, { type: name });
  }
  writer.reduced.set(object, { value });
  return value;
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

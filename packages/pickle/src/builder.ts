/** @module What makes values from opcodes, and how it refuses. */

import type { PickleErrorCode } from "./errors.ts";
import type { Tokenizer } from "./tokens.ts";

/** Refuses what the current opcode asks for; the machine adds where. */
export class BuildError extends Error {
  readonly code: PickleErrorCode;
  constructor(code: PickleErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** Makes values from opcodes. `V` is whatever it makes: inert Python values, or symbols of a scanner. */
export interface Builder<V> {
  none(): V;
  bool(value: boolean): V;
  integer(value: bigint): V;
  /** A small integer, up to 53 bits. */
  small(value: number): V;
  float(value: number): V;
  long(bytes: Uint8Array, from: number, to: number): V;
  text(text: string): V;
  unicodeLine(bytes: Uint8Array, from: number, to: number): V;
  /** The body of a Python 2 str: characters 0 to 255 after escapes, or raw bytes. */
  oldString(bytes: Uint8Array, from: number, to: number, escaped: boolean): V;
  bytes(bytes: Uint8Array, from: number, to: number): V;
  bytearray(bytes: Uint8Array, from: number, to: number): V;
  buffer(): V;
  readonlyBuffer(value: V): V;
  list(items: V[]): V;
  tuple(items: V[]): V;
  dict(pairs: V[]): V;
  set(): V;
  frozenset(items: V[]): V;
  /**
   * The items, here and below, are `stack[from]` to `stack[to - 1]`, which is not to be kept.
   *
   * @param more - plain items that will be appended to the same target next, before anything else happens
   */
  append(target: V, stack: readonly V[], from: number, to: number, more: number): void;
  /** Key, value, key, value ... */
  setItems(target: V, stack: readonly V[], from: number, to: number): void;
  addItems(target: V, stack: readonly V[], from: number, to: number): void;
  global(module: string, name: string, protocol: number): V;
  stackGlobal(module: V, name: V, protocol: number): V;
  extension(code: number): V;
  persistent(id: V): V;
  call(callable: V, args: V, form: "reduce" | "newobj"): V;
  callWithKeywords(cls: V, args: V, kwargs: V): V;
  instantiate(cls: V, args: V[], form: "inst" | "obj"): V;
  /** Is told what the stream drops, and what is on top then. */
  dropped?(value: V, top: V): void;
  /** Gives `target` its state; what it returns stands for the object from then on. */
  build(target: V, state: V, tokenizer: Tokenizer): V;
}

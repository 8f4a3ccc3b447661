/** @module The builder of inert Python values. */

import { BuildError, type Builder } from "./builder.ts";
import { Dict } from "./dict.ts";
import { type Decode, oldStrings } from "./encodings.ts";
import { canonicalKey } from "./keys.ts";
import type { Limits } from "./limits.ts";
import { integer, readLong } from "./numbers.ts";
import { python3Name } from "./python2.ts";
import { Shapes } from "./shape.ts";
import { byteOf, growable, growBytes } from "./standard/bytes.ts";
import { newStandardValue, STANDARD_MODULES, standardValue } from "./standard/calls.ts";
import { Deque } from "./standard/collections.ts";
import { reducedLibraryValue, setLibraryState } from "./standard/library.ts";
import { decodeEscapes, decodeRawUnicodeEscape, latin1Bytes } from "./text.ts";
import type { Tokenizer } from "./tokens.ts";
import {
  ByteArray,
  Ellipsis,
  FrozenSet,
  Global,
  Instance,
  type InstanceForm,
  NotImplemented,
  PySet,
  StateSetter,
  Tuple,
} from "./values.ts";

/**
 * How Python 2 strings are read: as `str` of ASCII, latin-1, UTF-8, cp1252 and a few more, by any name that Python has for
 * it (`"utf-8"`, `"UTF8"`, `"ISO-8859-1"`), or as bytes.
 */
export type OldStringEncoding = "ASCII" | "latin1" | "utf-8" | "bytes" | (string & {});

/** What {@link ValueBuilder} may be told. */
export interface ValueOptions {
  readonly exact?: boolean;
  readonly encoding?: OldStringEncoding;
  readonly fixImports?: boolean;
  readonly buffers?: Iterable<Uint8Array>;
  readonly extensions?: ReadonlyMap<number, Global>;
  readonly persistentLoad?: (id: unknown) => unknown;
  /** Told of every call that Python would make, also of those whose result the stream drops. */
  readonly onCall?: (callable: Global) => void;
  /**
   * Called after an instance was given its state, with the stream behind the BUILD opcode: containers that lay raw data
   * there (joblib's arrays) read it, move `tokenizer.position` and return what stands for the instance.
   */
  readonly afterBuild?: (instance: Instance, tokenizer: Tokenizer) => unknown;
}

export class ValueBuilder implements Builder<unknown> {
  private readonly exact: boolean;
  private readonly options: ValueOptions;
  /** What reads texts of Python 2, or `undefined` when they stay bytes. */
  private readonly decode: Decode | undefined;
  private readonly shapes: Shapes;
  private readonly keyDepth: number;
  private readonly buffers: Iterator<Uint8Array> | undefined;
  /** A list that has its final length, and how much of it is filled. */
  private growing: unknown[] | undefined = undefined;
  private filled = 0;
  /** How many bytes may be appended to a bytearray, of a stream that does. */
  private readonly mostBytes: number | undefined;

  constructor(options: ValueOptions, limits: Limits, mostBytes?: number) {
    this.mostBytes = mostBytes;
    this.shapes = new Shapes(limits.keyDepth);
    this.keyDepth = limits.keyDepth;
    this.options = options;
    this.decode = oldStrings(options.encoding ?? "ASCII");
    this.exact = options.exact ?? false;
    this.buffers = options.buffers?.[Symbol.iterator]();
  }

  none(): unknown {
    return null;
  }
  bool(value: boolean): unknown {
    return value;
  }
  integer(value: bigint): unknown {
    return integer(value, this.exact);
  }
  small(value: number): unknown {
    return this.exact ? BigInt(value) : value;
  }
  float(value: number): unknown {
    return value;
  }
  long(bytes: Uint8Array, from: number, to: number): unknown {
    return readLong(bytes, from, to, this.exact);
  }
  text(text: string): unknown {
    return text;
  }
  unicodeLine(bytes: Uint8Array, from: number, to: number): unknown {
    return decodeRawUnicodeEscape(bytes, from, to);
  }

  oldString(bytes: Uint8Array, from: number, to: number, escaped: boolean): unknown {
    const { decode } = this;
    if (!escaped) return decode === undefined ? bytes.subarray(from, to) : decode(bytes, from, to);
    const plain = latin1Bytes(decodeEscapes(bytes, from, to));
    return decode === undefined ? plain : decode(plain, 0, plain.length);
  }

  bytes(bytes: Uint8Array, from: number, to: number): unknown {
    return bytes.subarray(from, to);
  }
  bytearray(bytes: Uint8Array, from: number, to: number): unknown {
    return this.kept(new ByteArray(bytes.subarray(from, to)));
  }

  /** A bytearray as it is, or one that can grow, once it is known that the stream appends to one. */
  private kept(made: unknown): unknown {
    return this.mostBytes === undefined || !(made instanceof ByteArray) ? made : growable(made, this.mostBytes);
  }

  buffer(): unknown {
    if (this.buffers === undefined)
      throw new BuildError("E_BUFFER", "the stream refers to out-of-band data, but no buffers were given");
    const next = this.buffers.next();
    if (next.done !== true) return next.value;
    throw new BuildError("E_BUFFER", "not enough out-of-band buffers");
  }

  readonlyBuffer(value: unknown): unknown {
    if (value instanceof Uint8Array || value instanceof Instance) return value;
    throw new BuildError("E_TYPE", "READONLY_BUFFER needs a buffer on top");
  }

  list(items: unknown[]): unknown {
    return items;
  }
  tuple(items: unknown[]): unknown {
    return new Tuple(items);
  }
  dict(pairs: unknown[]): unknown {
    const dict = new Dict();
    dict.setPairs(pairs, 0, pairs.length, this.shapes);
    return dict;
  }
  set(): unknown {
    return new PySet();
  }
  frozenset(items: unknown[]): unknown {
    for (const item of items) this.member(item);
    return new FrozenSet(items);
  }

  /** The same value, when it may be a member of a set. */
  private member(value: unknown): unknown {
    if (typeof value === "object") canonicalKey(value, this.keyDepth, this.shapes.digests);
    return value;
  }

  append(target: unknown, stack: readonly unknown[], from: number, to: number, more: number): void {
    if (this.growing !== undefined && target === this.growing) this.extend(this.growing, stack, from, to);
    else if (Array.isArray(target) && more > 0) this.makeRoom(target, stack, from, to, more);
    else if (Array.isArray(target)) for (let at = from; at < to; at++) target.push(stack[at]);
    else if (target instanceof Instance) for (let at = from; at < to; at++) target.items.push(stack[at]);
    else if (target instanceof Deque) target.extend(stack.slice(from, to));
    else if (target instanceof ByteArray) growBytes(target, stack.slice(from, to).map(byteOf));
    else throw new BuildError("E_TYPE", `cannot append to ${typeName(target)}`);
  }

  /** Gives a list its final length, as growing it would copy it time and again; nobody sees it before it is full. */
  private makeRoom(list: unknown[], stack: readonly unknown[], from: number, to: number, more: number): void {
    this.growing = list;
    this.filled = list.length;
    list.length += to - from + more;
    this.extend(list, stack, from, to);
  }

  private extend(list: unknown[], stack: readonly unknown[], from: number, to: number): void {
    let { filled } = this;
    for (let at = from; at < to; at++) list[filled++] = stack[at];
    this.filled = filled;
    if (filled === list.length) this.growing = undefined;
  }

  setItems(target: unknown, stack: readonly unknown[], from: number, to: number): void {
    if (target instanceof Dict) target.setPairs(stack, from, to, this.shapes);
    else if (target instanceof Instance)
      for (let at = from; at < to; at += 2) target.entries.push([stack[at], stack[at + 1]]);
    else throw new BuildError("E_TYPE", `cannot set items of ${typeName(target)}`);
  }

  addItems(target: unknown, stack: readonly unknown[], from: number, to: number): void {
    if (target instanceof PySet) for (let at = from; at < to; at++) target.add(this.member(stack[at]));
    else if (target instanceof Instance) for (let at = from; at < to; at++) target.items.push(stack[at]);
    else throw new BuildError("E_TYPE", `cannot add items to ${typeName(target)}`);
  }

  global(module: string, name: string, protocol: number): unknown {
    if (protocol < 3 && this.options.fixImports !== false) return named(...python3Name(module, name));
    return named(module, name);
  }

  stackGlobal(module: unknown, name: unknown, protocol: number): unknown {
    if (typeof module !== "string" || typeof name !== "string")
      throw new BuildError("E_TYPE", "STACK_GLOBAL requires str");
    return this.global(module, name, protocol);
  }

  extension(code: number): unknown {
    if (code <= 0) throw new BuildError("E_EXTENSION", "EXT specifies code <= 0");
    const global = this.options.extensions?.get(code);
    if (global === undefined) throw new BuildError("E_EXTENSION", `unregistered extension code ${code}`);
    return global;
  }

  persistent(id: unknown): unknown {
    const { persistentLoad } = this.options;
    if (persistentLoad === undefined)
      throw new BuildError("E_PERSISTENT_ID", "the stream refers to a persistent id, but no persistentLoad was given");
    return persistentLoad(id);
  }

  call(callable: unknown, args: unknown, form: InstanceForm): unknown {
    const target = this.called(callable, form);
    if (!(args instanceof Tuple))
      throw new BuildError("E_TYPE", `${form} expects a tuple of arguments, not ${typeName(args)}`);
    return this.plain(target, args.items, form) ?? new Instance(target, args.items, form);
  }

  callWithKeywords(cls: unknown, args: unknown, kwargs: unknown): unknown {
    const target = this.called(cls, "newobj_ex");
    if (!(args instanceof Tuple)) throw new BuildError("E_TYPE", `NEWOBJ_EX expects a tuple, not ${typeName(args)}`);
    if (!(kwargs instanceof Dict)) throw new BuildError("E_TYPE", `NEWOBJ_EX expects a dict, not ${typeName(kwargs)}`);
    const value = kwargs.size === 0 ? this.plain(target, args.items, "newobj_ex") : undefined;
    return value ?? new Instance(target, args.items, "newobj_ex", kwargs);
  }

  instantiate(cls: unknown, args: unknown[], form: "inst" | "obj"): unknown {
    const target = this.called(cls, form);
    return this.plain(target, args, form) ?? new Instance(target, args, form);
  }

  /** The plain value that a call gives, or `undefined` when it stays inert. */
  private plain(target: Global | Instance, args: readonly unknown[], form: InstanceForm): unknown {
    if (target instanceof Instance || !STANDARD_MODULES.has(target.module)) return undefined;
    const makes = form === "newobj" || form === "newobj_ex" ? newStandardValue : standardValue;
    return this.kept(makes(target, args, this.exact));
  }

  build(target: unknown, state: unknown, tokenizer: Tokenizer): unknown {
    if (!(target instanceof Instance)) {
      if (setLibraryState(target, state)) return target;
      throw new BuildError("E_TYPE", `cannot give ${typeName(target)} a state`);
    }
    target.states.push(state);
    return this.options.afterBuild === undefined ? target : this.options.afterBuild(target, tokenizer);
  }

  /** A call `setter(object, state)` that is dropped at once, with the object on top, gives the object its state. */
  dropped(value: unknown, top: unknown): void {
    if (!(value instanceof Instance && top instanceof Instance && value.form === "reduce")) return;
    if (value.args.length === 2 && value.args[0] === top) top.states.push(new StateSetter(value.class, value.args[1]));
  }

  /** What is called, when it is something that can be; tells {@link ValueOptions.onCall}. */
  private called(value: unknown, form: InstanceForm): Global | Instance {
    const calls = form === "reduce" || form === "obj" || form === "inst";
    if (value instanceof Global) this.options.onCall?.(value);
    // Nested classes of old protocols, and classes that a metaclass makes, are what a call gives.
    const isClass = value instanceof Instance && (calls || value.form === "reduce");
    if (value instanceof Global || isClass) return value;
    throw new BuildError("E_TYPE", `${form} needs a ${calls ? "callable" : "class"}, not ${typeName(value)}`);
  }
}

/** A name; the objects that Python has one of are one here too. */
function named(module: string, name: string): Global {
  if (module === "builtins" && name === "Ellipsis") return Ellipsis;
  if (module === "builtins" && name === "NotImplemented") return NotImplemented;
  return new Global(module, name);
}

/** The Python type of an inert value, for messages. */
export function typeName(value: unknown): string {
  if (value === null) return "None";
  if (typeof value === "boolean") return "bool";
  if (typeof value === "bigint") return "int";
  if (typeof value === "number") return Number.isInteger(value) ? "int" : "float";
  if (typeof value === "string") return "str";
  if (Array.isArray(value)) return "list";
  if (value instanceof Tuple) return "tuple";
  if (value instanceof Dict && value.constructor === Dict) return "dict";
  if (value instanceof PySet) return "set";
  if (value instanceof FrozenSet) return "frozenset";
  if (value instanceof ByteArray) return "bytearray";
  if (value instanceof Uint8Array) return "bytes";
  if (value instanceof Global) return value.toString();
  if (value instanceof Instance) return value.className;
  const made = value instanceof Object ? reducedLibraryValue(value, 4) : undefined;
  return made?.className ?? (value as object | undefined)?.constructor?.name ?? typeof value;
}

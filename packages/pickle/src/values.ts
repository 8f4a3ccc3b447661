/** @module Python values in TypeScript: inert, nothing here runs anything from a file. */

import { Dict } from "./dict.ts";
import { type Composite, KEY_TEXT, type Keyed, unhashable } from "./keyed.ts";

/** A tuple; `items` are its elements. */
export class Tuple<T = unknown> implements Iterable<T>, Composite {
  readonly items: readonly T[];
  constructor(items: readonly T[]) {
    this.items = items;
  }
  get length(): number {
    return this.items.length;
  }
  /** The element at `index`; negative counts from the end. */
  at(index: number): T | undefined {
    return this.items.at(index);
  }
  [Symbol.iterator](): Iterator<T> {
    return this.items[Symbol.iterator]();
  }
  [KEY_TEXT](textOf: (item: unknown) => string): string {
    return `\0t${this.items.length}(${this.items.map((item) => textOf(item)).join("")})`;
  }
}

/** A bytearray: bytes that Python may change. */
export class ByteArray extends Uint8Array implements Composite {
  [KEY_TEXT](): never {
    throw unhashable("bytearray");
  }
}

/** A complex number. */
export class Complex implements Keyed {
  readonly real: number;
  readonly imaginary: number;
  constructor(real: number, imaginary: number) {
    this.real = real;
    this.imaginary = imaginary;
  }
  key(): number | string | undefined {
    // What holds a NaN is equal to nothing, but Python finds the object itself.
    if (Number.isNaN(this.real) || Number.isNaN(this.imaginary)) return undefined;
    return this.imaginary === 0 ? this.real : `complex ${this.real},${this.imaginary}`;
  }
}

/** A float, also when its value is integral and `dumps` would take a number for an int. */
export class Float {
  readonly value: number;
  constructor(value: number) {
    this.value = value;
  }
}

/**
 * Says that a number is a float of Python.
 *
 * @example
 * dumps([1, float(1)]); // [1, 1.0] in Python
 */
export function float(value: number): Float {
  return new Float(value);
}

/** Bytes that may leave the pickle (protocol 5): read-only ones come back as bytes, others as a bytearray. */
export class PickleBuffer {
  readonly data: Uint8Array;
  readonly readonly: boolean;
  constructor(data: Uint8Array, readonly = true) {
    this.data = data;
    this.readonly = readonly;
  }
}

/** A slice of Python, `start:stop:step`. */
export class Slice {
  readonly start: unknown;
  readonly stop: unknown;
  readonly step: unknown;
  constructor(start: unknown, stop: unknown, step: unknown) {
    this.start = start;
    this.stop = stop;
    this.step = step;
  }
}

/** A range of Python. */
export class Range {
  readonly start: number | bigint;
  readonly stop: number | bigint;
  readonly step: number | bigint;
  constructor(start: number | bigint, stop: number | bigint, step: number | bigint) {
    this.start = start;
    this.stop = stop;
    this.step = step;
  }
}

/** A set, in insertion order, whose members compare as Python's. */
export class PySet<T = unknown> implements Iterable<T>, Composite {
  private readonly members = new Dict<T>();
  constructor(items: Iterable<T> = []) {
    for (const item of items) this.add(item);
  }
  get size(): number {
    return this.members.size;
  }
  has(item: unknown): boolean {
    return this.members.has(item);
  }
  add(item: T): this {
    if (!this.members.has(item)) this.members.set(item, item);
    return this;
  }
  [Symbol.iterator](): Iterator<T> {
    return this.members.values();
  }
  [KEY_TEXT](): never {
    throw unhashable("set");
  }
}

/** A frozenset. */
export class FrozenSet<T = unknown> implements Iterable<T>, Composite {
  private readonly members: PySet<T>;
  constructor(items: Iterable<T> = []) {
    this.members = new PySet(items);
  }
  get size(): number {
    return this.members.size;
  }
  has(item: unknown): boolean {
    return this.members.has(item);
  }
  [Symbol.iterator](): Iterator<T> {
    return this.members[Symbol.iterator]();
  }
  [KEY_TEXT](textOf: (item: unknown) => string): string {
    const texts = [...this].map((item) => textOf(item));
    return `\0f(${texts.sort().join("")})`;
  }
}

/** A class or a function, by name. It is never imported and never called. */
export class Global implements Keyed {
  readonly module: string;
  readonly name: string;
  constructor(module: string, name: string) {
    this.module = module;
    this.name = name;
  }
  key(): string {
    return `global ${this.module}:${this.name}`;
  }
  /** `module.name` */
  toString(): string {
    return `${this.module}.${this.name}`;
  }
}

/** A state that a function of its own gives to an object, instead of BUILD: `setter(object, state)`. */
export class StateSetter {
  readonly setter: Global | Instance;
  readonly state: unknown;
  constructor(setter: Global | Instance, state: unknown) {
    this.setter = setter;
    this.state = state;
  }
}

/** The object `...`, and what comparisons give that do not know each other's types. */
export const Ellipsis = new Global("builtins", "Ellipsis");
export const NotImplemented = new Global("builtins", "NotImplemented");

/** Calls of what a call gave, in one another, that a name tells. */
const MOST_CALLS = 20;

/** How a stream made an {@link Instance}. */
export type InstanceForm = "reduce" | "newobj" | "newobj_ex" | "inst" | "obj";

/** What calling a class or a function would have made; here it only says so. */
export class Instance {
  /** What would be called: a {@link Global}, or an inert call that would give it. */
  readonly class: Global | Instance;
  readonly args: readonly unknown[];
  readonly form: InstanceForm;
  /** Keyword arguments of `newobj_ex`. */
  readonly kwargs: Dict | undefined;
  /** Whether a pickle of protocol 0 or 1 made it by `object.__new__`, not by its own class's, which may ask for arguments. */
  readonly reconstructed: boolean;
  /** What BUILD, or a {@link StateSetter}, gave it, in order; almost always none or one. */
  readonly states: unknown[] = [];
  /** What was appended or added to it, and the key-value pairs that were set on it. */
  readonly items: unknown[] = [];
  readonly entries: [unknown, unknown][] = [];

  constructor(
    callable: Global | Instance,
    args: readonly unknown[],
    form: InstanceForm,
    kwargs?: Dict,
    reconstructed = false,
  ) {
    this.class = callable;
    this.args = args;
    this.form = form;
    this.kwargs = kwargs;
    this.reconstructed = reconstructed;
  }

  /** The last state that it was given. */
  get state(): unknown {
    const last = this.states.at(-1);
    return last instanceof StateSetter ? last.state : last;
  }

  /** `module.name` of the class, or of the function that would have made it. */
  get className(): string {
    let made = this.class;
    let calls = 0;
    for (; made instanceof Instance && calls < MOST_CALLS; made = made.class) calls++;
    return `${"(".repeat(calls)}${made instanceof Instance ? "..." : made}${"(...))".repeat(calls)}`;
  }
}

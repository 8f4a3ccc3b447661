/** @module Python values in TypeScript: inert, nothing here runs anything from a file. */

import { canonicalKey } from "./keys.ts";

/** A tuple; `items` are its elements. */
export class Tuple<T = unknown> implements Iterable<T> {
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
}

/** A bytearray: bytes that Python may change. */
export class ByteArray extends Uint8Array {}

/** A complex number. */
export class Complex {
  readonly real: number;
  readonly imaginary: number;
  constructor(real: number, imaginary: number) {
    this.real = real;
    this.imaginary = imaginary;
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

/**
 * A dict: a `Map` in insertion order whose keys compare as Python's (1, 1.0 and True are one key; tuples go by value; the
 * first key stays when an equal one is set).
 *
 * @example
 * const dict = new Dict([[new Tuple([1, "a"]), "x"]]);
 * dict.get(new Tuple([1, "a"])); // "x"
 */
export class Dict<V = unknown> extends Map<unknown, V> {
  /** From a canonical form to the key that stands for it, where those differ. */
  private aliases: Map<unknown, unknown> | undefined;

  constructor(entries: Iterable<readonly [unknown, V]> = []) {
    super();
    for (const [key, value] of entries) this.set(key, value);
  }

  private stored(key: unknown): unknown {
    const canonical = canonicalKey(key);
    return this.aliases?.has(canonical) ? this.aliases.get(canonical) : canonical;
  }

  override get(key: unknown): V | undefined {
    return super.get(this.stored(key));
  }

  override has(key: unknown): boolean {
    return super.has(this.stored(key));
  }

  override set(key: unknown, value: V): this {
    const canonical = canonicalKey(key);
    const known = this.aliases?.get(canonical);
    if (known !== undefined) return super.set(known, value);
    if (canonical === key || super.has(canonical)) return super.set(canonical, value);
    this.aliases ??= new Map();
    this.aliases.set(canonical, key);
    return super.set(key, value);
  }

  override delete(key: unknown): boolean {
    const canonical = canonicalKey(key);
    const known = this.aliases?.get(canonical);
    this.aliases?.delete(canonical);
    return super.delete(known ?? canonical);
  }

  override clear(): void {
    this.aliases = undefined;
    super.clear();
  }
}

/** A set, in insertion order, whose members compare as Python's. */
export class PySet<T = unknown> implements Iterable<T> {
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
}

/** A frozenset. */
export class FrozenSet<T = unknown> implements Iterable<T> {
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
}

/** A class or a function, by name. It is never imported and never called. */
export class Global {
  readonly module: string;
  readonly name: string;
  constructor(module: string, name: string) {
    this.module = module;
    this.name = name;
  }
  /** `module.name` */
  toString(): string {
    return `${this.module}.${this.name}`;
  }
}

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
  /** What BUILD gave it, in order; almost always none or one. */
  readonly states: unknown[] = [];
  /** What was appended or added to it, and the key-value pairs that were set on it. */
  readonly items: unknown[] = [];
  readonly entries: [unknown, unknown][] = [];

  constructor(callable: Global | Instance, args: readonly unknown[], form: InstanceForm, kwargs?: Dict) {
    this.class = callable;
    this.args = args;
    this.form = form;
    this.kwargs = kwargs;
  }

  /** What the last BUILD gave it. */
  get state(): unknown {
    return this.states.at(-1);
  }

  /** `module.name` of the class, or of the function that would have made it. */
  get className(): string {
    return this.class instanceof Global ? this.class.toString() : `(${this.class.className}(...))`;
  }
}

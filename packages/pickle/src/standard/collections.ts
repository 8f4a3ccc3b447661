/** @module `collections` of Python. */

import { Dict } from "../dict.ts";
import { type Keyed, unhashable } from "../keyed.ts";
import type { Global, Instance } from "../values.ts";

/** A dict that says that its order matters. */
export class OrderedDict<V = unknown> extends Dict<V> {
  /** Attributes that were set on the object itself; almost always none. */
  attributes: unknown = undefined;
}

/** A dict that makes what it lacks by calling a factory; here the factory is a name that is never called. */
export class DefaultDict<V = unknown> extends Dict<V> {
  /** The class or function, or `null` for none. */
  readonly factory: Global | Instance | null;
  attributes: unknown = undefined;

  constructor(factory: Global | Instance | null, entries?: Iterable<readonly [unknown, V]>) {
    super(entries);
    this.factory = factory;
  }
}

/** A dict from things to how often they are there. */
export class Counter extends Dict<unknown> {
  attributes: unknown = undefined;
}

/** A list with two ends, of at most `maxlen` items when that is not `null`. */
export class Deque<T = unknown> implements Iterable<T>, Keyed {
  readonly items: T[];
  readonly maxlen: number | null;
  attributes: unknown = undefined;

  constructor(items: Iterable<T> = [], maxlen: number | null = null) {
    this.items = [...items];
    this.maxlen = maxlen;
    this.trim();
  }

  get length(): number {
    return this.items.length;
  }

  /** Appends items; when there are too many, the first ones go. */
  push(...items: readonly T[]): void {
    this.extend(items);
  }

  /** The same for any number of them. */
  extend(items: Iterable<T>): void {
    for (const item of items) this.items.push(item);
    this.trim();
  }

  /** Python has no hash of it. */
  key(): never {
    throw unhashable("collections.deque");
  }

  [Symbol.iterator](): Iterator<T> {
    return this.items[Symbol.iterator]();
  }

  private trim(): void {
    if (this.maxlen !== null && this.items.length > this.maxlen) this.items.splice(0, this.items.length - this.maxlen);
  }
}

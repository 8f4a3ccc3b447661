/** @module A dict of Python: a Map in insertion order whose keys compare as Python's. */

import { CurtidoError } from "./errors.ts";
import { type Composite, KEY_TEXT, unhashable } from "./keyed.ts";
import { NO_KEYS, Shape, Shapes } from "./shape.ts";

/** `Map`'s face without its storage: a file of many small dicts costs one array each, and no table until one is asked. */
class Face {}
Object.setPrototypeOf(Face.prototype, Map.prototype);
const MapFace = Face as unknown as new <V>() => Map<unknown, V>;

/** Values that lie in the object itself. */
const SLOTS = 8;
/** What stands in the place of a value that was deleted. */
const HOLE = Symbol("deleted");
/** Deleted entries that are kept before the rest is moved together. */
const MOST_HOLES = 32;

/**
 * A dict: a `Map` in insertion order whose keys compare as Python's (1, 1.0 and True are one key; tuples go by value; the
 * first key stays when an equal one is set).
 *
 * Dicts that were read with the same keys one after the other share them, and the table to find one: a list of a million
 * records holds the names of its fields once. Up to eight values lie in the object itself, more of them in an array.
 *
 * @example
 * const dict = new Dict([[new Tuple([1, "a"]), "x"]]);
 * dict.get(new Tuple([1, "a"])); // "x"
 */
export class Dict<V = unknown> extends MapFace<V> implements Composite {
  private shape: Shape = NO_KEYS;
  /** The values when there are more than {@link SLOTS}: one for each key of the shape, or {@link HOLE}. */
  private many: unknown[] | undefined = undefined;
  private value0: unknown = undefined;
  private value1: unknown = undefined;
  private value2: unknown = undefined;
  private value3: unknown = undefined;
  private value4: unknown = undefined;
  private value5: unknown = undefined;
  private value6: unknown = undefined;
  private value7: unknown = undefined;

  constructor(entries?: Iterable<readonly [unknown, V]>) {
    super();
    if (entries !== undefined) for (const [key, value] of entries) this.set(key, value);
  }

  /**
   * Sets key, value, key, value ... of `items`; `shapes` are those of dicts before, which may have the same keys.
   *
   * @throws CurtidoError E_UNHASHABLE
   */
  setPairs(items: readonly unknown[], from = 0, to = items.length, shapes?: Shapes): void {
    if (from === to) return;
    if (this.shape.holes > 0) this.compact();
    const before = this.shape.keys.length;
    const count = (to - from) >> 1;
    if (before === 0) this.shape = (shapes ?? new Shapes()).of(items, from, count);
    else {
      if (this.shape.shared) this.shape = this.shape.copy();
      this.shape.extend(items, from, to, shapes);
    }
    if (before + count > SLOTS) this.makeRoom(before, before + count);
    for (let at = 0; at < count; at++) this.put(before + at, items[from + 2 * at + 1]);
  }

  /** Key, value, key, value ... in order. */
  flat(): unknown[] {
    const { keys, holes } = this.settled();
    const pairs = new Array<unknown>(2 * (keys.length - holes));
    let to = 0;
    for (let at = 0; at < keys.length; at++) {
      const value = this.held(at);
      if (value === HOLE) continue;
      pairs[to++] = keys[at];
      pairs[to++] = value;
    }
    return pairs;
  }

  /** The keys when they are texts that other dicts may share: the same array for the same keys. */
  sharedTexts(): readonly string[] | undefined {
    const shape = this.settled();
    return shape.shared && shape.texts() ? (shape.keys as string[]) : undefined;
  }

  override get size(): number {
    const { keys, holes } = this.settled();
    return keys.length - holes;
  }

  override get(key: unknown): V | undefined {
    const place = this.place(key);
    return place < 0 ? undefined : (this.held(place) as V);
  }

  override has(key: unknown): boolean {
    return this.place(key) >= 0;
  }

  override set(key: unknown, value: V): this {
    const place = this.place(key);
    if (place >= 0) {
      this.put(place, value);
      return this;
    }
    const { holes, keys } = this.shape;
    if (holes > MOST_HOLES && holes > keys.length / 2) this.compact();
    if (this.shape.shared) this.shape = this.shape.copy();
    this.shape.add(key);
    const count = this.shape.keys.length;
    if (count > SLOTS) this.makeRoom(count - 1, count);
    this.put(count - 1, value);
    return this;
  }

  override delete(key: unknown): boolean {
    const place = this.place(key);
    if (place < 0) return false;
    if (this.shape.shared) this.shape = this.shape.copy();
    this.shape.holes++;
    this.put(place, HOLE);
    return true;
  }

  override clear(): void {
    this.shape = NO_KEYS;
    this.many = undefined;
    for (let at = 0; at < SLOTS; at++) this.put(at, undefined);
  }

  override forEach(callback: (value: V, key: unknown, map: Map<unknown, V>) => void, self?: unknown): void {
    for (const [key, value] of this) callback.call(self, value, key, this);
  }

  override *entries(): MapIterator<[unknown, V]> {
    for (const at of this.live()) yield [this.shape.keys[at], this.held(at) as V];
  }

  override *keys(): MapIterator<unknown> {
    for (const at of this.live()) yield this.shape.keys[at];
  }

  override *values(): MapIterator<V> {
    for (const at of this.live()) yield this.held(at) as V;
  }

  override [Symbol.iterator](): MapIterator<[unknown, V]> {
    return this.entries();
  }

  [KEY_TEXT](): never {
    throw unhashable("dict");
  }

  /** The places of the entries that are there, also of those that come while it is walked, as a Map's iterators see them. */
  private *live(): Generator<number, undefined> {
    const { compactions } = this.settled();
    for (let at = 0; at < this.shape.keys.length; at++) {
      if (this.shape.compactions !== compactions)
        throw new CurtidoError("E_TYPE", "the dict was rebuilt while it was walked through");
      if (this.held(at) !== HOLE) yield at;
    }
  }

  private place(key: unknown): number {
    const place = this.settled().place(key);
    return place >= 0 && this.held(place) === HOLE ? -1 : place;
  }

  /** The keys, of which no two are equal: the first one stays, with the last value, as Python does while it reads. */
  private settled(): Shape {
    if (this.shape.distinct()) return this.shape;
    const { keys } = this.shape;
    const values = Array.from(keys, (_, at) => this.held(at));
    this.clear();
    for (const [at, key] of keys.entries()) this.set(key, values[at] as V);
    return this.shape;
  }

  private compact(): void {
    const compactions = this.shape.compactions + 1;
    const pairs = this.flat();
    this.clear();
    this.shape = new Shape([], false, compactions);
    this.setPairs(pairs);
    if (this.shape.shared) this.shape = this.shape.copy();
    this.shape.compactions = compactions;
  }

  /** Moves the values to an array, where there is room for `count`. */
  private makeRoom(before: number, count: number): void {
    if (this.many !== undefined) {
      this.many.length = count;
      return;
    }
    const many = new Array<unknown>(count);
    for (let at = 0; at < before; at++) many[at] = this.held(at);
    this.many = many;
  }

  private held(place: number): unknown {
    if (this.many !== undefined) return this.many[place];
    switch (place) {
      case 0:
        return this.value0;
      case 1:
        return this.value1;
      case 2:
        return this.value2;
      case 3:
        return this.value3;
      case 4:
        return this.value4;
      case 5:
        return this.value5;
      case 6:
        return this.value6;
      default:
        return this.value7;
    }
  }

  private put(place: number, value: unknown): void {
    if (this.many !== undefined) {
      this.many[place] = value;
      return;
    }
    switch (place) {
      case 0:
        this.value0 = value;
        return;
      case 1:
        this.value1 = value;
        return;
      case 2:
        this.value2 = value;
        return;
      case 3:
        this.value3 = value;
        return;
      case 4:
        this.value4 = value;
        return;
      case 5:
        this.value5 = value;
        return;
      case 6:
        this.value6 = value;
        return;
      default:
        this.value7 = value;
    }
  }
}

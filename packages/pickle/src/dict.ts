/** @module A dict of Python: a Map in insertion order whose keys compare as Python's. */

import { CurtidoError } from "./errors.ts";
import { canonicalKey } from "./keys.ts";

/** `Map`'s face without its storage: a file of many small dicts costs one array each, and no table until one is asked. */
class Face {}
Object.setPrototypeOf(Face.prototype, Map.prototype);
const MapFace = Face as unknown as new <V>() => Map<unknown, V>;

/** Up to so many pairs a text key is looked for one by one. */
const FEW = 8;
/** What stands in the place of a key that was deleted. */
const HOLE = Symbol("deleted");
/** Deleted pairs that are kept before the rest is moved together. */
const MOST_HOLES = 32;

/**
 * A dict: a `Map` in insertion order whose keys compare as Python's (1, 1.0 and True are one key; tuples go by value; the
 * first key stays when an equal one is set).
 *
 * @example
 * const dict = new Dict([[new Tuple([1, "a"]), "x"]]);
 * dict.get(new Tuple([1, "a"])); // "x"
 */
export class Dict<V = unknown> extends MapFace<V> {
  /** Key, value, key, value ... */
  private pairs: unknown[] = [];
  private holes = 0;
  /** Whether no two keys are equal; a dict that was read is not looked at until it is asked. */
  private settled = true;
  /** From a canonical key to its place in `pairs`, once it is needed. */
  private places: Map<unknown, number> | undefined = undefined;

  constructor(entries: Iterable<readonly [unknown, V]> = []) {
    super();
    for (const [key, value] of entries) this.set(key, value);
  }

  /**
   * A dict of key, value, key, value ... which it keeps as its own.
   *
   * @throws CurtidoError E_UNHASHABLE
   */
  static ofPairs(pairs: unknown[]): Dict {
    const dict = new Dict();
    dict.setPairs(pairs);
    return dict;
  }

  /**
   * Sets key, value, key, value ...; an array that is given is not to be used afterwards.
   *
   * @throws CurtidoError E_UNHASHABLE
   */
  setPairs(pairs: unknown[]): void {
    for (let at = 0; at < pairs.length; at += 2) if (typeof pairs[at] !== "string") canonicalKey(pairs[at]);
    if (this.holes > 0) this.compact();
    if (this.pairs.length === 0) this.pairs = pairs;
    else for (const each of pairs) this.pairs.push(each);
    this.settled = this.pairs.length <= 2;
    this.places = undefined;
  }

  /** Key, value, key, value ... in order, not to be changed. */
  flat(): readonly unknown[] {
    this.settle();
    if (this.holes > 0) this.compact();
    return this.pairs;
  }

  override get size(): number {
    this.settle();
    return this.pairs.length / 2 - this.holes;
  }

  override get(key: unknown): V | undefined {
    const place = this.place(key);
    return place < 0 ? undefined : (this.pairs[place + 1] as V);
  }

  override has(key: unknown): boolean {
    return this.place(key) >= 0;
  }

  override set(key: unknown, value: V): this {
    const place = this.place(key);
    if (place >= 0) {
      this.pairs[place + 1] = value;
      return this;
    }
    if (this.holes > MOST_HOLES && this.holes > this.pairs.length / 4) this.compact();
    this.places?.set(canonicalKey(key), this.pairs.length);
    if (this.places === undefined && typeof key !== "string") canonicalKey(key);
    this.pairs.push(key, value);
    return this;
  }

  override delete(key: unknown): boolean {
    const place = this.place(key);
    if (place < 0) return false;
    this.places?.delete(canonicalKey(key));
    this.pairs[place] = HOLE;
    this.pairs[place + 1] = undefined;
    this.holes++;
    return true;
  }

  override clear(): void {
    this.pairs = [];
    this.holes = 0;
    this.settled = true;
    this.places = undefined;
  }

  override forEach(callback: (value: V, key: unknown, map: Map<unknown, V>) => void, self?: unknown): void {
    for (const [key, value] of this) callback.call(self, value, key, this);
  }

  override *entries(): MapIterator<[unknown, V]> {
    for (const at of this.live()) yield [this.pairs[at], this.pairs[at + 1] as V];
  }

  override *keys(): MapIterator<unknown> {
    for (const at of this.live()) yield this.pairs[at];
  }

  override *values(): MapIterator<V> {
    for (const at of this.live()) yield this.pairs[at + 1] as V;
  }

  override [Symbol.iterator](): MapIterator<[unknown, V]> {
    return this.entries();
  }

  /** The places of the pairs that are there, also of those that come while it is walked, as a Map's iterators see them. */
  private *live(): Generator<number, undefined> {
    this.settle();
    const { pairs } = this;
    for (let at = 0; at < pairs.length; at += 2) {
      if (this.pairs !== pairs)
        throw new CurtidoError("E_TYPE", "the dict was emptied or rebuilt while it was walked through");
      if (pairs[at] !== HOLE) yield at;
    }
  }

  private place(key: unknown): number {
    this.settle();
    if (this.places === undefined) {
      const { pairs } = this;
      if (typeof key === "string" && pairs.length <= 2 * FEW) {
        for (let at = 0; at < pairs.length; at += 2) if (pairs[at] === key) return at;
        return -1;
      }
      this.places = placesOf(pairs);
    }
    return this.places.get(canonicalKey(key)) ?? -1;
  }

  /** Lets the first of equal keys stay, with the last value, as Python does while it reads. */
  private settle(): void {
    if (this.settled) return;
    this.settled = true;
    const { pairs } = this;
    if (fewDistinctTexts(pairs)) return;
    const places = placesOf(pairs);
    this.places = places;
    if (places.size * 2 === pairs.length) return;
    this.pairs = [];
    this.places = new Map();
    for (let at = 0; at < pairs.length; at += 2) {
      const canonical = canonicalKey(pairs[at]);
      const place = this.places.get(canonical);
      if (place !== undefined) this.pairs[place + 1] = pairs[at + 1];
      else {
        this.places.set(canonical, this.pairs.length);
        this.pairs.push(pairs[at], pairs[at + 1]);
      }
    }
  }

  private compact(): void {
    const { pairs } = this;
    const kept: unknown[] = [];
    for (let at = 0; at < pairs.length; at += 2) if (pairs[at] !== HOLE) kept.push(pairs[at], pairs[at + 1]);
    this.pairs = kept;
    this.holes = 0;
    this.places = undefined;
  }
}

function placesOf(pairs: readonly unknown[]): Map<unknown, number> {
  const places = new Map<unknown, number>();
  for (let at = 0; at < pairs.length; at += 2) if (pairs[at] !== HOLE) places.set(canonicalKey(pairs[at]), at);
  return places;
}

function fewDistinctTexts(pairs: readonly unknown[]): boolean {
  if (pairs.length > 2 * FEW) return false;
  for (let at = 0; at < pairs.length; at += 2) {
    if (typeof pairs[at] !== "string") return false;
    for (let before = 0; before < at; before += 2) if (pairs[before] === pairs[at]) return false;
  }
  return true;
}

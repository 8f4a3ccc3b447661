/** @module The keys of a dict, which dicts with the same ones may share. */

import { Digests, LONG } from "./digest.ts";
import { canonicalKey } from "./keys.ts";
import { defaultLimits } from "./limits.ts";

/** Up to so many keys a text is looked for one by one. */
const FEW = 8;

/** Keys in order of insertion, and how to find one. */
export class Shape {
  readonly keys: unknown[];
  /** Whether several dicts may have it, so that none may change it. */
  readonly shared: boolean;
  /** Keys whose entries were deleted; of a shape that is not shared. */
  holes = 0;
  /** How often such keys were taken away, so that places changed. */
  compactions: number;
  /** Of a shape that is shared; not known before it was asked. */
  private onlyTexts: boolean | undefined = undefined;
  /** From a canonical key to its last place, once it is needed. */
  private places: Map<unknown, number> | undefined = undefined;
  /** Whether no key is equal to another one; not known before it was asked. */
  private unequal: boolean | undefined;
  private digests: Digests | undefined = undefined;

  constructor(keys: unknown[], shared: boolean, compactions = 0) {
    this.keys = keys;
    this.shared = shared;
    this.compactions = compactions;
    this.unequal = keys.length <= 1 ? true : undefined;
  }

  /** Whether all keys are texts. */
  texts(): boolean {
    this.onlyTexts ??= this.keys.length > 0 && this.keys.every((key) => typeof key === "string");
    return this.onlyTexts;
  }

  /** Whether no key is equal to another one. */
  distinct(): boolean {
    this.unequal ??= fewDistinctTexts(this.keys) || this.table().size === this.keys.length;
    return this.unequal;
  }

  /** Where a key stands, or -1; of keys that are distinct. */
  place(key: unknown): number {
    const { keys } = this;
    if (this.places === undefined && typeof key === "string" && keys.length <= FEW) return keys.indexOf(key);
    return this.table().get(this.canonical(key)) ?? -1;
  }

  /** Adds a key that is not there, or whose place is to be a new one. */
  add(key: unknown): void {
    if (this.places !== undefined) this.places.set(this.canonical(key), this.keys.length);
    else if (typeof key !== "string") this.canonical(key);
    else if (this.keys.includes(key)) this.table().set(this.canonical(key), this.keys.length);
    this.keys.push(key);
  }

  /** Adds the keys of key, value, key, value ..., which may be there already. */
  extend(pairs: readonly unknown[], from: number, to: number, shapes?: Shapes): void {
    for (let at = from; at < to; at += 2) {
      const key = pairs[at];
      if (typeof key !== "string") canonicalKey(key, shapes?.keyDepth, shapes?.digests);
      this.keys.push(key);
    }
    this.places = undefined;
    this.unequal = undefined;
  }

  /** The same keys for one dict of its own. */
  copy(): Shape {
    const copy = new Shape([...this.keys], false, this.compactions);
    copy.unequal = this.unequal;
    return copy;
  }

  /** {@link canonicalKey}; nearly every text is its own. */
  private canonical(key: unknown): unknown {
    if (typeof key === "string" && key.charCodeAt(0) !== 0) return key;
    this.digests ??= new Digests();
    return canonicalKey(key, undefined, this.digests);
  }

  private table(): Map<unknown, number> {
    if (this.places === undefined) {
      this.places = new Map();
      for (let at = 0; at < this.keys.length; at++) this.places.set(this.canonical(this.keys[at]), at);
    }
    return this.places;
  }
}

/** The keys of a dict without any. */
export const NO_KEYS = new Shape([], true);

function fewDistinctTexts(keys: readonly unknown[]): boolean {
  if (keys.length > FEW) return false;
  for (let at = 0; at < keys.length; at++) {
    if (typeof keys[at] !== "string" || keys.indexOf(keys[at]) !== at) return false;
  }
  return true;
}

/** Dicts of more keys do not share them. */
const MOST_SHARED = 64;

/** The keys that dicts had lately. */
export class Shapes {
  /** The last ones of each number. */
  private readonly recent: (Shape | undefined)[] = [];
  /** How deep keys may be nested. */
  readonly keyDepth: number;
  private made: Digests | undefined = undefined;

  constructor(keyDepth = defaultLimits.keyDepth) {
    this.keyDepth = keyDepth;
  }

  /** Those of the file's long texts, once there are any. */
  get digests(): Digests {
    this.made ??= new Digests();
    return this.made;
  }

  /**
   * The keys of so many pairs of key, value, key, value ... from an index on.
   *
   * @throws CurtidoError E_UNHASHABLE
   */
  of(pairs: readonly unknown[], from: number, count: number): Shape {
    const known = count <= MOST_SHARED ? this.recent[count] : undefined;
    if (known !== undefined && sameTexts(known.keys, pairs, from)) return known;
    const keys = new Array<unknown>(count);
    for (let at = 0; at < count; at++) {
      const key = pairs[from + 2 * at];
      if (typeof key !== "string") canonicalKey(key, this.keyDepth, this.digests);
      keys[at] = key;
    }
    const shape = new Shape(keys, count <= MOST_SHARED && keys.every(isShort));
    if (shape.shared) this.recent[count] = shape;
    return shape;
  }
}

/** Texts that are long are not compared with those of every dict that follows. */
const isShort = (key: unknown) => typeof key !== "string" || key.length <= LONG;

function sameTexts(keys: readonly unknown[], pairs: readonly unknown[], from: number): boolean {
  for (let at = 0; at < keys.length; at++) {
    const key = keys[at];
    if (key !== pairs[from + 2 * at] || typeof key !== "string") return false;
  }
  return true;
}

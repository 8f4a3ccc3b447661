/** @module Walks the inert values of a file once, and sums up what the model that they are would cost. */

import { NdArray, reviveNumpy, reviveValue } from "@curtido/arrays";
import { Dict, Instance, Tuple } from "@curtido/pickle";
import { CALL, type Cost, DEFAULT_LIMITS, type OwnCost, type Part } from "./cost.ts";
import { type Context, State, shortName } from "./state.ts";

/** What training left behind, and no row is answered with. */
const LEFT_BEHIND =
  /^(named_|oob_|cv_|_?random_|_rng|_optimizer|stop_words_|(coefs|mse)_path)|(_curve|scores?|_samples)_$/;

/** What one value adds to what holds it. Sums of what is shared 2^1100 times end at Infinity, which is a number. */
type Share = readonly [call: number, row: number, rowMemory: number, character: number, items: number];

const NOTHING: Share = [0, 0, 0, 0, 0];

/**
 * How many items a file may unfold to, those that are shared counted each time, beside a multiple of what it holds: whoever
 * walks a value, or prints it, meets them all. Beyond, each counts for a row.
 */
const MOST_ITEMS = 2 ** 24;
const MOST_SHARED = 16;
const MET = 32;

/** A text takes so many bytes beside its characters; an item of a list, a key of a dict. */
const TEXT = 32;
const ITEM = 8;
const KEY = 48;

/**
 * Sums up costs over the values of one file. Each object is looked at once, however often it is referred to: what is
 * shared counts for a row as often as a row meets it, and for the memory once.
 */
export class CostWalk {
  private readonly shares = new Map<object, Share | undefined>();
  private readonly own = new Map<Instance, OwnCost>();
  private readonly context: Context;
  private memory = 0;

  /** @param entryOf - what is known of the class of an instance */
  constructor(entryOf: Context["entryOf"]) {
    this.context = readingOnly(entryOf);
  }

  /** What the model costs that an inert value is. */
  of(root: Instance): Cost {
    const [perCall, row, perRowMemory, perCharacter, items] = this.share(root);
    const perRow = items > MOST_ITEMS + MOST_SHARED * this.shares.size ? row + MET * items : row;
    return { memory: this.memory, perCall, perRow, perRowMemory, perCharacter };
  }

  /** The innermost part that makes up most of what the whole costs, for messages. */
  heaviest(root: Instance): Part {
    let part = root;
    let path = "";
    let value: unknown = root;
    for (let place = "", depth = 0; depth < DEEPEST; depth++) {
      const next = this.heaviestIn(value);
      if (next === undefined) break;
      place += next[0];
      value = next[1];
      if (!(value instanceof Instance) || this.ownOf(value) === undefined) continue;
      part = value;
      path = place;
    }
    const shown = path.slice(1, LONGEST);
    return { what: `${shortName(part.className)}${shown && ` '${shown}'`}`, path: shown };
  }

  private weight(value: unknown): number {
    const [call, row, rowMemory, , items] = this.shares.get(value as object) ?? NOTHING;
    return call + row + rowMemory + items;
  }

  /** What makes up most of a value, and how it is found in it. */
  private heaviestIn(value: unknown): readonly [place: string, child: unknown] | undefined {
    const least = this.weight(value) / 2;
    if (value instanceof Instance) {
      const found = this.attributes(value).find(([, child]) => this.weight(child) > least);
      return found && [`.${found[0]}`, found[1]];
    }
    let at = 0;
    for (const child of this.children(value as object)) {
      if (this.weight(child) > least) return [`[${at}]`, child];
      at++;
    }
    return undefined;
  }

  /** What a value and everything in it add. A stack of its own: files nest as deeply as they like. */
  private share(root: object): Share {
    const open: object[] = [root];
    for (let value = open.at(-1); value !== undefined; value = open.at(-1)) {
      if (!this.shares.has(value)) {
        // Nothing as long as it is underway: what contains itself is refused when it is revived.
        this.shares.set(value, undefined);
        for (const child of this.children(value))
          if (typeof child === "object" && child !== null && !this.shares.has(child)) open.push(child);
        continue;
      }
      open.pop();
      if (this.shares.get(value) === undefined) this.shares.set(value, this.sum(value));
    }
    return this.shares.get(root)!;
  }

  private children(value: object): Iterable<unknown> {
    if (value instanceof Instance) return this.within(value);
    if (Array.isArray(value) || value instanceof Tuple) return value as Iterable<unknown>;
    if (value instanceof Dict) return value.values();
    // Sets hold what can be hashed: no arrays, and no model keeps its parts there.
    return value instanceof NdArray ? itemsOf(value) : [];
  }

  /** What of an instance counts. */
  private within(instance: Instance): readonly unknown[] {
    const array = arrayOf(instance);
    if (array !== undefined) return itemsOf(array);
    const attributes = this.attributes(instance).map(([, value]) => value);
    return [...instance.args, ...attributes, ...instance.items, ...instance.entries.map(([, value]) => value)];
  }

  private attributes(instance: Instance): readonly (readonly [name: string, value: unknown])[] {
    const parts = this.ownOf(instance)?.parts;
    const all = new Map<string, unknown>();
    const beside: [string, unknown][] = [];
    for (const state of instance.states) {
      // The attributes, or a pair of them and of those in slots.
      const pair = state instanceof Tuple && state.length === 2 ? state.items : [state];
      for (const part of pair) {
        if (part instanceof Dict) for (const [name, value] of part) all.set(String(name), value);
        else beside.push(["", part]);
      }
    }
    const counts = (name: string) =>
      parts?.includes(name) ?? (!LEFT_BEHIND.test(name) && (name.endsWith("_") || !all.has(`${name}_`)));
    return [...beside, ...[...all].filter(([name]) => counts(name))];
  }

  private ownOf(instance: Instance): OwnCost | undefined {
    const known = this.own.get(instance);
    if (known !== undefined) return known;
    const entry = this.context.entryOf(instance);
    if (entry === undefined) return undefined;
    const own = attempt(() => entry.cost?.(new State(instance, this.context, ""))) ?? {};
    this.own.set(instance, own);
    return own;
  }

  private sum(value: object): Share {
    const parts = this.total(value);
    const array = value instanceof NdArray ? value : value instanceof Instance ? arrayOf(value) : undefined;
    if (array !== undefined) return this.arrayShare(array, parts);
    const own = value instanceof Instance ? this.ownOf(value) : undefined;
    if (own === undefined) return parts;
    const { memory = 0, perRow = 0, perRowMemory = 0, perCharacter = 0, times = 1, flat = false } = own;
    this.memory += memory;
    const [call, row, rowMemory, character, items] = parts;
    const calls = CALL + (flat ? 0 : call * times);
    return [calls, perRow + row * times, perRowMemory + rowMemory, perCharacter + character * times, items];
  }

  /** Everything in a container together; plain numbers count one each. */
  private total(value: object): Share {
    const sum: [number, number, number, number, number] = [0, 0, 0, 0, 0];
    for (const child of this.children(value)) {
      sum[4]++;
      if (typeof child === "number") sum[1]++;
      else if (typeof child === "string") this.memory += TEXT + child.length;
      else this.shares.get(child as object)?.forEach((share, at) => (sum[at]! += share));
    }
    if (value instanceof Dict) this.memory += KEY * value.size;
    else if (Array.isArray(value)) this.memory += ITEM * value.length;
    return sum.some(Boolean) ? sum : NOTHING;
  }

  private arrayShare({ size, dtype }: NdArray, items: Share): Share {
    const plain = "biufc".includes(dtype.kind);
    this.memory += size * (plain ? 8 : dtype.itemsize + TEXT);
    return plain || dtype.kind === "V" ? [0, size, 0, 0, 0] : items;
  }
}

/** What an array of objects holds; numbers are no objects of their own. */
function itemsOf(array: NdArray): readonly unknown[] {
  return array.dtype.kind === "O" ? (array.data as unknown[]) : [];
}

/** How deep a message looks for what costs most, and how long a path it shows. */
const DEEPEST = 1000;
const LONGEST = 80;

/** The array that an instance is; nothing for what is none, and for malformed ones. */
function arrayOf(instance: Instance): NdArray | undefined {
  return attempt(() => reviveNumpy(instance));
}

function attempt<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch {
    return undefined; // the same is said, and better, when it is revived
  }
}

const NO_COST: Cost = { memory: 0, perCall: 0, perRow: 0, perRowMemory: 0, perCharacter: 0 };

/** What a {@link State} needs to be read, and nothing to be revived with. */
function readingOnly(entryOf: Context["entryOf"]): Context {
  return {
    names: {},
    limits: DEFAULT_LIMITS,
    entryOf,
    isEstimator: () => false,
    revive: (value) => value,
    value: (value) => reviveNumpy(value) ?? reviveValue(value),
    costOf: () => NO_COST,
  };
}

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
  private readonly open = new Map<Instance, Opened>();
  private readonly context: Context;
  private memory = 0;

  /** @param entryOf - what is known of the class of an instance */
  constructor(entryOf: Context["entryOf"]) {
    this.context = readingOnly(entryOf);
  }

  /** What the model costs that an inert value is. */
  of(root: Instance): Cost {
    const [perCall, row, perRowMemory, perCharacter, items] = this.share(root);
    const perRow = this.tooMany(items) ? row + MET * items : row;
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
      if (!(value instanceof Instance) || this.context.entryOf(value) === undefined) continue;
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
      const found = this.opened(value).attributes.find(([, child]) => this.weight(child) > least);
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
    if (value instanceof Instance) return this.opened(value).all;
    if (Array.isArray(value) || value instanceof Tuple) return value as Iterable<unknown>;
    if (value instanceof Dict) return value.values();
    // Sets hold what can be hashed: no arrays, and no model keeps its parts there.
    return value instanceof NdArray ? itemsOf(value) : [];
  }

  private opened(instance: Instance): Opened {
    let opened = this.open.get(instance);
    if (opened === undefined) {
      const array = arrayOf(instance);
      const attributes = array === undefined ? attributesOf(instance) : [];
      opened = { array, attributes, all: array === undefined ? within(instance, attributes) : itemsOf(array) };
      this.open.set(instance, opened);
    }
    return opened;
  }

  /** What of an instance counts for a row. */
  private countedIn(instance: Instance): readonly unknown[] {
    const { array, attributes, all } = this.opened(instance);
    if (array !== undefined) return all;
    const counted = this.counted(instance);
    return counted.length === attributes.length ? all : within(instance, counted);
  }

  /** The attributes that count for a row. */
  private counted(instance: Instance): readonly Attribute[] {
    const all = this.opened(instance).attributes;
    const parts = this.ownOf(instance)?.parts;
    const names = new Set(all.map(([name]) => name));
    return all.filter(([name]) =>
      parts === undefined
        ? !LEFT_BEHIND.test(name) && (name.endsWith("_") || !names.has(`${name}_`))
        : name === "" || parts.includes(name),
    );
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
    const items = this.itemsIn(value);
    // Nobody reads what unfolds to too much: not even to say what it costs.
    if (this.tooMany(items)) return [0, 0, 0, 0, items];
    const parts = this.total(value, items);
    const array = value instanceof NdArray ? value : value instanceof Instance ? this.opened(value).array : undefined;
    if (array !== undefined) return this.arrayShare(array, parts);
    const own = value instanceof Instance ? this.ownOf(value) : undefined;
    if (own === undefined) return parts;
    const { memory = 0, perRow = 0, perRowMemory = 0, perCharacter = 0, times = 1, flat = false } = own;
    this.memory += memory;
    const [call, row, rowMemory, character] = parts;
    const calls = CALL + (flat ? 0 : call * times);
    return [calls, perRow + row * times, perRowMemory + rowMemory, perCharacter + character * times, items];
  }

  /** How many items a container unfolds to, those that do not count for a row too. */
  private itemsIn(value: object): number {
    let items = 0;
    for (const child of this.children(value)) items += 1 + (this.shares.get(child as object)?.[4] ?? 0);
    return items;
  }

  private tooMany(items: number): boolean {
    return items > MOST_ITEMS + MOST_SHARED * this.shares.size;
  }

  /** Everything in a container together; plain numbers count one each. */
  private total(value: object, items: number): Share {
    let [call, row, rowMemory, character] = NOTHING;
    const children = value instanceof Instance ? this.countedIn(value) : this.children(value);
    for (const child of children) {
      if (typeof child === "number") row++;
      else if (typeof child === "string") this.memory += TEXT + child.length;
      else if (typeof child === "object" && child !== null) {
        const share = this.shares.get(child) ?? NOTHING;
        call += share[0];
        row += share[1];
        rowMemory += share[2];
        character += share[3];
      }
    }
    if (value instanceof Dict) this.memory += KEY * value.size;
    else if (Array.isArray(value)) this.memory += ITEM * value.length;
    return [call, row, rowMemory, character, items];
  }

  private arrayShare({ size, dtype }: NdArray, items: Share): Share {
    const plain = "biufc".includes(dtype.kind);
    // Records are read where they stand in the file.
    if (dtype.kind !== "V") this.memory += size * (plain ? 8 : dtype.itemsize + TEXT);
    return plain || dtype.kind === "V" ? [0, size, 0, 0, 0] : items;
  }
}

type Attribute = readonly [name: string, value: unknown];

/** An instance as it is walked: the array that it is, or its attributes; and everything in it. */
interface Opened {
  readonly array: NdArray | undefined;
  readonly attributes: readonly Attribute[];
  readonly all: readonly unknown[];
}

/** Every attribute; what is no mapping of them has no name. */
function attributesOf(instance: Instance): readonly Attribute[] {
  const all = new Map<string, unknown>();
  const beside: Attribute[] = [];
  for (const state of instance.states) {
    // The attributes, or a pair of them and of those in slots.
    const pair = state instanceof Tuple && state.length === 2 ? state.items : [state];
    for (const part of pair) {
      if (part instanceof Dict) for (const [name, value] of part) all.set(String(name), value);
      else beside.push(["", part]);
    }
  }
  return [...beside, ...all];
}

/** What is in an instance, of its attributes only these. */
function within({ args, items, entries }: Instance, attributes: readonly Attribute[]): readonly unknown[] {
  return [...args, ...attributes.map(([, value]) => value), ...items, ...entries.map(([, value]) => value)];
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

/** @module Walks the inert values of a file once, and sums up what the model that they are would cost. */

import { NdArray, reviveNumpy, reviveValue } from "@curtido/arrays";
import { Dict, Global, Instance, Tuple } from "@curtido/pickle";
import { CALL, type Cost, DEFAULT_LIMITS, type OwnCost, type Part } from "./cost.ts";
import { attributesOf, counts, nameOf } from "./cost_attributes.ts";
import { type Context, State, shortName } from "./state.ts";

/** What values add to what holds them. Sums of what is shared 2^1100 times end at Infinity, which is a number. */
class Share {
  call = 0;
  row = 0;
  rowMemory = 0;
  character = 0;
  /** What it unfolds to, what does not count for a row too. */
  items = 0;

  add({ call, row, rowMemory, character }: Share): void {
    this.call += call;
    this.row += row;
    this.rowMemory += rowMemory;
    this.character += character;
  }
}

const NOTHING = new Share();

/**
 * How many items a file may unfold to, those that are shared counted each time, beside a multiple of what it holds: whoever
 * walks a value, or prints it, meets them all. Beyond, each counts for a row.
 */
const MOST_ITEMS = 2 ** 24;
const MOST_SHARED = 16;
const MET = 32;

/** A text takes so many bytes beside its characters; an item of a list, an entry of a dict. */
const TEXT = 32;
const ITEM = 8;
const KEY = 16;

/** A value that is looked through. */
interface Open {
  readonly value: object;
  readonly within: readonly unknown[];
  /** The attributes that are the first of these, of an instance that is no array: which of them count is seen at last. */
  readonly attributes: ReadonlyMap<unknown, unknown> | undefined;
  readonly share: Share;
  at: number;
}

/**
 * Sums up costs over the values of one file. Each object is looked at once, however often it is referred to: what is
 * shared counts for a row as often as a row meets it, and for the memory once.
 */
export class CostWalk {
  /** The arrays that were met, as they are revived. */
  readonly arrays = new Map<Instance, NdArray>();
  private readonly shares = new Map<object, Share>();
  private readonly context: Context;
  private memory = 0;
  /** How many items there are, those that are shared counted once. */
  private met = 0;

  /** @param entryOf - what is known of the class of an instance */
  constructor(entryOf: Context["entryOf"]) {
    this.context = { ...READING_ONLY, entryOf };
  }

  /** What the model costs that an inert value is. */
  of(root: Instance): Cost {
    const { call, row, rowMemory, character, items } = this.share(root);
    const perRow = this.tooMany(items) ? row + MET * items : row;
    return { memory: this.memory, perCall: call, perRow, perRowMemory: rowMemory, perCharacter: character };
  }

  /** The innermost part that makes up most of what the whole costs, for messages. */
  heaviest(root: Instance): Part {
    let part = root;
    let path = "";
    let value: unknown = root;
    for (let place = "", depth = 0; depth < DEEPEST; depth++) {
      const next = this.heaviestIn(value as object);
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
    const { call, row, rowMemory, items } = this.shares.get(value as object) ?? NOTHING;
    return call + row + rowMemory + items;
  }

  /** What makes up most of a value, and how it is found in it. */
  private heaviestIn(value: object): readonly [place: string, child: unknown] | undefined {
    const least = this.weight(value) / 2;
    const within = this.open(value).within;
    const at = within.findIndex((child) => this.weight(child) > least);
    if (at < 0) return undefined;
    const name = value instanceof Instance ? nameOf(value, within[at]) : undefined;
    const index = value instanceof Dict ? at >> 1 : at;
    return [name === undefined ? `[${index}]` : `.${name}`, within[at]];
  }

  /** What a value and everything in it add. A stack of its own: files nest as deeply as they like. */
  private share(root: object): Share {
    this.shares.set(root, NOTHING);
    const stack: Open[] = [this.open(root)];
    for (;;) {
      const open = stack.at(-1)!;
      const next = this.next(open);
      if (next !== undefined) {
        // Nothing as long as it is underway: what contains itself is refused when it is revived.
        this.shares.set(next, NOTHING);
        stack.push(this.open(next));
        continue;
      }
      const share = this.closed(open);
      this.shares.set(open.value, share);
      stack.pop();
      const holder = stack.at(-1);
      if (holder === undefined) return share;
      holder.share.items += share.items;
      if (holder.attributes === undefined) holder.share.add(share);
    }
  }

  /** Adds what is in a value up, until something comes that is not known yet. */
  private next(open: Open): object | undefined {
    const { within, attributes, share } = open;
    while (open.at < within.length) {
      const child = within[open.at++];
      share.items++;
      this.met++;
      if (typeof child === "number") share.row++;
      else if (typeof child === "string") this.memory += TEXT + child.length;
      else if (typeof child === "object" && child !== null) {
        const known = this.shares.get(child) ?? this.leaf(child);
        if (known === undefined) return child;
        share.items += known.items;
        if (attributes === undefined) share.add(known);
      }
    }
    return undefined;
  }

  /** What something adds that holds nothing more to look through; `undefined` for what may. */
  private leaf(value: object): Share | undefined {
    if (value instanceof Global || value instanceof Uint8Array) return NOTHING;
    const array = value instanceof Instance ? this.arrayOf(value) : value;
    if (!(array instanceof NdArray) || array.dtype.kind === "O") return undefined;
    const share = this.arrayShare(array, new Share());
    this.shares.set(value, share);
    return share;
  }

  private open(value: object): Open {
    if (value instanceof Instance) return this.openInstance(value);
    let within = NONE;
    if (Array.isArray(value)) {
      within = value;
      this.memory += ITEM * value.length;
    } else if (value instanceof Tuple) within = value.items;
    else if (value instanceof Dict) {
      within = value.flat();
      this.memory += KEY * value.size;
    }
    // Sets hold what can be hashed: no arrays, and no model keeps its parts there.
    else if (value instanceof NdArray) within = itemsOf(value);
    return opened(value, within);
  }

  private openInstance(value: Instance): Open {
    const array = this.arrayOf(value);
    if (array !== undefined) return opened(value, itemsOf(array));
    const { named, beside } = attributesOf(value);
    const pairs = named instanceof Dict ? named.flat() : [...named].flat();
    const beyond = [value.args, beside, value.items, value.entries.flat()].filter(({ length }) => length > 0);
    return opened(value, beyond.length === 0 ? pairs : [pairs, ...beyond].flat(), named);
  }

  /** The array that an instance is; nothing for what is none, and for malformed ones. */
  private arrayOf(instance: Instance): NdArray | undefined {
    const array = this.arrays.get(instance) ?? attempt(() => reviveNumpy(instance));
    if (array !== undefined) this.arrays.set(instance, array);
    return array;
  }

  private ownOf(instance: Instance): OwnCost | undefined {
    const entry = this.context.entryOf(instance);
    if (entry === undefined) return undefined;
    if (entry.cost === undefined) return NO_OWN;
    return attempt(() => entry.cost?.(new State(instance, this.context, ""))) ?? NO_OWN;
  }

  /** What a value adds all in all, once everything in it is added up. */
  private closed({ value, within, attributes, share }: Open): Share {
    // Nobody reads what unfolds to too much: not even to say what it costs.
    if (this.tooMany(share.items)) return Object.assign(new Share(), { items: share.items });
    const array = value instanceof NdArray ? value : this.arrays.get(value as Instance);
    if (array !== undefined) return this.arrayShare(array, share);
    if (attributes === undefined) return share;
    const own = this.ownOf(value as Instance);
    for (let at = 0; at < within.length; at++) {
      if (typeof within[at] !== "object") continue;
      const known = this.shares.get(within[at] as object);
      if (known === undefined) continue;
      const named = at % 2 === 1 && at < 2 * attributes.size;
      if (!named || counts(within[at - 1], attributes, own?.parts)) share.add(known);
    }
    return own === undefined ? share : this.whole(own, share);
  }

  /** What an estimator adds, and its parts together. */
  private whole(own: OwnCost, share: Share): Share {
    const { memory = 0, perRow = 0, perRowMemory = 0, perCharacter = 0, times = 1, flat = false } = own;
    this.memory += memory;
    share.call = CALL + (flat ? 0 : share.call * times);
    share.row = perRow + share.row * times;
    share.rowMemory += perRowMemory;
    share.character = perCharacter + share.character * times;
    return share;
  }

  private tooMany(items: number): boolean {
    return items > MOST_ITEMS + MOST_SHARED * this.met;
  }

  private arrayShare({ size, dtype }: NdArray, share: Share): Share {
    const plain = "biufc".includes(dtype.kind);
    // Records are read where they stand in the file.
    if (dtype.kind !== "V") this.memory += size * (plain ? 8 : dtype.itemsize + TEXT);
    if (plain || dtype.kind === "V") share.row = size;
    return share;
  }
}

const NONE: readonly unknown[] = [];
const NO_OWN: OwnCost = {};

function opened(value: object, within: readonly unknown[], attributes?: ReadonlyMap<unknown, unknown>): Open {
  return { value, within, attributes, share: new Share(), at: 0 };
}

/** What an array of objects holds; numbers are no objects of their own. */
function itemsOf(array: NdArray): readonly unknown[] {
  return array.dtype.kind === "O" ? (array.data as unknown[]) : NONE;
}

/** How deep a message looks for what costs most, and how long a path it shows. */
const DEEPEST = 1000;
const LONGEST = 80;

function attempt<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch {
    return undefined; // the same is said, and better, when it is revived
  }
}

const NO_COST: Cost = { memory: 0, perCall: 0, perRow: 0, perRowMemory: 0, perCharacter: 0 };

/** What a {@link State} needs to be read, and nothing to be revived with. */
const READING_ONLY: Omit<Context, "entryOf"> = {
  names: {},
  limits: DEFAULT_LIMITS,
  isEstimator: () => false,
  revive: (value) => value,
  value: (value) => reviveNumpy(value) ?? reviveValue(value),
  costOf: () => NO_COST,
  note: () => undefined,
};

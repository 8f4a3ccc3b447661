/** @module Work that is not done yet while something inside it is being written: the writer's own stack. */

import {
  ADDITEMS,
  APPEND,
  APPENDS,
  EMPTY_TUPLE,
  FROZENSET,
  MARK,
  POP,
  POP_MARK,
  SETITEM,
  SETITEMS,
  TUPLE,
  TUPLE1,
  TUPLE2,
  TUPLE3,
} from "../opcodes.ts";
import type { Writer } from "./writer.ts";

/** CPython writes items in batches of so many. */
const BATCH = 1000;
const TUPLES = [EMPTY_TUPLE, TUPLE1, TUPLE2, TUPLE3];

/** A container that is being written. */
export interface Work {
  /** Writes on, until it is done (`true`) or something was begun that has to be written first (`false`). */
  step(writer: Writer): boolean;
  /** Where it is, as a path says it: `.key`, `[1]`. */
  place?(): string;
}

/** When a batch of one is written without a mark: never, when there is nothing else, or whenever it comes last. */
type Single = "never" | "alone" | "last";

/** What a container's items are written with. */
interface BatchStyle {
  /** Values to an item: 1, or 2 for a key and its value. */
  readonly width: 1 | 2;
  readonly one: number;
  readonly many: number;
  readonly single: Single;
  /** Whether an empty batch follows when the last one is full, as CPython's exact dicts and sets have it. */
  readonly trailing: boolean;
  /** Protocol 0 has no batches. */
  readonly batches: boolean;
}

/** How the items of a list, a dict, a set, and of an object that takes items or entries are written. */
export function batchStyles(protocol: number) {
  const style = (width: 1 | 2, one: number, many: number, single: Single, trailing: boolean): BatchStyle => ({
    width,
    one,
    many,
    single,
    trailing,
    batches: protocol > 0,
  });
  return {
    list: style(1, APPEND, APPENDS, "alone", false),
    dict: style(2, SETITEM, SETITEMS, "alone", true),
    set: style(1, ADDITEMS, ADDITEMS, "never", true),
    items: style(1, APPEND, APPENDS, "last", false),
    entries: style(2, SETITEM, SETITEMS, "last", false),
  } as const;
}

/** The items of a list, a dict, a set, or of an object that takes them. */
export class BatchWork implements Work {
  private readonly values: readonly unknown[];
  private readonly style: BatchStyle;
  /** Where the keys of a dict stand in the memo, when all of them are known to be there. */
  private readonly keys: Int32Array | undefined;
  private at = 0;
  /** Where the batch that is open ends, or -1. */
  private end = -1;
  /** Whether it has a mark. */
  private marked = false;

  constructor(values: readonly unknown[], style: BatchStyle, keys?: Int32Array) {
    this.values = values;
    this.style = style;
    this.keys = keys;
  }

  step(writer: Writer): boolean {
    const { values, keys } = this;
    for (;;) {
      if (this.at === this.end) {
        writer.op(this.marked ? this.style.many : this.style.one);
        const full = this.marked && this.at % (BATCH * this.style.width) === 0;
        this.end = -1;
        if (this.at === values.length) {
          if (full && this.style.trailing) {
            writer.op(MARK);
            writer.op(this.style.many);
          }
          return true;
        }
      }
      if (this.end < 0) this.open(writer);
      while (this.at < this.end) {
        const at = this.at++;
        if (keys !== undefined && (at & 1) === 0) writer.getKey(keys[at >> 1]!);
        else if (!writer.save(values[at])) return false;
      }
    }
  }

  place(): string {
    const { values, style, at } = this;
    if (style.width === 1) return `[${at - 1}]`;
    const key = values[(at - 1) & ~1];
    if (typeof key !== "string") return Number.isInteger(key) ? `[${String(key)}]` : "[...]";
    return /^[\p{ID_Start}_]\w{0,99}$/u.test(key) ? `.${key}` : `[${JSON.stringify(key.slice(0, 100))}]`;
  }

  private open(writer: Writer): void {
    const { width, single, batches } = this.style;
    const left = this.values.length - this.at;
    const alone = left === width && (single === "last" || (single === "alone" && this.at === 0));
    this.marked = batches && !alone;
    this.end = this.at + (this.marked ? Math.min(left, BATCH * width) : width);
    if (this.marked) writer.op(MARK);
  }
}

/** A tuple, which may turn out to hold itself. */
export class TupleWork implements Work {
  private readonly items: readonly unknown[];
  private readonly marked: boolean;
  private at = 0;

  constructor(items: readonly unknown[], marked: boolean) {
    this.items = items;
    this.marked = marked;
  }

  place(): string {
    return `[${this.at - 1}]`;
  }

  step(writer: Writer): boolean {
    const { items } = this;
    while (this.at < items.length) if (!writer.save(items[this.at++])) return false;
    const known = writer.tuples.get(items);
    if (known === undefined) {
      writer.op(this.marked ? TUPLE : TUPLES[items.length]!);
      writer.putTuple(items);
      return true;
    }
    if (this.marked && writer.protocol > 0) writer.op(POP_MARK);
    else for (let count = items.length + (this.marked ? 1 : 0); count > 0; count--) writer.op(POP);
    writer.get(known);
    return true;
  }
}

/** A frozenset from protocol 4 on. */
export class FrozenSetWork implements Work {
  private readonly set: object;
  private readonly items: readonly unknown[];
  private at = 0;

  constructor(set: object, items: readonly unknown[]) {
    this.set = set;
    this.items = items;
  }

  step(writer: Writer): boolean {
    while (this.at < this.items.length) if (!writer.save(this.items[this.at++])) return false;
    const known = writer.objects.get(this.set);
    if (known === undefined) {
      writer.op(FROZENSET);
      writer.put(this.set);
    } else {
      writer.op(POP_MARK);
      writer.get(known);
    }
    return true;
  }
}

/** One thing after the other: each gives `false` when it began something that has to be written first. */
export class StepsWork implements Work {
  private readonly steps: readonly (() => boolean)[];
  private at = 0;

  constructor(steps: readonly (() => boolean)[]) {
    this.steps = steps;
  }

  step(): boolean {
    while (this.at < this.steps.length) if (!this.steps[this.at++]!()) return false;
    return true;
  }
}

/** @module What a pickle machine holds: the stack with its marks, and the memo. */

import { BuildError } from "./builder.ts";
import type { Limits } from "./limits.ts";

/** The room that a stack starts with. */
const ROOM = 1024;

/** The memo is kept in parts of so many entries: to write to one large array that has grown old costs a barrier each time. */
const MEMO_BITS = 13;
const MEMO_MASK = (1 << MEMO_BITS) - 1;

/** Memo entries out of order that are kept: V8's maps end at 2^24. */
const MOST_SPARSE = 1 << 23;

/** The stack, with marks as fences: what stands below a mark is out of reach until the mark is taken; and the memo. */
export class MachineState<V> {
  protected readonly limits: Limits;
  /** Room for values; those in use are below {@link height}. What lies above it is stale. */
  protected readonly stack: V[] = new Array<V>(ROOM);
  protected height = 0;
  protected readonly marks: number[] = [];
  protected fence = 0;
  /** Memo entries 0 to {@link dense}; whatever comes out of order is in the sparse one, which most streams do not need. */
  protected readonly memo: V[][] = [];
  /** The part of the memo that is being filled. */
  protected filling: V[] = [];
  protected dense = 0;
  protected sparse: Map<number, V> | undefined = undefined;

  constructor(limits: Limits) {
    this.limits = limits;
  }

  protected push(value: V): void {
    if (this.height === this.limits.stack) throw new BuildError("E_LIMIT", "too many objects on the stack");
    this.stack[this.height++] = value;
  }

  protected mark(): void {
    if (this.marks.length >= this.limits.stack) throw new BuildError("E_LIMIT", "too many marks on the stack");
    this.marks.push(this.height);
    this.fence = this.height;
  }

  protected pop(): V {
    if (this.height <= this.fence) throw this.underflow();
    return this.stack[--this.height]!;
  }

  protected top(): V {
    if (this.height <= this.fence) throw this.underflow();
    return this.stack[this.height - 1]!;
  }

  /** Pops one, and requires `more` to stand below it. */
  protected popAbove(more: number): V {
    if (this.height - more <= this.fence) throw this.underflow();
    return this.stack[--this.height]!;
  }

  protected popMany(count: number): V[] {
    const from = this.height - count;
    if (from < this.fence) throw this.underflow();
    const items = this.stack.slice(from, this.height);
    this.height = from;
    return items;
  }

  protected underflow(): BuildError {
    return new BuildError("E_STACK", this.marks.length > 0 ? "unexpected MARK found" : "unpickling stack underflow");
  }

  protected dropMark(): number {
    const mark = this.marks.pop();
    if (mark === undefined) throw new BuildError("E_STACK", "could not find MARK");
    this.fence = this.marks.length > 0 ? this.marks[this.marks.length - 1]! : 0;
    return mark;
  }

  protected fromMark(): V[] {
    const mark = this.dropMark();
    const items = this.stack.slice(mark, this.height);
    this.height = mark;
    return items;
  }

  protected even(items: V[], opcode: string): V[] {
    if (items.length % 2 !== 0) throw new BuildError("E_STACK", `odd number of items for ${opcode}`);
    return items;
  }

  protected get(index: number): V {
    const value = index >= 0 && index < this.dense ? this.kept(index) : this.sparse?.get(index);
    if (value === undefined) throw new BuildError("E_MEMO", `Memo value not found at index ${index}`);
    return value;
  }

  protected put(index: number): void {
    const value = this.top();
    if (index === this.dense && this.sparse === undefined) {
      if (index > this.limits.memoIndex) throw new BuildError("E_LIMIT", `memo index ${index} is beyond the limit`);
      this.remember(value);
    } else this.putOutOfOrder(index, value);
  }

  /** Adds an entry behind the dense ones. */
  protected remember(value: V): void {
    const place = this.dense & MEMO_MASK;
    if (place === 0) {
      this.filling = new Array<V>(this.dense === 0 ? ROOM : MEMO_MASK + 1);
      this.memo.push(this.filling);
    }
    this.filling[place] = value;
    this.dense++;
  }

  /** A dense entry. */
  protected kept(index: number): V {
    return this.memo[index >>> MEMO_BITS]![index & MEMO_MASK]!;
  }

  protected putOutOfOrder(index: number, value: V): void {
    if (index < 0) throw new BuildError("E_MEMO", "negative PUT argument");
    if (index > this.limits.memoIndex) throw new BuildError("E_LIMIT", `memo index ${index} is beyond the limit`);
    if (index < this.dense) this.memo[index >>> MEMO_BITS]![index & MEMO_MASK] = value;
    else {
      this.sparse ??= new Map();
      if (this.sparse.size >= MOST_SPARSE) throw new BuildError("E_LIMIT", "too many memo entries out of order");
      this.sparse.set(index, value);
    }
  }
}

/** @module The part of the pickle machine that runs what most of a stream is made of. */

import type { Builder } from "./builder.ts";
import type { Limits } from "./limits.ts";
import { BATCH, itemsAhead } from "./lookahead.ts";
import { MachineState } from "./machine_state.ts";
import { NEWTRUE } from "./opcodes.ts";
import { Texts } from "./text.ts";
import type { Tokenizer } from "./tokens.ts";

/** More bytes than any opcode that {@link Machine} reads in place. */
const LONGEST_HOT = 9;

/** Runs frequent opcodes where they lie. */
export class FastMachine<V> extends MachineState<V> {
  protected readonly tokenizer: Tokenizer;
  protected readonly builder: Builder<V>;
  protected readonly texts: Texts;
  /** Items of the batches that follow and go to the list that was appended to last. */
  private ahead = 0;

  constructor(tokenizer: Tokenizer, builder: Builder<V>, limits: Limits) {
    super(limits);
    this.tokenizer = tokenizer;
    this.texts = new Texts(tokenizer.bytes);
    this.builder = builder;
  }

  /** Values and marks that are left: none behind the STOP of a stream that a pickler wrote. */
  get left(): number {
    return this.height + this.marks.length;
  }

  /**
   * Runs the opcodes that most of a stream is made of, where nothing can be wrong with them: the bytes are there and so is
   * the stack. The first other one is left to the tokenizer and to the rest of the machine, which know all of them. Twice as fast.
   *
   * @returns where that one stands
   */
  protected hot(from: number): number {
    const { bytes, view } = this.tokenizer;
    const { builder: b, stack, limits } = this;
    const last = bytes.length - LONGEST_HOT;
    const room = limits.stack;
    let { height } = this;
    let at = from;
    hot: while (at < last && height < room) {
      switch (bytes[at]) {
        case 0x28: // MARK
          if (this.marks.length >= room) break hot;
          this.marks.push(height);
          this.fence = height;
          at += 1;
          continue;
        case 0x47: // BINFLOAT
          stack[height++] = b.float(view.getFloat64(at + 1, false));
          at += 9;
          continue;
        case 0x4a: // BININT
          stack[height++] = b.small(view.getInt32(at + 1, true));
          at += 5;
          continue;
        case 0x4b: // BININT1
          stack[height++] = b.small(bytes[at + 1]!);
          at += 2;
          continue;
        case 0x4d: // BININT2
          stack[height++] = b.small(bytes[at + 1]! | (bytes[at + 2]! << 8));
          at += 3;
          continue;
        case 0x4e: // NONE
          stack[height++] = b.none();
          at += 1;
          continue;
        case 0x58: {
          // BINUNICODE
          const start = at + 5;
          const end = start + view.getUint32(at + 1, true);
          const text = end > last ? undefined : this.texts.readFast(start, end);
          if (text === undefined) break hot;
          stack[height++] = b.text(text);
          at = end;
          continue;
        }
        case 0x5d: // EMPTY_LIST
          stack[height++] = b.list([]);
          at += 1;
          continue;
        case 0x68: // BINGET
          if (bytes[at + 1]! >= this.dense) break hot;
          stack[height++] = this.kept(bytes[at + 1]!);
          at += 2;
          continue;
        case 0x6a: {
          // LONG_BINGET
          const index = view.getUint32(at + 1, true);
          if (index >= this.dense) break hot;
          stack[height++] = this.kept(index);
          at += 5;
          continue;
        }
        case 0x7d: // EMPTY_DICT
          stack[height++] = b.dict([]);
          at += 1;
          continue;
        case 0x88: // NEWTRUE
        case 0x89: // NEWFALSE
          stack[height++] = b.bool(bytes[at] === NEWTRUE);
          at += 1;
          continue;
        case 0x8c: {
          // SHORT_BINUNICODE
          const start = at + 2;
          const end = start + bytes[at + 1]!;
          const text = end > last ? undefined : this.texts.readFast(start, end);
          if (text === undefined) break hot;
          stack[height++] = b.text(text);
          at = end;
          continue;
        }
        case 0x94: // MEMOIZE
          if (this.sparse !== undefined || height <= this.fence || this.dense >= limits.memoIndex) break hot;
          this.remember(stack[height - 1]!);
          at += 1;
          continue;
        default:
          break hot;
      }
    }
    this.height = height;
    return at;
  }

  /** Appends what stands above the last mark to the list below it. */
  protected appends(): void {
    const { tokenizer, builder, stack } = this;
    const to = this.height;
    const from = this.dropMark();
    this.height = from;
    const target = this.top();
    if (to === from) return;
    if (this.ahead >= to - from) {
      this.ahead -= to - from;
      builder.append(target, stack, from, to, 0);
      return;
    }
    this.ahead = to - from === BATCH ? itemsAhead(tokenizer.bytes, tokenizer.position) : 0;
    builder.append(target, stack, from, to, this.ahead);
  }
}

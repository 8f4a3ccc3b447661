/** @module The pickle machine: stack, marks and memo. What it builds is a {@link Builder}'s business. */

import { BuildError, type Builder } from "./builder.ts";
import type { Limits } from "./limits.ts";
import { located } from "./locate.ts";
import { BATCH, itemsAhead } from "./lookahead.ts";
import { MachineState } from "./machine_state.ts";
import { parseDecimal, parseFloatText, parseIntLine, parseLong } from "./numbers.ts";
import { HIGHEST_PROTOCOL } from "./opcodes.ts";
import { decodeAscii, decodeLatin1, decodeUtf8Strict } from "./text.ts";
import { Texts } from "./texts.ts";
import type { Tokenizer } from "./tokens.ts";

/** More bytes than any opcode that {@link Machine} reads in place. */
const LONGEST_HOT = 9;

/** Runs a stream over its stack and memo. */
export class Machine<V> extends MachineState<V> {
  private readonly tokenizer: Tokenizer;
  private readonly builder: Builder<V>;
  private readonly texts: Texts;
  /** Items of the batches that follow and go to the list that was appended to last. */
  private ahead = 0;
  /** The protocol that the stream last announced. */
  protocol = 0;

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

  /** Runs to STOP and gives the value. */
  run(): V {
    try {
      const { tokenizer } = this;
      for (;;) {
        tokenizer.position = this.hot(tokenizer.position);
        tokenizer.next();
        if (tokenizer.code === 0x2e) return this.pop();
        this.step();
      }
    } catch (error) {
      throw located(error, this.tokenizer.start);
    }
  }

  /**
   * Runs the opcodes that most of a stream is made of, where nothing can be wrong with them: the bytes are there and so is
   * the stack. The first other one is left to the tokenizer and to {@link step}, which know all of them. Twice as fast.
   *
   * @returns where that one stands
   */
  private hot(from: number): number {
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
          stack[height++] = b.bool(bytes[at] === 0x88);
          at += 1;
          continue;
        case 0x8c: {
          // SHORT_BINUNICODE
          const start = at + 2;
          const end = start + bytes[at + 1]!;
          const text = end > last ? undefined : this.texts.readShort(start, end);
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
  private appends(): void {
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

  // One flat switch: the engine turns it into a jump table, and a reader finds an opcode by its name.
  private step(): void {
    const { tokenizer: t, builder: b } = this;
    switch (t.code) {
      case 0x28: // MARK
        this.mark();
        return;
      case 0x29: // EMPTY_TUPLE
        this.push(b.tuple([]));
        return;
      case 0x30: // POP
        if (this.marks.at(-1) === this.height) this.dropMark();
        else this.drop();
        return;
      case 0x31: // POP_MARK
        this.height = this.dropMark();
        return;
      case 0x32: // DUP
        this.push(this.top());
        return;
      case 0x42: // BINBYTES
      case 0x43: // SHORT_BINBYTES
      case 0x8e: // BINBYTES8
        this.push(b.bytes(t.bytes, t.from, t.to));
        return;
      case 0x46: // FLOAT
        this.push(b.float(parseFloatText(this.textLine())));
        return;
      case 0x47: // BINFLOAT
        this.push(b.float(t.value));
        return;
      case 0x49: {
        // INT
        const value = parseIntLine(this.textLine(), this.limits.integerDigits);
        this.push(typeof value === "boolean" ? b.bool(value) : b.integer(value));
        return;
      }
      case 0x4a: // BININT
      case 0x4b: // BININT1
      case 0x4d: // BININT2
        this.push(b.small(t.int));
        return;
      case 0x4c: // LONG
        this.push(b.integer(parseLong(this.textLine(), this.limits.integerDigits)));
        return;
      case 0x4e: // NONE
        this.push(b.none());
        return;
      case 0x50: // PERSID
        this.push(b.persistent(b.text(decodeAscii(t.bytes, t.from, t.to))));
        return;
      case 0x51: // BINPERSID
        this.push(b.persistent(this.pop()));
        return;
      case 0x52: {
        // REDUCE
        const args = this.pop();
        this.push(b.call(this.pop(), args, "reduce"));
        return;
      }
      case 0x53: // STRING
        this.quoted();
        return;
      case 0x54: // BINSTRING
      case 0x55: // SHORT_BINSTRING
        this.push(b.oldString(t.bytes, t.from, t.to, false));
        return;
      case 0x56: // UNICODE
        this.push(b.unicodeLine(t.bytes, t.from, t.to));
        return;
      case 0x58: // BINUNICODE
      case 0x8c: // SHORT_BINUNICODE
      case 0x8d: // BINUNICODE8
        this.push(b.text(this.texts.read(t.from, t.to)));
        return;
      case 0x5d: // EMPTY_LIST
        this.push(b.list([]));
        return;
      case 0x61: {
        // APPEND
        this.popAbove(1);
        b.append(this.top(), this.stack, this.height, this.height + 1, 0);
        return;
      }
      case 0x62: {
        // BUILD
        const state = this.popAbove(1);
        this.push(b.build(this.pop(), state, t));
        return;
      }
      case 0x63: // GLOBAL
        this.push(b.global(this.name(t.from, t.to), this.name(t.from2, t.to2), this.protocol));
        return;
      case 0x64: // DICT
        this.push(b.dict(this.even(this.fromMark(), "DICT")));
        return;
      case 0x65: // APPENDS
        this.appends();
        return;
      case 0x67: // GET
        this.push(this.get(this.textIndex()));
        return;
      case 0x68: // BINGET
        this.push(this.get(t.int));
        return;
      case 0x6a: // LONG_BINGET
        this.push(this.get(t.value));
        return;
      case 0x69: // INST
        this.inst();
        return;
      case 0x6c: // LIST
        this.push(b.list(this.fromMark()));
        return;
      case 0x6f: {
        // OBJ
        const [cls, ...args] = this.fromMark();
        if (cls === undefined) throw new BuildError("E_STACK", "OBJ finds no class above the mark");
        this.push(b.instantiate(cls, args, "obj"));
        return;
      }
      case 0x70: // PUT
        this.put(this.textIndex());
        return;
      case 0x71: // BINPUT
        this.put(t.int);
        return;
      case 0x72: // LONG_BINPUT
        this.put(t.value);
        return;
      case 0x73: {
        // SETITEM
        this.popAbove(2);
        this.pop();
        b.setItems(this.top(), this.stack, this.height, this.height + 2);
        return;
      }
      case 0x74: // TUPLE
        this.push(b.tuple(this.fromMark()));
        return;
      case 0x75: {
        // SETITEMS
        const to = this.height;
        this.height = this.dropMark();
        const target = this.top();
        if ((to - this.height) % 2 !== 0) throw new BuildError("E_STACK", "odd number of items for SETITEMS");
        if (to > this.height) b.setItems(target, this.stack, this.height, to);
        return;
      }
      case 0x7d: // EMPTY_DICT
        this.push(b.dict([]));
        return;
      case 0x80: // PROTO
        if (t.int > HIGHEST_PROTOCOL) throw new BuildError("E_PROTOCOL", `unsupported pickle protocol: ${t.int}`);
        this.protocol = t.int;
        return;
      case 0x81: {
        // NEWOBJ
        const args = this.pop();
        this.push(b.call(this.pop(), args, "newobj"));
        return;
      }
      case 0x82: // EXT1
      case 0x83: // EXT2
      case 0x84: // EXT4
        this.push(b.extension(t.int));
        return;
      case 0x85: // TUPLE1
        this.push(b.tuple(this.popMany(1)));
        return;
      case 0x86: // TUPLE2
        this.push(b.tuple(this.popMany(2)));
        return;
      case 0x87: // TUPLE3
        this.push(b.tuple(this.popMany(3)));
        return;
      case 0x88: // NEWTRUE
      case 0x89: // NEWFALSE
        this.push(b.bool(t.code === 0x88));
        return;
      case 0x8a: // LONG1
      case 0x8b: // LONG4
        this.push(b.long(t.bytes, t.from, t.to));
        return;
      case 0x8f: // EMPTY_SET
        this.push(b.set());
        return;
      case 0x90: {
        // ADDITEMS
        const to = this.height;
        this.height = this.dropMark();
        const target = this.top();
        if (to > this.height) b.addItems(target, this.stack, this.height, to);
        return;
      }
      case 0x91: // FROZENSET
        this.push(b.frozenset(this.fromMark()));
        return;
      case 0x92: {
        // NEWOBJ_EX
        const kwargs = this.pop();
        const args = this.pop();
        this.push(b.callWithKeywords(this.pop(), args, kwargs));
        return;
      }
      case 0x93: {
        // STACK_GLOBAL
        const name = this.pop();
        this.push(b.stackGlobal(this.pop(), name, this.protocol));
        return;
      }
      case 0x94: // MEMOIZE
        this.put(this.dense + (this.sparse?.size ?? 0));
        return;
      case 0x95: // FRAME
        if (t.value > t.bytes.length - t.position)
          throw new BuildError("E_TRUNCATED", "pickle data was truncated: a frame reaches past the end");
        return;
      case 0x96: // BYTEARRAY8
        this.push(b.bytearray(t.bytes, t.from, t.to));
        return;
      case 0x97: // NEXT_BUFFER
        this.push(b.buffer());
        return;
      case 0x98: // READONLY_BUFFER
        this.push(b.readonlyBuffer(this.pop()));
        return;
      default:
        throw new BuildError("E_OPCODE", `opcode 0x${t.code.toString(16)} is not handled`);
    }
  }

  private drop(): void {
    const value = this.pop();
    if (this.height > this.fence) this.builder.dropped?.(value, this.top());
  }

  private textLine(): string {
    const { bytes, from, to } = this.tokenizer;
    if (from === to) throw new BuildError("E_TRUNCATED", "pickle data was truncated: an empty line");
    return decodeLatin1(bytes, from, to);
  }

  private name(from: number, to: number): string {
    if (from === to) throw new BuildError("E_TRUNCATED", "pickle data was truncated: an empty name");
    return decodeUtf8Strict(this.tokenizer.bytes, from, to);
  }

  private quoted(): void {
    const { bytes, from, to } = this.tokenizer;
    const quote = bytes[from];
    if (to - from < 2 || quote !== bytes[to - 1] || (quote !== 0x27 && quote !== 0x22)) {
      throw new BuildError("E_ARGUMENT", "the STRING opcode argument must be quoted");
    }
    this.push(this.builder.oldString(bytes, from + 1, to - 1, true));
  }

  private inst(): void {
    const { bytes, from, to, from2, to2 } = this.tokenizer;
    const args = this.fromMark();
    if (from === to || from2 === to2) throw new BuildError("E_TRUNCATED", "pickle data was truncated: an empty name");
    const cls = this.builder.global(decodeAscii(bytes, from, to), decodeAscii(bytes, from2, to2), this.protocol);
    this.push(this.builder.instantiate(cls, args, "inst"));
  }

  private textIndex(): number {
    return Number(parseDecimal(this.textLine(), this.limits.integerDigits));
  }
}

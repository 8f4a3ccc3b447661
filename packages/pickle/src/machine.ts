/** @module The pickle machine: stack, marks and memo. What it builds is a {@link Builder}'s business. */

import { BuildError, type Builder } from "./builder.ts";
import { type CurtidoError, type PickleErrorCode, pickleError } from "./errors.ts";
import type { Limits } from "./limits.ts";
import { NumberError, parseDecimal, parseFloatText, parseIntLine, parseLong } from "./numbers.ts";
import { HIGHEST_PROTOCOL } from "./opcodes.ts";
import { decodeAscii, decodeLatin1, decodeUtf8, decodeUtf8Strict, TextError } from "./text.ts";
import type { Tokenizer } from "./tokens.ts";

/** The stack with marks as fences: what stands below a mark is out of reach until the mark is taken. */
export class Machine<V> {
  private readonly tokenizer: Tokenizer;
  private readonly builder: Builder<V>;
  private readonly limits: Limits;
  private readonly stack: V[] = [];
  private readonly marks: number[] = [];
  private fence = 0;
  private memo: V[] = [];
  private readonly sparseMemo = new Map<number, V>();
  private memoCount = 0;
  /** The protocol that the stream last announced. */
  protocol = 0;

  constructor(tokenizer: Tokenizer, builder: Builder<V>, limits: Limits) {
    this.tokenizer = tokenizer;
    this.builder = builder;
    this.limits = limits;
  }

  /** Runs to STOP and gives the value. */
  run(): V {
    try {
      for (;;) {
        this.tokenizer.next();
        if (this.tokenizer.code === 0x2e) return this.pop();
        this.step();
        if (this.stack.length > this.limits.stack) throw new BuildError("E_LIMIT", "too many objects on the stack");
      }
    } catch (error) {
      throw this.located(error);
    }
  }

  private located(error: unknown): unknown {
    const at = this.tokenizer.start;
    if (error instanceof BuildError) return pickleError(error.code, at, error.message);
    if (error instanceof NumberError) return pickleError(error.limit ? "E_LIMIT" : "E_ARGUMENT", at, error.message);
    if (error instanceof TextError) return pickleError("E_ENCODING", at, error.message);
    if (isUnlocated(error)) return pickleError(error.code as PickleErrorCode, at, error.message, error);
    return error;
  }

  // One flat switch: the engine turns it into a jump table, and a reader finds an opcode by its name.
  private step(): void {
    const { tokenizer: t, builder: b, stack } = this;
    switch (t.code) {
      case 0x28: // MARK
        this.marks.push(stack.length);
        this.fence = stack.length;
        return;
      case 0x29: // EMPTY_TUPLE
        stack.push(b.tuple([]));
        return;
      case 0x30: // POP
        if (this.marks.at(-1) === stack.length) this.dropMark();
        else this.pop();
        return;
      case 0x31: // POP_MARK
        stack.length = this.dropMark();
        return;
      case 0x32: // DUP
        stack.push(this.top());
        return;
      case 0x42: // BINBYTES
      case 0x43: // SHORT_BINBYTES
      case 0x8e: // BINBYTES8
        stack.push(b.bytes(t.bytes, t.from, t.to));
        return;
      case 0x46: // FLOAT
        stack.push(b.float(parseFloatText(this.textLine())));
        return;
      case 0x47: // BINFLOAT
        stack.push(b.float(t.value));
        return;
      case 0x49: {
        // INT
        const value = parseIntLine(this.textLine(), this.limits.integerDigits);
        stack.push(typeof value === "boolean" ? b.bool(value) : b.integer(value));
        return;
      }
      case 0x4a: // BININT
      case 0x4b: // BININT1
      case 0x4d: // BININT2
        stack.push(b.small(t.value));
        return;
      case 0x4c: // LONG
        stack.push(b.integer(parseLong(this.textLine(), this.limits.integerDigits)));
        return;
      case 0x4e: // NONE
        stack.push(b.none());
        return;
      case 0x50: // PERSID
        stack.push(b.persistent(b.text(decodeAscii(t.bytes, t.from, t.to))));
        return;
      case 0x51: // BINPERSID
        stack.push(b.persistent(this.pop()));
        return;
      case 0x52: {
        // REDUCE
        const args = this.pop();
        stack.push(b.call(this.pop(), args, "reduce"));
        return;
      }
      case 0x53: // STRING
        this.quoted();
        return;
      case 0x54: // BINSTRING
      case 0x55: // SHORT_BINSTRING
        stack.push(b.oldString(t.bytes, t.from, t.to, false));
        return;
      case 0x56: // UNICODE
        stack.push(b.unicodeLine(t.bytes, t.from, t.to));
        return;
      case 0x58: // BINUNICODE
      case 0x8c: // SHORT_BINUNICODE
      case 0x8d: // BINUNICODE8
        stack.push(b.text(decodeUtf8(t.bytes, t.from, t.to)));
        return;
      case 0x5d: // EMPTY_LIST
        stack.push(b.list([]));
        return;
      case 0x61: {
        // APPEND
        const item = this.popAbove(1);
        b.append(this.top(), [item]);
        return;
      }
      case 0x62: {
        // BUILD
        const state = this.popAbove(1);
        stack.push(b.build(this.pop(), state, t));
        return;
      }
      case 0x63: // GLOBAL
        stack.push(b.global(this.name(t.from, t.to), this.name(t.from2, t.to2), this.protocol));
        return;
      case 0x64: // DICT
        stack.push(b.dict(this.even(this.fromMark(), "DICT")));
        return;
      case 0x65: {
        // APPENDS
        const items = this.fromMark();
        const target = this.top();
        if (items.length > 0) b.append(target, items);
        return;
      }
      case 0x67: // GET
        stack.push(this.get(this.textIndex()));
        return;
      case 0x68: // BINGET
      case 0x6a: // LONG_BINGET
        stack.push(this.get(t.value));
        return;
      case 0x69: // INST
        this.inst();
        return;
      case 0x6c: // LIST
        stack.push(b.list(this.fromMark()));
        return;
      case 0x6f: {
        // OBJ
        const [cls, ...args] = this.fromMark();
        if (cls === undefined) throw new BuildError("E_STACK", "OBJ finds no class above the mark");
        stack.push(b.instantiate(cls, args, "obj"));
        return;
      }
      case 0x70: // PUT
        this.put(this.textIndex());
        return;
      case 0x71: // BINPUT
      case 0x72: // LONG_BINPUT
        this.put(t.value);
        return;
      case 0x73: {
        // SETITEM
        const value = this.popAbove(2);
        const key = this.pop();
        b.setItems(this.top(), [key, value]);
        return;
      }
      case 0x74: // TUPLE
        stack.push(b.tuple(this.fromMark()));
        return;
      case 0x75: {
        // SETITEMS
        const pairs = this.fromMark();
        const target = this.top();
        if (pairs.length > 0) b.setItems(target, this.even(pairs, "SETITEMS"));
        return;
      }
      case 0x7d: // EMPTY_DICT
        stack.push(b.dict([]));
        return;
      case 0x80: // PROTO
        if (t.value > HIGHEST_PROTOCOL) throw new BuildError("E_PROTOCOL", `unsupported pickle protocol: ${t.value}`);
        this.protocol = t.value;
        return;
      case 0x81: {
        // NEWOBJ
        const args = this.pop();
        stack.push(b.call(this.pop(), args, "newobj"));
        return;
      }
      case 0x82: // EXT1
      case 0x83: // EXT2
      case 0x84: // EXT4
        stack.push(b.extension(t.value));
        return;
      case 0x85: // TUPLE1
        stack.push(b.tuple(this.popMany(1)));
        return;
      case 0x86: // TUPLE2
        stack.push(b.tuple(this.popMany(2)));
        return;
      case 0x87: // TUPLE3
        stack.push(b.tuple(this.popMany(3)));
        return;
      case 0x88: // NEWTRUE
        stack.push(b.bool(true));
        return;
      case 0x89: // NEWFALSE
        stack.push(b.bool(false));
        return;
      case 0x8a: // LONG1
      case 0x8b: // LONG4
        stack.push(b.long(t.bytes, t.from, t.to));
        return;
      case 0x8f: // EMPTY_SET
        stack.push(b.set());
        return;
      case 0x90: {
        // ADDITEMS
        const items = this.fromMark();
        const target = this.top();
        if (items.length > 0) b.addItems(target, items);
        return;
      }
      case 0x91: // FROZENSET
        stack.push(b.frozenset(this.fromMark()));
        return;
      case 0x92: {
        // NEWOBJ_EX
        const kwargs = this.pop();
        const args = this.pop();
        stack.push(b.callWithKeywords(this.pop(), args, kwargs));
        return;
      }
      case 0x93: {
        // STACK_GLOBAL
        const name = this.pop();
        stack.push(b.stackGlobal(this.pop(), name, this.protocol));
        return;
      }
      case 0x94: // MEMOIZE
        this.put(this.memoCount);
        return;
      case 0x95: // FRAME
        if (t.value > t.bytes.length - t.position)
          throw new BuildError("E_TRUNCATED", "pickle data was truncated: a frame reaches past the end");
        return;
      case 0x96: // BYTEARRAY8
        stack.push(b.bytearray(t.bytes, t.from, t.to));
        return;
      case 0x97: // NEXT_BUFFER
        stack.push(b.buffer());
        return;
      case 0x98: // READONLY_BUFFER
        stack.push(b.readonlyBuffer(this.pop()));
        return;
      default:
        throw new BuildError("E_OPCODE", `opcode 0x${t.code.toString(16)} is not handled`);
    }
  }

  private pop(): V {
    if (this.stack.length <= this.fence) throw this.underflow();
    return this.stack.pop()!;
  }

  private top(): V {
    if (this.stack.length <= this.fence) throw this.underflow();
    return this.stack[this.stack.length - 1]!;
  }

  /** Pops one, and requires `more` to stand below it. */
  private popAbove(more: number): V {
    if (this.stack.length - more <= this.fence) throw this.underflow();
    return this.stack.pop()!;
  }

  private popMany(count: number): V[] {
    if (this.stack.length - count < this.fence) throw this.underflow();
    return this.stack.splice(this.stack.length - count, count);
  }

  private underflow(): BuildError {
    return new BuildError("E_STACK", this.marks.length > 0 ? "unexpected MARK found" : "unpickling stack underflow");
  }

  private dropMark(): number {
    const mark = this.marks.pop();
    if (mark === undefined) throw new BuildError("E_STACK", "could not find MARK");
    this.fence = this.marks.length > 0 ? this.marks[this.marks.length - 1]! : 0;
    return mark;
  }

  private fromMark(): V[] {
    const mark = this.dropMark();
    const items = this.stack.slice(mark);
    this.stack.length = mark;
    return items;
  }

  private even(items: V[], opcode: string): V[] {
    if (items.length % 2 !== 0) throw new BuildError("E_STACK", `odd number of items for ${opcode}`);
    return items;
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
    this.stack.push(this.builder.oldString(bytes, from + 1, to - 1, true));
  }

  private inst(): void {
    const { bytes, from, to, from2, to2 } = this.tokenizer;
    const args = this.fromMark();
    if (from === to || from2 === to2) throw new BuildError("E_TRUNCATED", "pickle data was truncated: an empty name");
    const cls = this.builder.global(decodeAscii(bytes, from, to), decodeAscii(bytes, from2, to2), this.protocol);
    this.stack.push(this.builder.instantiate(cls, args, "inst"));
  }

  private textIndex(): number {
    return Number(parseDecimal(this.textLine(), this.limits.integerDigits));
  }

  private get(index: number): V {
    const value = index < this.memo.length ? this.memo[index] : this.sparseMemo.get(index);
    if (value === undefined) throw new BuildError("E_MEMO", `Memo value not found at index ${index}`);
    return value;
  }

  private put(index: number): void {
    if (index < 0) throw new BuildError("E_MEMO", "negative PUT argument");
    if (index > this.limits.memoIndex) throw new BuildError("E_LIMIT", `memo index ${index} is beyond the limit`);
    const value = this.top();
    if (index < this.memo.length) {
      this.memo[index] = value;
    } else if (index === this.memo.length && !this.sparseMemo.has(index)) {
      this.memo.push(value);
      this.memoCount++;
    } else {
      if (!this.sparseMemo.has(index)) this.memoCount++;
      this.sparseMemo.set(index, value);
    }
  }
}

/** Errors of values (an unhashable key) know what, not where. */
function isUnlocated(error: unknown): error is CurtidoError {
  return (
    error instanceof Error && error.name === "CurtidoError" && (error as CurtidoError).fields["offset"] === undefined
  );
}

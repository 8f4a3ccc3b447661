/** @module The pickle machine: stack, marks and memo. What it builds is a {@link Builder}'s business. */

import { BuildError } from "./builder.ts";
import { FastMachine } from "./fast_machine.ts";
import { located } from "./locate.ts";
import { parseDecimal, parseFloatText, parseIntLine, parseLong } from "./numbers.ts";
import { HIGHEST_PROTOCOL, NEWTRUE, STOP } from "./opcodes.ts";
import { decodeAscii, decodeLatin1, decodeUtf8Strict } from "./text.ts";

/** Bytes from one telling of the progress to the next. */
const STRIDE = 1 << 22;

/** Runs a stream over its stack and memo. */
export class Machine<V> extends FastMachine<V> {
  /** The protocol that the stream last announced. */
  protocol = 0;

  /**
   * Runs to STOP and gives the value.
   *
   * @param onProgress - is told now and then where it is
   */
  run(onProgress?: (bytes: number, total: number) => void): V {
    try {
      const { tokenizer } = this;
      let next = onProgress === undefined ? Number.POSITIVE_INFINITY : STRIDE;
      for (;;) {
        tokenizer.position = this.hot(tokenizer.position);
        tokenizer.next();
        if (tokenizer.code === STOP) return this.pop();
        this.step();
        if (tokenizer.position < next) continue;
        onProgress?.(tokenizer.position, tokenizer.bytes.length);
        next = tokenizer.position + STRIDE;
      }
    } catch (error) {
      throw located(error, this.tokenizer.start);
    }
  }

  // One flat switch of literals: the engine turns it into a jump table, which it does not for names. A test proves that each
  // is the byte of the opcode named beside it.
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
        this.push(b.bool(t.code === NEWTRUE));
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

/** @module The stack as `pickletools.dis` imagines it: names of types, to see whether a stream makes sense. */

import { defaultLimits } from "../limits.ts";
import type { Opcode } from "../opcodes.ts";
import { type Argument, argumentRepr } from "./arguments.ts";
import { PythonError } from "./python_error.ts";

/** Memo keys are Python's ints: `True` is 1. */
export type MemoKey = number | bigint;

/**
 * What an unpickler's memo would hold, by type: hand the same one to several {@link disassemble} calls for pickles that one
 * pickler wrote with one memo.
 */
export type DisassemblyMemo = Map<MemoKey, string>;

/** The key of an argument of PUT or GET. */
export function memoKey(argument: Argument): MemoKey {
  return typeof argument === "bigint" ? argument : Number(argument);
}

const MARK = "mark";
/** How many types of a stack an error lists. */
const MOST_LISTED = 100_000;

type Family = "put" | "get" | "pop" | "slice" | "other";

const FAMILIES: Readonly<Record<string, Family>> = {
  PUT: "put",
  BINPUT: "put",
  LONG_BINPUT: "put",
  MEMOIZE: "put",
  GET: "get",
  BINGET: "get",
  LONG_BINGET: "get",
  POP: "pop",
};

/** The stack effects of opcodes, and what is wrong with them. */
export class Emulation {
  private readonly memo: DisassemblyMemo;
  private readonly stack: string[] = [];
  private readonly marks: number[] = [];
  private pops = 0;
  private pushes: readonly string[] = [];
  private problem: PythonError | undefined;

  constructor(memo: DisassemblyMemo) {
    this.memo = memo;
  }

  /** How many marks are open. */
  get depth(): number {
    return this.marks.length;
  }

  /**
   * What the opcode does to marks and memo.
   *
   * @returns the note that stands behind its argument, such as `(MARK at 3)`, or nothing
   */
  begin(opcode: Opcode, argument: Argument): string {
    this.pops = opcode.before.length;
    this.pushes = opcode.after;
    this.problem = undefined;
    const family = FAMILIES[opcode.name] ?? (opcode.before.includes(MARK) ? "slice" : "other");
    if (family === "other") return "";
    if (family === "put") return this.store(opcode, argument);
    if (family === "get") this.fetch(argument);
    else if (family === "slice" || this.stack.at(-1) === MARK) return this.popMark(opcode);
    return "";
  }

  private popMark(opcode: Opcode): string {
    const mark = this.marks.pop();
    if (mark === undefined) {
      this.problem = new PythonError("E_STACK", "no MARK exists on stack");
      return this.problem.message;
    }
    const at = this.stack.lastIndexOf(MARK);
    if (at < 0) throw new PythonError("E_STACK", "list index out of range", "IndexError");
    this.stack.length = at;
    this.pops = Math.max(0, opcode.before.indexOf(MARK));
    return `(MARK at ${mark})`;
  }

  private store(opcode: Opcode, argument: Argument): string {
    const memoize = opcode.name === "MEMOIZE";
    const key = memoize ? this.memo.size : memoKey(argument);
    const top = this.stack.at(-1);
    if (this.memo.has(key)) this.fail("E_MEMO", `memo key ${shown(argument)} already defined`);
    else if (top === undefined) this.fail("E_STACK", "stack is empty -- can't store into memo");
    else if (top === MARK) this.fail("E_STACK", "can't store markobject in the memo");
    else this.memo.set(key, top);
    return memoize ? `(as ${key})` : "";
  }

  private fetch(argument: Argument): void {
    const found = this.memo.get(memoKey(argument));
    if (found === undefined) this.fail("E_MEMO", `memo key ${shown(argument)} has never been stored into`);
    else this.pushes = [found];
  }

  private fail(code: "E_MEMO" | "E_STACK", message: string): void {
    this.problem = new PythonError(code, message);
  }

  /** After the line was shown: complains, or pops and pushes. */
  finish(start: number): void {
    if (this.problem !== undefined) throw this.problem;
    const { stack, pops } = this;
    if (stack.length < pops) {
      const message = `tries to pop ${pops} items from stack with only ${stack.length} items`;
      throw new PythonError("E_STACK", message);
    }
    stack.length -= pops;
    for (const type of this.pushes) {
      if (type === MARK) this.marks.push(start);
      stack.push(type);
    }
    if (stack.length > defaultLimits.stack)
      throw new PythonError("E_LIMIT", "too many objects on the stack", "MemoryError");
  }

  /** After STOP nothing may be left. */
  end(): void {
    const { stack } = this;
    if (stack.length === 0) return;
    const more = stack.length > MOST_LISTED ? `, ... and ${stack.length - MOST_LISTED} more` : "";
    throw new PythonError("E_STACK", `stack not empty after STOP: [${stack.slice(0, MOST_LISTED).join(", ")}${more}]`);
  }
}

const shown = (argument: Argument): string => [...argumentRepr(argument)].join("");

/** @module Opcodes and arguments as `pickletools.genops` yields and refuses them. */

import { isCurtidoError } from "../errors.ts";
import { FRAME, type Opcode, opcodeByCode } from "../opcodes.ts";
import { Tokenizer } from "../tokens.ts";
import { type Argument, readArgument, truncated } from "./arguments.ts";
import { PythonError } from "./python_error.ts";
import { bytesRepr } from "./repr.ts";

const FRAME_BYTES = 9;

/** Walks the opcodes of a pickle, one {@link next} at a time. */
export class Genops {
  private readonly tokenizer: Tokenizer;
  /** The current opcode's argument. */
  argument: Argument;

  constructor(bytes: Uint8Array, position: number) {
    this.tokenizer = new Tokenizer(bytes, position);
  }

  /** Where the current opcode starts, or the one that cannot be read. */
  get start(): number {
    return this.tokenizer.start;
  }

  /** Where the next opcode starts. */
  get position(): number {
    return this.tokenizer.position;
  }

  /** The bytes from one place to another, as a view. */
  bytes(from: number, to: number): Uint8Array {
    return this.tokenizer.bytes.subarray(from, to);
  }

  /** Reads the next opcode and its argument. Throws a {@link PythonError}. */
  next(): Opcode {
    const { tokenizer } = this;
    try {
      tokenizer.next();
    } catch (error) {
      if (!isCurtidoError(error)) throw error;
      this.explain();
    }
    const opcode = opcodeByCode[tokenizer.code]!;
    this.argument = readArgument(tokenizer, opcode);
    return opcode;
  }

  /** Says it in the words of genops; returns only for a frame length that is none to the tokenizer alone. */
  private explain(): void {
    const { bytes, start } = this.tokenizer;
    const code = bytes[start];
    if (code === undefined) throw new PythonError("E_TRUNCATED", "pickle exhausted before seeing STOP");
    const opcode = opcodeByCode[code];
    if (opcode === undefined) {
      const shown = [...bytesRepr(bytes.subarray(start, start + 1))].join("");
      throw new PythonError("E_OPCODE", `at position ${start}, opcode ${shown} unknown`);
    }
    if (code !== FRAME || bytes.length - start < FRAME_BYTES) throw truncated(bytes, start, opcode);
    this.tokenizer.position = start + FRAME_BYTES;
  }
}

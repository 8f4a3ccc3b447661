/** @module What stands in a pickle, opcode by opcode: the text of Python's `pickletools.dis`. */

import { CurtidoError } from "../errors.ts";
import type { Opcode } from "../opcodes.ts";
import { type Argument, argumentRepr } from "./arguments.ts";
import { type DisassemblyMemo, Emulation } from "./emulation.ts";
import { Genops } from "./genops.ts";
import { PythonError, raisedAt } from "./python_error.ts";
import { bytesRepr, characterCount } from "./repr.ts";

/** How to disassemble. */
export interface DisassembleOptions {
  /** The column where a short description of each opcode starts, as a hint; 0 or nothing: no descriptions. */
  readonly annotate?: number;
  /** How many blanks a mark indents what follows it; 4 when not given. */
  readonly indent?: number;
  /** Whose text: of Python 3.11, which is that of 3.8 to 3.12 too, or of 3.13, where one description has another word. */
  readonly python?: "3.11" | "3.13";
  /** The memo of pickles that stood before this one; it is added to. */
  readonly memo?: DisassemblyMemo;
  /** Where the pickle starts in the bytes; positions count from the start of the bytes all the same. */
  readonly position?: number;
}

/** How a disassembly ended. */
export interface DisassemblyEnd {
  /** Behind STOP, or where the opcode starts that could not be read or made no sense. */
  readonly end: number;
  /** What Python raises: its message word for word; `fields.type` is the exception's class, `fields.offset` the opcode. */
  readonly error?: CurtidoError;
}

/** A disassembly, up to the error if there is one. */
export interface Disassembly extends DisassemblyEnd {
  readonly text: string;
}

/** Blanks in front of a line, at most: they grow with the marks that are open. */
const WIDEST_INDENT = 1 << 20;
/** Characters that {@link disassemble} puts into one text, at most. */
const LONGEST_TEXT = 1 << 28;
/** Beyond this column, descriptions start at the hint again. */
const WIDEST_COLUMN = 50;
const ARGUMENT_COLUMN = 10;
const DEFAULT_INDENT = 4;

/**
 * The text of `pickletools.dis` of CPython 3.11, byte for byte, in pieces: mostly one a line. For streams whose text is
 * too large to hold; everybody else calls {@link disassemble}.
 *
 * @returns how it ended; a bad stream is no exception here
 * @example
 * for (const piece of disassembly(bytes)) process.stdout.write(piece);
 */
export function* disassembly(
  bytes: Uint8Array,
  options: DisassembleOptions = {},
): Generator<string, DisassemblyEnd, undefined> {
  const source = new Genops(bytes, options.position ?? 0);
  const emulation = new Emulation(options.memo ?? new Map());
  const layout = new Layout(options);
  let pending = "";
  let protocol = -1;
  try {
    for (let stopped = false; !stopped; ) {
      const opcode = source.next();
      pending = `${String(source.start).padStart(5)}: `;
      const indent = layout.indent(emulation.depth);
      const note = emulation.begin(opcode, source.argument);
      const pieces = layout.line(pending, opcode, indent, source.argument, note);
      pending = "";
      if (typeof pieces === "string") yield pieces;
      else yield* pieces;
      emulation.finish(source.start);
      protocol = Math.max(protocol, opcode.protocol);
      stopped = opcode.name === "STOP";
    }
    yield `highest protocol among opcodes = ${protocol}\n`;
    emulation.end();
  } catch (error) {
    if (!(error instanceof PythonError)) throw error;
    if (pending !== "") yield pending;
    return { end: source.start, error: raisedAt(error, source.start) as CurtidoError };
  }
  return { end: source.position };
}

/**
 * The text of `pickletools.dis` of CPython 3.11, byte for byte. Like it, it checks whether the stream makes sense: a bad
 * one gives the text up to the opcode in question, and the error in Python's words.
 *
 * `python -m pickletools FILE` prints `text`, and ends with exit status 1 if there is an `error`.
 *
 * @throws never for a bad stream; E_LIMIT as `error` when there is more text than fits in a string: use {@link disassembly}
 * @example
 * disassemble(new TextEncoder().encode("I1\n.")).text;
 * //     0: I    INT        1
 * //     3: .    STOP
 * // highest protocol among opcodes = 0
 */
export function disassemble(bytes: Uint8Array, options: DisassembleOptions = {}): Disassembly {
  const pieces = disassembly(bytes, options);
  const texts: string[] = [];
  let length = 0;
  for (;;) {
    const next = pieces.next();
    if (next.done === true) return { text: texts.join(""), ...next.value };
    length += next.value.length;
    if (length > LONGEST_TEXT) {
      const error = new CurtidoError("E_LIMIT", `a disassembly of more than ${LONGEST_TEXT} characters`, { offset: 0 });
      return { text: texts.join(""), end: 0, error };
    }
    texts.push(next.value);
  }
}

/** An opcode's byte as it is shown. */
function shownCode(code: number): string {
  return [...bytesRepr(Uint8Array.of(code))].join("").slice(2, -1);
}

const shownCodes: readonly string[] = Array.from({ length: 256 }, (_, code) => shownCode(code).padEnd(4));

/** How lines are laid out. */
class Layout {
  private readonly annotate: number;
  private readonly blanks: number;
  private readonly newer: boolean;
  private column: number;

  constructor(options: DisassembleOptions) {
    this.newer = options.python === "3.13";
    this.annotate = options.annotate ?? 0;
    this.blanks = Math.max(0, options.indent ?? DEFAULT_INDENT);
    this.column = this.annotate;
  }

  indent(depth: number): string {
    const width = this.blanks * depth;
    if (width > WIDEST_INDENT)
      throw new PythonError(
        "E_LIMIT",
        `marks ask for an indentation of more than ${WIDEST_INDENT} blanks`,
        "MemoryError",
      );
    return " ".repeat(width);
  }

  /** A line: one piece, or several when its argument is long. */
  line(head: string, opcode: Opcode, indent: string, argument: Argument, note: string): string | Iterable<string> {
    let start = `${shownCodes[opcode.code]} ${indent}${opcode.name}`;
    if (argument === undefined && note === "") return `${head}${start}${this.description(opcode, start.length)}\n`;
    start += " ".repeat(Math.max(0, ARGUMENT_COLUMN - opcode.name.length));
    const tail = note === "" ? "" : ` ${note}`;
    if (argument === undefined)
      return `${head}${start}${tail}${this.description(opcode, start.length + tail.length)}\n`;
    const pieces = argumentRepr(argument);
    if (!Array.isArray(pieces)) return this.longLine(head, opcode, `${start} `, pieces, tail);
    const line = `${start} ${pieces[0]}${tail}`;
    return `${head}${line}${this.description(opcode, this.annotate === 0 ? 0 : characterCount(line))}\n`;
  }

  private *longLine(head: string, opcode: Opcode, start: string, pieces: Iterable<string>, tail: string) {
    let width = start.length + tail.length;
    yield head + start;
    for (const piece of pieces) {
      if (this.annotate !== 0) width += characterCount(piece);
      yield piece;
    }
    yield `${tail}${this.description(opcode, width)}\n`;
  }

  /** The description behind a line that is `width` characters wide. */
  private description(opcode: Opcode, width: number): string {
    if (this.annotate === 0) return "";
    const padding = Math.max(0, this.column - width);
    this.column = width + padding > WIDEST_COLUMN ? this.annotate : width + padding;
    return `${" ".repeat(padding)} ${this.newer ? opcode.doc.replace("found-byte", "four-byte") : opcode.doc}`;
  }
}

/** @module A place in a pattern that is read. */

import { codePoints, textOf } from "./characters.ts";
import { patternError } from "./syntax.ts";

const CONTROLS: Readonly<Record<string, number>> = { a: 7, b: 8, f: 12, n: 10, r: 13, t: 9, v: 11 };
const HEX_DIGITS: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/** Reads a pattern character by character. */
export class Cursor {
  private readonly source: string;
  protected readonly codes: Uint32Array;
  protected at = 0;

  constructor(source: string) {
    this.source = source;
    this.codes = codePoints(source);
  }

  protected error(why: string): Error {
    return patternError(this.source, `${why} (at character ${this.at + 1})`);
  }
  protected get next(): string {
    return this.at < this.codes.length ? String.fromCodePoint(this.codes[this.at]!) : "";
  }
  protected take(): string {
    if (this.at >= this.codes.length) throw this.error("ends too early");
    return String.fromCodePoint(this.codes[this.at++]!);
  }
  protected accept(text: string): boolean {
    if (textOf(this.codes, this.at, Math.min(this.at + text.length, this.codes.length)) !== text) return false;
    this.at += text.length;
    return true;
  }
  protected until(end: string): string {
    const from = this.at;
    while (this.next !== end) this.take();
    return textOf(this.codes, from, this.at++);
  }

  /** The character that stands behind a backslash. */
  protected escaped(): number {
    const letter = this.take();
    const hex = HEX_DIGITS[letter];
    if (hex !== undefined) {
      const digits = textOf(this.codes, this.at, Math.min(this.at + hex, this.codes.length));
      const code = Number.parseInt(digits, 16);
      if (digits.length !== hex || !/^[0-9a-fA-F]+$/.test(digits) || code > 0x10ffff)
        throw this.error("has a bad escape");
      this.at += hex;
      return code;
    }
    if (letter === "0") {
      const digits = /^[0-7]{0,2}/.exec(textOf(this.codes, this.at, Math.min(this.at + 2, this.codes.length)))![0];
      this.at += digits.length;
      return Number.parseInt(`0${digits}`, 8);
    }
    const control = CONTROLS[letter];
    if (control !== undefined) return control;
    if (/^[a-zA-Z0-9]$/.test(letter)) throw this.error(`has an escape that is not known, '\\${letter}'`);
    return letter.codePointAt(0)!;
  }
}

/** @module What a regular expression of Python is made of. */

import { estimatorError } from "../../base/errors.ts";
import { folded, isDigit, isSpace, isWord } from "./characters.ts";

/** Whether a code point belongs to a set. */
export type CharacterTest = (code: number) => boolean;

/** Places, not characters. */
export type Assertion = "start" | "end" | "lineStart" | "lineEnd" | "textEnd" | "boundary" | "noBoundary";

/** A part of a pattern. */
export type PatternNode =
  | { readonly kind: "one"; readonly test: CharacterTest; readonly word?: boolean }
  | { readonly kind: "sequence"; readonly parts: readonly PatternNode[] }
  | { readonly kind: "choice"; readonly options: readonly PatternNode[] }
  | {
      readonly kind: "repeat";
      readonly node: PatternNode;
      readonly min: number;
      readonly max: number;
      readonly mode: "greedy" | "lazy" | "possessive";
    }
  | { readonly kind: "group"; readonly index: number; readonly node: PatternNode }
  | { readonly kind: "atomic"; readonly node: PatternNode }
  | { readonly kind: "look"; readonly behind: boolean; readonly negated: boolean; readonly node: PatternNode }
  | { readonly kind: "assert"; readonly what: Assertion; readonly ascii: boolean }
  | { readonly kind: "same"; readonly index: number; readonly ignoreCase: boolean };

/** The flags of a pattern, `(?imsxa)`. */
export interface Flags {
  readonly ignoreCase: boolean;
  readonly multiline: boolean;
  readonly dotAll: boolean;
  readonly verbose: boolean;
  readonly ascii: boolean;
}

/** Flags with some of them, by their letters, on or off. */
export function withFlags(flags: Flags, letters: string, value: boolean): Flags {
  const next = { ...flags };
  for (const letter of letters) {
    if (letter === "i") next.ignoreCase = value;
    else if (letter === "m") next.multiline = value;
    else if (letter === "s") next.dotAll = value;
    else if (letter === "x") next.verbose = value;
    else next.ascii = letter === "a";
  }
  return next;
}

/** A pattern that cannot be used, and why. */
export function patternError(pattern: string, why: string): Error {
  const shown = pattern.length > 80 ? `${pattern.slice(0, 80)}...` : pattern;
  return estimatorError("E_UNSUPPORTED", `the regular expression '${shown}' ${why}`, { pattern });
}

/** The sets that a letter behind a backslash stands for. */
export function classOf(letter: string, ascii: boolean): CharacterTest | undefined {
  const within = (test: CharacterTest): CharacterTest => (ascii ? (code) => code < 0x80 && test(code) : test);
  const sets: Readonly<Record<string, CharacterTest>> = {
    w: within(isWord),
    d: within(isDigit),
    s: within(pythonSpace(ascii)),
  };
  const set = sets[letter.toLowerCase()];
  if (set === undefined) return undefined;
  return letter === letter.toLowerCase() ? set : (code) => !set(code);
}

/** With ASCII only, the separators 1c to 1f are no spaces. */
function pythonSpace(ascii: boolean): CharacterTest {
  return ascii ? (code) => isSpace(code) && !(code >= 0x1c && code <= 0x1f) : isSpace;
}

/** One character, or either case of it. */
export function exactly(code: number, ignoreCase: boolean): CharacterTest {
  if (!ignoreCase) return (other) => other === code;
  const wanted = folded(code);
  return (other) => folded(other) === wanted;
}

/** Any test, on either case of a character. */
export function eitherCase(test: CharacterTest): CharacterTest {
  return (code) => {
    if (test(code) || test(folded(code))) return true;
    const upper = String.fromCodePoint(code).toUpperCase();
    const first = upper.codePointAt(0)!;
    return upper.length === (first > 0xffff ? 2 : 1) && test(first);
  };
}

/** @module Reading regular expressions of Python (`re`). */

import { textOf } from "./characters.ts";
import { Cursor } from "./cursor.ts";
import {
  type CharacterTest,
  classOf,
  eitherCase,
  exactly,
  type Flags,
  type PatternNode,
  patternError,
  withFlags,
} from "./syntax.ts";

/** How deeply groups may be nested, and how long a pattern may be. */
const MOST_NESTED = 32;
const LONGEST = 10_000;

/** A pattern that was read, and how many groups it has. */
export interface Parsed {
  readonly node: PatternNode;
  readonly groups: number;
}

/** Reads a pattern; throws E_UNSUPPORTED for what Python refuses too, and for what is not known here. */
export function parsePattern(source: string): Parsed {
  if (source.length > LONGEST) throw patternError(source, `is longer than ${LONGEST} characters`);
  return new Parser(source).parse();
}

const LOOKS: readonly (readonly [text: string, behind: boolean, negated: boolean])[] = [
  ["=", false, false],
  ["!", false, true],
  ["<=", true, false],
  ["<!", true, true],
];

class Parser extends Cursor {
  private readonly names = new Map<string, number>();
  private depth = 0;
  private groups = 0;
  private flags: Flags = { ignoreCase: false, multiline: false, dotAll: false, verbose: false, ascii: false };

  parse(): Parsed {
    const node = this.choice();
    if (this.at < this.codes.length) throw this.error("has a parenthesis too many");
    return { node, groups: this.groups };
  }

  private choice(): PatternNode {
    if (++this.depth > MOST_NESTED) throw this.error("is nested too deeply");
    const outer = this.flags;
    const options = [this.sequence()];
    while (this.accept("|")) options.push(this.sequence());
    // Flags that a group sets end with it; those of the whole pattern stand outside of all groups.
    if (this.depth > 1) this.flags = outer;
    this.depth--;
    return options.length === 1 ? options[0]! : { kind: "choice", options };
  }

  private sequence(): PatternNode {
    const parts: PatternNode[] = [];
    for (;;) {
      if (this.flags.verbose) this.skipVerbose();
      if (this.at >= this.codes.length || this.next === "|" || this.next === ")") break;
      const atom = this.atom();
      if (atom !== undefined) parts.push(this.repeated(atom));
    }
    return parts.length === 1 ? parts[0]! : { kind: "sequence", parts };
  }

  private skipVerbose(): void {
    for (;;) {
      if (/^[ \t\n\r\f\v]$/.test(this.next)) this.at++;
      else if (this.next === "#") while (this.at < this.codes.length && this.take() !== "\n") {}
      else return;
    }
  }

  private repeated(atom: PatternNode): PatternNode {
    let node = atom;
    for (let times = 0; ; times++) {
      if (this.flags.verbose) this.skipVerbose();
      const range = this.quantifier();
      if (range === undefined) return node;
      if (times > 0 || node.kind === "assert") throw this.error("repeats what cannot be repeated");
      const mode = this.accept("?") ? "lazy" : this.accept("+") ? "possessive" : "greedy";
      node = { kind: "repeat", node, ...range, mode };
    }
  }

  private quantifier(): { readonly min: number; readonly max: number } | undefined {
    if (this.accept("*")) return { min: 0, max: Number.POSITIVE_INFINITY };
    if (this.accept("+")) return { min: 1, max: Number.POSITIVE_INFINITY };
    if (this.accept("?")) return { min: 0, max: 1 };
    if (this.next !== "{") return undefined;
    const rest = textOf(this.codes, this.at, Math.min(this.at + 24, this.codes.length));
    const found = /^\{(?:(\d+)|(\d*),(\d*))\}/.exec(rest);
    // Braces that hold no numbers stand for themselves.
    if (found === null) return undefined;
    this.at += found[0].length;
    const min = Number(found[1] ?? found[2] ?? 0);
    const max = found[1] !== undefined ? min : found[3] === "" ? Number.POSITIVE_INFINITY : Number(found[3]);
    if (max < min) throw this.error("repeats at most less often than at least");
    return { min, max };
  }

  private atom(): PatternNode | undefined {
    const { ignoreCase, dotAll, multiline, ascii } = this.flags;
    const character = this.take();
    switch (character) {
      case "(":
        return this.group();
      case "[":
        return this.one(this.set());
      case "\\":
        return this.escape();
      case ".":
        return this.one(dotAll ? () => true : (code) => code !== 10);
      case "^":
        return { kind: "assert", what: multiline ? "lineStart" : "start", ascii };
      case "$":
        return { kind: "assert", what: multiline ? "lineEnd" : "end", ascii };
      case "*":
      case "+":
      case "?":
        throw this.error("has nothing to repeat");
      default:
        return this.one(exactly(character.codePointAt(0)!, ignoreCase));
    }
  }

  private one(test: CharacterTest, word = false): PatternNode {
    return { kind: "one", test, word };
  }

  private group(): PatternNode | undefined {
    if (!this.accept("?")) return this.captured(undefined);
    if (this.accept("P<")) return this.captured(this.until(">"));
    if (this.accept("P=")) return this.sameAs(this.until(")"));
    if (this.accept("#")) {
      this.until(")");
      return undefined;
    }
    if (this.accept(":")) return this.closed(this.choice());
    if (this.accept(">")) return { kind: "atomic", node: this.closed(this.choice()) };
    for (const [text, behind, negated] of LOOKS)
      if (this.accept(text)) return { kind: "look", behind, negated, node: this.closed(this.choice()) };
    return this.flagged();
  }

  private closed(node: PatternNode): PatternNode {
    if (!this.accept(")")) throw this.error("lacks a closing parenthesis");
    return node;
  }

  private captured(name: string | undefined): PatternNode {
    const index = ++this.groups;
    if (name !== undefined) {
      if (!/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name)) throw this.error(`has a bad name of a group, '${name}'`);
      if (this.names.has(name)) throw this.error(`names two groups '${name}'`);
      this.names.set(name, index);
    }
    return { kind: "group", index, node: this.closed(this.choice()) };
  }

  private sameAs(name: string): PatternNode {
    const index = this.names.get(name);
    if (index === undefined) throw this.error(`has no group '${name}'`);
    return { kind: "same", index, ignoreCase: this.flags.ignoreCase };
  }

  /** `(?i)` for all that follows, `(?i-s:...)` for one group. */
  private flagged(): PatternNode | undefined {
    const from = this.at;
    while (/^[a-zA-Z-]$/.test(this.next)) this.at++;
    const text = textOf(this.codes, from, this.at);
    const [on = "", off = ""] = text.split("-");
    if (!/^[aimsux]*(-[imsx]+)?$/.test(text) || text === "")
      throw this.error(`has a group that is not known, '(?${text}'`);
    const before = this.flags;
    this.flags = withFlags(withFlags(before, on, true), off, false);
    if (this.accept(")")) return undefined;
    if (!this.accept(":")) throw this.error("has flags that do not end");
    const node = this.closed(this.choice());
    this.flags = before;
    return node;
  }

  private escape(): PatternNode {
    const { ignoreCase, ascii } = this.flags;
    const letter = this.next;
    if (/^[1-9]$/.test(letter)) return this.numbered();
    if (letter === "A") return this.asserting("start");
    if (letter === "Z") return this.asserting("textEnd");
    if (letter === "b") return this.asserting("boundary");
    if (letter === "B") return this.asserting("noBoundary");
    const known = classOf(letter, ascii);
    if (known !== undefined) {
      this.at++;
      return this.one(known, letter === "w" && !ascii);
    }
    return this.one(exactly(this.escaped(), ignoreCase));
  }

  private asserting(what: "start" | "textEnd" | "boundary" | "noBoundary"): PatternNode {
    this.at++;
    return { kind: "assert", what, ascii: this.flags.ascii };
  }

  /** `\12` is a group, `\012` and `\123` are characters. */
  private numbered(): PatternNode {
    const text = textOf(this.codes, this.at, Math.min(this.at + 3, this.codes.length));
    const octal = /^[0-3][0-7][0-7]/.exec(text);
    if (octal !== null) {
      this.at += 3;
      return this.one(exactly(Number.parseInt(octal[0], 8), this.flags.ignoreCase));
    }
    const digits = /^\d\d?/.exec(text)![0];
    this.at += digits.length;
    const index = Number(digits);
    if (index > this.groups) throw this.error(`has no group ${index}`);
    return { kind: "same", index, ignoreCase: this.flags.ignoreCase };
  }

  /** The inside of brackets. */
  private set(): CharacterTest {
    const negated = this.accept("^");
    const tests: CharacterTest[] = [];
    for (let first = true; first || this.next !== "]"; first = false) {
      const low = this.member();
      if (typeof low === "function") {
        tests.push(low);
        continue;
      }
      if (this.next !== "-" || this.codes[this.at + 1] === 0x5d || this.at + 1 >= this.codes.length) {
        tests.push((code) => code === low);
        continue;
      }
      this.at++;
      const high = this.member();
      if (typeof high === "function" || high < low) throw this.error("has a bad range of characters");
      tests.push((code) => code >= low && code <= high);
    }
    this.at++;
    const any: CharacterTest = (code) => tests.some((test) => test(code));
    const test = this.flags.ignoreCase ? eitherCase(any) : any;
    return negated ? (code) => !test(code) : test;
  }

  private member(): number | CharacterTest {
    const character = this.take();
    if (character !== "\\") return character.codePointAt(0)!;
    const known = classOf(this.next, this.flags.ascii);
    if (known !== undefined) {
      this.at++;
      return known;
    }
    const octal = /^[0-3]?[0-7]{1,2}/.exec(textOf(this.codes, this.at, Math.min(this.at + 3, this.codes.length)));
    if (octal === null) return this.escaped();
    this.at += octal[0].length;
    return Number.parseInt(octal[0], 8);
  }
}

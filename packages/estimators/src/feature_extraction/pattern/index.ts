/** @module `re.compile(pattern).findall`, with Python's meaning of words, boundaries and spaces. */

import { codePoints, isWord, textOf } from "./characters.ts";
import { Matcher } from "./match.ts";
import { parsePattern } from "./parse.ts";
import { compile, type Program } from "./program.ts";
import { type PatternNode, patternError } from "./syntax.ts";

/**
 * A regular expression of Python.
 *
 * @throws CurtidoError E_UNSUPPORTED when it is none, or has parts that are not known here
 * @example
 * new Pattern("(?u)\\b\\w\\w+\\b").findAll("ein süßer Käse"); // ["ein", "süßer", "Käse"]
 */
export class Pattern {
  private readonly program: Program;
  private readonly groups: number;
  /** The least length of a run of word characters, when the pattern means nothing else. */
  private readonly words: number | undefined;

  constructor(source: string) {
    const { node, groups } = parsePattern(source);
    if (groups > 1) throw patternError(source, "has more than one group: which one is the token?");
    this.program = compile(source, node, groups);
    this.groups = groups;
    this.words = wordRun(node);
  }

  /** All matches that do not overlap, or their group where there is one. */
  findAll(text: string): string[] {
    if (this.words !== undefined) return wordsOf(text, this.words);
    const codes = codePoints(text);
    const matcher = new Matcher(this.program, codes);
    const found: string[] = [];
    let notEmpty = false;
    for (let from = 0; from <= codes.length; ) {
      const end = matcher.matchAt(from, notEmpty);
      if (end < 0) {
        from++;
        notEmpty = false;
        continue;
      }
      const [start, stop] = this.groups === 1 ? matcher.group(1) : [from, end];
      found.push(start < 0 ? "" : textOf(codes, start, stop));
      // Behind an empty match the next one may begin at the same place, but is not empty.
      notEmpty = end === from;
      from = end;
    }
    return found;
  }
}

/** The least length of `\b\w\w+\b` and its relatives; `undefined` for other patterns. */
function wordRun(node: PatternNode): number | undefined {
  const parts = node.kind === "sequence" ? [...node.parts] : [node];
  const isBoundary = (part: PatternNode | undefined) =>
    part?.kind === "assert" && part.what === "boundary" && !part.ascii;
  if (isBoundary(parts[0])) parts.shift();
  if (isBoundary(parts.at(-1))) parts.pop();
  const last = parts.pop();
  if (last?.kind !== "repeat" || last.mode !== "greedy" || last.max !== Number.POSITIVE_INFINITY) return undefined;
  const all = [...parts, last.node];
  if (!all.every((part) => part.kind === "one" && part.word === true) || parts.length + last.min === 0)
    return undefined;
  return parts.length + last.min;
}

/** Runs of at least `least` word characters. */
function wordsOf(text: string, least: number): string[] {
  const found: string[] = [];
  let start = -1;
  let count = 0;
  for (let at = 0; at <= text.length; at++) {
    const code = at < text.length ? text.codePointAt(at)! : 0x20;
    if (isWord(code)) {
      if (count++ === 0) start = at;
    } else {
      if (count >= least) found.push(text.slice(start, at));
      count = 0;
    }
    if (code > 0xffff) at++;
  }
  return found;
}

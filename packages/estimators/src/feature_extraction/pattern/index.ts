/**
 * `re.compile(pattern).findall`, with Python's meaning of words, boundaries and spaces. A text that leads the matcher in
 * circles is matched once more by one that remembers where it failed: that takes time in proportion to the text.
 *
 * @module
 */

import { estimatorError } from "../../base/errors.ts";
import { codePoints, isWord, textOf } from "./characters.ts";
import { Matcher, OutOfSteps } from "./match.ts";
import { parsePattern } from "./parse.ts";
import { compile, compileSteps, type Program } from "./program.ts";
import { type PatternNode, patternError } from "./syntax.ts";

/** Steps that a text may take at first, and for each of its characters. */
const FIRST_STEPS = 50_000;
const FIRST_EACH = 6;
/** Steps that any text may take for each of its characters, and that the texts of one call may take beside: some 25 ms. */
const STEPS_EACH = 16;
const MOST_STEPS = 1_000_000;
/** Bytes to remember failures in, for a text that is matched step by step. */
const MOST_MEMORY = 2 ** 25;
/** What a step costs, in operations of a `Cost`. */
const STEP = 25;

/** What the texts of one call may take together, beside what each of their characters may. */
export class Steps {
  left = MOST_STEPS;
}

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
  /** The program in single steps, where failures can be remembered. */
  private readonly single: Program | undefined;
  /** The least length of a run of word characters, when the pattern means nothing else. */
  private readonly words: number | undefined;

  constructor(source: string) {
    const { node, groups } = parsePattern(source);
    if (groups > 1) throw patternError(source, "has more than one group: which one is the token?");
    this.program = compile(source, node, groups);
    this.single = compileSteps(source, node, groups);
    this.groups = groups;
    this.words = wordRun(node);
  }

  /** The operations that it takes at most, of a text and of each of its characters. */
  get cost(): { readonly text: number; readonly character: number } {
    if (this.words !== undefined) return { text: 0, character: STEP };
    if (this.single === undefined) return { text: STEP * MOST_STEPS, character: STEP * STEPS_EACH };
    return { text: 0, character: STEP * (FIRST_EACH + this.single.steps.length) };
  }

  /**
   * All matches that do not overlap, or their group where there is one.
   *
   * @param steps - what is left of the call that the text is a part of
   * @throws CurtidoError E_LIMIT when the text takes more
   */
  findAll(text: string, steps: Steps = new Steps()): string[] {
    if (this.words !== undefined) return wordsOf(text, this.words);
    const codes = codePoints(text);
    const free = STEPS_EACH * codes.length;
    const left = { steps: free + steps.left };
    try {
      return this.findWithin(codes, left);
    } catch (error) {
      if (!(error instanceof OutOfSteps)) throw error;
      left.steps = 0;
      const words = `a text of ${codes.length} characters leads the model's token pattern in circles, and is given up: send a shorter one, or fewer at a time`;
      throw estimatorError("E_LIMIT", words, { limit: "steps", most: free + MOST_STEPS, length: codes.length });
    } finally {
      steps.left = Math.min(steps.left, left.steps);
    }
  }

  /** Searches for all matches; first as quickly as that goes, then with a memory of what failed. */
  private findWithin(codes: Uint32Array, left: { steps: number }): string[] {
    const { program, single, groups } = this;
    const most = single === undefined ? left.steps : Math.min(left.steps, FIRST_STEPS + FIRST_EACH * codes.length);
    const first = new Matcher(program, codes, most, false);
    try {
      return findIn(first, codes, groups);
    } catch (error) {
      if (!(error instanceof OutOfSteps && single !== undefined)) throw error;
    } finally {
      left.steps -= most - first.left;
    }
    if (single.steps.length * (codes.length + 1) > MOST_MEMORY) throw new OutOfSteps();
    // That takes no more than the program is long for each character: nothing of what the call has left.
    return findIn(new Matcher(single, codes, Number.POSITIVE_INFINITY, true), codes, groups);
  }
}

/** All matches that a matcher finds, one after the other, or their group where there is one. */
export function findIn(matcher: Matcher, codes: Uint32Array, groups: number): string[] {
  const found: string[] = [];
  let notEmpty = false;
  for (let from = 0; from <= codes.length; ) {
    const end = matcher.matchAt(from, notEmpty);
    if (end < 0) {
      from++;
      notEmpty = false;
      continue;
    }
    const [start, stop] = groups === 1 ? matcher.group(1) : [from, end];
    found.push(start < 0 ? "" : textOf(codes, start, stop));
    // Behind an empty match the next one may begin at the same place, but is not empty.
    notEmpty = end === from;
    from = end;
  }
  return found;
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

/** @module Running patterns over texts: a backtracking matcher with a stack of its own and a limit to its steps. */

import { featureError } from "../../base/errors.ts";
import { folded, isWord } from "./characters.ts";
import type { Program, Step } from "./program.ts";
import type { Assertion } from "./syntax.ts";

/** How many steps one text may take: far more than any tokenizer needs, and less than a second. */
const MOST_STEPS = 20_000_000;

/** Matches one program over one text. */
export class Matcher {
  private readonly program: Program;
  private readonly codes: Uint32Array;
  private readonly slots: Int32Array;
  private left = MOST_STEPS;

  constructor(program: Program, codes: Uint32Array) {
    this.program = program;
    this.codes = codes;
    this.slots = new Int32Array(program.slots);
  }

  /** Where group `index` of the last match begins and ends; -1 when it took no part. */
  group(index: number): readonly [from: number, to: number] {
    return [this.slots[2 * index]!, this.slots[2 * index + 1]!];
  }

  /** The end of a match that begins at `from`, or -1. With `notEmpty` it consumes something. */
  matchAt(from: number, notEmpty: boolean): number {
    this.slots.fill(-1);
    return this.run(this.program.steps, from, notEmpty ? from : -1);
  }

  /**
   * Runs steps from a place on; where a step fails, the last choice is taken up again.
   *
   * @param forbidden - an end that does not count
   */
  private run(steps: readonly Step[], from: number, forbidden: number): number {
    const { codes, slots } = this;
    // Three numbers each: (step, place, least place) of a choice, (-1 - slot, value, -1) of a slot to restore.
    const stack: number[] = [];
    let at = 0;
    let place = from;
    for (;;) {
      if (--this.left < 0)
        throw featureError([{ detail: `the text takes the token pattern more than ${MOST_STEPS} steps` }]);
      const step = steps[at]!;
      let goesOn = true;
      switch (step.op) {
        case "one":
          goesOn = place < codes.length && step.test(codes[place]!);
          if (goesOn) place++;
          break;
        case "run": {
          const most = Math.min(codes.length, place + step.max);
          const least = place + step.min;
          while (place < most && step.test(codes[place]!)) place++;
          this.left -= Math.max(0, place - least);
          goesOn = place >= least;
          if (place > least) stack.push(at + 1, place - 1, least);
          break;
        }
        case "split":
          stack.push(step.second, place, place);
          at = step.first - 1;
          break;
        case "jump":
          at = step.to - 1;
          break;
        case "save":
          stack.push(-1 - step.slot, slots[step.slot]!, -1);
          slots[step.slot] = place;
          break;
        case "progress":
          if (slots[step.slot] === place) at = step.exit - 1;
          break;
        case "assert":
          goesOn = this.holds(step.what, place, step.ascii);
          break;
        case "look": {
          const found = place >= step.back && this.inner(step.program, place - step.back, stack) >= 0;
          goesOn = found !== step.negated;
          break;
        }
        case "atomic": {
          const end = this.inner(step.program, place, stack);
          goesOn = end >= 0;
          if (goesOn) place = end;
          break;
        }
        case "same": {
          const end = this.repeats(step.index, place, step.ignoreCase);
          goesOn = end >= 0;
          if (goesOn) place = end;
          break;
        }
        case "match":
          if (place !== forbidden) return place;
          goesOn = false;
      }
      if (goesOn) {
        at++;
        continue;
      }
      // Back to the last choice.
      for (;;) {
        if (stack.length === 0) return -1;
        const least = stack.pop()!;
        const value = stack.pop()!;
        const code = stack.pop()!;
        if (code < 0) {
          slots[-1 - code] = value;
          continue;
        }
        if (value > least) stack.push(code, value - 1, least);
        at = code;
        place = value;
        break;
      }
    }
  }

  /** Runs a part of its own; the slots that it changes are restored with the choices of the whole. */
  private inner(program: readonly Step[], from: number, stack: number[]): number {
    const before = this.slots.slice();
    const end = this.run(program, from, -1);
    if (end < 0) this.slots.set(before);
    else
      for (let slot = 0; slot < before.length; slot++)
        if (before[slot] !== this.slots[slot]) stack.push(-1 - slot, before[slot]!, -1);
    return end;
  }

  private repeats(index: number, place: number, ignoreCase: boolean): number {
    const [from, to] = this.group(index);
    if (from < 0 || to < from || place + to - from > this.codes.length) return -1;
    for (let at = from; at < to; at++) {
      const [a, b] = [this.codes[at]!, this.codes[place + at - from]!];
      if (a !== b && !(ignoreCase && folded(a) === folded(b))) return -1;
    }
    return place + to - from;
  }

  private holds(what: Assertion, place: number, ascii: boolean): boolean {
    const { codes } = this;
    switch (what) {
      case "start":
        return place === 0;
      case "textEnd":
        return place === codes.length;
      case "end":
        return place === codes.length || (place === codes.length - 1 && codes[place] === 10);
      case "lineStart":
        return place === 0 || codes[place - 1] === 10;
      case "lineEnd":
        return place === codes.length || codes[place] === 10;
      default: {
        const before = place > 0 && wordAt(codes[place - 1]!, ascii);
        const after = place < codes.length && wordAt(codes[place]!, ascii);
        // Before Python 3.14 an empty text had no place that is no boundary.
        if (what === "boundary") return before !== after;
        return codes.length > 0 && before === after;
      }
    }
  }
}

function wordAt(code: number, ascii: boolean): boolean {
  return (!ascii || code < 0x80) && isWord(code);
}

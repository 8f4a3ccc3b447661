/**
 * Running patterns over texts: a backtracking matcher with a stack of its own and a limit to its steps. With a memory of
 * what failed it takes no more steps than the text is long times the program.
 *
 * @module
 */

import { folded, isWord } from "./characters.ts";
import type { Program, ProgramStep } from "./program.ts";
import type { Assertion } from "./syntax.ts";

/** A step that fails: somebody failed there before. */
const FAIL: ProgramStep = { op: "one", test: () => false };

/** What a matcher throws that took all the steps it may. */
export class OutOfSteps extends Error {
  override readonly name = "OutOfSteps";
}

/**
 * Where a program failed: whoever comes there again fails again, for nothing but the place and the loops that have not
 * moved since they began decides what follows.
 */
class Failures {
  private readonly seen: Uint8Array;
  private readonly width: number;
  private readonly loops: readonly number[];

  constructor(program: Program, places: number) {
    this.width = program.steps.length;
    this.loops = program.loops;
    this.seen = new Uint8Array(this.width * places);
  }

  /** Whether somebody was there before; now somebody was. */
  met(at: number, place: number, slots: Int32Array): boolean {
    let bit = 1;
    for (let loop = 0; loop < this.loops.length; loop++) if (slots[this.loops[loop]!] === place) bit <<= 1 << loop;
    const cell = place * this.width + at;
    if ((this.seen[cell]! & bit) !== 0) return true;
    this.seen[cell]! |= bit;
    return false;
  }

  /** A match ended here: those who led to it did not fail. */
  forget(place: number): void {
    this.seen.fill(0, place * this.width, (place + 1) * this.width);
  }
}

/** Steps that look around, or match a part of their own. */
type Beyond = Extract<ProgramStep, { op: "assert" | "look" | "atomic" | "same" }>;

/** Matches one program over one text. */
export class Matcher {
  private readonly program: Program;
  private readonly codes: Uint32Array;
  private readonly slots: Int32Array;
  /** How many steps it may still take. */
  left: number;
  private readonly failures: Failures | undefined;
  /** Where it goes on: behind a step that holds, or from a choice that is taken up again. */
  private resumed = 0;

  /**
   * @param steps - how many it may take
   * @param remembers - whether it remembers where it failed, which takes a byte for each step and place
   */
  constructor(program: Program, codes: Uint32Array, steps: number, remembers: boolean) {
    this.program = program;
    this.codes = codes;
    this.left = steps;
    this.failures = remembers ? new Failures(program, codes.length + 1) : undefined;
    this.slots = new Int32Array(program.slots);
  }

  /** Where group `index` of the last match begins and ends; -1 when it took no part. */
  group(index: number): readonly [from: number, to: number] {
    return [this.slots[2 * index]!, this.slots[2 * index + 1]!];
  }

  /**
   * The end of a match that begins at `from`, or -1. With `notEmpty` it consumes something. Places are asked in their order.
   *
   * @throws OutOfSteps
   */
  matchAt(from: number, notEmpty: boolean): number {
    this.slots.fill(-1);
    const end = this.run(this.program.steps, from, notEmpty ? from : -1);
    if (end >= 0) this.failures?.forget(end);
    return end;
  }

  /**
   * Runs steps from a place on; where a step fails, the last choice is taken up again.
   *
   * @param forbidden - an end that does not count
   */
  private run(steps: readonly ProgramStep[], from: number, forbidden: number): number {
    const { codes, slots, failures } = this;
    // Three numbers each: (step, place, least place) of a choice, (-1 - slot, value, -1) of a slot to restore.
    const stack: number[] = [];
    let at = 0;
    let place = from;
    for (;;) {
      if (--this.left < 0) throw new OutOfSteps();
      // Whatever is done twice goes through a choice.
      const step = steps[at]!.op === "split" && failures?.met(at, place, slots) ? FAIL : steps[at]!;
      let goesOn = true;
      switch (step.op) {
        case "one":
          goesOn = place < codes.length && step.test(codes[place]!);
          if (goesOn) place++;
          break;
        case "run": {
          const least = place + step.min;
          place = this.runEnd(step, place);
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
        case "match":
          if (place !== forbidden) return place;
          goesOn = false;
          break;
        default:
          goesOn = this.beyond(step, place, stack);
          if (goesOn) place = this.resumed;
      }
      at = goesOn ? at + 1 : this.lastChoice(stack);
      if (at < 0) return -1;
      if (!goesOn) place = this.resumed;
    }
  }

  /** Whether a step holds that is no character and no choice; it goes on from {@link resumed}. */
  private beyond(step: Beyond, place: number, stack: number[]): boolean {
    this.resumed = place;
    if (step.op === "assert") return this.holds(step.what, place, step.ascii);
    if (step.op === "look") {
      const found = place >= step.back && this.inner(step.program, place - step.back, stack) >= 0;
      this.resumed = place;
      return found !== step.negated;
    }
    this.resumed =
      step.op === "same" ? this.repeats(step.index, place, step.ignoreCase) : this.inner(step.program, place, stack);
    return this.resumed >= 0;
  }

  /** How far a run of characters goes from a place on. */
  private runEnd(step: Extract<ProgramStep, { op: "run" }>, from: number): number {
    const { codes } = this;
    const most = Math.min(codes.length, from + step.max);
    let place = from;
    while (place < most && step.test(codes[place]!)) place++;
    this.left -= Math.max(0, place - from);
    return place;
  }

  /** Back to the last choice: the step that goes on, from {@link resumed}; -1 where there is none left. */
  private lastChoice(stack: number[]): number {
    while (stack.length > 0) {
      const least = stack.pop()!;
      const value = stack.pop()!;
      const code = stack.pop()!;
      if (code < 0) {
        this.slots[-1 - code] = value;
        continue;
      }
      if (value > least) stack.push(code, value - 1, least);
      this.resumed = value;
      return code;
    }
    return -1;
  }

  /** Runs a part of its own; the slots that it changes are restored with the choices of the whole. */
  private inner(program: readonly ProgramStep[], from: number, stack: number[]): number {
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
      this.left--;
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

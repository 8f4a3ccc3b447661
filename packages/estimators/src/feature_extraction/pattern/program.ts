/** @module Patterns as programs for the matcher: short steps, no recursion but in lookarounds. */

import { isCurtidoError } from "@curtido/pickle";
import { type Assertion, type CharacterTest, type PatternNode, patternError } from "./syntax.ts";

/** A step of a program. Steps go on to the next one unless they say where to. */
export type ProgramStep =
  | { readonly op: "one"; readonly test: CharacterTest }
  /** As many as possible of one set, from `min` to `max`. */
  | { readonly op: "run"; readonly test: CharacterTest; readonly min: number; readonly max: number }
  /** Goes to `first`, and to `second` when that fails. */
  | { readonly op: "split"; first: number; second: number }
  | { readonly op: "jump"; to: number }
  /** Notes the place in a slot. */
  | { readonly op: "save"; readonly slot: number }
  /** Leaves a loop for `exit` where nothing was consumed since the slot was saved. */
  | { readonly op: "progress"; readonly slot: number; exit: number }
  | { readonly op: "assert"; readonly what: Assertion; readonly ascii: boolean }
  | {
      readonly op: "look";
      readonly program: readonly ProgramStep[];
      readonly back: number;
      readonly negated: boolean;
    }
  | { readonly op: "atomic"; readonly program: readonly ProgramStep[] }
  | { readonly op: "same"; readonly index: number; readonly ignoreCase: boolean }
  | { readonly op: "match" };

/** A program, and how many slots it saves places in; the first two of each group are its ends. */
export interface Program {
  readonly steps: readonly ProgramStep[];
  readonly slots: number;
  /** The slots that say where a turn of a loop began which may be empty. */
  readonly loops: readonly number[];
}

/** More steps than any pattern that makes sense. */
const MOST_STEPS = 20_000;

/** The program of a pattern with `groups` groups. */
export function compile(source: string, node: PatternNode, groups: number): Program {
  const compiler = new Compiler(source, 2 * (groups + 1), true);
  const steps = compiler.program(node);
  return { steps, slots: compiler.slots, loops: compiler.loops };
}

/** More loops whose turns may be empty than are told apart by the bits of a byte. */
const MOST_LOOPS = 3;

/**
 * The program of a pattern as single steps, each of which fails or not by the place alone; `undefined` where there are
 * parts that look around or back, or too many loops.
 */
export function compileSteps(source: string, node: PatternNode, groups: number): Program | undefined {
  const compiler = new Compiler(source, 2 * (groups + 1), false);
  try {
    const steps = compiler.program(node);
    const local = steps.every(({ op }) => op !== "look" && op !== "atomic" && op !== "same");
    return local && compiler.loops.length <= MOST_LOOPS
      ? { steps, slots: compiler.slots, loops: compiler.loops }
      : undefined;
  } catch (error) {
    if (isCurtidoError(error, "E_UNSUPPORTED")) return undefined; // single steps may be too many
    throw error;
  }
}

/** Whether a part may match nothing. */
function mayBeEmpty(node: PatternNode): boolean {
  switch (node.kind) {
    case "one":
      return false;
    case "sequence":
      return node.parts.every(mayBeEmpty);
    case "choice":
      return node.options.some(mayBeEmpty);
    case "repeat":
      return node.min === 0 || mayBeEmpty(node.node);
    case "group":
    case "atomic":
      return mayBeEmpty(node.node);
    default:
      return true;
  }
}

class Compiler {
  slots: number;
  readonly loops: number[] = [];
  private readonly source: string;
  /** Whether a set that repeats is one step. */
  private readonly runs: boolean;
  private total = 0;

  constructor(source: string, slots: number, runs: boolean) {
    this.source = source;
    this.slots = slots;
    this.runs = runs;
  }

  program(node: PatternNode): readonly ProgramStep[] {
    const steps: ProgramStep[] = [];
    this.add(steps, node);
    steps.push({ op: "match" });
    return steps;
  }

  private push<S extends ProgramStep>(steps: ProgramStep[], step: S): S {
    if (++this.total > MOST_STEPS) throw patternError(this.source, "repeats too much");
    steps.push(step);
    return step;
  }

  private add(steps: ProgramStep[], node: PatternNode): void {
    switch (node.kind) {
      case "one":
        this.push(steps, { op: "one", test: node.test });
        return;
      case "sequence":
        for (const part of node.parts) this.add(steps, part);
        return;
      case "choice":
        this.addChoice(steps, node.options);
        return;
      case "repeat":
        this.addRepeat(steps, node);
        return;
      case "group":
        this.push(steps, { op: "save", slot: 2 * node.index });
        this.add(steps, node.node);
        this.push(steps, { op: "save", slot: 2 * node.index + 1 });
        return;
      case "atomic":
        this.push(steps, { op: "atomic", program: this.program(node.node) });
        return;
      case "look": {
        const back = node.behind ? this.width(node.node) : 0;
        this.push(steps, { op: "look", program: this.program(node.node), back, negated: node.negated });
        return;
      }
      case "assert":
        this.push(steps, { op: "assert", what: node.what, ascii: node.ascii });
        return;
      case "same":
        this.push(steps, { op: "same", index: node.index, ignoreCase: node.ignoreCase });
    }
  }

  private addChoice(steps: ProgramStep[], options: readonly PatternNode[]): void {
    const ends: { to: number }[] = [];
    options.forEach((option, at) => {
      if (at === options.length - 1) {
        this.add(steps, option);
        return;
      }
      const split = this.push(steps, { op: "split", first: steps.length + 1, second: 0 });
      this.add(steps, option);
      ends.push(this.push(steps, { op: "jump", to: 0 }));
      split.second = steps.length;
    });
    for (const end of ends) end.to = steps.length;
  }

  private addRepeat(steps: ProgramStep[], node: PatternNode & { kind: "repeat" }): void {
    const { min, max, mode } = node;
    if (mode === "possessive") {
      this.push(steps, { op: "atomic", program: this.program({ ...node, mode: "greedy" }) });
      return;
    }
    if (this.runs && node.node.kind === "one" && mode === "greedy") {
      this.push(steps, { op: "run", test: node.node.test, min, max });
      return;
    }
    for (let count = 0; count < min; count++) this.add(steps, node.node);
    if (max === Number.POSITIVE_INFINITY) this.addLoop(steps, node.node, mode);
    else this.addOptional(steps, node.node, max - min, mode);
  }

  private addLoop(steps: ProgramStep[], body: PatternNode, mode: "greedy" | "lazy"): void {
    const start = steps.length;
    const split = this.push(steps, { op: "split", first: 0, second: 0 });
    const inside = steps.length;
    const slot = mayBeEmpty(body) ? this.slots++ : undefined;
    if (slot !== undefined) {
      this.loops.push(slot);
      this.push(steps, { op: "save", slot });
    }
    this.add(steps, body);
    const progress = slot === undefined ? undefined : this.push(steps, { op: "progress", slot, exit: 0 });
    this.push(steps, { op: "jump", to: start });
    if (progress !== undefined) progress.exit = steps.length;
    [split.first, split.second] = mode === "greedy" ? [inside, steps.length] : [steps.length, inside];
  }

  private addOptional(steps: ProgramStep[], body: PatternNode, times: number, mode: "greedy" | "lazy"): void {
    const splits: { first: number; second: number; inside: number }[] = [];
    for (let count = 0; count < times; count++) {
      const split = this.push(steps, { op: "split", first: 0, second: 0 });
      splits.push(Object.assign(split, { inside: steps.length }));
      this.add(steps, body);
    }
    for (const split of splits)
      [split.first, split.second] = mode === "greedy" ? [split.inside, steps.length] : [steps.length, split.inside];
  }

  /** How many characters a lookbehind looks back; Python wants that to be one number. */
  private width(node: PatternNode): number {
    switch (node.kind) {
      case "one":
        return 1;
      case "assert":
      case "look":
        return 0;
      case "sequence":
        return node.parts.reduce((sum, part) => sum + this.width(part), 0);
      case "group":
      case "atomic":
        return this.width(node.node);
      case "repeat":
        if (node.min === node.max) return node.min * this.width(node.node);
        break;
      case "choice": {
        const widths = new Set(node.options.map((option) => this.width(option)));
        if (widths.size === 1) return [...widths][0]!;
        break;
      }
      case "same":
        break;
    }
    throw patternError(this.source, "looks back over parts of no fixed width");
  }
}

/** @module Rows of several requests answered together. Knows no HTTP. */

import { NdArray } from "@curtido/arrays";
import type { Served } from "../models/served.ts";
import type { Answer } from "../rows/answer.ts";
import type { Batch } from "../rows/rows.ts";

/** Takes the answer to one row, or `undefined` when the row has to be asked on its own to learn what is wrong. */
export type Answered = (answer: Answer | undefined) => void;

/** Rows that are predicted in one go: more gain little, and keep others waiting. */
const MOST_TOGETHER = 128;

/**
 * Gathers single rows until the turn of the event loop ends, and predicts them in one go. It pays for models that wait for
 * memory more than they compute, large forests above all: rows that walk side by side wait side by side. A row that comes
 * alone is answered in the same turn, so that nobody waits for company.
 *
 * @example
 * const gatherer = new Gatherer(served, setImmediate);
 * gatherer.ask({ rows: [{ feature1: 1 }], single: true }, (answer) => console.log(answer));
 */
export class Gatherer {
  private readonly served: Served;
  private readonly later: (run: () => void) => unknown;
  private readonly waiting: { readonly row: Float64Array; readonly done: Answered }[] = [];

  /** @param later - runs a function when the current turn ends */
  constructor(served: Served, later: (run: () => void) => unknown) {
    this.served = served;
    this.later = later;
  }

  /** Answers `batch`, now or at the end of the turn. */
  ask(batch: Batch, done: Answered): void {
    const row = this.attempt(() => this.served.rowOf(batch));
    if (row === undefined) done(this.attempt(() => this.served.answer(batch)));
    else if (this.waiting.push({ row, done }) === 1) this.later(() => this.flush());
  }

  private flush(): void {
    const waiting = this.waiting.splice(0, MOST_TOGETHER);
    if (this.waiting.length > 0) this.later(() => this.flush());
    const width = waiting[0]!.row.length;
    const table = new Float64Array(waiting.length * width);
    waiting.forEach(({ row }, at) => table.set(row, at * width));
    const answers = this.attempt(() => this.served.predictTable(NdArray.of(table, [waiting.length, width])));
    waiting.forEach(({ done }, at) => done(answers?.[at]));
  }

  private attempt<T>(run: () => T): T | undefined {
    try {
      return run();
    } catch {
      // The app asks again, alone, and says what is wrong with which row.
      return undefined;
    }
  }
}

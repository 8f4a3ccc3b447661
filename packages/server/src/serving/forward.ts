/** @module Rows for a model that only threads hold: those of one turn of the event loop go there together. Knows no HTTP. */

import { isCurtidoError } from "@curtido/pickle";
import { type ValuesAsked, valuesOf } from "../models/brief.ts";
import type { Model } from "../models/distant.ts";
import type { AnswerOptions } from "../models/served.ts";
import type { Answer } from "../rows/answer.ts";
import { problemsError, type RowProblem } from "../rows/problems.ts";
import type { Batch } from "../rows/rows.ts";
import { type BatchesDone, retold, type ValuesDone } from "../work/job.ts";
import type { Threads } from "../work/threads.ts";

/** Requests that go to a thread together: more gain little, and keep others waiting. */
const MOST_TOGETHER = 128;

/** How many rows of a long batch go to a thread in one go. */
const PART = 2_048;

interface Waiting {
  readonly batch: Batch;
  readonly options: AnswerOptions;
  resolve(answer: Answer): void;
  reject(error: unknown): void;
}

/**
 * Asks a distant model.
 *
 * @example
 * await new Forwarder(distant, threads).ask({ rows: [{ feature1: 1 }], single: true }, {}); // { predict: 2.83 }
 */
export class Forwarder {
  private readonly model: Model;
  private readonly threads: Threads;
  private readonly waiting: Waiting[] = [];

  constructor(model: Model, threads: Threads) {
    this.model = model;
    this.threads = threads;
  }

  /** @throws CurtidoError as {@link Threads.run}, and what is wrong with these rows */
  ask(batch: Batch, options: AnswerOptions): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (this.waiting.push({ batch, options, resolve, reject }) === 1) setImmediate(() => this.send());
    });
  }

  /**
   * {@link ask} for many rows, some at a time, so that the process can do other things in between.
   *
   * @param pause - lets others in
   * @throws CurtidoError as {@link ask}: what is wrong with the first part that has something wrong
   */
  async askInParts(batch: Batch, options: AnswerOptions, pause: () => unknown): Promise<Answer> {
    const { rows, single } = batch;
    if (single || rows.length <= PART || this.model.whole) return this.ask(batch, options);
    const answer: Record<string, unknown[]> = {};
    for (let from = 0; from < rows.length; from += PART) {
      try {
        const part = await this.ask({ ...batch, rows: rows.slice(from, from + PART) }, options);
        for (const [key, values] of Object.entries(part)) {
          answer[key] ??= [];
          for (const value of values as unknown[]) answer[key].push(value);
        }
      } catch (error) {
        throw moved(error, from);
      }
      await pause();
    }
    return answer;
  }

  /** Sends what waits: requests that want the same go together. */
  private send(): void {
    const groups = new Map<string, Waiting[]>();
    for (const each of this.waiting.splice(0)) {
      const key = JSON.stringify(each.options);
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [each]);
      else group.push(each);
    }
    for (const group of groups.values())
      for (let from = 0; from < group.length; from += MOST_TOGETHER)
        void this.run(group.slice(from, from + MOST_TOGETHER));
  }

  private async run(together: readonly Waiting[]): Promise<void> {
    const { options } = together[0]!;
    try {
      const batches = together.map(({ batch }) => batch);
      const done = await this.threads.run<BatchesDone>(this.model, { rows: { batches, options } });
      const rows = batches.reduce((sum, batch) => sum + batch.rows.length, 0);
      this.model.cost.note(rows, done.milliseconds);
      done.answers.forEach((each, at) => {
        if ("answer" in each) together[at]!.resolve(each.answer);
        else together[at]!.reject(retold(each.failed));
      });
    } catch (error) {
      for (const { reject } of together) reject(error);
    }
  }
}

/** Some of the categories or classes of a model, wherever it is; `undefined` when it has none such. */
export async function listedOf(model: Model, threads: Threads, asked: ValuesAsked): Promise<ValuesDone["values"]> {
  if (model.here) return valuesOf(model.signature, asked);
  return (await threads.run<ValuesDone>(model, { values: asked })).values;
}

/** What is wrong with the rows of a part, with their places in the whole. */
function moved(error: unknown, from: number): unknown {
  if (from === 0 || !isCurtidoError(error, "E_FEATURES")) return error;
  const problems = (error.fields["problems"] ?? []) as readonly RowProblem[];
  return problemsError(
    problems.map(({ row, path, ...problem }) =>
      row === undefined ? { ...problem, path } : { ...problem, row: row + from, path: [row + from, ...path.slice(1)] },
    ),
  );
}

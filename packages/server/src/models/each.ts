/** @module Rows that are answered each on its own merits. */

import { isCurtidoError } from "@curtido/pickle";
import type { Answer } from "../rows/answer.ts";
import { type Batch, batchOfRows } from "../rows/rows.ts";
import type { Described } from "./described.ts";
import type { AnswerOptions } from "./served.ts";

/** Answers to all rows, and why some have none. */
export interface Each {
  readonly answer: Record<string, unknown[]>;
  readonly errors: (string | null)[];
}

/** Who answers. */
interface Answering extends Pick<Described, "features" | "keys"> {
  answer(batch: Batch, options: AnswerOptions): Answer;
}

/** How often rows that were found bad are taken out together before every row is asked alone. */
const ROUNDS = 3;

/**
 * Answers every row on its own merits: a bad one has an empty answer and the reason.
 *
 * @param errors - why rows cannot be answered that could not even be read; filled with the reasons of the others
 * @throws CurtidoError E_FEATURES when the columns themselves are wrong
 */
export function answerEach(served: Answering, batch: Batch, errors: (string | null)[], given: AnswerOptions): Each {
  const { onError: _, ...options } = given;
  const answer: Record<string, unknown[]> = {};
  for (const key of served.keys(options.include)) answer[key] = new Array(batch.rows.length).fill(null);
  let good = batch.rows.map((_, at) => at).filter((at) => errors[at] === null);
  for (let round = 0; round < ROUNDS; round++) {
    const bad = attempt(served, batch, good, options, answer);
    if (bad === undefined) return { answer, errors };
    for (const [at, reason] of bad) errors[at] = reason;
    good = good.filter((at) => errors[at] === null);
  }
  for (const at of good) errors[at] = attempt(served, batch, [at], options, answer)?.get(at) ?? null;
  return { answer, errors };
}

/** Answers some rows; where that fails, the reasons of the rows that are to blame. */
function attempt(
  served: Answering,
  batch: Batch,
  chosen: readonly number[],
  options: AnswerOptions,
  into: Record<string, unknown[]>,
): Map<number, string> | undefined {
  const rows = chosen.length === batch.rows.length ? batch.rows : chosen.map((at) => batch.rows[at]);
  try {
    const named = batch.columns !== undefined;
    const asked: Batch = named
      ? { ...batch, rows }
      : { ...batch, ...batchOfRows({ rows }, served.features), single: false };
    if (rows.length === 0 && !named) return undefined;
    const answer: Answer = served.answer(asked, options);
    for (const key of Object.keys(answer))
      (answer[key] as unknown[]).forEach((value, at) => {
        into[key]![chosen[at]!] = value;
      });
    return undefined;
  } catch (error) {
    if (!isCurtidoError(error, "E_FEATURES")) throw error;
    const bad = new Map<number, string>();
    for (const { row, detail } of (error.fields["problems"] ?? []) as { row?: number; detail: string }[]) {
      const at =
        row === undefined && chosen.length === 1 && batch.columns === undefined ? chosen[0] : chosen[row ?? -1];
      if (at === undefined) throw error;
      const before = bad.get(at);
      bad.set(at, before === undefined ? detail : `${before}; ${detail}`);
    }
    return bad;
  }
}

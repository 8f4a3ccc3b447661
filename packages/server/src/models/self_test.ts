/** @module The examples of a card: a model that is loaded has to answer them as the card says. */

import type { CardExample } from "@curtido/estimators";
import { CurtidoError, isCurtidoError } from "@curtido/pickle";
import { writeJson } from "@curtido/tables";
import type { Answer, AnswerMethod } from "../rows/answer.ts";
import { type Batch, batchOfRows } from "../rows/rows.ts";

/** Who answers. */
interface Answering {
  readonly features: number | undefined;
  readonly method: AnswerMethod;
  answer(batch: Batch): Answer;
}

/** How many examples are asked: a card says how a model is, it does not test it in the whole. */
const MOST_ASKED = 100;
/** How far a number may be from the card's, relative to it: files of cards are written with few digits. */
const TOLERANCE = 1e-6;

/**
 * Asks a model what its card says that it answers.
 *
 * @throws CurtidoError E_CARD naming the example that it answers otherwise
 */
export function selfTest(model: Answering, examples: readonly CardExample[]): void {
  for (const [at, example] of examples.slice(0, MOST_ASKED).entries()) {
    const path = `examples[${at}]`;
    const found = ask(model, example, path);
    const wanted = (example as unknown as Readonly<Record<string, unknown>>)[model.method];
    if (wanted === undefined || isAlike(found, wanted)) continue;
    const message = `the card: '${path}' says ${writeJson(wanted)}, and the model answers ${writeJson(found)}`;
    throw new CurtidoError("E_CARD", message, { path });
  }
}

function ask(model: Answering, { row }: CardExample, path: string): unknown {
  try {
    return model.answer({ ...batchOfRows({ rows: [row] }, model.features), single: true })[model.method];
  } catch (error) {
    if (!isCurtidoError(error)) throw error;
    throw new CurtidoError("E_CARD", `the card: '${path}.row': ${error.message}`, { path: `${path}.row` }, error);
  }
}

function isAlike(found: unknown, wanted: unknown): boolean {
  if (Array.isArray(found) && Array.isArray(wanted))
    return found.length === wanted.length && found.every((item, at) => isAlike(item, wanted[at]));
  if (typeof found === "number" && typeof wanted === "number")
    return Math.abs(found - wanted) <= TOLERANCE * Math.max(1, Math.abs(wanted));
  return found === wanted || (typeof found === "number" && Number.isNaN(found) && wanted === null);
}

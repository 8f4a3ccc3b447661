/** @module What a thread does without a model: reads a long body, writes a long answer, for those who ask the model elsewhere. */

import type { AnswerOptions } from "../models/served.ts";
import type { Answer } from "../rows/answer.ts";
import type { Answerer, Asked, Shape } from "../rows/forms/form.ts";
import type { Batch } from "../rows/rows.ts";
import { arrived, type Carried, carried } from "./carried.ts";
import { answerBytes, BODY_LIMITS, type BodyReading, batchOf } from "./formats.ts";

/** A body that is to be read. */
export interface ReadBody {
  readonly bytes: Uint8Array;
  /** The name of its format. */
  readonly format: string;
  readonly reading: BodyReading;
  readonly asked: Asked;
}

/** Its rows, and what a batch says beside them. */
export interface ReadDone {
  readonly rows: Carried;
  readonly rest: Omit<Batch, "rows">;
}

/** An answer that is to be written. */
export interface Writing {
  /** Each a list for all rows, or a list of one value that stands alone. */
  readonly columns: readonly { readonly name: string; readonly values: Carried; readonly alone: boolean }[];
  readonly shape: Shape;
  /** The name of the format. */
  readonly wanted: string;
  readonly options: AnswerOptions;
  readonly by: Answerer;
}

/** Its bytes. */
export interface WriteDone {
  readonly bytes: Uint8Array;
}

export type Chore = { readonly read: ReadBody } | { readonly write: Writing };

/** Does a chore. Errors of the product are CurtidoErrors. */
export async function performChore(chore: Chore): Promise<ReadDone | WriteDone> {
  if ("read" in chore) {
    const { bytes, format, reading, asked } = chore.read;
    const { rows, ...rest } = await batchOf(bytes, format, reading, asked, BODY_LIMITS);
    return { rows: await carried(rows, nobody), rest };
  }
  const { columns, shape, wanted, options, by } = chore.write;
  const answer: Answer = {};
  for (const { name, values, alone } of columns) {
    const list = await arrived(values, nobody);
    answer[name] = alone ? list[0] : list;
  }
  return { bytes: await answerBytes(answer, shape, wanted, options, by) };
}

/** Nobody else waits for a thread. */
const nobody = (): undefined => undefined;

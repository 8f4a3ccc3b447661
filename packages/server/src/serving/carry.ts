/** @module Bodies and answers of models that are asked here: threads read and write the long ones, which pass here in pieces. */

import { isCurtidoError } from "@curtido/pickle";
import type { Answer } from "../rows/answer.ts";
import type { Asked } from "../rows/forms/form.ts";
import type { Batch } from "../rows/rows.ts";
import { arrived, carried } from "../work/carried.ts";
import type { Writing } from "../work/chores.ts";
import { answerBytes, batchOf, SMALL_LIMITS, unfolds } from "../work/formats.ts";
import type { Threads } from "../work/threads.ts";
import { letOthersIn } from "./admission.ts";
import type { Body } from "./question.ts";

/** Above how many bytes a body is read on a thread, whatever its rows cost. */
const MOST_HERE = 64 * 1024;
/** How many rows an answer may have to be written here at once. */
const MOST_WRITTEN_HERE = 2_048;

/** What is read of a body. */
export type Rows = Pick<Body, "bytes" | "format" | "reading">;

/** Whether a body is so long that a thread reads it; what is short may still claim much. */
export function isLongBody({ bytes, format }: Rows): boolean {
  return bytes.length > MOST_HERE || unfolds(format);
}

/** The rows of a body that holds and claims little; `undefined` when it is for a thread. @throws CurtidoError what is wrong with it */
export async function readHere(body: Rows, asked: Asked): Promise<Batch | undefined> {
  if (isLongBody(body)) return undefined;
  try {
    return await batchOf(body.bytes, body.format, body.reading, asked, SMALL_LIMITS);
  } catch (error) {
    if (!isCurtidoError(error, "E_TABLE_LIMIT")) throw error;
    return undefined;
  }
}

/** The rows of a body, read on a thread. @throws CurtidoError what is wrong with it; as {@link Threads.run} */
export async function readElsewhere(
  threads: Threads,
  { bytes, format, reading }: Rows,
  { features, names, method, includes }: Asked,
): Promise<Batch> {
  const { rows, rest } = await threads.read({ bytes, format, reading, asked: { features, names, method, includes } });
  return { ...rest, rows: await arrived(rows, letOthersIn()) };
}

/** An answer as bytes: written on a thread when it is long. @throws CurtidoError as {@link Threads.run} */
export async function written(threads: Threads, answer: Answer, how: Omit<Writing, "columns">): Promise<Uint8Array> {
  const { shape, wanted, options, by } = how;
  if (!isLongAnswer(answer, how)) return answerBytes(answer, shape, wanted, options, by);
  const pause = letOthersIn();
  const columns: Writing["columns"][number][] = [];
  for (const [name, value] of Object.entries(answer)) {
    if (value === undefined) continue;
    const alone = !Array.isArray(value) || shape.single;
    columns.push({ name, values: await carried(alone ? [value] : value, pause), alone });
  }
  return (await threads.write({ columns, ...how })).bytes;
}

function isLongAnswer(answer: Answer, { shape }: Pick<Writing, "shape">): boolean {
  const isLong = (values: unknown) => Array.isArray(values) && values.length > MOST_WRITTEN_HERE;
  return !shape.single && (shape.count > MOST_WRITTEN_HERE || Object.values(answer).some(isLong));
}

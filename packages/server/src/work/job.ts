/** @module What a thread is asked to do with a model, and what comes back. */

import { CurtidoError, isCurtidoError } from "@curtido/pickle";
import { type ValuesAsked, valuesOf } from "../models/brief.ts";
import type { AnswerOptions, Served } from "../models/served.ts";
import { type Answer, labelled } from "../rows/answer.ts";
import { type Answerer, shapeOf } from "../rows/forms/form.ts";
import type { Batch } from "../rows/rows.ts";
import { type Seen, seenOf } from "../rows/seen.ts";
import { answerBytes, BODY_LIMITS, type BodyReading, batchOf } from "./formats.ts";
import { answerPart, type Part, type PartDone } from "./parts.ts";

/** A whole body. */
export interface WholeBody {
  readonly bytes: Uint8Array;
  /** The name of its format. */
  readonly format: string;
  readonly reading: BodyReading;
  /** The name of the format of the answer. */
  readonly wanted: string;
  readonly options: AnswerOptions;
  /** Who answers, as an answer may name it. */
  readonly by: Answerer;
  /** Whether somebody wants to see what was asked and answered. */
  readonly watched?: boolean;
}

/** The answer to a whole body. */
export interface WholeDone {
  readonly bytes: Uint8Array;
  readonly rows: number;
  /** How long the model took, in milliseconds, beside reading and writing. */
  readonly milliseconds: number;
  /** The first rows, where somebody wants to see them. */
  readonly seen?: Seen;
  /** What had to be supposed of the body. */
  readonly notes?: readonly string[];
}

/** Rows that were read already, of several requests. */
export interface Batches {
  readonly batches: readonly Batch[];
  readonly options: AnswerOptions;
}

/** The answer to each of them, or what is wrong with it. */
export interface BatchesDone {
  readonly answers: readonly ({ readonly answer: Answer } | { readonly failed: Told })[];
  /** How long the model took, in milliseconds. */
  readonly milliseconds: number;
}

/** Some of the categories or classes of a model; `undefined` when it has none such. */
export interface ValuesDone {
  readonly values: ReturnType<typeof valuesOf>;
}

export type Job =
  | { readonly whole: WholeBody }
  | { readonly part: Part }
  | { readonly rows: Batches }
  | { readonly values: ValuesAsked };
export type Done = WholeDone | PartDone | BatchesDone | ValuesDone;

/** Does a job, and says when the body is read. Errors of the product are CurtidoErrors. */
export async function perform(served: Served, job: Job, read: () => void): Promise<Done> {
  if ("part" in job) return answerPart(served, job.part, read);
  if ("values" in job) return { values: valuesOf(served.signature, job.values) };
  if ("rows" in job) return answerBatches(served, job.rows, read);
  const { bytes, format, reading, wanted, options, by, watched } = job.whole;
  const batch = await batchOf(bytes, format, reading, served, BODY_LIMITS);
  read();
  const began = performance.now();
  const answer = labelled(served.answer(batch, options), batch, options);
  const milliseconds = performance.now() - began;
  const out = await answerBytes(answer, shapeOf(batch), wanted, options, by);
  const seen = watched === true ? { seen: seenOf(batch, answer) } : {};
  const notes = served.notesOf(batch);
  return { bytes: out, rows: batch.rows.length, milliseconds, ...seen, ...(notes && { notes }) };
}

function answerBatches(served: Served, { batches, options }: Batches, read: () => void): BatchesDone {
  read();
  const began = performance.now();
  const answers = batches.map((batch) => {
    try {
      return { answer: served.answer(batch, options) };
    } catch (error) {
      return { failed: told(error) };
    }
  });
  return { answers, milliseconds: performance.now() - began };
}

/** An error as one thread can tell it to another. */
export interface Told {
  readonly message: string;
  /** What kind of error of the product it is, when it is one. */
  readonly code: CurtidoError["code"] | undefined;
  readonly fields: object;
  /** Where it happened. */
  readonly stack: string | undefined;
}

export function told(error: unknown): Told {
  const message = error instanceof Error ? error.message : String(error);
  const stack = error instanceof Error ? error.stack : undefined;
  if (!isCurtidoError(error)) return { message, code: undefined, fields: {}, stack };
  return { message, code: error.code, fields: sendable(error.fields), stack };
}

/** Fields of an error are plain data; what is not stays behind. */
function sendable(fields: object): object {
  try {
    return structuredClone(fields);
  } catch {
    return {};
  }
}

/** The error that was told. */
export function retold({ message, code, fields, stack }: Told): Error {
  const error =
    code === undefined ? new Error(message) : new CurtidoError(code, message, fields as CurtidoError["fields"]);
  return stack === undefined ? error : Object.assign(error, { stack });
}

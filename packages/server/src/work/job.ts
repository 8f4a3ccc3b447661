/** @module What a thread is asked to do with a model, and what comes back. */

import { CurtidoError, isCurtidoError } from "@curtido/pickle";
import type { AnswerOptions, Served } from "../models/served.ts";
import { type Seen, seenOf } from "../rows/seen.ts";
import { answerBytes, batchOf } from "./formats.ts";
import { answerPart, type Part, type PartDone } from "./parts.ts";

/** A whole body. */
export interface Whole {
  readonly bytes: Uint8Array;
  /** The name of its format. */
  readonly format: string;
  readonly charset: string | undefined;
  /** The name of the format of the answer. */
  readonly wanted: string;
  readonly options: AnswerOptions;
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
}

export type Job = { readonly whole: Whole } | { readonly part: Part };
export type Done = WholeDone | PartDone;

/** Does a job. What is wrong with a body or its rows is a CurtidoError. */
export async function perform(served: Served, job: Job): Promise<Done> {
  if ("part" in job) return answerPart(served, job.part);
  const { bytes, format, charset, wanted, options, watched } = job.whole;
  const batch = await batchOf(bytes, format, charset, served.features);
  const began = performance.now();
  const answer = served.answer(batch, options);
  const milliseconds = performance.now() - began;
  const out = await answerBytes(answer, batch.single, wanted);
  const seen = watched === true ? { seen: seenOf(batch, answer) } : {};
  return { bytes: out, rows: batch.rows.length, milliseconds, ...seen };
}

/** An error as one thread can tell it to another. */
export interface Told {
  readonly message: string;
  readonly stack: string | undefined;
  /** Of an error of the product: its code and its fields. */
  readonly known?: Pick<CurtidoError, "code" | "fields">;
}

export function told(error: unknown): Told {
  if (!(error instanceof Error)) return { message: String(error), stack: undefined };
  const { message, stack } = error;
  return isCurtidoError(error)
    ? { message, stack, known: { code: error.code, fields: error.fields } }
    : { message, stack };
}

/** The error that was told, with the stack that it had there. */
export function retold({ message, stack, known }: Told): Error {
  const error = known === undefined ? new Error(message) : new CurtidoError(known.code, message, known.fields);
  return Object.assign(error, stack === undefined ? {} : { stack });
}

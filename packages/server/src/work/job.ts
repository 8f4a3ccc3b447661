/** @module What a thread is asked to do with a model, and what comes back. */

import { HttpProblem, type ProblemDetail, problemOf } from "../http/problem.ts";
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

/** Does a job. Errors are HttpProblem or CurtidoError. */
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
  readonly status: number;
  readonly detail: string;
  readonly errors: readonly ProblemDetail[];
  readonly headers: Readonly<Record<string, string>>;
  readonly code: string | undefined;
  /** What happened, when it is our fault. */
  readonly stack: string | undefined;
}

export function told(error: unknown): Told {
  const { status, message, errors, headers, code } = problemOf(error);
  const stack = status < 500 ? undefined : error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { status, detail: message, errors, headers, code, stack };
}

/** The error that was told. */
export function retold({ status, detail, errors, headers, code, stack }: Told): HttpProblem {
  const cause = stack === undefined ? undefined : Object.assign(new Error("in a thread"), { stack });
  return new HttpProblem(status, detail, { errors, headers, ...(code && { code }), ...(cause && { cause }) });
}

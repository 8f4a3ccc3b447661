/** @module What is asked of whom, before it is answered. */

import { CurtidoError } from "@curtido/pickle";
import type { Choice, Entry } from "../models/entry.ts";
import type { AnswerOptions } from "../models/served.ts";
import type { BodyReading } from "../work/formats.ts";

/** Who asks which model. */
export interface Question {
  readonly entry: Entry;
  readonly choice: Choice;
  readonly keyId: string | null;
  readonly requestId: string | null;
  /** What the user's functions get beside a row: the request as the framework knows it. */
  readonly context: unknown;
}

/** A whole body, and what is wanted of it. */
export interface Body {
  readonly bytes: Uint8Array;
  /** The name of its format. */
  readonly format: string;
  readonly reading: BodyReading;
  /** The name of the format of the answer. */
  readonly wanted: string;
  readonly options: AnswerOptions;
}

/** The error of a request that finds no room. */
export function busy(): CurtidoError {
  return new CurtidoError("E_BUSY", "the server has more to do than it can queue", {});
}

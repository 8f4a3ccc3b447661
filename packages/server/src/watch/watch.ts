/** @module Who watches what is asked and answered: the log of predictions, and versions that are asked in the shadow. */

import type { Context } from "hono";
import type { Choice, Entry } from "../models/entry.ts";
import type { AnswerOptions } from "../models/served.ts";
import { requestIdIn } from "../observe/request_id.ts";
import type { Answer } from "../rows/answer.ts";
import type { Batch } from "../rows/batch.ts";
import type { Seen } from "../rows/seen.ts";
import type { PredictionLogger } from "./prediction_log.ts";
import type { Again, Shadows } from "./shadow.ts";

/** One request that was answered. */
export interface Asked {
  readonly entry: Entry;
  readonly choice: Choice;
  readonly batch: Batch;
  /** How many rows there were, when `batch` and `answer` hold only the first. */
  readonly rows?: number;
  readonly options: AnswerOptions;
  readonly answer: Answer;
  /** Milliseconds. */
  readonly duration: number;
  readonly requestId: string | null;
  readonly keyId: string | null;
}

/** Hands what was asked to whoever wants it; nothing is done before the answer is on its way. */
export class Watch {
  readonly log: PredictionLogger | undefined;
  readonly shadows: Shadows;
  private readonly begun = new WeakMap<Context, Pick<Asked, "entry" | "choice" | "keyId"> & { readonly at: number }>();

  constructor(log: PredictionLogger | undefined, shadows: Shadows) {
    this.log = log;
    this.shadows = shadows;
  }

  /** Whether anybody wants to see requests that this choice answers. */
  wants(choice: Choice): boolean {
    return this.log !== undefined || choice.shadow !== undefined;
  }

  /** A request begins, and this was chosen to answer it. */
  begin(context: Context, entry: Entry, choice: Choice, keyId: string | null): void {
    if (this.wants(choice)) this.begun.set(context, { entry, choice, keyId, at: performance.now() });
  }

  /** Whether somebody wants to see this request; then it is not handed to a thread, unless its body is long. */
  watches(context: Context): boolean {
    return this.begun.has(context);
  }

  /** The request was answered. */
  done(context: Context, batch: Batch, options: AnswerOptions, answer: Answer): void {
    const asked = this.askedOf(context, { batch, answer }, options);
    if (asked !== undefined) this.asked(asked);
  }

  /**
   * The request was answered on a thread, or in parts.
   *
   * @param seen - its first rows
   * @param again - asks the shadow the same; without it the shadow is not asked, and that is counted
   */
  doneElsewhere(context: Context, seen: Seen, options: AnswerOptions, rows: number, again?: Again): void {
    const found = this.askedOf(context, seen, options);
    if (found === undefined) return;
    const asked = { ...found, rows };
    this.log?.take(asked);
    if (asked.choice.shadow === undefined) return;
    if (again === undefined) this.shadows.drop(asked);
    else this.shadows.take(asked, again);
  }

  private askedOf(context: Context, seen: Seen, options: AnswerOptions): Asked | undefined {
    const begun = this.begun.get(context);
    if (begun === undefined) return undefined;
    const { at, ...rest } = begun;
    return { ...rest, ...seen, options, duration: performance.now() - at, requestId: requestIdIn(context) };
  }

  /** The same for the fast lane. */
  asked(asked: Asked): void {
    this.log?.take(asked);
    if (asked.choice.shadow !== undefined) this.shadows.take(asked);
  }
}

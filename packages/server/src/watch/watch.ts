/** @module Who watches what is asked and answered: the log of predictions, and versions that are asked in the shadow. */

import type { Choice, Entry } from "../models/entry.ts";
import type { AnswerOptions } from "../models/served.ts";
import type { Answer } from "../rows/answer.ts";
import type { Batch } from "../rows/rows.ts";
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

/** A request to a model, as far as those who watch are concerned. */
export interface Watched {
  readonly entry: Entry;
  readonly choice: Choice;
  readonly keyId: string | null;
  readonly requestId: string | null;
  /** When it came, as `performance.now()` says. */
  readonly began: number;
}

/** Hands what was asked to whoever wants it; nothing is done before the answer is on its way. */
export class Watch {
  readonly log: PredictionLogger | undefined;
  readonly shadows: Shadows;

  constructor(log: PredictionLogger | undefined, shadows: Shadows) {
    this.log = log;
    this.shadows = shadows;
  }

  /** Whether anybody wants to see requests that this choice answers; then they go to no thread, unless they are long. */
  wants(choice: Choice): boolean {
    return this.log !== undefined || choice.shadow !== undefined;
  }

  /** The request was answered. */
  done(request: Watched, batch: Batch, options: AnswerOptions, answer: Answer): void {
    if (!this.wants(request.choice)) return;
    const asked = askedOf(request, { batch, answer }, options);
    this.log?.take(asked);
    if (asked.choice.shadow !== undefined) this.shadows.take(asked);
  }

  /**
   * The request was answered on a thread, or in parts.
   *
   * @param seen - its first rows
   * @param again - asks the shadow the same; without it the shadow is not asked, and that is counted
   */
  doneElsewhere(request: Watched, seen: Seen, options: AnswerOptions, rows: number, again?: Again): void {
    const asked = { ...askedOf(request, seen, options), rows };
    this.log?.take(asked);
    if (asked.choice.shadow === undefined) return;
    if (again === undefined) this.shadows.drop(asked);
    else this.shadows.take(asked, again);
  }
}

function askedOf(request: Watched, seen: Seen, options: AnswerOptions): Asked {
  const { entry, choice, keyId, requestId, began } = request;
  return { entry, choice, keyId, requestId, ...seen, options, duration: performance.now() - began };
}

/** @module Models on threads: which can go there, and how. */

import type { Limits } from "@curtido/estimators";
import { sharedBytes } from "@curtido/estimators/node";
import { CurtidoError } from "@curtido/pickle";
import type { Model } from "../models/distant.ts";
import type { ReadBody, ReadDone, WriteDone, Writing } from "./chores.ts";
import { type Done, type Job, retold, type Told } from "./job.ts";
import { Pool } from "./pool.ts";
import { OutOfTime, ThreadEnded } from "./thread.ts";

/** The module of the threads: beside this one when it is built, its source when it is not. */
export function script(): URL {
  return import.meta.url.endsWith(".ts")
    ? new URL("./worker.ts", import.meta.url)
    : new URL("./work/worker.js", import.meta.url);
}

/** Whether threads can have a model: it was revived from bytes, without functions of the user's own. */
export function isShareable(model: Model): boolean {
  return model.origin !== undefined;
}

/** How long a thread may take to revive a model, to read a body, and to answer it, in milliseconds. */
const STEPS = [120_000, 30_000, 600_000] as const;
const DOINGS = ["revive the model", "read the body", "answer it"] as const;

const CRASHED =
  "the thread that scored this batch ended; its memory may not have been enough. Send fewer rows at a time";

/** Threads that do {@link Job}s. */
export class Threads {
  readonly pool: Pool;
  private readonly steps: readonly number[];
  private readonly limits: Partial<Limits>;

  /**
   * @param steps - how long a job may take to revive the model, to read the body, and to answer it, in milliseconds
   * @param limits - what a model may cost
   */
  constructor(size?: number, idle?: number, steps: readonly number[] = STEPS, limits: Partial<Limits> = {}) {
    this.steps = steps;
    this.limits = limits;
    this.pool = new Pool({
      script: script(),
      ...(size === undefined ? {} : { size }),
      ...(idle === undefined ? {} : { idle }),
      failure: (said) => retold(said as Told),
    });
  }

  /**
   * Has a job done. The bytes of a part go over to the thread; those of a whole body may still be read here.
   *
   * @throws CurtidoError E_THREAD when the thread ends before the job is done, E_SLOW when it takes too long; what the job
   *   throws
   */
  run<T extends Done>(served: Model, job: Job): Promise<T> {
    return explained(this.ask<T>(served, job));
  }

  /** Has a body read. @throws CurtidoError as {@link run} */
  read(read: ReadBody): Promise<ReadDone> {
    return explained(this.pool.run<ReadDone>(NO_MODEL, () => undefined, { read }, { steps: this.steps }));
  }

  /** Has an answer written. @throws CurtidoError as {@link run} */
  write(write: Writing): Promise<WriteDone> {
    const transfer = write.columns.flatMap(({ values }) => values.flatMap(ownBuffer));
    return explained(this.pool.run<WriteDone>(NO_MODEL, () => undefined, { write }, { transfer, steps: this.steps }));
  }

  private ask<T extends Done>(served: Model, job: Job): Promise<T> {
    return this.pool.run<T>(
      served,
      () => {
        const origin = served.origin!;
        return { ...origin, bytes: sharedBytes(origin), name: served.name, limits: this.limits };
      },
      job,
      { transfer: "part" in job ? ownBuffer(job.part.bytes) : [], steps: this.steps },
    );
  }
}

/** Stands for the model of what needs none. */
const NO_MODEL = {};

/** What was done, or why it was not, in words for whoever asked. */
async function explained<T>(doing: Promise<T>): Promise<T> {
  try {
    return await doing;
  } catch (error) {
    if (error instanceof OutOfTime) throw tooSlow(error);
    throw error instanceof ThreadEnded ? new CurtidoError("E_THREAD", CRASHED, {}, error) : error;
  }
}

/** The buffer of bytes that have it alone. */
function ownBuffer({ buffer, byteLength }: Uint8Array): ArrayBuffer[] {
  return buffer instanceof ArrayBuffer && byteLength === buffer.byteLength ? [buffer] : [];
}

function tooSlow({ step, milliseconds }: OutOfTime): CurtidoError {
  const seconds = milliseconds / 1000;
  const doing = DOINGS[Math.min(step, DOINGS.length - 1)];
  const message = `it took longer than ${seconds} seconds to ${doing}; send fewer rows at a time`;
  return new CurtidoError("E_SLOW", message, { seconds });
}

/** @module Looking at files on a thread of its own, which is ended when they take too long or too much memory. */

import { totalmem } from "node:os";
import type { Limits } from "@curtido/estimators";
import { CurtidoError } from "@curtido/pickle";
import type { Look, Looked, Looker } from "../models/look.ts";
import { retold, type Told } from "./job.ts";
import { Pool } from "./pool.ts";
import { OutOfMemory, OutOfTime, ThreadEnded } from "./thread.ts";
import { script } from "./threads.ts";

/** How long a look at any file may take, and how much longer for each of its bytes, in milliseconds: a second for 2 MB. */
const LONGEST = 20_000;
const PER_BYTE = 5e-4;

/** How much less urgent looks are than the main thread's work: who publishes waits, so that who asks does not. */
const NICENESS = 10;

/** What a look may take. */
export interface LookingLimits {
  /** Bytes; half of the machine's unless told otherwise. */
  readonly memory?: number;
  /** Operations that a row of the model may take. */
  readonly operationsPerRow?: number;
  /** Milliseconds; 20 seconds, and a second for every 2 MB of the file, unless told otherwise. */
  readonly time?: number;
}

/**
 * A thread for {@link Look}s.
 *
 * @example
 * const looking = new Looking();
 * const { description } = await looking.look({ bytes, name: "modelo", scan: true, allow: [], own: [] });
 */
export class Looking {
  readonly pool: Pool;
  private readonly memory: number;
  private readonly time: number | undefined;
  private readonly limits: Partial<Limits>;

  constructor({ memory = Math.floor(totalmem() / 2), time, ...others }: LookingLimits = {}) {
    this.limits = { memory, ...others };
    this.memory = memory;
    this.time = time;
    const failure = (said: unknown) => retold(said as Told);
    this.pool = new Pool({ script: script(), size: 1, memory, niceness: NICENESS, failure });
  }

  /** @throws CurtidoError E_LIMIT when it takes too long or too much, E_THREAD when the thread ends; as `lookAt` */
  readonly look: Looker = async (look: Look) => {
    const time = this.time ?? LONGEST + PER_BYTE * look.bytes.length;
    const job = { look: { ...look, limits: this.limits } };
    try {
      return await this.pool.run<Looked>({}, () => undefined, job, { steps: [time] });
    } catch (error) {
      throw this.said(error, time);
    }
  };

  private said(error: unknown, time: number): unknown {
    if (error instanceof OutOfTime) {
      const message = `the file takes longer than ${time / 1000} seconds to load; it is not served`;
      return new CurtidoError("E_LIMIT", message, { limit: "loadTime" });
    }
    if (error instanceof OutOfMemory) {
      const message = `the file takes more than ${Math.round(this.memory / 2 ** 20)} MiB of memory to load; it is not served`;
      return new CurtidoError("E_LIMIT", message, { limit: "modelMemory" });
    }
    if (!(error instanceof ThreadEnded)) return error;
    const message = "the thread that loaded the file ended: its memory was not enough; the file is not served";
    return new CurtidoError("E_LIMIT", message, { limit: "modelMemory" }, error);
  }
}

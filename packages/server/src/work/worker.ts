/** @module What a thread of the pool runs: lets the main thread go first, then loads what it does its duties with. */

import { setPriority } from "node:os";
import { workerData } from "node:worker_threads";

/** What a thread is told when it starts. */
export interface ThreadData {
  /** How much less urgent its work is than that of the main thread, 0 to 19. */
  readonly niceness: number;
}

// On Linux this is the priority of the thread, elsewhere that of the process. Loading is work, too: this comes first.
if (process.platform === "linux") {
  try {
    setPriority(0, (workerData as ThreadData).niceness);
  } catch {
    // Without it requests wait a little longer for a core.
  }
}
const { attend } = await import("./duties.ts");
attend();

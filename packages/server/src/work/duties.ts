/** @module What a thread of the pool does: revives models from shared memory, does jobs with them, looks at files. */

import { parentPort } from "node:worker_threads";
import { reviveOrigin } from "@curtido/estimators/node";
import { type Look, lookAt } from "../models/look.ts";
import { Served } from "../models/served.ts";
import { type Chore, performChore } from "./chores.ts";
import { type Job, perform, told } from "./job.ts";
import { type Load, READY, type ThreadMessage } from "./thread.ts";

const models = new Map<number, Served>();

function revive({ name, limits = {}, ...origin }: Load): Served {
  return new Served(name, reviveOrigin(origin, { limits }));
}

/** The buffer of an array when it has it alone: that one can be handed over. */
function whole(bytes: Uint8Array): ArrayBuffer[] {
  const { buffer } = bytes;
  return buffer instanceof ArrayBuffer && bytes.byteLength === buffer.byteLength ? [buffer] : [];
}

function isLook(job: unknown): job is { readonly look: Look } {
  return typeof job === "object" && job !== null && "look" in job;
}

function isChore(job: unknown): job is Chore {
  return typeof job === "object" && job !== null && ("read" in job || "write" in job);
}

async function answer({ id, model, load, forget, job }: ThreadMessage): Promise<void> {
  try {
    if (isLook(job)) {
      parentPort!.postMessage({ id, done: lookAt(job.look) });
      return;
    }
    if (load !== undefined) models.set(model, revive(load));
    if (forget !== undefined) models.delete(forget);
    const stepped = () => parentPort!.postMessage({ id, stepped: true });
    stepped();
    if (isChore(job)) {
      const done = await performChore(job);
      parentPort!.postMessage({ id, done }, "rows" in done ? done.rows.flatMap(whole) : whole(done.bytes));
      return;
    }
    const done = await perform(models.get(model)!, job as Job, stepped);
    parentPort!.postMessage({ id, done }, "bytes" in done ? whole(done.bytes) : []);
  } catch (error) {
    parentPort!.postMessage({ id, failed: told(error) });
  }
}

/** Does what it is asked from now on. */
export function attend(): void {
  parentPort!.on("message", (asked: ThreadMessage) => void answer(asked));
  parentPort!.postMessage(READY);
}

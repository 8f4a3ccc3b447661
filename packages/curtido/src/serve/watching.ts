/** @module Files that change while they are served. */

import { statSync } from "node:fs";
import { say, warn } from "../terminal.ts";
import type { Found } from "./models.ts";

/** Milliseconds between looks; a file must look the same twice, so that one that is being written is left alone. */
const LOOK = 500;

/**
 * Looks at the files of models until it is stopped; tells of each that became another. What `changed` throws is said, and
 * the model that was there stays.
 *
 * @returns what stops it
 */
export function watchFiles(models: readonly Found[], changed: (model: Found) => Promise<void>): () => void {
  const served = new Map(models.map((model) => [model, stamp(model.path)]));
  const seen = new Map(served);
  let busy = false;
  const look = async () => {
    for (const model of models) {
      const now = stamp(model.path);
      const steady = now === seen.get(model);
      seen.set(model, now);
      if (now === "" || !steady || now === served.get(model)) continue;
      served.set(model, now);
      try {
        await changed(model);
        say(`${model.path} changed: /${model.name} is the new one now`);
      } catch (error) {
        warn(`${(error as Error).message.split("\n")[0]}; /${model.name} stays as it was`);
      }
    }
  };
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    void look().finally(() => {
      busy = false;
    });
  }, LOOK).unref();
  return () => clearInterval(timer);
}

/** What tells one state of a file from another; empty while there is none. */
function stamp(path: string): string {
  try {
    const { ino, size, mtimeMs } = statSync(path);
    return `${ino} ${size} ${mtimeMs}`;
  } catch {
    return "";
  }
}

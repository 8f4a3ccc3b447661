/** @module Predictions are kept for so many days: the older are removed, a few at a time. */

import { setTimeout as sleep } from "node:timers/promises";
import type { Database } from "./database.ts";

const DAY = 86_400_000;
/** Milliseconds between two looks for old ones, and between two steps of removing them. */
const EVERY = 60_000;
const PAUSE = 50;
/** Records that a step removes, when no more are of one millisecond. */
const STEP = 500;

/** Removes predictions that are older than so many days, from now on; gives what stops it. */
export function keepFor(database: Database, days: number): () => void {
  let running = false;
  const look = async () => {
    if (running) return;
    running = true;
    await removeBefore(database, Date.now() - days * DAY).catch(() => undefined); // the database is away: later
    running = false;
  };
  const timer = setInterval(() => void look(), EVERY).unref();
  void look();
  return () => clearInterval(timer);
}

/** Removes all predictions before a moment, in milliseconds since 1970, in small steps; gives how many steps it took. */
export async function removeBefore(database: Database, moment: number): Promise<number> {
  let steps = 0;
  for (let model = await nextModel(database, ""); model !== undefined; model = await nextModel(database, model)) {
    while (await removeSome(database, model, moment)) {
      steps += 1;
      await sleep(PAUSE);
    }
  }
  return steps;
}

async function nextModel(database: Database, after: string): Promise<string | undefined> {
  const row = await database.query((queries) =>
    queries
      .selectFrom("predictions")
      .select("model_key")
      .where("model_key", ">", after)
      .orderBy("model_key")
      .limit(1)
      .executeTakeFirst(),
  );
  return row?.model_key;
}

async function removeSome(database: Database, model: string, moment: number): Promise<boolean> {
  return await database.note(async (queries) => {
    const old = await queries
      .selectFrom("predictions")
      .select("time")
      .where("model_key", "=", model)
      .where("time", "<", moment)
      .orderBy("time")
      .limit(STEP)
      .execute();
    const last = old.at(-1);
    if (last === undefined) return false;
    await queries.deleteFrom("predictions").where("model_key", "=", model).where("time", "<=", last.time).execute();
    return true;
  });
}

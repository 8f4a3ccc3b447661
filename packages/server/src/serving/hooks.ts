/** @module The user's own functions: every row goes through `before`, every answer through `after`, whoever asks. */

import type { Model } from "../models/distant.ts";
import type { After, Before, Entry } from "../models/entry.ts";
import type { Answer } from "../rows/answer.ts";
import type { Batch, NamedRow } from "../rows/rows.ts";

/** How many rows the function sees before others are let in. */
const PART = 512;

/** Whose functions, and what they get beside a row. */
interface Asked {
  readonly entry: Entry;
  readonly served: Model;
  readonly context: unknown;
}

/**
 * The rows as `before` leaves them. It sees every row, under the names of its columns or of the model's features; what has no
 * name for each value, or one name for several, is refused before it is asked, as it would be without it.
 *
 * @param check - says what is wrong with rows that have no name for each value
 * @param pause - lets others in
 * @throws CurtidoError E_FEATURES for rows whose values have no names; whatever the function throws
 */
export async function before(
  { entry, served, context }: Asked,
  batch: Batch,
  check: (batch: Batch) => Promise<void>,
  pause: () => unknown,
): Promise<Batch> {
  const hook = entry.hooks.before as Before<unknown> | undefined;
  if (hook === undefined) return batch;
  const { columns } = batch;
  const names = columns ?? served.signature.features.map(({ name }) => name);
  const ragged = batch.rows.some((row) => Array.isArray(row) && row.length !== names.length);
  if (ragged || (columns !== undefined && new Set(columns).size < columns.length)) await check(batch);
  const distinct = distinctNames(names);
  const rows: unknown[] = [];
  for (const [at, row] of batch.rows.entries()) {
    if (at % PART === 0) await pause();
    if (typeof row === "object" && row !== null && !Array.isArray(row)) {
      rows.push((await hook(row as NamedRow, context)) ?? row);
      continue;
    }
    const values: readonly unknown[] = Array.isArray(row) ? row : [row];
    const known = values.length === names.length;
    const keys = known ? distinct : values.map((_, at) => `feature${at + 1}`);
    const named = Object.fromEntries(keys.map((name, at) => [name, values[at]]));
    const changed = (await hook(named, context)) ?? named;
    if (known && distinct === names) rows.push(changed);
    else rows.push(Array.isArray(row) ? keys.map((name) => changed[name]) : changed[keys[0]!]);
  }
  return { rows, single: batch.single, ...(batch.text === undefined ? {} : { text: batch.text }) };
}

/** The same names, or such as differ: a value may not hide behind another of its name. */
function distinctNames(names: readonly string[]): readonly string[] {
  if (new Set(names).size === names.length) return names;
  const all = new Set(names);
  const seen = new Set<string>();
  return names.map((name) => {
    let own = name;
    for (let at = 1; seen.has(own) || (own !== name && all.has(own)); at++) own = `${name}.${at}`;
    seen.add(own);
    return own;
  });
}

/** The answer as `after` leaves it. */
export async function after({ entry, context }: Asked, answer: Answer): Promise<Answer> {
  const hook = entry.hooks.after as After<unknown> | undefined;
  return hook === undefined ? answer : ((await hook(answer, context)) ?? answer);
}

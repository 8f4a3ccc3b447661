/** @module The user's own functions: every row goes through `before`, every answer through `after`, whoever asks. */

import type { After, Before, Entry } from "../models/entry.ts";
import type { Served } from "../models/served.ts";
import type { Answer } from "../rows/answer.ts";
import type { Batch, NamedRow } from "../rows/rows.ts";

/** Whose functions, and what they get beside a row. */
interface Asked {
  readonly entry: Entry;
  readonly served: Served;
  readonly context: unknown;
}

/** The rows as `before` leaves them. It sees every row by name, whatever form it came in; no row goes round it. */
export async function before({ entry, served, context }: Asked, batch: Batch): Promise<Batch> {
  const hook = entry.hooks.before as Before<unknown> | undefined;
  if (hook === undefined) return batch;
  const features = batch.columns ?? served.signature.features.map(({ name }) => name);
  const rows: unknown[] = [];
  for (const row of batch.rows) {
    const named = namedRow(row, features);
    const changed = (await hook(named, context)) ?? named;
    rows.push(isNamed(row, changed, features) ? changed : Array.isArray(row) ? Object.values(changed) : first(changed));
  }
  return { rows, single: batch.single, ...(batch.text === undefined ? {} : { text: batch.text }) };
}

/** The answer as `after` leaves it. */
export async function after({ entry, context }: Asked, answer: Answer): Promise<Answer> {
  const hook = entry.hooks.after as After<unknown> | undefined;
  return hook === undefined ? answer : ((await hook(answer, context)) ?? answer);
}

/** Whether a row goes on by name: it came so, or the model has these names. Else it goes on as the values that it was. */
function isNamed(row: unknown, changed: NamedRow, features: readonly string[]): boolean {
  const came = typeof row === "object" && row !== null && !Array.isArray(row);
  return came || features.some((name) => Object.hasOwn(changed, name));
}

function first(row: NamedRow): unknown {
  return Object.values(row)[0];
}

/** Values in a row of another width, and a plain value, have the names that features without names have. */
function namedRow(row: unknown, features: readonly string[]): NamedRow {
  if (typeof row === "object" && row !== null && !Array.isArray(row)) return row as NamedRow;
  const values: readonly unknown[] = Array.isArray(row) ? row : [row];
  const names = values.length === features.length ? features : values.map((_, at) => `feature${at + 1}`);
  return Object.fromEntries(names.map((name, at) => [name, values[at]]));
}

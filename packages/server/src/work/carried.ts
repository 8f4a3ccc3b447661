/** @module Long lists that go from thread to thread in pieces, so that whoever gives or takes them can do other things in between. */

import { deserialize, serialize } from "node:v8";
import { CurtidoError } from "@curtido/pickle";

/** How much one piece holds, in values, and the most that one element may: a piece is taken in one go. */
const PIECE = 2 ** 14;
const MOST_IN_ONE = 2 ** 18;
/** Characters of a text that weigh as much as a value. */
const CHARACTERS = 64;

/** A list in pieces. */
export type Carried = readonly Uint8Array[];
/** Lets others in, where that is needed. */
export type Pause = () => unknown;

/**
 * A list in pieces.
 *
 * @throws CurtidoError E_TABLE_LIMIT when one element alone is too large for a piece
 */
export async function carried(values: readonly unknown[], pause: Pause): Promise<Carried> {
  const pieces: Uint8Array[] = [];
  let from = 0;
  let weight = 0;
  const cut = (to: number) => {
    pieces.push(serialize(values.slice(from, to)));
    from = to;
    weight = 0;
  };
  for (const [at, value] of values.entries()) {
    const more = weightOf(value, MOST_IN_ONE);
    if (more > MOST_IN_ONE) throw tooHeavy();
    if (weight + more > PIECE && at > from) {
      cut(at);
      await pause();
    }
    weight += more;
  }
  if (from < values.length) cut(values.length);
  return pieces;
}

/** The list that was carried. */
export async function arrived(pieces: Carried, pause: Pause): Promise<unknown[]> {
  const values: unknown[] = [];
  for (const piece of pieces) {
    for (const value of deserialize(piece) as unknown[]) values.push(value);
    await pause();
  }
  return values;
}

/** How many values a value holds, counted until there are more than `most`. */
function weightOf(value: unknown, most: number): number {
  if (typeof value === "string") return 1 + value.length / CHARACTERS;
  if (typeof value !== "object" || value === null) return 1;
  let weight = 1;
  for (const item of Array.isArray(value) ? value : Object.values(value)) {
    weight += weightOf(item, most - weight);
    if (weight > most) break;
  }
  return weight;
}

function tooHeavy(): CurtidoError {
  const problem = `has a row of more than ${MOST_IN_ONE} values`;
  return new CurtidoError("E_TABLE_LIMIT", `this ${problem}`, { format: "", problem, most: MOST_IN_ONE });
}

/** @module How long a list is going to be, so that it is given its room once. */

/** Picklers write items in batches of so many. */
export const BATCH = 1000;
const [MARK, APPENDS] = [0x28, 0x65];
/** From the opcode of a plain value of fixed length to its length; 0 for all others. */
const LENGTHS = new Uint8Array(256);
for (const [code, length] of [
  [0x47, 9], // BINFLOAT
  [0x4a, 5], // BININT
  [0x4b, 2], // BININT1
  [0x4d, 3], // BININT2
  [0x4e, 1], // NONE
  [0x88, 1], // NEWTRUE
  [0x89, 1], // NEWFALSE
] as const)
  LENGTHS[code] = length;

/**
 * The items of the batches that follow at `from` and are sure to be appended to the list that was appended to just now:
 * batches of plain values, of which nothing but that list is made.
 */
export function itemsAhead(bytes: Uint8Array, from: number): number {
  let total = 0;
  for (let at = from; bytes[at] === MARK; at++) {
    let count = 0;
    at++;
    for (let length = LENGTHS[bytes[at]!]!; length > 0; length = LENGTHS[bytes[at] ?? 0]!) {
      at += length;
      count++;
    }
    if (bytes[at] !== APPENDS) return total;
    total += count;
  }
  return total;
}

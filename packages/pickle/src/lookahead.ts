/** @module How long a list is going to be, so that it is given its room once. */
import { APPENDS, BINFLOAT, BININT, BININT1, BININT2, FRAME, MARK, NEWFALSE, NEWTRUE, NONE } from "./opcodes.ts";

/** Picklers write items in batches of so many. */
export const BATCH = 1000;
/** Frames say where readers may stop to read; they are no values. */
const FRAME_LENGTH = 9;
/** From the opcode of a plain value of fixed length to its length; 0 for all others. */
const LENGTHS = new Uint8Array(256);
for (const [code, length] of [
  [BINFLOAT, 9],
  [BININT, 5],
  [BININT1, 2],
  [BININT2, 3],
  [NONE, 1],
  [NEWTRUE, 1],
  [NEWFALSE, 1],
] as const)
  LENGTHS[code] = length;

/**
 * The items of the batches that follow at `from` and are sure to be appended to the list that was appended to just now:
 * batches of plain values, of which nothing but that list is made.
 */
export function itemsAhead(bytes: Uint8Array, from: number): number {
  const end = bytes.length;
  let total = 0;
  let at = behindFrame(bytes, from);
  while (at < end && bytes[at] === MARK) {
    let count = 0;
    at = behindFrame(bytes, at + 1);
    while (at < end) {
      const length = LENGTHS[bytes[at]!]!;
      if (length === 0) {
        if (bytes[at] !== FRAME) break;
        at += FRAME_LENGTH;
      } else {
        at += length;
        count++;
      }
    }
    if (bytes[at] !== APPENDS) break;
    total += count;
    at = behindFrame(bytes, at + 1);
  }
  return total;
}

function behindFrame(bytes: Uint8Array, at: number): number {
  return bytes[at] === FRAME ? at + FRAME_LENGTH : at;
}

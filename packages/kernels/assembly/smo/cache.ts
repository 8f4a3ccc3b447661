// The similarities of rows, kept as long as there is room; the line that was not used for the longest time goes first.

import { fill } from "./similarity";
import { buffers, bufferBytes, doubled, free, int, lines, ownRows, rowCount, rows, setInt, swapInts, values } from "./state";

/** i32 of a line: the lines that were used after and before it, how many values it has, and its place. */
const NEXT: i32 = 0, LAST: i32 = 1, LENGTH: i32 = 2, PLACE: i32 = 3;

let places: i32 = 0, freeCount: i32 = 0, lineBytes: usize = 0, whichBuffer: usize = 0;

@inline function field(line: i32, which: i32): i32 {
  return int(lines, (line << 2) + which);
}
@inline function setField(line: i32, which: i32, value: i32): void {
  setInt(lines, (line << 2) + which, value);
}
@inline function valuesAt(line: i32): usize {
  return values + <usize>field(line, PLACE) * lineBytes;
}

/** Empties the cache, for lines of as many values as there are rows; there must be room for two. */
export function empty(room: f64): void {
  lineBytes = (4 * <usize>rowCount + 15) & ~15;
  places = <i32>min(<f64>rowCount, floor(room / <f64>lineBytes));
  freeCount = places;
  for (let place = 0; place < places; place++) setInt(free, place, places - 1 - place);
  for (let line = 0; line <= rowCount; line++) setField(line, LENGTH, 0);
  setField(rowCount, NEXT, rowCount);
  setField(rowCount, LAST, rowCount);
}

function unlink(line: i32): void {
  setField(field(line, LAST), NEXT, field(line, NEXT));
  setField(field(line, NEXT), LAST, field(line, LAST));
}

function link(line: i32): void {
  const last = field(rowCount, LAST);
  setField(line, NEXT, rowCount);
  setField(line, LAST, last);
  setField(last, NEXT, line);
  setField(rowCount, LAST, line);
}

function drop(line: i32): void {
  unlink(line);
  setField(line, LENGTH, 0);
  setInt(free, freeCount++, field(line, PLACE));
}

/** Where the first values of a line are; those that it did not have are computed. */
function line(which: i32, length: i32, list: usize): usize {
  const known = field(which, LENGTH);
  if (known) unlink(which);
  else {
    if (!freeCount) drop(field(rowCount, NEXT));
    setField(which, PLACE, int(free, --freeCount));
  }
  link(which);
  const at = valuesAt(which);
  if (known < length) {
    fill(int(list, which), list, known, length, at);
    setField(which, LENGTH, length);
  }
  return at;
}

/** Similarities of an unknown's row with those of the first unknowns; they last until there were two other calls. */
export function similarities(unknown: i32, length: i32): usize {
  if (!doubled) return line(unknown, length, rows);
  const all = line(int(rows, unknown), rowCount, ownRows);
  whichBuffer ^= 1;
  const buffer = buffers + whichBuffer * bufferBytes;
  for (let at = 0; at < length; at++)
    store<f32>(buffer + (<usize>at << 2), load<f32>(all + (<usize>int(rows, at) << 2)));
  return buffer;
}

/** Brings lines in order again after two unknowns of a classification were swapped. */
export function swapLines(one: i32, other: i32): void {
  const least = min(one, other), most = max(one, other);
  const hasOne = field(one, LENGTH) > 0, hasOther = field(other, LENGTH) > 0;
  if (hasOne) unlink(one);
  if (hasOther) unlink(other);
  swapInts(lines, (one << 2) + LENGTH, (other << 2) + LENGTH);
  swapInts(lines, (one << 2) + PLACE, (other << 2) + PLACE);
  if (hasOther) link(one);
  if (hasOne) link(other);
  for (let each = field(rowCount, NEXT); each != rowCount; ) {
    const next = field(each, NEXT), length = field(each, LENGTH);
    if (length > most) swapInts(valuesAt(each), least, most);
    else if (length > least) drop(each);
    each = next;
  }
}

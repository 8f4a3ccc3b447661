/**
 * @module Sorts many numbers faster than the typed array's own method: by the upper 32 of their 64 bits, digit by digit
 * (radix sort), and then by all bits where the upper ones are the same.
 */

/** From this many numbers on it is faster. */
const MANY = 1024;
const DIGIT = 11;
const BUCKETS = 1 << DIGIT;
const MASK = BUCKETS - 1;
/** Digits of 32 bits. */
const PASSES = 3;

/**
 * Sorts numbers in place, in the order of `Float64Array.prototype.sort`: -0 comes before 0.
 *
 * @param values - none is NaN
 * @returns `values`
 * @example
 * sortNumbers(Float64Array.of(2, -1, 0)); // -1, 0, 2
 */
export function sortNumbers(values: Float64Array): Float64Array {
  if (values.length < MANY) return values.sort();
  const copy = Float64Array.from(values);
  let from = new Uint32Array(copy.buffer);
  let to = new Uint32Array(from.length);
  const counts = countDigits(from);
  for (let pass = 0; pass < PASSES; pass++) {
    const own = counts.subarray(pass * BUCKETS, (pass + 1) * BUCKETS);
    // Nothing moves where all have the same digit.
    if (own.includes(values.length)) continue;
    scatter(from, to, own, DIGIT * pass);
    [from, to] = [to, from];
  }
  values.set(new Float64Array(from.buffer));
  sortRuns(values, from);
  return values;
}

/** What orders upper words as the numbers are ordered: the sign is turned over, and of negative numbers all bits are. */
function keyOf(upper: number): number {
  return upper ^ ((upper >> 31) | 0x80000000);
}

/** How often each digit occurs at each place. */
function countDigits(words: Uint32Array): Uint32Array {
  const counts = new Uint32Array(PASSES * BUCKETS);
  for (let at = 1; at < words.length; at += 2) {
    const key = keyOf(words[at]!);
    counts[key & MASK]! += 1;
    counts[BUCKETS + ((key >>> DIGIT) & MASK)]! += 1;
    counts[2 * BUCKETS + (key >>> (2 * DIGIT))]! += 1;
  }
  return counts;
}

/** Brings numbers, two words each, into the order of one digit; those with the same one keep theirs. */
function scatter(from: Uint32Array, to: Uint32Array, counts: Uint32Array, shift: number): void {
  let sum = 0;
  for (let bucket = 0; bucket < BUCKETS; bucket++) {
    const own = counts[bucket]!;
    counts[bucket] = sum;
    sum += own;
  }
  for (let at = 0; at < from.length; at += 2) {
    const upper = from[at + 1]!;
    const digit = (keyOf(upper) >>> shift) & MASK;
    const place = counts[digit]!;
    counts[digit] = place + 1;
    to[2 * place] = from[at]!;
    to[2 * place + 1] = upper;
  }
}

/** Sorts numbers whose upper words are the same, where they are not in order. */
function sortRuns(values: Float64Array, words: Uint32Array): void {
  for (let start = 0, end = 1; start < values.length; start = end, end++) {
    const upper = words[2 * start + 1]!;
    let isSorted = true;
    for (; end < values.length && words[2 * end + 1] === upper; end++) isSorted &&= values[end - 1]! <= values[end]!;
    if (!isSorted) values.subarray(start, end).sort();
  }
}

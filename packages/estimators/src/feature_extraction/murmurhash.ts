/** @module MurmurHash3 of texts (`sklearn.utils.murmurhash`; the algorithm is Austin Appleby's, in the public domain). */

const encoder = new TextEncoder();
let buffer = new Uint8Array(256);

function rotated(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}

function mixed(k: number): number {
  return Math.imul(rotated(Math.imul(k, 0xcc9e2d51), 15), 0x1b873593);
}

/**
 * MurmurHash3 for x86, 32 bits, of the UTF-8 bytes of a text, seed 0.
 *
 * @returns a signed number of 32 bits
 * @example
 * murmurhash3("foo"); // -156908512
 */
export function murmurhash3(text: string): number {
  if (buffer.length < 3 * text.length) buffer = new Uint8Array(6 * text.length);
  const length = encoder.encodeInto(text, buffer).written;
  const whole = length & ~3;
  let h = 0;
  for (let at = 0; at < whole; at += 4) {
    const k = buffer[at]! | (buffer[at + 1]! << 8) | (buffer[at + 2]! << 16) | (buffer[at + 3]! << 24);
    h = (Math.imul(rotated(h ^ mixed(k), 13), 5) + 0xe6546b64) | 0;
  }
  let rest = 0;
  for (let at = length - 1; at >= whole; at--) rest = (rest << 8) | buffer[at]!;
  if (whole < length) h ^= mixed(rest);
  h ^= length;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) | 0;
}

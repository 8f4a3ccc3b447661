import { towardsOdd } from "./bits.ts";

/** Veltkamp's constant: multiplying by it splits a double into two halves of 26 bits. */
const splitter = 2 ** 27 + 1;

/** What rounding a * b to `product` lost; exact unless it under- or overflows (Dekker 1971). */
export function productError(a: number, b: number, product: number): number {
  const p = splitter * a;
  const aHigh = p - (p - a);
  const aLow = a - aHigh;
  const q = splitter * b;
  const bHigh = q - (q - b);
  const bLow = b - bHigh;
  return aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow);
}

/** What rounding a + b to `sum` lost; exact (Knuth). */
function sumError(a: number, b: number, sum: number): number {
  const part = sum - a;
  return a - (sum - part) + (b - part);
}

/**
 * a * b + c with one rounding, as the processor's fused multiply-add gives it.
 *
 * The exact sum of three doubles is rounded once, by adding the two small parts with rounding to odd first (Boldo and
 * Melquiond, 2008). Right as long as nothing under- or overflows on the way, which holds for the arguments that this
 * package has: between 2^-500 and 2^500 in size, or zero.
 *
 * @example
 * fma(1 + 2 ** -30, 1 - 2 ** -30, -1); // -(2 ** -60); without fusion it is 0
 */
export function fma(a: number, b: number, c: number): number {
  const product = a * b;
  const low = productError(a, b, product);
  const tail = c + low;
  const tailError = sumError(c, low, tail);
  const sum = product + tail;
  const error = sumError(product, tail, sum);
  let rest = tailError + error;
  const lost = sumError(tailError, error, rest);
  if (lost !== 0) rest = towardsOdd(rest, lost);
  return sum + rest;
}

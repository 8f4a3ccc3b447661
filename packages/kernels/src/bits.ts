// The bits of a double, through memory that all functions of this package share between one store and one load.
const double = new Float64Array(1);
const words = new Uint32Array(double.buffer);

/** The upper 32 bits of a double: sign, exponent, 20 bits of the significand. */
export function highWord(x: number): number {
  double[0] = x;
  return words[1]!;
}

/** The double that has these upper 32 bits, and x's lower ones. */
export function withHighWord(x: number, high: number): number {
  double[0] = x;
  words[1] = high;
  return double[0]!;
}

/** x, or if its last bit is 0 its neighbour towards the sign of `direction`, which is not 0. */
export function towardsOdd(x: number, direction: number): number {
  double[0] = x;
  if ((words[0]! & 1) === 1) return x;
  // An even last bit never carries: the neighbour away from zero adds one, the other one borrows.
  if (direction > 0 === x > 0) words[0]!++;
  else {
    if (words[0] === 0) words[1]!--;
    words[0]!--;
  }
  return double[0]!;
}

/** 2 ** m for m in -1024..1023, at index m + 1024. */
export const powersOfTwo: Float64Array = /* @__PURE__ */ Float64Array.from({ length: 2048 }, (_, i) => 2 ** (i - 1024));

/** Doubles from text of 16 hexadecimal digits each. */
export function parseDoubles(text: string): Float64Array {
  const result = new Uint32Array(text.length / 8);
  for (let i = 0; i < result.length; i++) result[i ^ 1] = Number.parseInt(text.slice(8 * i, 8 * i + 8), 16);
  return new Float64Array(result.buffer);
}

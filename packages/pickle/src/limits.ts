/** @module Named limits: what a file may ask for before it is refused. */

/** What reading may take. Every length in a file is also checked against the bytes that are there. */
export interface Limits {
  /** Decimal digits of one text integer, as CPython's `sys.get_int_max_str_digits()`. */
  readonly integerDigits: number;
  /** Objects on the stack at once, and marks. More than 2^26 end the process: V8 has no larger array. */
  readonly stack: number;
  /** The largest memo index. */
  readonly memoIndex: number;
  /** Nesting of tuples and frozensets that serve as a key. */
  readonly keyDepth: number;
}

export const defaultLimits: Limits = {
  integerDigits: 4300,
  stack: 1 << 25,
  memoIndex: 2 ** 32,
  keyDepth: 400,
};

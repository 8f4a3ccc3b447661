/** @module Named limits: what a file may ask for before it is refused. */

/** What reading may take. Every length in a file is also checked against the bytes that are there. */
export interface Limits {
  /** Bytes of the input. */
  readonly bytes: number;
  /** Decimal digits of one text integer, as CPython's `sys.get_int_max_str_digits()`. */
  readonly integerDigits: number;
  /** Objects, and marks, on the stack at once: how deep containers may lie in each other, and how wide a tuple may be. */
  readonly stack: number;
  /** The largest memo index. */
  readonly memoIndex: number;
  /** Nesting of tuples and frozensets that serve as a key; not more than the default. */
  readonly keyDepth: number;
}

/** What is taken when nothing else is said. */
export const defaultLimits: Limits = {
  bytes: 2 ** 33,
  integerDigits: 4300,
  stack: 1 << 25,
  memoIndex: 2 ** 32,
  keyDepth: 400,
};

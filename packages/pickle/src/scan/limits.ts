/** @module Named limits of a scan: reaching one is a finding, never clean. */

/** What scanning may take. */
export interface ScanLimits {
  /** Objects on a pickle's stack at once. */
  readonly stack: number;
  /** Entries of a pickle's memo, and the largest index of one. */
  readonly memoEntries: number;
  /** Decimal digits of one text integer. */
  readonly integerDigits: number;
  /** Containers in containers, pickles in the texts and bytes of pickles, arrays of objects in arrays of objects. */
  readonly depth: number;
  /** Findings that are told apart; what comes after them is counted. */
  readonly findings: number;
  /** Different names in one scan. */
  readonly names: number;
  /** Bytes that all containers of one scan may unfold to, together. */
  readonly unfolded: number;
  /** Places behind malformed bytes, or between them, at which a pickle is looked for. */
  readonly attempts: number;
  /** Values that descriptions of arrays between opcodes may have, together. */
  readonly descriptions: number;
  /** Malformed opcodes in one pickle behind which a reader with other rules may go on. */
  readonly recoveries: number;
}

export const defaultScanLimits: ScanLimits = {
  stack: 1 << 24,
  memoEntries: 1 << 23,
  integerDigits: 4300,
  depth: 16,
  findings: 1000,
  names: 100_000,
  unfolded: 2 ** 31,
  attempts: 64,
  descriptions: 10_000_000,
  recoveries: 100,
};

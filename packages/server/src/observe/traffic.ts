/** @module What a model was asked and how long that took: numbers that cost next to nothing to keep. */

/** The upper bounds of the latency histogram's buckets, in seconds. */
export const BUCKETS = [
  0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60,
] as const;
const BOUNDS = BUCKETS.map((seconds) => seconds * 1000);

/** Counts of one model, or of all that goes to none. */
export class Traffic {
  /** Answers by status. */
  readonly statuses = new Map<number, number>();
  /** Errors by kind. */
  readonly errors = new Map<string, number>();
  /** Answers per bucket; the last are slower than all bounds. */
  readonly buckets = new Float64Array(BUCKETS.length + 1);
  /** Seconds that all answers took. */
  seconds = 0;
  /** Rows that were answered. */
  rows = 0;
  /** Bytes of the model's file, when they are known. */
  bytes = 0;
  private good = 0;

  /** @param rows - how many were answered */
  note(status: number, milliseconds: number, rows: number): void {
    if (status === 200) this.good++;
    else this.statuses.set(status, (this.statuses.get(status) ?? 0) + 1);
    let at = 0;
    while (at < BOUNDS.length && milliseconds > BOUNDS[at]!) at++;
    this.buckets[at]!++;
    this.seconds += milliseconds / 1000;
    this.rows += rows;
  }

  /** Counts an error, by its code or the title of its status. */
  failed(kind: string): void {
    this.errors.set(kind, (this.errors.get(kind) ?? 0) + 1);
  }

  /** Answers by status, the good ones with them. */
  *answers(): Generator<readonly [status: number, count: number]> {
    if (this.good > 0) yield [200, this.good];
    yield* this.statuses;
  }
}

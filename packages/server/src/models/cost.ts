/** @module What rows of a model cost, as measured: decides what runs where. */

/** What a row is taken to cost before anything was measured, in milliseconds. */
const UNKNOWN = 0.02;
/** The weight of the newest measurement. */
const NEWEST = 0.2;

/**
 * The measured cost of a model's rows.
 *
 * @example
 * cost.note(1000, 4); // 1000 rows took 4 ms
 * cost.of(500); // 2
 */
export class Cost {
  private perRow = UNKNOWN;
  private known = false;

  /** @param rows - how many were answered together, in so many milliseconds */
  note(rows: number, milliseconds: number): void {
    if (rows === 0) return;
    const found = milliseconds / rows;
    // A row alone costs what a request costs: it says little of many, but that none costs more.
    if (rows < 8) {
      if (!this.known && found > this.perRow) this.perRow = found;
      return;
    }
    this.perRow = this.known ? this.perRow + NEWEST * (found - this.perRow) : found;
    this.known = true;
  }

  /** Milliseconds that so many rows are expected to take. */
  of(rows: number): number {
    return rows * this.perRow;
  }
}

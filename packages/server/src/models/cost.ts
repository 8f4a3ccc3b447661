/** @module What rows of a model cost, as its state tells and as was measured: decides what runs where. */

import type { Cost as Estimate } from "@curtido/estimators";
import { CurtidoError } from "@curtido/pickle";
import type { Batch } from "../rows/rows.ts";

/** What a row takes whatever the model is, before anything was measured, in milliseconds. */
const ROW = 0.02;
/** What an operation takes, in milliseconds: more than it should, so that what is not known is rather too long than too short. */
const OPERATION = 3e-6;
/** What writing a value of an answer takes, in milliseconds. */
const VALUE = 4e-5;
/** The weight of the newest measurement. */
const NEWEST = 0.2;
/** What no batch may be expected to take: a thread that does it would be ended. */
const LONGEST = 600_000;

/** What {@link Cost} reads of an estimate. */
export type RowCost = Pick<Estimate, "perCall" | "perRow" | "perCharacter">;

const UNKNOWN: RowCost = { perCall: 0, perRow: 0, perCharacter: 0 };

/**
 * The cost of a model's rows: what its state tells, until many of them were measured.
 *
 * @example
 * cost.note(1000, 4); // 1000 rows took 4 ms
 * cost.of(500); // 2
 */
export class Cost {
  /** Milliseconds that a row alone is expected to take, beside its texts. */
  one: number;
  /** Milliseconds that a character of a text takes; 0 where the model reads none. */
  readonly character: number;
  private perRow: number;
  private perCall: number;
  private known = false;
  /** Milliseconds that writing the answer to a row takes. */
  private writing = 0;

  constructor({ perCall, perRow, perCharacter }: RowCost = UNKNOWN) {
    this.perCall = perCall * OPERATION;
    this.perRow = ROW + perRow * OPERATION;
    this.character = perCharacter * OPERATION;
    this.one = this.perCall + this.perRow;
  }

  /** @param rows - how many were answered together, in so many milliseconds */
  note(rows: number, milliseconds: number): void {
    if (rows === 0) return;
    const found = milliseconds / rows;
    // A row alone costs what a request costs: it says little of many, but that none costs more.
    if (rows < 8 && this.known) return;
    this.perRow = this.known ? this.perRow + NEWEST * (found - this.perRow) : found;
    this.perCall = 0;
    this.known ||= rows >= 8;
    this.one = this.perRow + this.writing;
  }

  /** How many values the answer to a row has, as far as one was seen. */
  get width(): number {
    return this.writing / VALUE;
  }

  /** The answer to a row has so many values, all of which are written. */
  noteWidth(values: number): void {
    this.one += values * VALUE - this.writing;
    this.writing = values * VALUE;
  }

  /** Milliseconds that so many rows are expected to take, with so many characters of text in them. */
  of(rows: number, characters = 0): number {
    return Math.max(this.perCall + rows * (this.perRow + this.writing), characters * this.character);
  }

  /** {@link of} a batch. */
  ofBatch({ rows }: Batch): number {
    return this.of(rows.length, this.character === 0 ? 0 : charactersOf(rows));
  }

  /**
   * {@link ofBatch}, if anybody may wait so long.
   *
   * @throws CurtidoError E_LIMIT when that is longer than any thread may take
   */
  expected(batch: Batch): number {
    const expected = this.ofBatch(batch);
    if (expected <= LONGEST) return expected;
    const message = `these ${batch.rows.length} rows would take more than ${LONGEST / 1000} seconds: send fewer at a time`;
    throw new CurtidoError("E_LIMIT", message, { limit: "milliseconds", most: LONGEST, needed: Math.ceil(expected) });
  }
}

/** The characters of all texts in rows, which are values, arrays or objects of them. */
function charactersOf(rows: readonly unknown[]): number {
  let characters = 0;
  for (const row of rows) {
    if (typeof row === "string") characters += row.length;
    else if (typeof row === "object" && row !== null)
      for (const value of Object.values(row)) if (typeof value === "string") characters += value.length;
  }
  return characters;
}

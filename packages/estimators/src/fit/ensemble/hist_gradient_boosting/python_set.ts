/**
 * @module Sets of small whole numbers that list them in the order in which Python's sets do: boosting looks at features in
 * this order, and the order of equally good splits and of sums depends on it. The layout of the table is that of CPython's
 * `Objects/setobject.c`, 3.7 to 3.14.
 */

const LEAST_SIZE = 8;
const PROBES = 9;
const SHIFT = 5;
const EMPTY = -1;
const HOLE = -2;

/** Python's set of whole numbers from 0; numbers are their own hashes. */
export class NumberSet implements Iterable<number> {
  private table = new Int32Array(LEAST_SIZE).fill(EMPTY);
  private filled = 0;
  private holes = false;

  static of(values: Iterable<number>): NumberSet {
    const made = new NumberSet();
    for (const value of values) made.add(value);
    return made;
  }

  get size(): number {
    return this.filled;
  }

  *[Symbol.iterator](): Iterator<number> {
    for (const value of this.table) if (value >= 0) yield value;
  }

  has(value: number): boolean {
    return this.table[this.placeOf(value)] === value;
  }

  /** Where a number is, or would be put. */
  private placeOf(value: number): number {
    const { table } = this;
    const mask = table.length - 1;
    let rest = value;
    for (let at = value & mask; ; at = (at * 5 + 1 + rest) & mask) {
      const probes = at + PROBES <= mask ? PROBES : 0;
      for (let place = at; place <= at + probes; place++)
        if (table[place] === EMPTY || table[place] === value) return place;
      rest >>>= SHIFT;
    }
  }

  add(value: number): void {
    const place = this.placeOf(value);
    if (this.table[place] === value) return;
    this.table[place] = value;
    this.filled++;
    if (this.filled * 5 >= (this.table.length - 1) * 3)
      this.resize(this.filled > 50_000 ? this.filled * 2 : this.filled * 4);
  }

  private resize(least: number): void {
    let size = LEAST_SIZE;
    while (size <= least) size *= 2;
    const before = this.table;
    this.table = new Int32Array(size).fill(EMPTY);
    for (const value of before) if (value !== EMPTY) this.table[this.placeOf(value)] = value;
  }

  /** Adds all of another set (`set.update`). */
  update(other: NumberSet): void {
    if (other.filled === 0) return;
    if ((this.filled + other.filled) * 5 >= (this.table.length - 1) * 3) this.resize((this.filled + other.filled) * 2);
    if (this.filled === 0 && !other.holes && this.table.length === other.table.length) {
      this.table = other.table.slice();
      this.filled = other.filled;
      return;
    }
    for (const value of other) this.add(value);
  }

  /** What is not in another set (`self - other`). */
  without(other: NumberSet): NumberSet {
    const made = new NumberSet();
    if (this.filled >> 2 <= other.filled) {
      for (const value of this) if (!other.has(value)) made.add(value);
      return made;
    }
    made.update(this);
    for (const value of other) made.remove(value);
    return made;
  }

  /** Leaves a hole: only for copies to which nothing is added any more. */
  private remove(value: number): void {
    const place = this.placeOf(value);
    if (this.table[place] !== value) return;
    this.table[place] = HOLE;
    this.holes = true;
    this.filled--;
  }
}

/** @module Finds the bin of a number with few comparisons: a grid over the bounds says which few of them are worth a look. */

/** Cells of the grid for each bound. */
const CELLS = 4;

/**
 * The bins that upper bounds make.
 *
 * A number and a bound are compared only if they lie in the same cell. The cell is a function that never falls, rounding
 * included, so that bounds in lower cells are below the number, and those in higher cells are not.
 *
 * @example
 * new BinLookup(Float64Array.of(0.5, 2)).binOf(1); // 1
 */
export class BinLookup {
  private readonly bounds: Float64Array;
  /** For each cell, and one more, how many bounds lie in lower cells. */
  private readonly starts: Uint16Array;
  private readonly low: number;
  private readonly scale: number;
  private readonly lastCell: number;

  /** @param bounds - in order, all but that of the last bin; finite, at most 65535 */
  constructor(bounds: Float64Array) {
    const count = bounds.length;
    const [low = 0] = bounds;
    const cells = CELLS * count + 1;
    const scale = (cells - 1) / ((bounds.at(-1) ?? 0) - low);
    this.bounds = bounds;
    this.low = low;
    // Bounds that are too close, or too far apart, all lie in one cell.
    this.scale = Number.isFinite(scale) ? scale : 0;
    this.lastCell = cells - 1;
    this.starts = new Uint16Array(cells + 1);
    for (const bound of bounds) this.starts[this.cellOf(bound) + 1]! += 1;
    for (let cell = 0; cell < cells; cell++) this.starts[cell + 1]! += this.starts[cell]!;
  }

  private cellOf(value: number): number {
    const place = (value - this.low) * this.scale;
    return place >= this.lastCell ? this.lastCell : place > 0 ? place | 0 : 0;
  }

  /** The first bin whose upper bound is not below the number, which is not NaN. */
  binOf(value: number): number {
    const { bounds, starts } = this;
    const cell = this.cellOf(value);
    let low = starts[cell]!;
    let high = starts[cell + 1]!;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (value <= bounds[middle]!) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

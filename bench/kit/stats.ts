/** @module The few numbers that a series of measurements comes down to. */

/** The middle one; the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

/** The median of `ours[i] / theirs[i]`: what was measured one after the other is compared, so that a busy machine slows both. */
export function pairedRatio(ours: readonly number[], theirs: readonly number[]): number {
  return median(ours.map((value, at) => value / theirs[at]!));
}

/** Runs the sides in turn, so many rounds, and gives each side's results in order. */
export async function alternate<T>(rounds: number, sides: readonly (() => Promise<T>)[]): Promise<T[][]> {
  const results: T[][] = sides.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const [at, side] of sides.entries()) results[at]!.push(await side());
  }
  return results;
}

/** @module Short texts that stand for long ones. */

/** Characters of a text from which on a digest stands for it. */
export const LONG = 256;

/** The largest prime below 2^26: a product of two residues is exact. */
const PRIME = 67_108_859;
/** Polynomials over residues; nobody who writes a file knows at which points they are evaluated. */
const POINTS = Array.from({ length: 8 }, () => 1 + Math.floor(Math.random() * (PRIME - 1)));

/**
 * What stands for a long text: the same for equal ones, and for others only by a chance below 2^-40: polynomials of the text's
 * characters at random points (Carter and Wegman 1979).
 */
export function digest(text: string): string {
  const sums = new Float64Array(POINTS.length);
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at) + 1;
    for (let lane = 0; lane < POINTS.length; lane++) sums[lane] = (sums[lane]! * POINTS[lane]! + code) % PRIME;
  }
  return `\0d${text.length}:${sums.join()}`;
}

/** The digests of the long texts and integers of one file, each made once. */
export class Digests {
  private known: Map<string | bigint, string> | undefined = undefined;

  /** The text itself, or its digest. */
  of(text: string): string {
    return text.length <= LONG ? text : this.once(text, () => digest(text));
  }

  /** An integer as a text, in hexadecimal, which takes no longer than the integer is. */
  ofInteger(value: bigint): string {
    return this.once(value, () => {
      const text = value.toString(16);
      return text.length <= LONG ? text : digest(text);
    });
  }

  private once(value: string | bigint, make: () => string): string {
    this.known ??= new Map();
    let found = this.known.get(value);
    if (found === undefined) {
      found = make();
      this.known.set(value, found);
    }
    return found;
  }
}

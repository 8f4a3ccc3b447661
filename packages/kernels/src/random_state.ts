import { exp } from "./exp.ts";
import { log } from "./log.ts";

const LENGTH = 624;
const SHIFT = 397;
const UPPER = 0x80000000;
const LOWER = 0x7fffffff;
const TWIST = 0x9908b0df;

/** Where a generator stands: 624 words, and how many of them are used up. */
export interface MersenneState {
  readonly key: Uint32Array;
  readonly position: number;
}

/**
 * numpy's `numpy.random.RandomState`: the Mersenne Twister MT19937 (Matsumoto and Nishimura 1998), and its numbers in
 * numpy's order, so that the same seed gives the same draws.
 *
 * @example
 * new RandomState(0).random(); // 0.5488135039273248
 */
export class RandomState {
  private readonly key = new Uint32Array(LENGTH);
  private position = LENGTH;
  /** The second of two normal numbers, which are drawn in pairs. */
  private spare: number | undefined;

  /** @param seed - an integer from 0 to 2^32 - 1, or where another generator stands */
  constructor(seed: number | MersenneState) {
    if (typeof seed === "number") {
      if (!(Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32))
        throw new RangeError("a seed is between 0 and 2^32 - 1");
      this.key[0] = seed;
      for (let at = 1; at < LENGTH; at++) {
        const before = this.key[at - 1]!;
        this.key[at] = Math.imul(1812433253, before ^ (before >>> 30)) + at;
      }
    } else {
      if (seed.key.length !== LENGTH || !(seed.position >= 0 && seed.position <= LENGTH))
        throw new RangeError(`a state has ${LENGTH} words and a position in them`);
      this.key.set(seed.key);
      this.position = seed.position;
    }
  }

  /** Where the generator stands. */
  get state(): MersenneState {
    return { key: this.key.slice(), position: this.position };
  }

  /** 32 random bits. */
  uint32(): number {
    if (this.position === LENGTH) this.twist();
    let y = this.key[this.position++]!;
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  }

  private twist(): void {
    const { key } = this;
    for (let at = 0; at < LENGTH; at++) {
      const y = (key[at]! & UPPER) | (key[(at + 1) % LENGTH]! & LOWER);
      key[at] = key[(at + SHIFT) % LENGTH]! ^ (y >>> 1) ^ (y & 1 ? TWIST : 0);
    }
    this.position = 0;
  }

  /** From 0 up to, but not including 1, with 53 bits (`random_sample`). */
  random(): number {
    const high = this.uint32() >>> 5;
    const low = this.uint32() >>> 6;
    return (high * 67108864 + low) / 9007199254740992;
  }

  /** A whole number from 0 up to, but not including `end` (`randint(end)`), for ends up to 2^32 - 1. */
  below(end: number): number {
    const most = end - 1;
    if (most === 0) return 0;
    let mask = most;
    for (let shift = 1; shift <= 16; shift *= 2) mask |= mask >>> shift;
    for (;;) {
      const value = (this.uint32() & mask) >>> 0;
      if (value <= most) return value;
    }
  }

  /** The whole numbers below `count` in a random order (`permutation`). */
  permutation(count: number): Int32Array {
    const out = Int32Array.from({ length: count }, (_, at) => at);
    for (let at = count - 1; at > 0; at--) {
      const other = this.below(at + 1);
      [out[at], out[other]] = [out[other]!, out[at]!];
    }
    return out;
  }

  /** Brings a list into a random order, in place (`shuffle`). */
  shuffle(list: { [at: number]: unknown; readonly length: number }): void {
    for (let at = list.length - 1; at > 0; at--) {
      const other = this.below(at + 1);
      [list[at], list[other]] = [list[other], list[at]];
    }
  }

  /** `size` draws from 0 up to, but not including `end` (`randint(end, size=size)`). */
  integers(end: number, size: number): Int32Array {
    return Int32Array.from({ length: size }, () => this.below(end));
  }

  /** `size` different numbers below `count` (`choice(count, size, replace=False)`). */
  choice(count: number, size: number): Int32Array {
    if (!(size >= 0 && size <= count)) throw new RangeError(`${count} numbers have no ${size} different ones`);
    return this.permutation(count).subarray(0, size);
  }

  /**
   * `size` numbers below `probabilities.length`, each as often as its probability says (`choice(n, size, p=probabilities)`).
   *
   * @param probabilities - that sum up to 1
   */
  weighted(probabilities: ArrayLike<number>, size: number): Int32Array {
    const bounds = new Float64Array(probabilities.length);
    let sum = 0;
    for (let at = 0; at < bounds.length; at++) bounds[at] = sum += probabilities[at]!;
    for (let at = 0; at < bounds.length; at++) bounds[at]! /= sum;
    return Int32Array.from({ length: size }, () => firstAbove(bounds, this.random()));
  }

  /** A normal number with mean 0 and deviation 1 (`standard_normal`), by Marsaglia's polar method as numpy's legacy has it. */
  standardNormal(): number {
    const { spare } = this;
    this.spare = undefined;
    if (spare !== undefined) return spare;
    for (;;) {
      const x = 2 * this.random() - 1;
      const y = 2 * this.random() - 1;
      const square = x * x + y * y;
      if (square >= 1 || square === 0) continue;
      const factor = Math.sqrt((-2 * log(square)) / square);
      this.spare = factor * x;
      return factor * y;
    }
  }

  /**
   * Which of several outcomes one draw has: where `multinomial(1, probabilities)` has its 1.
   *
   * @param probabilities - that sum up to 1; what they lack goes to the last
   */
  outcome(probabilities: ArrayLike<number>): number {
    let rest = 1;
    for (let at = 0; at + 1 < probabilities.length; at++) {
      if (this.happens(probabilities[at]! / rest)) return at;
      rest -= probabilities[at]!;
    }
    return probabilities.length - 1;
  }

  /** `binomial(1, p) === 1`, by inversion as numpy does it. */
  private happens(p: number): boolean {
    if (p > 0.5) return !this.inverted(1 - p);
    return this.inverted(p);
  }

  private inverted(p: number): boolean {
    const miss = exp(log(1 - p));
    for (;;) {
      const draw = this.random();
      if (draw <= miss) return false;
      const hit = (p * miss) / (1 - p);
      // Rounding may leave a sliver above both: numpy draws again.
      if (draw - miss <= hit) return true;
    }
  }
}

/** `searchsorted(bounds, value, side="right")` */
function firstAbove(bounds: Float64Array, value: number): number {
  let low = 0;
  let high = bounds.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (bounds[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Words of numpy's pool of entropy. */
const POOL = 4;
const MASK64 = (1n << 64n) - 1n;
const MASK128 = (1n << 128n) - 1n;
const MULTIPLIER = 0x2360ed051fc65da44385df649fccf645n;

/** Where a generator stands, as numpy pickles it. */
export interface Pcg64State {
  readonly state: bigint;
  readonly increment: bigint;
  /** Whether half of the last 64 bits is left, and this half. */
  readonly hasSpare: boolean;
  readonly spare: number;
}

/**
 * numpy's `numpy.random.default_rng(seed)`: PCG64 (O'Neill 2014, XSL-RR 128/64), seeded through `SeedSequence`.
 *
 * @example
 * new Pcg64(0).uint32(); // 3653403231
 */
export class Pcg64 {
  private state = 0n;
  private readonly increment: bigint;
  private spare: number | undefined;

  /** @param seed - an integer from 0 to 2^32 - 1 */
  constructor(seed: number) {
    if (!(Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32))
      throw new RangeError("a seed is between 0 and 2^32 - 1");
    const [high, low, streamHigh, streamLow] = seedWords(seed);
    this.increment = ((((streamHigh! << 64n) | streamLow!) << 1n) | 1n) & MASK128;
    this.step();
    this.state = (this.state + ((high! << 64n) | low!)) & MASK128;
    this.step();
  }

  /** Where the generator stands. */
  snapshot(): Pcg64State {
    const { state, increment, spare } = this;
    return { state, increment, hasSpare: spare !== undefined, spare: spare ?? 0 };
  }

  private step(): void {
    this.state = (this.state * MULTIPLIER + this.increment) & MASK128;
  }

  private uint64(): bigint {
    this.step();
    const mixed = (this.state >> 64n) ^ (this.state & MASK64);
    const turn = this.state >> 122n;
    return ((mixed >> turn) | (mixed << (64n - turn))) & MASK64;
  }

  /** 32 random bits: halves of 64, the lower one first. */
  uint32(): number {
    const { spare } = this;
    this.spare = undefined;
    if (spare !== undefined) return spare;
    const both = this.uint64();
    this.spare = Number(both >> 32n);
    return Number(both & 0xffffffffn);
  }

  /** A whole number from 0 to `most`, which is below 2^32: bits that are too great are drawn again. */
  upTo(most: number): number {
    if (most === 0) return 0;
    const mask = 0xffffffff >>> Math.clz32(most);
    for (;;) {
      const value = (this.uint32() & mask) >>> 0;
      if (value <= most) return value;
    }
  }

  /** Brings a list into a random order, in place (`Generator.shuffle`). */
  shuffle(list: { [at: number]: unknown; readonly length: number }): void {
    for (let at = list.length - 1; at > 0; at--) {
      const other = this.upTo(at);
      [list[at], list[other]] = [list[other], list[at]];
    }
  }
}

/** Four words of 64 bits from a seed: numpy's `SeedSequence(seed).generate_state(4, numpy.uint64)`. */
function seedWords(seed: number): bigint[] {
  const pool = mixedPool(seed);
  let constant = 0x8b51f9dd;
  const words = Array.from({ length: 2 * POOL }, (_, at) => {
    let word = (pool[at % POOL]! ^ constant) >>> 0;
    constant = Math.imul(constant, 0x58f38ded) >>> 0;
    word = Math.imul(word, constant) >>> 0;
    return (word ^ (word >>> 16)) >>> 0;
  });
  return Array.from({ length: POOL }, (_, at) => BigInt(words[2 * at]!) | (BigInt(words[2 * at + 1]!) << 32n));
}

function mixedPool(seed: number): number[] {
  let constant = 0x43b0d7e5;
  const hash = (value: number) => {
    let word = (value ^ constant) >>> 0;
    constant = Math.imul(constant, 0x931e8875) >>> 0;
    word = Math.imul(word, constant) >>> 0;
    return (word ^ (word >>> 16)) >>> 0;
  };
  const pool = Array.from({ length: POOL }, (_, at) => hash(at === 0 ? seed : 0));
  for (let from = 0; from < POOL; from++) {
    for (let to = 0; to < POOL; to++) {
      if (from === to) continue;
      const mixed = (Math.imul(0xca01f9dd, pool[to]!) - Math.imul(0x4973f715, hash(pool[from]!))) >>> 0;
      pool[to] = (mixed ^ (mixed >>> 16)) >>> 0;
    }
  }
  return pool;
}

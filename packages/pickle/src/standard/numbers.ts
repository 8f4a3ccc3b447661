/** @module `decimal.Decimal` and `fractions.Fraction`. */

import { type Keyed, unhashable } from "../keyed.ts";

const DECIMAL = /^([+-]?)(?:(\d+)\.?(\d*)|\.(\d+))(?:e([+-]?\d+))?$/i;
const SPECIAL = /^[+-]?(?:inf|infinity|s?nan\d*)$/i;
/** Powers of ten beyond which a Decimal is compared as a key by its text only. */
const MOST_EXPONENT = 400;

/** A decimal number, kept as its text: `1.50` is not `1.5`. */
export class Decimal implements Keyed {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  /** The number that a text spells, or `undefined` when it spells none. */
  static of(text: string): Decimal | undefined {
    const plain = text.trim().replaceAll("_", "");
    return DECIMAL.test(plain) || SPECIAL.test(plain) ? new Decimal(text) : undefined;
  }

  /** The nearest double. */
  toNumber(): number {
    if (/nan/i.test(this.text)) return Number.NaN;
    return Number(
      this.text
        .trim()
        .replaceAll("_", "")
        .replace(/inf(inity)?/i, "Infinity"),
    );
  }

  /** Python has no hash of a signalling NaN; any other is equal to nothing but the object itself. */
  key(): unknown {
    if (/snan/i.test(this.text)) throw unhashable("decimal.Decimal");
    if (/nan/i.test(this.text)) return undefined;
    const [, sign = "", whole = "", part = "", only = "", power = "0"] =
      DECIMAL.exec(this.text.trim().replaceAll("_", "")) ?? [];
    const digits = `${whole}${part}${only}`;
    const exponent = Number(power) - part.length - only.length;
    if (digits === "" || digits.length > MOST_EXPONENT || Math.abs(exponent) > MOST_EXPONENT) {
      const value = this.toNumber();
      return Number.isFinite(value) ? `decimal ${this.text}` : value;
    }
    const value = BigInt(digits) * (sign === "-" ? -1n : 1n);
    return exponent >= 0 ? value * 10n ** BigInt(exponent) : rationalKey(value, 10n ** BigInt(-exponent));
  }

  toString(): string {
    return this.text;
  }
}

/** A ratio of two integers in lowest terms, the lower one above 0. */
export class Fraction implements Keyed {
  readonly numerator: number | bigint;
  readonly denominator: number | bigint;

  constructor(numerator: number | bigint, denominator: number | bigint) {
    this.numerator = numerator;
    this.denominator = denominator;
  }

  key(): unknown {
    return rationalKey(BigInt(this.numerator), BigInt(this.denominator));
  }

  /** `numerator/denominator`, or the numerator alone when it is an integer. */
  toString(): string {
    return BigInt(this.denominator) === 1n ? String(this.numerator) : `${this.numerator}/${this.denominator}`;
  }
}

/** The same for equal numbers: an integer, a double where one is exact, else the ratio in lowest terms. */
function rationalKey(numerator: bigint, denominator: bigint): unknown {
  const divisor = gcd(numerator < 0n ? -numerator : numerator, denominator);
  const [up, down] = divisor === 0n ? [numerator, denominator] : [numerator / divisor, denominator / divisor];
  if (down === 1n) return up;
  const value = Number(up) / Number(down);
  const isDouble = (down & (down - 1n)) === 0n && BigInt(Number(up)) === up && Number.isFinite(value) && value !== 0;
  return isDouble ? value : `ratio ${up}/${down}`;
}

function gcd(a: bigint, b: bigint): bigint {
  let [large, small] = [a, b];
  while (small !== 0n) [large, small] = [small, large % small];
  return large;
}

/**
 * Decimal numbers from bytes: the double that is nearest, as `Number` has it, without a text for nearly all of them.
 *
 * Up to 15 digits are exact in a double, and so is a power of ten up to 22: their quotient is rounded once. 16 to 18 digits are
 * the exact sum of two doubles; the quotient's rest is found exactly (Dekker 1971), and says how the quotient is to be rounded,
 * unless it lies too near to the middle between two doubles: then `Number` decides.
 *
 * @module
 */

const [POINT, PLUS, MINUS, ZERO, NINE, LARGE_E, SMALL_E] = [46, 43, 45, 48, 57, 69, 101];
/** Powers of ten that are exact. */
const TEN = Float64Array.from({ length: 23 }, (_, power) => Number(`1e${power}`));
/** Halves of doubles have 26 bits. */
const SPLIT = 2 ** 27 + 1;
const TEN_HIGH = TEN.map((power) => high(power));
const TEN_LOW = TEN.map((power) => power - high(power));
/** Nearly their inverses: a rest needs no more. */
const TENTH = TEN.map((power) => 1 / power);
const FIVE = Float64Array.from({ length: 23 }, (_, power) => 5 ** power);
/** Below, all whole numbers are doubles. */
const EXACT = 2 ** 53;
/** How many digits behind the point are taken into the first double. */
const FIRST = 8;
const MOST_DIGITS = 18;
const EXACT_DIGITS = 15;
/** How much a rest may be wrong by, generously. */
const DOUBT = 2 ** -46;

function high(value: number): number {
  const scaled = SPLIT * value;
  return scaled - (scaled - value);
}

/** What stood in a place of a number. */
export const NOTHING = 0;
/** Digits without point and exponent, at most 15 of them. */
export const WHOLE = 1;
export const FRACTION = 2;
/** More digits without point and exponent: an integer that a double may not tell from others. Or what is larger than all doubles. */
export const BEYOND = 3;

/** Reads numbers out of bytes, one after the other. */
export class DecimalReader {
  private readonly bytes: Uint8Array;
  private readonly view: DataView;
  /** Behind the last place where four bytes can be read at once. */
  private readonly fours: number;
  /** Behind the last byte of the number. */
  end = 0;
  /** What it is: {@link NOTHING}, {@link WHOLE}, {@link FRACTION} or {@link BEYOND}. */
  kind = NOTHING;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.fours = bytes.length - 3;
  }

  /** The number that begins at a place. */
  read(from: number): number {
    const { bytes } = this;
    const sign = bytes[from];
    const begin = sign === MINUS || sign === PLUS ? from + 1 : from;
    let at = begin;
    let whole = 0;
    for (let byte = bytes[at]!; byte >= ZERO && byte <= NINE; byte = bytes[++at]!) whole = whole * 10 + (byte - ZERO);
    const point = bytes[at];
    if (at - begin > EXACT_DIGITS || at === begin) return this.readAny(from);
    if (point === SMALL_E || point === LARGE_E) return this.readAny(from);
    if (point !== POINT) {
      this.end = at;
      this.kind = WHOLE;
      return sign === MINUS ? -whole : whole;
    }
    const value = this.fraction(whole, at + 1);
    if (value < 0) return this.readAny(from);
    return sign === MINUS ? -value : value;
  }

  /** A number with its fraction, most of them: at most 8 and 10 digits; -1 for what is left to {@link readAny}. */
  private fraction(whole: number, from: number): number {
    const { bytes } = this;
    let at = from;
    let first = 0;
    let second = 0;
    for (let block = 0; block < 4; block++) {
      const four = this.four(at);
      if (four < 0) break;
      if (block < 2) first = first * 1e4 + four;
      else second = second * 1e4 + four;
      at += 4;
    }
    for (let byte = bytes[at]!; byte >= ZERO && byte <= NINE; byte = bytes[++at]!) {
      if (at - from < FIRST) first = first * 10 + (byte - ZERO);
      else second = second * 10 + (byte - ZERO);
    }
    const scale = at - from;
    const byte = bytes[at];
    if (scale > MOST_DIGITS || byte === SMALL_E || byte === LARGE_E) return -1;
    this.end = at;
    this.kind = FRACTION;
    if (scale <= FIRST) {
      const sum = whole * TEN[scale]! + first;
      return sum < EXACT ? sum / TEN[scale]! : -1;
    }
    const large = whole * TEN[FIRST]! + first;
    return large * FIVE[scale - FIRST]! < EXACT ? this.quotient(large * TEN[scale - FIRST]!, second, scale) : -1;
  }

  /** Four digits at once; -1 when the next bytes are no four digits. */
  private four(at: number): number {
    if (at >= this.fours) return -1;
    const word = this.view.getInt32(at, true);
    if (((word & 0xf0f0f0f0) | (((word + 0x06060606) & 0xf0f0f0f0) >>> 4)) !== 0x33333333) return -1;
    const digits = word - 0x30303030;
    const pairs = (Math.imul(digits, 10) + (digits >>> 8)) & 0x00ff00ff;
    return (Math.imul(pairs, 100) + (pairs >>> 16)) & 0xffff;
  }

  /** The sum of two doubles over a power of ten; -1 when it is not certain. */
  private quotient(large: number, small: number, scale: number): number {
    const sum = large + small;
    const power = TEN[scale]!;
    const quotient = sum / power;
    if (sum < EXACT) return quotient;
    const rest = small - (sum - large);
    const product = quotient * power;
    const up = high(quotient);
    const powerUp = TEN_HIGH[scale]!;
    const powerDown = TEN_LOW[scale]!;
    const down = quotient - up;
    const error = up * powerUp - product + up * powerDown + down * powerUp + down * powerDown;
    const more = (sum - product - error + rest) * TENTH[scale]!;
    const value = quotient + more * (1 + DOUBT);
    return value === quotient + more * (1 - DOUBT) ? value : -1;
  }

  /** A number as it comes. */
  private readAny(from: number): number {
    const { bytes } = this;
    const sign = bytes[from];
    const begin = sign === MINUS || sign === PLUS ? from + 1 : from;
    let [at, significant, point] = [begin, 0, -1];
    for (; ; at++) {
      const byte = bytes[at]!;
      if (byte >= ZERO && byte <= NINE) significant += significant > 0 || byte !== ZERO ? 1 : 0;
      else if (byte === POINT && point < 0) point = at;
      else break;
    }
    this.end = at;
    this.kind = at - begin - (point < 0 ? 0 : 1) === 0 ? NOTHING : FRACTION;
    if (this.kind === NOTHING) return Number.NaN;
    const byte = bytes[at];
    const scaled = (byte === SMALL_E || byte === LARGE_E) && this.behindExponent(at + 1);
    if (point < 0 && !scaled) this.kind = significant <= EXACT_DIGITS ? WHOLE : BEYOND;
    const value = this.written(begin);
    if (value === Number.POSITIVE_INFINITY) this.kind = BEYOND;
    return sign === MINUS ? -value : value;
  }

  /** Goes behind an exponent; without digits there is none. */
  private behindExponent(from: number): boolean {
    const { bytes } = this;
    const sign = bytes[from];
    const begin = sign === MINUS || sign === PLUS ? from + 1 : from;
    let at = begin;
    while (bytes[at]! >= ZERO && bytes[at]! <= NINE) at++;
    if (at > begin) this.end = at;
    return at > begin;
  }

  /** The number as `Number` reads its text. */
  private written(from: number): number {
    let text = "";
    for (let at = from; at < this.end; at++) text += String.fromCharCode(this.bytes[at]!);
    return Number(text);
  }
}

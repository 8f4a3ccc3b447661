/** @module CityHash64 in its first release, by which CatBoost knows categories. */

const MASK = (1n << 64n) - 1n;
const K0 = 0xc3a5c85c97cb3127n;
const K1 = 0xb492b66fbe98f273n;
const K2 = 0x9ae16a3b2f90404fn;
const K3 = 0xc949d7c7509e6557n;
/** The multiplier of the mix of two words. */
const MIX = 0x9ddfea08eb382d69n;

const word = (value: bigint) => value & MASK;
const times = (a: bigint, b: bigint) => (a * b) & MASK;
const rotate = (value: bigint, by: number) => (value >> BigInt(by)) | word(value << BigInt(64 - by));
const fold = (value: bigint) => value ^ (value >> 47n);

function mix(low: bigint, high: bigint): bigint {
  const a = fold(times(low ^ high, MIX));
  return times(fold(times(high ^ a, MIX)), MIX);
}

/** The bytes of a text, read as little-endian words; offsets below 0 count from the end. */
class Words {
  readonly size: bigint;
  readonly #view: DataView;

  constructor(bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.size = BigInt(bytes.length);
  }

  long(at: number): bigint {
    return this.#view.getBigUint64(at < 0 ? Number(this.size) + at : at, true);
  }
  int(at: number): bigint {
    return BigInt(this.#view.getUint32(at < 0 ? Number(this.size) + at : at, true));
  }
  byte(at: number): bigint {
    return BigInt(this.#view.getUint8(at));
  }
}

function upTo16(s: Words): bigint {
  const { size } = s;
  if (size > 8n) {
    const last = s.long(-8);
    return mix(s.long(0), rotate(word(last + size), Number(size))) ^ last;
  }
  if (size >= 4n) return mix(word(size + (s.int(0) << 3n)), s.int(-4));
  if (size === 0n) return K2;
  const y = s.byte(0) + (s.byte(Number(size >> 1n)) << 8n);
  const z = size + (s.byte(Number(size) - 1) << 2n);
  return times(fold(times(y, K2) ^ times(z, K3)), K2);
}

function upTo32(s: Words): bigint {
  const a = times(s.long(0), K1);
  const b = s.long(8);
  const c = times(s.long(-8), K2);
  const d = times(s.long(-16), K0);
  return mix(word(rotate(word(a - b), 43) + rotate(c, 30) + d), word(a + rotate(b ^ K3, 20) - c + s.size));
}

/** One half of {@link upTo64}: 32 bytes, of which `first` is mixed already. */
function half(first: bigint, second: bigint, third: bigint, last: bigint): readonly [bigint, bigint] {
  const a = word(first + second);
  const b = word(a + third);
  const c = word(rotate(first, 37) + rotate(a, 7));
  return [word(b + last), word(rotate(word(first + last), 52) + rotate(b, 31) + c)];
}

function upTo64(s: Words): bigint {
  const start = word(s.long(0) + times(word(s.size + s.long(-16)), K0));
  const [vf, vs] = half(start, s.long(8), s.long(16), s.long(24));
  const [wf, ws] = half(word(s.long(16) + s.long(-32)), s.long(-24), s.long(-16), s.long(-8));
  const r = fold(word(times(word(vf + ws), K2) + times(word(wf + vs), K0)));
  return times(fold(word(times(r, K0) + vs)), K2);
}

/** 32 bytes and two seeds, to two words. */
function weak(s: Words, at: number, seed: bigint, other: bigint): readonly [bigint, bigint] {
  const first = word(seed + s.long(at));
  const last = s.long(at + 24);
  const b = rotate(word(other + first + last), 21);
  const sum = word(first + s.long(at + 8) + s.long(at + 16));
  return [word(sum + last), word(b + rotate(sum, 44) + first)];
}

function longer(s: Words): bigint {
  let x = s.long(0);
  let y = s.long(-16) ^ K1;
  let z = s.long(-56) ^ K0;
  let v = weak(s, -64, s.size, y);
  let w = weak(s, -32, times(s.size, K1), K0);
  z = word(z + times(fold(v[1]), K1));
  x = times(rotate(word(z + x), 39), K1);
  y = times(rotate(y, 33), K1);
  const blocks = Number((s.size - 1n) >> 6n);
  for (let block = 0; block < blocks; block++) {
    const at = block * 64;
    x = times(rotate(word(x + y + v[0] + s.long(at + 16)), 37), K1) ^ w[1];
    y = times(rotate(word(y + v[1] + s.long(at + 48)), 42), K1) ^ v[0];
    z = rotate(z ^ w[0], 33);
    v = weak(s, at, times(v[1], K1), word(x + w[0]));
    w = weak(s, at + 32, word(z + w[1]), y);
    [x, z] = [z, x];
  }
  return mix(word(mix(v[0], w[0]) + times(fold(y), K1) + z), word(mix(v[1], w[1]) + x));
}

/**
 * CityHash64 of bytes, release 1.0.
 *
 * @example
 * cityHash64(new Uint8Array(0)); // 0x9ae16a3b2f90404fn
 */
export function cityHash64(bytes: Uint8Array): bigint {
  const s = new Words(bytes);
  if (bytes.length <= 16) return upTo16(s);
  if (bytes.length <= 32) return upTo32(s);
  return bytes.length <= 64 ? upTo64(s) : longer(s);
}

/** What CatBoost keeps of a category: the lower half of the hash of its text, as a signed integer. */
export function categoryHash(text: string): number {
  return Number(BigInt.asIntN(32, cityHash64(new TextEncoder().encode(text))));
}

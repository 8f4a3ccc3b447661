/** @module The checksums of zlib (Adler-32), gzip, zip and bzip2 (CRC-32) and xz (CRC-64, SHA-256). */

const crc32Table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value >>> 0;
});

/** The CRC-32 of gzip, zip and xz: reflected polynomial 0xEDB88320. */
export function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (let at = 0; at < bytes.length; at++) crc = crc32Table[(crc ^ bytes[at]!) & 0xff]! ^ (crc >>> 8);
  return ~crc >>> 0;
}

const bzip2Table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte << 24;
  for (let bit = 0; bit < 8; bit++) value = value & 0x80000000 ? (value << 1) ^ 0x04c11db7 : value << 1;
  return value >>> 0;
});

/** The CRC-32 of bzip2, which takes the highest bit first. */
export function crc32Bzip2(bytes: Uint8Array, from: number, to: number): number {
  let crc = 0xffffffff;
  for (let at = from; at < to; at++) crc = (crc << 8) ^ bzip2Table[(crc >>> 24) ^ bytes[at]!]!;
  return ~crc >>> 0;
}

/** Sums below 2^32 for so many bytes: then the remainder must be taken. */
const ADLER_RUN = 3800;

/** Adler-32, as RFC 1950 has it. */
export function adler32(bytes: Uint8Array): number {
  let a = 1;
  let b = 0;
  for (let at = 0; at < bytes.length; ) {
    const end = Math.min(at + ADLER_RUN, bytes.length);
    for (; at < end; at++) {
      a += bytes[at]!;
      b += a;
    }
    a %= 65521;
    b %= 65521;
  }
  return ((b << 16) | a) >>> 0;
}

const [crc64High, crc64Low] = (() => {
  const high = new Uint32Array(256);
  const low = new Uint32Array(256);
  for (let byte = 0; byte < 256; byte++) {
    let h = 0;
    let l = byte;
    for (let bit = 0; bit < 8; bit++) {
      const carry = l & 1;
      l = (l >>> 1) | (h << 31);
      h >>>= 1;
      if (carry) {
        h ^= 0xc96c5795;
        l ^= 0xd7870f42;
      }
    }
    high[byte] = h;
    low[byte] = l;
  }
  return [high, low];
})();

/** The CRC-64 of xz (ECMA-182, reflected), as its high and low half. */
export function crc64(bytes: Uint8Array): readonly [high: number, low: number] {
  let high = 0xffffffff;
  let low = 0xffffffff;
  for (let at = 0; at < bytes.length; at++) {
    const index = (low ^ bytes[at]!) & 0xff;
    low = ((low >>> 8) | (high << 24)) ^ crc64Low[index]!;
    high = (high >>> 8) ^ crc64High[index]!;
  }
  return [~high >>> 0, ~low >>> 0];
}

const PRIMES = (() => {
  const primes: number[] = [];
  for (let number = 2; primes.length < 64; number++) {
    if (primes.every((prime) => number % prime !== 0)) primes.push(number);
  }
  return primes;
})();
/** The first 32 bits of a root's fraction, as FIPS 180-4 makes its constants. */
const fraction = (root: number) => Math.floor((root - Math.floor(root)) * 2 ** 32) | 0;
const shaRounds = Int32Array.from(PRIMES, (prime) => fraction(Math.cbrt(prime)));
const shaStart = PRIMES.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)));
const right = (value: number, by: number) => (value >>> by) | (value << (32 - by));

/** SHA-256 as eight words. */
export function sha256(bytes: Uint8Array): Uint32Array {
  const tail = new Uint8Array(bytes.length % 64 < 56 ? 64 : 128);
  const whole = bytes.length - (bytes.length % 64);
  tail.set(bytes.subarray(whole));
  tail[bytes.length % 64] = 0x80;
  const end = new DataView(tail.buffer);
  end.setUint32(tail.length - 8, Math.floor(bytes.length / 2 ** 29));
  end.setUint32(tail.length - 4, bytes.length << 3);
  const hash = Int32Array.from(shaStart);
  shaBlocks(hash, bytes.subarray(0, whole));
  shaBlocks(hash, tail);
  return Uint32Array.from(hash);
}

function shaBlocks(hash: Int32Array, bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const words = new Int32Array(64);
  for (let at = 0; at < bytes.length; at += 64) {
    for (let index = 0; index < 16; index++) words[index] = view.getInt32(at + 4 * index);
    for (let index = 16; index < 64; index++) {
      const early = words[index - 15]!;
      const late = words[index - 2]!;
      const a = right(early, 7) ^ right(early, 18) ^ (early >>> 3);
      const b = right(late, 17) ^ right(late, 19) ^ (late >>> 10);
      words[index] = words[index - 16]! + a + words[index - 7]! + b;
    }
    let [a, b, c, d, e, f, g, h] = hash as unknown as number[] as [
      number,
      number,
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    for (let index = 0; index < 64; index++) {
      const choice = (e & f) ^ (~e & g);
      const one = (h + (right(e, 6) ^ right(e, 11) ^ right(e, 25)) + choice + shaRounds[index]! + words[index]!) | 0;
      const two = ((right(a, 2) ^ right(a, 13) ^ right(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
    }
    [a, b, c, d, e, f, g, h].forEach((word, index) => (hash[index] = hash[index]! + word));
  }
}

/** @module The checksums of lz4 (xxHash32) and zstd (xxHash64, its low half). */

const P32 = [0x9e3779b1, 0x85ebca77, 0xc2b2ae3d, 0x27d4eb2f, 0x165667b1] as const;

const rotate = (value: number, by: number) => (value << by) | (value >>> (32 - by));

/** xxHash32 with seed 0. */
export function xxh32(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { length } = bytes;
  let at = 0;
  let hash: number;
  if (length >= 16) {
    const lanes = [(P32[0] + P32[1]) | 0, P32[1] | 0, 0, -P32[0] | 0];
    for (; at <= length - 16; at += 16) {
      for (let lane = 0; lane < 4; lane++) {
        const mixed = lanes[lane]! + Math.imul(view.getUint32(at + 4 * lane, true), P32[1]);
        lanes[lane] = Math.imul(rotate(mixed, 13), P32[0]);
      }
    }
    hash = rotate(lanes[0]!, 1) + rotate(lanes[1]!, 7) + rotate(lanes[2]!, 12) + rotate(lanes[3]!, 18);
  } else hash = P32[4];
  hash = (hash + length) | 0;
  for (; at <= length - 4; at += 4) {
    hash = Math.imul(rotate(hash + Math.imul(view.getUint32(at, true), P32[2]), 17), P32[3]);
  }
  for (; at < length; at++) hash = Math.imul(rotate(hash + Math.imul(bytes[at]!, P32[4]), 11), P32[0]);
  hash = Math.imul(hash ^ (hash >>> 15), P32[1]);
  hash = Math.imul(hash ^ (hash >>> 13), P32[2]);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** An unsigned 64-bit number in two halves: bigints are ten times slower here. */
type U64 = readonly [high: number, low: number];

const P64: readonly U64[] = [
  [0x9e3779b1, 0x85ebca87],
  [0xc2b2ae3d, 0x27d4eb4f],
  [0x165667b1, 0x9e3779f9],
  [0x85ebca77, 0xc2b2ae63],
  [0x27d4eb2f, 0x165667c5],
];

function add([h, l]: U64, [h2, l2]: U64): U64 {
  const low = (l >>> 0) + (l2 >>> 0);
  return [(h + h2 + (low >= 2 ** 32 ? 1 : 0)) | 0, low | 0];
}

function multiply([h, l]: U64, [h2, l2]: U64): U64 {
  const a = l >>> 16;
  const b = l & 0xffff;
  const c = l2 >>> 16;
  const d = l2 & 0xffff;
  const low = b * d;
  const middle = a * d + (low >>> 16);
  const middle2 = b * c + (middle & 0xffff);
  const high = a * c + Math.floor(middle / 65536) + Math.floor(middle2 / 65536);
  return [(high + Math.imul(h, l2) + Math.imul(l, h2)) | 0, (middle2 << 16) | (low & 0xffff)];
}

function rotate64([h, l]: U64, by: number): U64 {
  if (by >= 32) return rotate64([l, h], by - 32);
  return by === 0 ? [h, l] : [(h << by) | (l >>> (32 - by)), (l << by) | (h >>> (32 - by))];
}

const xor = ([h, l]: U64, [h2, l2]: U64): U64 => [h ^ h2, l ^ l2];

function shiftedXor(value: U64, by: number): U64 {
  const [h, l] = value;
  const shifted: U64 = by >= 32 ? [0, h >>> (by - 32)] : [h >>> by, (l >>> by) | (h << (32 - by))];
  return xor(value, shifted);
}

const round = (lane: U64, input: U64) => multiply(rotate64(add(lane, multiply(input, P64[1]!)), 31), P64[0]!);

/** The low half of xxHash64 with seed 0. */
export function xxh64Low(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const word = (at: number): U64 => [view.getUint32(at + 4, true), view.getUint32(at, true)];
  const { length } = bytes;
  let at = 0;
  let hash: U64;
  if (length >= 32) {
    const minus: U64 = add([~P64[0]![0], ~P64[0]![1]], [0, 1]);
    const lanes: U64[] = [add(P64[0]!, P64[1]!), P64[1]!, [0, 0], minus];
    for (; at <= length - 32; at += 32) {
      for (let lane = 0; lane < 4; lane++) lanes[lane] = round(lanes[lane]!, word(at + 8 * lane));
    }
    hash = [1, 7, 12, 18].map((by, lane) => rotate64(lanes[lane]!, by)).reduce(add);
    for (const lane of lanes) hash = add(multiply(xor(hash, round([0, 0], lane)), P64[0]!), P64[3]!);
  } else hash = P64[4]!;
  hash = add(hash, [Math.floor(length / 2 ** 32), length | 0]);
  for (; at <= length - 8; at += 8) {
    hash = add(multiply(rotate64(xor(hash, round([0, 0], word(at))), 27), P64[0]!), P64[3]!);
  }
  if (at <= length - 4) {
    hash = add(multiply(rotate64(xor(hash, multiply([0, view.getUint32(at, true)], P64[0]!)), 23), P64[1]!), P64[2]!);
    at += 4;
  }
  for (; at < length; at++) hash = multiply(rotate64(xor(hash, multiply([0, bytes[at]!], P64[4]!)), 11), P64[0]!);
  hash = multiply(shiftedXor(hash, 33), P64[1]!);
  hash = multiply(shiftedXor(hash, 29), P64[2]!);
  return shiftedXor(hash, 32)[1] >>> 0;
}

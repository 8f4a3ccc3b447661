/** @module MD5, for hashes that only spread: RFC 1321. */

const SHIFTS = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21];
const SINES = Uint32Array.from({ length: 64 }, (_, at) => Math.floor(Math.abs(Math.sin(at + 1)) * 2 ** 32));

/**
 * The MD5 digest of bytes: 16 of them.
 *
 * @example
 * md5(new Uint8Array())[0]; // 0xd4
 */
export function md5(bytes: Uint8Array): Uint8Array {
  const padded = new Uint8Array(((bytes.length + 72) >> 6) << 6);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, bytes.length << 3, true);
  view.setUint32(padded.length - 4, Math.floor(bytes.length / 2 ** 29), true);
  const state = Int32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476);
  for (let from = 0; from < padded.length; from += 64) digestBlock(state, view, from);
  const out = new DataView(new ArrayBuffer(16));
  state.forEach((word, at) => out.setInt32(4 * at, word, true));
  return new Uint8Array(out.buffer);
}

function digestBlock(state: Int32Array, view: DataView, from: number): void {
  let [a, b, c, d] = state as unknown as [number, number, number, number];
  for (let at = 0; at < 64; at++) {
    const [mixed, word] = round(at, b, c, d);
    const sum = (a + mixed + SINES[at]! + view.getInt32(from + 4 * word, true)) | 0;
    const shift = SHIFTS[(at >> 4) * 4 + (at & 3)]!;
    [a, d, c, b] = [d, c, b, (b + ((sum << shift) | (sum >>> (32 - shift)))) | 0];
  }
  [a, b, c, d].forEach((word, at) => {
    state[at] = (state[at]! + word) | 0;
  });
}

/** The function of a round, and which word of the block it takes. */
function round(at: number, b: number, c: number, d: number): readonly [mixed: number, word: number] {
  if (at < 16) return [(b & c) | (~b & d), at];
  if (at < 32) return [(d & b) | (~d & c), (5 * at + 1) & 15];
  if (at < 48) return [b ^ c ^ d, (3 * at + 5) & 15];
  return [c ^ (b | ~d), (7 * at) & 15];
}

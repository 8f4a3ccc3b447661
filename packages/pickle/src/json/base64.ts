/** @module Base64 (RFC 4648, section 4), with padding. */

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const NONE = 255;
const VALUES = new Uint8Array(128).fill(NONE);
for (let at = 0; at < ALPHABET.length; at++) VALUES[ALPHABET.charCodeAt(at)] = at;

/** Characters that are put together at a time. */
const CHUNK = 8192;

/** Bytes as base64. */
export function encodeBase64(bytes: Uint8Array): string {
  const codes = new Uint8Array(CHUNK);
  const parts: string[] = [];
  let filled = 0;
  for (let at = 0; at < bytes.length; at += 3) {
    const rest = bytes.length - at;
    const word = (bytes[at]! << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    codes[filled++] = ALPHABET.charCodeAt(word >> 18);
    codes[filled++] = ALPHABET.charCodeAt((word >> 12) & 63);
    codes[filled++] = rest > 1 ? ALPHABET.charCodeAt((word >> 6) & 63) : 0x3d;
    codes[filled++] = rest > 2 ? ALPHABET.charCodeAt(word & 63) : 0x3d;
    if (filled === CHUNK || rest <= 3) {
      parts.push(String.fromCharCode(...codes.subarray(0, filled)));
      filled = 0;
    }
  }
  return parts.join("");
}

/** Base64 as bytes; `undefined` when it is none. */
export function decodeBase64(text: string): Uint8Array | undefined {
  if (text.length % 4 !== 0) return undefined;
  const padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  let to = 0;
  for (let at = 0; at < text.length; at += 4) {
    let word = 0;
    for (let k = 0; k < 4; k++) {
      const padded = at + k >= text.length - padding;
      const value = padded ? 0 : VALUES[text.charCodeAt(at + k)];
      if (value === undefined || value === NONE) return undefined;
      word = (word << 6) | value;
    }
    bytes[to++] = word >> 16;
    if (to < bytes.length) bytes[to++] = word >> 8;
    if (to < bytes.length) bytes[to++] = word;
  }
  return bytes;
}

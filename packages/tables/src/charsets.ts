/** @module Encodings of texts, by the names that the WHATWG gives them, the same on every machine. */

import { CurtidoError } from "@curtido/pickle";

/** What windows-1252 has at 0x80 to 0x9F; some versions of Node give the control characters of Latin-1 there. */
const WESTERN = "€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ";
/** The whole upper half of ISO 8859-16, which no Node knows. */
const ROMANIAN = `${control(0x80, 0xa0)}\xa0ĄąŁ€„Š§š©Ș«Ź\xadźŻ°±ČłŽ”¶·žčș»ŒœŸżÀÁÂĂÄĆÆÇÈÉÊËÌÍÎÏĐŃÒÓÔŐÖŚŰÙÚÛÜĘȚßàáâăäćæçèéêëìíîïđńòóôőöśűùúûüęțÿ`;

/** Some versions of Node change control characters around in this one. */
const DOS_CYRILLIC =
  "АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмноп░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀рстуфхцчшщъыьэюяЁёЄєЇїЎў°∙·√№¤■\xa0";
/** Node has box drawings where the WHATWG has Belarusian letters. */
const UKRAINIAN =
  "─│┌┐└┘├┤┬┴┼▀▄█▌▐░▒▓⌠■∙√≈≤≥\xa0⌡°²·÷═║╒ёє╔ії╗╘╙╚╛ґў╞╟╠╡ЁЄ╣ІЇ╦╧╨╩╪ҐЎ©юабцдефгхийклмнопярстужвьызшэщчъЮАБЦДЕФГХИЙКЛМНОПЯРСТУЖВЬЫЗШЭЩЧЪ";

/** Encodings of one byte that are not left to `TextDecoder`: what stands for their bytes from 0x80 on. */
const OWN: ReadonlyMap<string, string> = new Map([
  ["windows-1252", WESTERN + control(0xa0, 0x100)],
  ["iso-8859-16", ROMANIAN],
  ["ibm866", DOS_CYRILLIC],
  ["koi8-u", UKRAINIAN],
]);

/** Spellings of Python and of programs that the WHATWG does not list. */
const ALIASES: Readonly<Record<string, string>> = {
  "utf-8-sig": "utf-8",
  "mac-roman": "macintosh",
  ansi: "windows-1252",
  "utf-16-le": "utf-16le",
  "utf-16-be": "utf-16be",
  utf32: "utf-32",
  "utf-32-le": "utf-32le",
  "utf-32-be": "utf-32be",
};

function control(from: number, to: number): string {
  let text = "";
  for (let code = from; code < to; code++) text += String.fromCharCode(code);
  return text;
}

/** Reads bytes; of the ones that stand for nothing, it throws a TypeError. */
export interface Decoder {
  /** The encoding's own name: `windows-1252` for `latin1`. */
  readonly encoding: string;
  decode(bytes: Uint8Array): string;
}

/**
 * The decoder of a charset, by any label of the WHATWG or Python's name of it.
 *
 * @throws CurtidoError E_CHARSET when nobody knows it
 * @example
 * decoderOf("latin-1").decode(Uint8Array.of(0x80)); // "€": so the WHATWG wants it
 */
export function decoderOf(charset: string): Decoder {
  const plain = charset
    .trim()
    .toLowerCase()
    .replaceAll("_", "-")
    .replace(/^latin-(?=\d+$)/, "latin");
  const wide = /^utf-32(le|be)?$/.exec(ALIASES[plain] ?? plain);
  if (wide !== null) return { encoding: wide[0], decode: (bytes) => wideText(bytes, wide[1] !== "be") };
  for (const label of [charset, ALIASES[plain] ?? plain]) {
    const own = OWN.has(label) ? label : undefined;
    try {
      const decoder = own === undefined ? new TextDecoder(label, { fatal: true }) : undefined;
      const table = OWN.get(own ?? decoder!.encoding);
      if (table === undefined) return decoder!;
      return { encoding: own ?? decoder!.encoding, decode: (bytes) => oneByOne(bytes, table) };
    } catch {
      // The next spelling, if there is one.
    }
  }
  throw new CurtidoError("E_CHARSET", `the charset '${charset}' is not known; send UTF-8`, { charset });
}

/** How many bytes are made a text at once. */
const CHUNK = 1 << 13;

function oneByOne(bytes: Uint8Array, upper: string): string {
  const codes = new Uint16Array(CHUNK);
  let text = "";
  for (let from = 0; from < bytes.length; from += CHUNK) {
    const length = Math.min(CHUNK, bytes.length - from);
    for (let at = 0; at < length; at++) {
      const byte = bytes[from + at]!;
      codes[at] = byte < 0x80 ? byte : upper.charCodeAt(byte - 0x80);
    }
    text += String.fromCharCode(...codes.subarray(0, length));
  }
  return text;
}

/** UTF-32, which the WHATWG does not have and Python writes. */
function wideText(bytes: Uint8Array, little: boolean): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let text = "";
  for (let at = 0; at < bytes.length; at += 4) {
    const point = at + 4 <= bytes.length ? view.getUint32(at, little) : -1;
    if (point < 0 || point > 0x10ffff) throw new TypeError("no character");
    text += String.fromCodePoint(point);
  }
  return text;
}

/** The encoding that a byte order mark names. */
export function marked(bytes: Uint8Array): "utf-8" | "utf-16le" | "utf-16be" | "utf-32le" | "utf-32be" | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe && bytes[2] === 0 && bytes[3] === 0) return "utf-32le";
  if (bytes[0] === 0 && bytes[1] === 0 && bytes[2] === 0xfe && bytes[3] === 0xff) return "utf-32be";
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? "utf-8" : undefined;
}

/** @module Python's names of the encodings that are known here. */

import { CurtidoError } from "./errors.ts";
import { decodeAscii, decodeLatin1, decodeUtf8Strict, encodeUtf8, latin1Bytes, TextError } from "./text.ts";

/** An encoding of text. */
export type Codec = "ascii" | "latin1" | "utf8";

/**
 * Others that texts of Python 2 are in: their name in browsers, or what the bytes from 128 to 159 are where the rest is latin-1;
 * and the bytes that are no character.
 */
const OLD: Readonly<Record<string, readonly [label: string, none: readonly number[]]>> = {
  cp1252: ["€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ", [129, 141, 143, 144, 157]],
  cp1251: ["windows-1251", [152]],
  koi8_r: ["koi8-r", []],
  cp866: ["ibm866", []],
  iso8859_2: ["iso-8859-2", []],
  iso8859_15: ["iso-8859-15", []],
};
const OLD_NAMES: Readonly<Record<string, string>> = {
  1252: "cp1252",
  windows_1252: "cp1252",
  1251: "cp1251",
  windows_1251: "cp1251",
  cskoi8r: "koi8_r",
  866: "cp866",
  ibm866: "cp866",
  iso_8859_2: "iso8859_2",
  latin2: "iso8859_2",
  iso_8859_15: "iso8859_15",
  latin9: "iso8859_15",
};

/** As Python's table of aliases has them; `_` stands for any run of other characters. */
const NAMES: Readonly<Record<Codec, readonly string[]>> = {
  ascii: [
    "ascii",
    "646",
    "ansi_x3.4_1968",
    "ansi_x3_4_1968",
    "ansi_x3.4_1986",
    "cp367",
    "csascii",
    "ibm367",
    "iso646_us",
    "iso_646.irv_1991",
    "iso_ir_6",
    "us",
    "us_ascii",
  ],
  latin1: [
    "latin_1",
    "8859",
    "cp819",
    "csisolatin1",
    "ibm819",
    "iso8859",
    "iso8859_1",
    "iso_8859_1",
    "iso_8859_1_1987",
    "iso_ir_100",
    "l1",
    "latin",
    "latin1",
  ],
  utf8: ["utf_8", "u8", "utf", "utf8", "utf8_ucs2", "utf8_ucs4", "cp65001"],
};
const codecs: ReadonlyMap<string, Codec> = new Map(
  Object.entries(NAMES).flatMap(([codec, names]) => names.map((name) => [name, codec as Codec])),
);

/** The encoding that Python knows by a name, in any of its spellings: `utf-8`, `UTF8`, `ISO-8859-1`, `US ASCII`. */
export function codecOf(name: string): Codec | undefined {
  return codecs.get(normal(name));
}

/** What an alias is compared by: letters, digits and points, in lower case. */
function normal(name: string): string {
  return (name.toLowerCase().match(/[a-z0-9.]+/g) ?? []).join("_");
}

/** Reads the text of some bytes. */
export type Decode = (bytes: Uint8Array, from: number, to: number) => string;

/** What reads texts in an encoding by Python's name for it, or `undefined` when none of that name is known here. */
function decoderOf(name: string): Decode | undefined {
  const codec = codecOf(name);
  if (codec !== undefined) return (bytes, from, to) => decodeWith(codec, bytes, from, to);
  const plain = normal(name);
  const key = OLD_NAMES[plain] ?? plain;
  const old = Object.hasOwn(OLD, key) ? OLD[key] : undefined;
  if (old === undefined) return undefined;
  const [label, none] = old;
  const high = Uint8Array.from({ length: 128 }, (_, at) => 128 + at);
  const characters = label.length === 32 ? label + decodeLatin1(high, 32, 128) : new TextDecoder(label).decode(high);
  return (bytes, from, to) => {
    let text = "";
    for (let at = from; at < to; at++) {
      const byte = bytes[at]!;
      if (none.includes(byte)) throw new TextError(`byte ${byte} is no character of ${name}`, at);
      text += byte < 128 ? String.fromCharCode(byte) : characters[byte - 128];
    }
    return text;
  };
}

/**
 * What reads texts of Python 2, or `undefined` for those that stay bytes.
 *
 * @throws CurtidoError E_ENCODING for an encoding that is not known here
 */
export function oldStrings(encoding: string): Decode | undefined {
  const decode = encoding === "bytes" ? undefined : decoderOf(encoding);
  if (decode !== undefined || encoding === "bytes") return decode;
  const message = `unknown encoding '${encoding}': strings of Python 2 are read as ASCII, latin1, utf-8, cp1252 or bytes`;
  throw new CurtidoError("E_ENCODING", message);
}

/** Bytes to text; what the encoding does not have is refused. */
function decodeWith(codec: Codec, bytes: Uint8Array, from: number, to: number): string {
  if (codec === "utf8") return decodeUtf8Strict(bytes, from, to);
  return codec === "latin1" ? decodeLatin1(bytes, from, to) : decodeAscii(bytes, from, to);
}

/** Text to bytes; what the encoding does not have is refused. */
export function encodeWith(codec: Codec, text: string): Uint8Array {
  if (codec === "latin1") return latin1Bytes(text);
  if (codec === "utf8" && !text.isWellFormed()) throw new TextError("a lone surrogate is not UTF-8", 0);
  const bytes = encodeUtf8(text);
  if (codec === "ascii" && bytes.length !== text.length) throw new TextError("the text is not ASCII", 0);
  return bytes;
}

/** @module What a file is that is no pickle, by its first bytes. */

/** Formats that hold no pickles, and that no reader of pickles takes for one. */
const HARMLESS: readonly (readonly [magic: string, what: string])[] = [
  ["\x89PNG\r\n\x1a\n", "a PNG picture"],
  ["\xff\xd8\xff", "a JPEG picture"],
  ["GIF8", "a GIF picture"],
  ["%PDF-", "a PDF document"],
  ["PAR1", "a Parquet file"],
  ["ARROW1", "an Arrow file"],
  ["\0asm", "a WebAssembly module"],
  ["wOFF", "a font"],
  ["wOF2", "a font"],
];

/** Formats that may hold anything. */
const OPAQUE: readonly (readonly [magic: string, what: string])[] = [
  ["7z\xbc\xaf\x27\x1c", "a 7z archive"],
  ["Rar!\x1a\x07", "a RAR archive"],
  ["\x89HDF\r\n\x1a\n", "an HDF5 file, as Keras writes them"],
  ["SQLite format 3\0", "an SQLite database"],
  ["\x1f\x9d", "a file of compress"],
  ["LZIP", "an lzip file"],
  ["MSCF", "a CAB archive"],
  ["!<arch>", "an ar archive"],
  ["\xd0\xcf\x11\xe0", "an old Office document"],
  ["\x7fELF", "a program"],
  ["MZ", "a program"],
];

const SAMPLE = 1 << 16;

/** What bytes are that no pickle was found in. */
interface Content {
  readonly what: string;
  /** Whether nothing in it can be run by a reader of pickles. */
  readonly harmless: boolean;
}

/** Says what bytes are by their beginning; texts are those of UTF-8 without control characters. */
export function contentOf(bytes: Uint8Array): Content {
  if (bytes.length === 0) return { what: "an empty file", harmless: true };
  const first = String.fromCharCode(...bytes.subarray(0, 16));
  const harmless = HARMLESS.find(([magic]) => first.startsWith(magic));
  if (harmless !== undefined) return { what: harmless[1], harmless: true };
  const opaque = OPAQUE.find(([magic]) => first.startsWith(magic));
  if (opaque !== undefined) return { what: opaque[1], harmless: false };
  if (isSafetensors(bytes)) return { what: "a safetensors file", harmless: true };
  if (isText(bytes)) return { what: "a text", harmless: true };
  return { what: "neither a pickle nor a container that is known", harmless: false };
}

/** A length, and a JSON object of that length. */
function isSafetensors(bytes: Uint8Array): boolean {
  if (bytes.length < 10 || bytes[8] !== 0x7b) return false;
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true));
  return 8 + length <= bytes.length && length < 2 ** 27;
}

function isText(bytes: Uint8Array): boolean {
  const sample = bytes.subarray(0, SAMPLE);
  try {
    // The sample may end inside a character.
    new TextDecoder("utf-8", { fatal: true }).decode(sample, { stream: true });
  } catch {
    return false;
  }
  return sample.every((byte) => byte >= 0x20 || byte === 0x1b || (byte >= 0x09 && byte <= 0x0d));
}

/** @module What a file is that is no pickle, or no longer one: said in words, with what to do about it. */

import { announcedProtocol, CurtidoError, isCurtidoError } from "@curtido/pickle";
import { decompressDeflate } from "./decompress.ts";
import { loadFileWith } from "./joblib.ts";
import { TORCH_FILE } from "./old_torch.ts";

/** How many bytes of a file tell. */
const HEAD = 512;
/** An error that far into a file without a mark of protocol 2 or later: it never was a pickle. */
const EARLY = 16;

/** A kind of file, told by its beginning: each byte is a character. */
interface Kind {
  readonly is: (head: string) => boolean;
  /** What it is, and what to do. */
  readonly what: string | ((head: string) => string);
}

/** Which begins with one of these. */
const starts =
  (...marks: readonly string[]) =>
  (head: string) =>
    marks.some((mark) => head.startsWith(mark));
const matches = (pattern: RegExp) => (head: string) => pattern.test(head);

const KINDS: readonly Kind[] = [
  { is: starts("version https://git-lfs."), what: lfsPointer },
  {
    is: matches(/^\s*(<!doctype html|<html)/i),
    what: "an HTML page, not the file: download the file itself, such as its 'raw' link",
  },
  {
    is: matches(/^\s*<PMML|^\s*<\?xml[\s\S]*<PMML/),
    what: "a model in PMML, which is not read: take the pickle that it was made of",
  },
  { is: matches(/^\s*<(\?xml|[a-z])/i), what: "XML, no pickle" },
  { is: isTorchArchive, what: TORCH_FILE },
  { is: starts("PK\x03\x04"), what: "a zip archive, as PyTorch, numpy's npz, Keras and Excel write them" },
  { is: starts("\x89HDF\r\n"), what: "an HDF5 file, as Keras and PyTables write them: networks are not read here" },
  { is: starts("\x93NUMPY"), what: "a npy file: one array, no pickle; 'curtido convert' reads it" },
  { is: starts("CBM1"), what: "a model of CatBoost: hand in its entries, of @curtido/estimators/catboost" },
  { is: starts("PAR1"), what: "a Parquet file: a table, no model" },
  { is: starts("ARROW1"), what: "an Arrow file: a table, no model" },
  { is: starts("SQLite format 3\0"), what: "a SQLite database" },
  { is: starts("\x89PNG", "\xff\xd8\xff", "GIF8"), what: "a picture" },
  { is: starts("%PDF"), what: "a PDF document" },
  { is: starts("7z\xbc\xaf'\x1c", "Rar!"), what: "a 7z or RAR archive: unpack it first" },
  { is: (head) => head.startsWith("ustar", 257), what: "a tar archive: unpack it first, or name the folder" },
  {
    is: starts("RDX2\n", "RDX3\n", "RDA2\n", "RDA3\n", "X\n\0\0\0", "A\n2\n", "A\n3\n"),
    what: "a file of R (.rds, .RData), whose objects are not read: fit the model in Python",
  },
  { is: isOnnx, what: "a model in ONNX, which is not read: take the pickle that it was made of" },
  { is: isSavedModel, what: "a model of TensorFlow (SavedModel): networks are not read here" },
  { is: starts("GGUF"), what: "a language model (GGUF)" },
  {
    is: (head) => /^\{"(__metadata__|[^"]+":\{"dtype)/.test(head.slice(8)),
    what: "a safetensors file: tensors, no pickle; 'curtido inspect' lists them, 'curtido convert' writes them as PyTorch's or npz",
  },
  { is: starts("\x7fELF", "MZ\x90"), what: "a program" },
  {
    is: matches(/^(\s*#[^\n]*\n)*\s*(import|from) [\w.]+/),
    what: "the source of a Python program, not what it pickled: run it, or ask for its .pkl",
  },
  { is: matches(/^\s*[{[]/), what: "JSON or text" },
];

/** A zip archive whose first entry is the pickle of PyTorch. */
function isTorchArchive(head: string): boolean {
  const name = head.slice(30, 30 + head.charCodeAt(26));
  return head.startsWith("PK\x03\x04") && /^[^/]+\/data\.pkl$/.test(name);
}

/** A protobuf whose first field is the version of ONNX' form, and whose second is the name of who made it. */
function isOnnx(head: string): boolean {
  const [version, length] = [head.charCodeAt(1), head.charCodeAt(3)];
  const named = /^[\w .-]+$/.test(head.slice(4, 4 + length));
  return head.startsWith("\b") && version < 16 && head[2] === "\x12" && length < 65 && named;
}

function isSavedModel(head: string): boolean {
  return head.startsWith("\b\x01\x12") && /saved_model|serve|PartitionedCall|tensorflow/.test(head);
}

/** The few words of a pointer of Git LFS. */
function lfsPointer(head: string): string {
  const size = /^size (\d{1,15})\s*$/m.exec(head)?.[1];
  const of = size === undefined ? "" : ` of ${Number(size).toLocaleString("en")} bytes`;
  return `a pointer of Git LFS, not the file${of} that it stands for: fetch that with 'git lfs pull'`;
}

/** How a pickle was damaged on its way, and how that is undone. */
interface Damage {
  readonly found: (head: string) => boolean;
  readonly undo: (bytes: Uint8Array) => Uint8Array | undefined;
  /** What happened. */
  readonly what: string;
}

/** Two bytes of CR LF where there was one: who copied the file took it for text. */
function withoutReturns(bytes: Uint8Array): Uint8Array {
  const out = new Uint8Array(bytes.length);
  let length = 0;
  for (let at = 0; at < bytes.length; at++) if (bytes[at] !== 13 || bytes[at + 1] !== 10) out[length++] = bytes[at]!;
  return out.subarray(0, length);
}

/** Bytes that were taken for latin-1 and written as UTF-8. */
function fromUtf8(bytes: Uint8Array): Uint8Array | undefined {
  const out = new Uint8Array(bytes.length);
  let length = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]!;
    if (byte < 0x80) out[length++] = byte;
    else if ((byte === 0xc2 || byte === 0xc3) && at + 1 < bytes.length)
      out[length++] = ((byte & 3) << 6) | (bytes[++at]! & 0x3f);
    else return undefined;
  }
  return out.subarray(0, length);
}

const BASE64 = /^[A-Za-z0-9+/\s]+={0,2}\s*$/;

function fromBase64(bytes: Uint8Array): Uint8Array | undefined {
  const text = new TextDecoder("latin1").decode(bytes);
  if (!BASE64.test(text)) return undefined;
  const binary = atob(text.replace(/\s+/g, ""));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

const DAMAGES: readonly Damage[] = [
  {
    found: (head) => /^gA[JNSV]/.test(head),
    undo: fromBase64,
    what: "it is a pickle written as base64",
  },
  {
    found: (head) => head.startsWith("\xc2\x80") && isProtocol(head.charCodeAt(2)),
    undo: fromUtf8,
    what: "it was copied as text in UTF-8: a byte in two became two",
  },
  {
    found: (head) => head.startsWith("\x80"),
    undo: withoutReturns,
    what: "it was copied as text: line ends became CR LF",
  },
];

/**
 * The file as it was before it was damaged, where that is without doubt: the whole reads as a pickle then. Nothing where it
 * is no damage that is known.
 *
 * @example
 * repaired(bytes)?.what; // "it was copied as text: line ends became CR LF"
 */
export function repaired(bytes: Uint8Array): { readonly bytes: Uint8Array; readonly what: string } | undefined {
  const head = headOf(bytes);
  for (const { found, undo, what } of DAMAGES) {
    const undone = found(head) ? undo(bytes) : undefined;
    if (undone !== undefined && undone.length < bytes.length && isWhole(undone)) return { bytes: undone, what };
  }
  return undefined;
}

/** Whether bytes are one pickle, and nothing behind it. */
function isWhole(bytes: Uint8Array): boolean {
  try {
    loadFileWith(bytes, { encoding: "latin1", decompress: decompressDeflate });
    return bytes.at(-1) === STOP;
  } catch {
    return false;
  }
}

/** The opcode that ends a pickle. */
const STOP = ".".charCodeAt(0);

/** Whether a byte may stand behind the first one of a pickle. */
function isProtocol(byte: number): boolean {
  return byte >= 2 && byte <= 5;
}

function headOf(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes.subarray(0, HEAD));
}

/**
 * What a file is, where its first bytes tell that it is no pickle.
 *
 * @example
 * otherFile(bytes); // "a pointer of Git LFS, not the file of 12,345 bytes that it stands for: fetch that with 'git lfs pull'"
 */
export function otherFile(bytes: Uint8Array): string | undefined {
  const head = headOf(bytes);
  const what = KINDS.find(({ is }) => is(head))?.what;
  return typeof what === "function" ? what(head) : what;
}

/**
 * An error of reading a file, in words about the file where it is none that can be read: what it is, how it was damaged.
 *
 * @example
 * throw explainFile(error, bytes);
 */
export function explainFile(error: unknown, bytes: Uint8Array): unknown {
  if (!isCurtidoError(error) || error.code === "E_UNSAFE" || error.code === "E_LIMIT") return error;
  if (bytes.length === 0) return notPickle("the file is empty", error);
  const damage = repaired(bytes);
  if (damage !== undefined) return notPickle(`${damage.what}; 'curtido convert --repair IN OUT' undoes that`, error);
  const { offset } = error.fields;
  const early = typeof offset === "number" && offset < EARLY && announcedProtocol(bytes) === undefined;
  const what = early ? otherFile(bytes) : undefined;
  if (what !== undefined) return notPickle(`it is ${what}`, error);
  const head = headOf(bytes);
  if (head.startsWith("\xef\xbf\xbd") && isProtocol(head.charCodeAt(3)))
    return notPickle(
      "it was saved as text, and bytes that are none were replaced: they are lost, copy the file again",
      error,
    );
  if (error.code === "E_TRUNCATED") {
    const message = `${error.message}; the file has ${bytes.length} bytes, and was cut off there`;
    return new CurtidoError("E_TRUNCATED", message, typeof offset === "number" ? { offset } : {}, error);
  }
  return early ? notPickle(error.message.replace(/^not a pickle: /, ""), error) : error;
}

function notPickle(what: string, error: CurtidoError): CurtidoError {
  const { offset } = error.fields;
  return new CurtidoError(
    "E_NOT_A_PICKLE",
    `not a pickle: ${what}`,
    typeof offset === "number" ? { offset } : {},
    error,
  );
}

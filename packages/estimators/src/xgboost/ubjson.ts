/** @module Universal Binary JSON as XGBoost writes it, and JSON: both become the same tree of values. */

/** What is wrong with a model file, and where. */
export class ModelFileError extends Error {
  override readonly name = "ModelFileError";
}

/** A value of a model file: an object is a `Map`, a list of numbers of one type may be a typed array. */
export type FileValue = null | boolean | number | string | FileList | Map<string, FileValue>;
/** A list of such values. */
export type FileList = readonly FileValue[] | Float32Array | Float64Array | Int32Array;

/** How deeply objects and lists may be nested; XGBoost's are 8 deep. */
const MOST_NESTED = 64;

/** Bytes of each kind of number, big-endian. */
const SIZES: Readonly<Record<string, number>> = { i: 1, U: 1, I: 2, l: 4, L: 8, d: 4, D: 8 };

/**
 * Reads a UBJSON document.
 *
 * @throws ModelFileError it is cut off, holds an unknown marker, or is nested too deeply
 * @example
 * readUbjson(Uint8Array.of(0x7b, 0x7d)); // an empty Map
 */
export function readUbjson(bytes: Uint8Array): FileValue {
  return new UbjsonReader(bytes).document();
}

class UbjsonReader {
  readonly #view: DataView;
  readonly #bytes: Uint8Array;
  readonly #text = new TextDecoder();
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  document(): FileValue {
    return this.value(this.marker(), 0);
  }

  private fail(problem: string): never {
    throw new ModelFileError(`${problem} at byte ${this.#at}`);
  }

  /** Room for so many bytes, which are passed over. */
  private take(count: number): number {
    if (count > this.#bytes.length - this.#at) this.fail(`it ends within ${count} bytes`);
    const from = this.#at;
    this.#at += count;
    return from;
  }

  private marker(): string {
    return String.fromCharCode(this.#bytes[this.take(1)]!);
  }

  private peek(): string {
    return this.#at < this.#bytes.length ? String.fromCharCode(this.#bytes[this.#at]!) : "";
  }

  private value(marker: string, depth: number): FileValue {
    switch (marker) {
      case "{":
      case "[":
        if (depth >= MOST_NESTED) this.fail("it is nested too deeply");
        return marker === "{" ? this.object(depth + 1) : this.list(depth + 1);
      case "S":
        return this.string();
      case "C":
        return this.marker();
      case "T":
      case "F":
        return marker === "T";
      case "Z":
        return null;
    }
    if (SIZES[marker] === undefined) this.fail(`it holds an unknown marker '${marker}'`);
    return this.number(marker);
  }

  private number(marker: string): number {
    const at = this.take(SIZES[marker]!);
    switch (marker) {
      case "i":
        return this.#view.getInt8(at);
      case "U":
        return this.#view.getUint8(at);
      case "I":
        return this.#view.getInt16(at);
      case "l":
        return this.#view.getInt32(at);
      case "L":
        return Number(this.#view.getBigInt64(at));
      case "d":
        return this.#view.getFloat32(at);
    }
    return this.#view.getFloat64(at);
  }

  private length(): number {
    const marker = this.marker();
    if (!"iUIlL".includes(marker)) this.fail(`a length is no integer but '${marker}'`);
    const length = this.number(marker);
    if (length < 0 || length > this.#bytes.length) this.fail(`a length is ${length}`);
    return length;
  }

  private string(): string {
    const length = this.length();
    const from = this.take(length);
    return this.#text.decode(this.#bytes.subarray(from, from + length));
  }

  private object(depth: number): Map<string, FileValue> {
    const out = new Map<string, FileValue>();
    while (this.peek() !== "}") {
      const key = this.string();
      out.set(key, this.value(this.marker(), depth));
    }
    this.take(1);
    return out;
  }

  private list(depth: number): FileList {
    if (this.peek() === "$") {
      this.take(1);
      const type = this.marker();
      if (this.marker() !== "#") this.fail("a typed list has no length");
      return this.typed(type, this.length());
    }
    const out: FileValue[] = [];
    if (this.peek() === "#") {
      this.take(1);
      const length = this.length();
      for (let at = 0; at < length; at++) out.push(this.value(this.marker(), depth));
      return out;
    }
    while (this.peek() !== "]") out.push(this.value(this.marker(), depth));
    this.take(1);
    return out;
  }

  private typed(type: string, length: number): FileList {
    const size = SIZES[type];
    if (size === undefined) return this.fail(`it holds a list of '${type}'`);
    if (length * size > this.#bytes.length - this.#at) this.fail(`it ends within a list of ${length} numbers`);
    const out =
      type === "d" ? new Float32Array(length) : "DL".includes(type) ? new Float64Array(length) : new Int32Array(length);
    for (let at = 0; at < length; at++) out[at] = this.number(type);
    return out;
  }
}

/**
 * Reads a JSON document; NaN and infinities, which XGBoost writes into lists, become `null`.
 *
 * @throws ModelFileError it is no JSON
 */
export function readJsonModel(bytes: Uint8Array): FileValue {
  const text = new TextDecoder().decode(bytes);
  try {
    return JSON.parse(text.replace(/([[,:])-?(?:NaN|Infinity)(?=[\],}])/g, "$1null"), toMap) as FileValue;
  } catch (error) {
    throw new ModelFileError(`it is no JSON: ${(error as Error).message.slice(0, 100)}`);
  }
}

function toMap(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value) || value instanceof Map) return value;
  return new Map(Object.entries(value));
}

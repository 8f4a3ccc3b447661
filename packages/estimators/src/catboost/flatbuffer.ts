/** @module Reads FlatBuffers tables, as CatBoost's model files hold them: every offset and length is checked. */

/** What is wrong with a model file. */
export class CatModelError extends Error {
  override readonly name = "CatModelError";
}

/** Bytes of one element. */
const WIDTHS = { i32: 4, u32: 4, u16: 2, f32: 4, f64: 8 } as const;

/** The bytes of a buffer, and how many of them vectors and texts may still take: those of a valid file do not overlap. */
class Source {
  readonly view: DataView;
  readonly #bytes: Uint8Array;
  #left: number;

  constructor(bytes: Uint8Array) {
    // Node's Buffer is a Uint8Array whose `slice` copies nothing.
    this.#bytes = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#left = bytes.length;
  }

  /** `offset` where `size` bytes are there. */
  check(offset: number, size: number): number {
    if (offset < 0 || offset + size > this.#bytes.length)
      throw new CatModelError(`an offset leads to byte ${offset} of ${this.#bytes.length}`);
    return offset;
  }

  /** A copy of some bytes. */
  take(offset: number, size: number): Uint8Array<ArrayBuffer> {
    this.check(offset, size);
    this.#left -= size;
    if (this.#left < 0) throw new CatModelError("its parts overlap");
    return this.#bytes.slice(offset, offset + size) as Uint8Array<ArrayBuffer>;
  }
}

/** One table: fields by their position in the schema; what the file leaves out has its default. */
export class FlatTable {
  readonly #source: Source;
  /** Where it stands in the buffer. */
  readonly at: number;
  readonly #fields: number;
  readonly #fieldsEnd: number;

  private constructor(source: Source, at: number) {
    this.#source = source;
    this.at = source.check(at, 4);
    this.#fields = source.check(at - source.view.getInt32(at, true), 4);
    this.#fieldsEnd = this.#fields + source.view.getUint16(this.#fields, true);
    source.check(this.#fields, this.#fieldsEnd - this.#fields);
  }

  /**
   * The outermost table of a buffer.
   *
   * @throws CatModelError as all readers of a table do, where an offset or a length does not fit
   */
  static root(bytes: Uint8Array): FlatTable {
    const source = new Source(bytes);
    source.check(0, 4);
    return new FlatTable(source, source.view.getUint32(0, true));
  }

  /** Where a field of `size` bytes is; 0 where the file leaves it out. */
  private place(field: number, size: number): number {
    const entry = this.#fields + 4 + 2 * field;
    if (entry + 2 > this.#fieldsEnd) return 0;
    const offset = this.#source.view.getUint16(entry, true);
    return offset === 0 ? 0 : this.#source.check(this.at + offset, size);
  }
  /** Where the elements of a vector begin and how many they are. */
  private vector(field: number, width: number): readonly [from: number, count: number] {
    const place = this.place(field, 4);
    if (place === 0) return [0, 0];
    const { view } = this.#source;
    const from = this.#source.check(place + view.getUint32(place, true), 4);
    const count = view.getUint32(from, true);
    this.#source.check(from + 4, count * width);
    return [from + 4, count];
  }
  private elements(field: number, kind: keyof typeof WIDTHS, each = 1): ArrayBuffer {
    const width = WIDTHS[kind] * each;
    const [from, count] = this.vector(field, width);
    return this.#source.take(from, count * width).buffer;
  }

  integer(field: number, fallback: number): number {
    const place = this.place(field, 4);
    return place === 0 ? fallback : this.#source.view.getInt32(place, true);
  }
  byte(field: number, fallback: number): number {
    const place = this.place(field, 1);
    return place === 0 ? fallback : this.#source.view.getUint8(place);
  }
  single(field: number, fallback: number): number {
    const place = this.place(field, 4);
    return place === 0 ? fallback : this.#source.view.getFloat32(place, true);
  }
  double(field: number, fallback: number): number {
    const place = this.place(field, 8);
    return place === 0 ? fallback : this.#source.view.getFloat64(place, true);
  }
  string(field: number): string {
    const [from, count] = this.vector(field, 1);
    return new TextDecoder().decode(this.#source.take(from, count));
  }
  table(field: number): FlatTable | undefined {
    const place = this.place(field, 4);
    return place === 0 ? undefined : new FlatTable(this.#source, place + this.#source.view.getUint32(place, true));
  }
  /** How many elements a vector has. */
  count(field: number): number {
    return this.vector(field, 1)[1];
  }
  tables(field: number): readonly FlatTable[] {
    const offsets = this.elements(field, "u32");
    const [from] = this.vector(field, 4);
    return Array.from(new Uint32Array(offsets), (offset, k) => new FlatTable(this.#source, from + 4 * k + offset));
  }
  strings(field: number): readonly string[] {
    const [from, count] = this.vector(field, 4);
    this.#source.take(from, 4 * count);
    return Array.from({ length: count }, (_, k) => {
      const place = from + 4 * k;
      const text = this.#source.check(place + this.#source.view.getUint32(place, true), 4);
      const size = this.#source.view.getUint32(text, true);
      return new TextDecoder().decode(this.#source.take(text + 4, size));
    });
  }
  bytes(field: number): Uint8Array<ArrayBuffer> {
    const [from, count] = this.vector(field, 1);
    return this.#source.take(from, count);
  }
  /** Structures of an index and a number of four bytes, which is read as both an integer and a float. */
  pairs(field: number): readonly { readonly index: number; readonly integer: number; readonly single: number }[] {
    const view = new DataView(this.elements(field, "i32", 2));
    return Array.from({ length: view.byteLength / 8 }, (_, k) => ({
      index: view.getInt32(8 * k, true),
      integer: view.getInt32(8 * k + 4, true),
      single: view.getFloat32(8 * k + 4, true),
    }));
  }
  integers(field: number): Int32Array {
    return new Int32Array(this.elements(field, "i32"));
  }
  unsigned(field: number): Uint32Array {
    return new Uint32Array(this.elements(field, "u32"));
  }
  /** Pairs of short integers, one after the other. */
  shortPairs(field: number): Uint16Array {
    return new Uint16Array(this.elements(field, "u16", 2));
  }
  singles(field: number): Float32Array {
    return new Float32Array(this.elements(field, "f32"));
  }
  doubles(field: number): Float64Array {
    return new Float64Array(this.elements(field, "f64"));
  }
}

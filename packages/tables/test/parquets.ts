/** @module Parquet files by hand: what no writer would write. */

type Field = readonly [id: number, value: Thrift];
/** A value of Thrift's compact protocol: an i32, an i64, a text, a list, a struct, a boolean. */
export type Thrift = number | bigint | string | boolean | readonly Thrift[] | { readonly fields: readonly Field[] };

const [TRUE, FALSE, I32, I64, BINARY, LIST, STRUCT] = [1, 2, 5, 6, 8, 9, 12];

/** A struct by the numbers of its fields, in their order. */
export function struct(fields: Readonly<Record<number, Thrift | undefined>>): Thrift {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined);
  return { fields: given.map(([id, value]) => [Number(id), value!] as const) };
}

export function varint(value: number | bigint): number[] {
  const out: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  for (; rest > 127n; rest >>= 7n) out.push(Number(rest & 127n) | 128);
  return [...out, Number(rest)];
}

function zigzag(value: number | bigint): number[] {
  const long = BigInt(value);
  return varint((long << 1n) ^ (long >> 63n));
}

function kindOf(value: Thrift): number {
  if (typeof value === "boolean") return value ? TRUE : FALSE;
  if (typeof value === "number") return I32;
  if (typeof value === "bigint") return I64;
  if (typeof value === "string") return BINARY;
  return "fields" in value ? STRUCT : LIST;
}

function encoded(value: Thrift): number[] {
  if (typeof value === "boolean") return [];
  if (typeof value === "number" || typeof value === "bigint") return zigzag(value);
  if (typeof value === "string") return [...varint(value.length), ...Buffer.from(value)];
  if (!("fields" in value)) {
    const kind = value.length === 0 ? STRUCT : kindOf(value[0]!);
    return [0xf0 | kind, ...varint(value.length), ...value.flatMap(encoded)];
  }
  let last = 0;
  const fields = value.fields.flatMap(([id, field]) => {
    const head = ((id - last) << 4) | kindOf(field);
    last = id;
    return [head, ...encoded(field)];
  });
  return [...fields, 0];
}

/** Numbers of types, codecs, encodings and kinds of pages. */
export const TYPE = { int32: 1, int64: 2, bytes: 6, fixed: 7 } as const;
export const CODEC = { none: 0, gzip: 2, zstd: 6 } as const;
export const ENCODING = { plain: 0, delta: 5, rle: 8, split: 9 } as const;
const PAGE = { first: 0, dictionary: 2, second: 3 } as const;

/** A page with its header. */
export function page(
  head: Readonly<Record<number, Thrift | undefined>>,
  body: Uint8Array,
  unfolded = body.length,
): Uint8Array {
  const kind = head[7] !== undefined ? PAGE.dictionary : head[8] !== undefined ? PAGE.second : PAGE.first;
  return Uint8Array.from([...encoded(struct({ 1: kind, 2: unfolded, 3: body.length, ...head })), ...body]);
}

/** A page of the first version. */
export function dataPage(values: number, encoding: number, body: Uint8Array, unfolded?: number): Uint8Array {
  return page({ 5: struct({ 1: values, 2: encoding, 3: 3, 4: 3 }) }, body, unfolded);
}

/** A column of one chunk. */
export interface HandColumn {
  readonly type: number;
  readonly values: number;
  readonly pages: readonly Uint8Array[];
  readonly codec?: number;
  /** Bytes of each value. */
  readonly width?: number;
  readonly optional?: true;
}

/** A file of one part. */
export function parquetOf(rows: number | bigint, columns: readonly HandColumn[]): Uint8Array {
  let at = 4;
  const chunks = columns.map(({ type, values, pages, codec = CODEC.none }, index) => {
    const size = pages.reduce((sum, each) => sum + each.length, 0);
    const start = BigInt(at);
    at += size;
    const meta = {
      1: type,
      2: [0],
      3: [`c${index}`],
      4: codec,
      5: BigInt(values),
      6: BigInt(size),
      7: BigInt(size),
      9: start,
    };
    return struct({ 2: start, 3: struct(meta) });
  });
  const schema = [
    struct({ 4: "schema", 5: columns.length }),
    ...columns.map(({ type, width, optional }, at) => struct({ 1: type, 2: width, 3: optional ? 1 : 0, 4: `c${at}` })),
  ];
  const groups = [struct({ 1: chunks, 2: 100n, 3: BigInt(rows) })];
  const footer = Uint8Array.from(encoded(struct({ 1: 1, 2: schema, 3: BigInt(rows), 4: groups })));
  const end = Buffer.alloc(8, "....PAR1");
  end.writeUInt32LE(footer.length);
  return new Uint8Array(Buffer.concat([Buffer.from("PAR1"), ...columns.flatMap(({ pages }) => pages), footer, end]));
}

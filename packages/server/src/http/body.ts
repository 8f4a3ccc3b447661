/** @module The body of a request: read up to a limit, unpacked up to the same limit. */

import { pipeline, Readable } from "node:stream";
import type { ReadableStream as NodeStream } from "node:stream/web";
import { promisify } from "node:util";
import {
  brotliDecompress,
  createBrotliDecompress,
  createGunzip,
  createInflate,
  gunzip,
  inflate,
  inflateRaw,
} from "node:zlib";
import { decoded } from "@curtido/tables";
import type { HonoRequest } from "hono";
import { HttpProblem } from "./problem.ts";

/** The largest body that is read unless told otherwise: 64 MiB. */
export const MOST_BODY = 64 * 1024 * 1024;

type Unpack = (bytes: Uint8Array, options: { maxOutputLength: number }) => Promise<Uint8Array>;

/** How a body may be encoded. "deflate" is zlib's format; some clients leave out its frame. */
const UNPACK: Readonly<Record<string, Unpack>> = {
  gzip: promisify(gunzip),
  "x-gzip": promisify(gunzip),
  deflate: (bytes, options) => ((bytes[0]! & 0x0f) === 8 ? promisify(inflate) : promisify(inflateRaw))(bytes, options),
  br: promisify(brotliDecompress),
};

/**
 * The bytes of a body, unpacked where it is encoded as gzip, deflate or br.
 *
 * @throws HttpProblem 413 when it is larger than `most`, packed or unpacked; 400 when it breaks off or cannot be
 *   unpacked; 415 when it is encoded in another way
 */
export async function readBody(request: HonoRequest, most: number): Promise<Uint8Array> {
  const encoding = encodingOf(request);
  if (encoding === undefined) return readRaw(request, most);
  const unpack = UNPACK[encoding]!;
  const bytes = await readRaw(request, most);
  try {
    return await unpack(bytes, { maxOutputLength: most });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE") throw bodyTooLarge(most);
    throw new HttpProblem(400, `the body is not ${encoding}, or it breaks off`, { cause: error });
  }
}

/** A body as text, UTF-8. @throws CurtidoError E_TABLE when it is none; what {@link readBody} throws */
export async function readText(request: HonoRequest, most: number): Promise<string> {
  return decoded(await readBody(request, most), "text");
}

/** How a body is encoded, when it is. @throws HttpProblem 415 when it is not known */
function encodingOf(request: HonoRequest): string | undefined {
  const encoding = request.header("content-encoding")?.trim().toLowerCase() ?? "";
  if (encoding === "" || encoding === "identity") return undefined;
  if (Object.hasOwn(UNPACK, encoding)) return encoding;
  throw new HttpProblem(415, `the body is encoded as ${encoding}; send it as it is, or as gzip, deflate or br`, {
    headers: { "Accept-Encoding": "gzip, deflate, br" },
  });
}

/** How a body is unpacked as it comes. */
const UNPACKERS = { gzip: createGunzip, "x-gzip": createGunzip, deflate: createInflate, br: createBrotliDecompress };

/**
 * A body as it comes, piece by piece, unpacked; `undefined` when somebody has read it already.
 *
 * Reading ends with an HttpProblem 400 when it breaks off or cannot be unpacked.
 *
 * @throws HttpProblem 415 when it is encoded in a way that is not known
 */
export function bodyPieces(request: HonoRequest): AsyncIterator<Uint8Array> | undefined {
  const encoding = encodingOf(request);
  const { body, bodyUsed } = request.raw;
  if (bodyUsed || body === null) return undefined;
  const raw = Readable.fromWeb(body as NodeStream<Uint8Array>);
  if (encoding === undefined) return told(raw, "the body broke off");
  const unpacker = UNPACKERS[encoding as keyof typeof UNPACKERS]();
  pipeline(raw, unpacker, () => undefined); // the reader of the unpacker hears of errors
  return told(unpacker, `the body is not ${encoding}, or it breaks off`);
}

async function* told(stream: Readable, detail: string): AsyncGenerator<Uint8Array> {
  try {
    for await (const piece of stream) yield piece as Uint8Array;
  } catch (error) {
    throw new HttpProblem(400, detail, { cause: error });
  }
}

async function readRaw(request: HonoRequest, most: number): Promise<Uint8Array> {
  const declared = request.header("content-length");
  if (declared !== undefined && Number(declared) > most) throw bodyTooLarge(most);
  try {
    const long = declared === undefined || Number(declared) > LONG;
    if (long && !request.raw.bodyUsed) return await readStream(request.raw.body, most, Number(declared ?? 0));
    const bytes = new Uint8Array(await request.arrayBuffer()); // Hono keeps what a middleware has read before
    if (bytes.length > most) throw bodyTooLarge(most);
    return bytes;
  } catch (error) {
    if (error instanceof HttpProblem) throw error;
    throw new HttpProblem(400, "the body broke off", { cause: error });
  }
}

/** From how many bytes on a body is put together as it comes: at once, it would keep others waiting. */
const LONG = 1 << 20;

async function readStream(
  body: ReadableStream<Uint8Array> | null,
  most: number,
  declared: number,
): Promise<Uint8Array> {
  if (body === null) return new Uint8Array(0);
  const whole = new Uint8Array(declared);
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.byteLength;
    if (size > most) {
      reader.cancel().catch(() => undefined);
      throw bodyTooLarge(most);
    }
    if (declared === 0) chunks.push(value);
    else if (size > declared) throw new HttpProblem(400, "the body is longer than its Content-Length says");
    else whole.set(value, size - value.byteLength);
  }
  if (declared > 0) return whole.subarray(0, size);
  return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
}

/** The answer to a body that is too large. */
export function bodyTooLarge(most: number): HttpProblem {
  return new HttpProblem(413, `the body is larger than ${most} bytes`, { headers: { Connection: "close" } });
}

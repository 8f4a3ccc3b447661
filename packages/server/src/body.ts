/** @module The body of a request: read up to a limit, unpacked up to the same limit, then as text. */

import { promisify } from "node:util";
import { brotliDecompress, gunzip, inflate, inflateRaw } from "node:zlib";
import type { HonoRequest } from "hono";
import { HttpProblem } from "./representations/problem.ts";

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
  const encoding = request.header("content-encoding")?.trim().toLowerCase() ?? "";
  if (encoding === "" || encoding === "identity") return readRaw(request, most);
  const unpack = Object.hasOwn(UNPACK, encoding) ? UNPACK[encoding]! : undefined;
  if (unpack === undefined) {
    throw new HttpProblem(415, `the body is encoded as ${encoding}; send it as it is, or as gzip, deflate or br`, {
      headers: { "Accept-Encoding": "gzip, deflate, br" },
    });
  }
  const bytes = await readRaw(request, most);
  try {
    return await unpack(bytes, { maxOutputLength: most });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE") throw tooLarge(most);
    throw new HttpProblem(400, `the body is not ${encoding}, or it breaks off`, { cause: error });
  }
}

async function readRaw(request: HonoRequest, most: number): Promise<Uint8Array> {
  const declared = request.header("content-length");
  if (declared !== undefined && Number(declared) > most) throw tooLarge(most);
  try {
    if (declared === undefined && !request.raw.bodyUsed) return await readStream(request.raw.body, most);
    const bytes = new Uint8Array(await request.arrayBuffer()); // Hono keeps what a middleware has read before
    if (bytes.length > most) throw tooLarge(most);
    return bytes;
  } catch (error) {
    if (error instanceof HttpProblem) throw error;
    throw new HttpProblem(400, "the body broke off", { cause: error });
  }
}

async function readStream(body: ReadableStream<Uint8Array> | null, most: number): Promise<Uint8Array> {
  if (body === null) return new Uint8Array(0);
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.byteLength;
    if (size > most) {
      reader.cancel().catch(() => undefined);
      throw tooLarge(most);
    }
    chunks.push(value);
  }
  return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
}

function tooLarge(most: number): HttpProblem {
  return new HttpProblem(413, `the body is larger than ${most} bytes`, { headers: { Connection: "close" } });
}

/**
 * A body as text.
 *
 * @throws HttpProblem 400 when it is no text in that charset, 415 when the charset is not known
 */
export function decodeText(bytes: Uint8Array, charset = "utf-8"): string {
  let decoder: TextDecoder;
  try {
    decoder = new TextDecoder(charset.replace(/^latin[-_](?=\d+$)/i, "latin"), { fatal: true });
  } catch (error) {
    throw new HttpProblem(415, `the charset '${charset}' is not known; send UTF-8`, { cause: error });
  }
  try {
    return decoder.decode(bytes);
  } catch (error) {
    throw new HttpProblem(400, `the body is not ${charset.toUpperCase()}`, { cause: error });
  }
}

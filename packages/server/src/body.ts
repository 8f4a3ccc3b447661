/** @module The body of a request: read up to a limit, then as text. */

import { HttpProblem } from "./representations/problem.ts";

/** The largest body that is read unless told otherwise: 64 MiB. */
export const MOST_BODY = 64 * 1024 * 1024;

/**
 * The bytes of a body.
 *
 * @throws HttpProblem 413 when it is larger than `most`; 400 when it breaks off
 */
export async function readBody(request: Request, most: number): Promise<Uint8Array> {
  const declared = request.headers.get("content-length");
  if (declared !== null && Number(declared) > most) throw tooLarge(most);
  try {
    if (declared !== null) return new Uint8Array(await request.arrayBuffer());
    return await readStream(request.body, most);
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
    decoder = new TextDecoder(charset, { fatal: true });
  } catch (error) {
    throw new HttpProblem(415, `the charset '${charset}' is not known; send UTF-8`, { cause: error });
  }
  try {
    return decoder.decode(bytes);
  } catch (error) {
    throw new HttpProblem(400, `the body is not ${charset.toUpperCase()}`, { cause: error });
  }
}

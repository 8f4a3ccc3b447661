/** @module The body of a PUT: to a temporary file, its length checked on the way; in memory only when all of it is there. */

import { mkdtemp, open, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { HonoRequest } from "hono";
import { tooLarge } from "../body.ts";
import { mediaType } from "../negotiate.ts";
import { HttpProblem } from "../representations/problem.ts";

/** The largest artefact unless told otherwise: 2 GiB, the most that can be read at once. */
export const MOST_ARTIFACT = 2 ** 31 - 1;

/** Types that no model has. What `curl --data-binary` sends is let through: the bytes decide. */
const NO_MODEL = /^(text\/|image\/|audio\/|video\/|multipart\/|application\/(json|problem\+json|xml|pdf)$)/;

/**
 * The bytes of an artefact.
 *
 * @throws HttpProblem 413 when there are more than `most`, 400 when they break off or there are none, 415 when they are
 *   encoded or say to be something else, 503 when there is no room for them
 */
export async function receiveArtifact(request: HonoRequest, most: number): Promise<Uint8Array> {
  const encoding = request.header("content-encoding")?.trim().toLowerCase();
  if (encoding !== undefined && encoding !== "identity")
    throw new HttpProblem(415, `the body is encoded as ${encoding}; send the file as it is`);
  const { type } = mediaType(request.header("content-type"));
  if (NO_MODEL.test(type)) throw new HttpProblem(415, `the body is ${type}; send a pickle or joblib file as application/octet-stream`);
  const declared = request.header("content-length");
  if (declared !== undefined && Number(declared) > most) throw tooLarge(most);
  const folder = await mkdtemp(join(tmpdir(), "curtido-upload-"));
  try {
    const path = join(folder, "artifact");
    const size = await spool(request.raw.body, path, most);
    if (declared !== undefined && size !== Number(declared)) throw new HttpProblem(400, "the body broke off");
    if (size === 0) throw new HttpProblem(400, "the body is empty; send the bytes of a pickle or joblib file");
    return new Uint8Array(await readFile(path));
  } catch (error) {
    if (error instanceof HttpProblem) throw error;
    if (["ENOSPC", "EDQUOT", "EFBIG"].includes((error as NodeJS.ErrnoException).code ?? ""))
      throw new HttpProblem(503, "there is no room for the file", { headers: { "Retry-After": "60" }, cause: error });
    throw error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function spool(body: ReadableStream<Uint8Array> | null, path: string, most: number): Promise<number> {
  const file = await open(path, "wx", 0o600);
  let size = 0;
  try {
    if (body === null) return 0;
    const reader = body.getReader();
    for (;;) {
      const { done, value } = await read(reader);
      if (done) return size;
      size += value.byteLength;
      if (size > most) {
        reader.cancel().catch(() => undefined);
        throw tooLarge(most);
      }
      await file.write(value);
    }
  } finally {
    await file.close();
  }
}

async function read(reader: ReadableStreamDefaultReader<Uint8Array>) {
  try {
    return await reader.read();
  } catch (error) {
    throw new HttpProblem(400, "the body broke off", { cause: error });
  }
}

/** @module The body of a PUT: to a temporary file, its length checked on the way; in memory only when its turn has come. */

import { type FileHandle, mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { setTimeout } from "node:timers/promises";
import type { HonoRequest } from "hono";
import { bodyTooLarge } from "../http/body.ts";
import { mediaType } from "../http/headers.ts";
import { HttpProblem } from "../http/problem.ts";
import { fillFrom } from "../store/files.ts";

/** The largest artefact unless told otherwise: 2 GiB, the most that can be read at once. */
export const MOST_ARTIFACT = 2 ** 31 - 1;

/** Types that no model has. What `curl --data-binary` sends is let through: the bytes decide. */
const NO_MODEL =
  /^(text\/|image\/|audio\/|video\/|multipart\/(?!form-data)|application\/(json|problem\+json|xml|pdf)$)/;

/** An artefact that came whole, in a file without a name. */
export interface Upload {
  /** Its bytes, read now. */
  bytes(): Promise<Uint8Array>;
  /** It is done with. */
  close(): Promise<void>;
}

/**
 * An artefact, to be closed by who gets it.
 *
 * @param coming - told how many more bytes came; it may throw
 * @throws HttpProblem 413 when there are more than `most`, 400 when they break off or there are none, 415 when they are
 *   encoded or say to be something else, 503 when there is no room for them
 */
export async function receiveArtifact(
  request: HonoRequest,
  most: number,
  coming: (bytes: number) => void = () => undefined,
): Promise<Upload> {
  const encoding = request.header("content-encoding")?.trim().toLowerCase();
  if (encoding !== undefined && encoding !== "identity")
    throw new HttpProblem(415, `the body is encoded as ${encoding}; send the file as it is`);
  const { type } = mediaType(request.header("content-type"));
  if (NO_MODEL.test(type))
    throw new HttpProblem(415, `the body is ${type}; send a pickle or joblib file as application/octet-stream`);
  const declared = request.header("content-length");
  if (declared !== undefined && Number(declared) > most) throw bodyTooLarge(most);
  const folder = await mkdtemp(join(tmpdir(), "curtido-upload-"));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    const file = await open(join(folder, "artifact"), "wx+", 0o600);
    try {
      await remove().catch(() => undefined); // it has no name from here on: a kill leaves nothing behind
      const size = await spool(request.raw.body, file, most, coming);
      if (declared !== undefined && size !== Number(declared)) throw new HttpProblem(400, "the body broke off");
      if (size === 0) throw new HttpProblem(400, "the body is empty; send the bytes of a pickle or joblib file");
      return { bytes: () => readBack(file, size), close: () => file.close() };
    } catch (error) {
      await file.close();
      throw error;
    }
  } catch (error) {
    if (error instanceof HttpProblem) throw error;
    if (["ENOSPC", "EDQUOT", "EFBIG"].includes((error as NodeJS.ErrnoException).code ?? ""))
      throw new HttpProblem(503, "there is no room for the file", { headers: { "Retry-After": "60" }, cause: error });
    throw error;
  } finally {
    await remove();
  }
}

async function spool(
  body: ReadableStream<Uint8Array> | null,
  file: FileHandle,
  most: number,
  coming: (bytes: number) => void,
): Promise<number> {
  if (body === null) return 0;
  let size = 0;
  const reader = body.getReader();
  const pace = new Pace();
  for (;;) {
    const { done, value } = await read(reader);
    if (done) return size;
    size += value.byteLength;
    if (size > most) {
      reader.cancel().catch(() => undefined);
      throw bodyTooLarge(most);
    }
    try {
      coming(value.byteLength);
    } catch (error) {
      reader.cancel().catch(() => undefined);
      throw error;
    }
    await file.writeFile(value);
    await pace.after(value.byteLength);
  }
}

/** How much is taken at a time, how busy the loop may be meanwhile, and how long others have it to themselves if it is busier. */
const PIECE = 1 << 20;
const BUSY = 0.7;
const PAUSE = 20;

/** Takes a body as fast as it comes while there is little else to do, and slowly while there are requests to answer. */
class Pace {
  private taken = 0;
  private since = performance.eventLoopUtilization();

  /** Resolves when more may be taken. */
  async after(bytes: number): Promise<void> {
    this.taken += bytes;
    if (this.taken < PIECE) return;
    this.taken = 0;
    if (performance.eventLoopUtilization(this.since).utilization > BUSY) await setTimeout(PAUSE);
    this.since = performance.eventLoopUtilization();
  }
}

/** What was written, in memory that threads can share: they look at it. */
async function readBack(file: FileHandle, size: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(new SharedArrayBuffer(size));
  await fillFrom(file, bytes);
  return bytes;
}

async function read(reader: ReadableStreamDefaultReader<Uint8Array>) {
  try {
    return await reader.read();
  } catch (error) {
    throw new HttpProblem(400, "the body broke off", { cause: error });
  }
}

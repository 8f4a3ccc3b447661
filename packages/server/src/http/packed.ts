/** @module Answers packed with gzip or br, as `Accept-Encoding` has it. */

import { pipeline, Readable } from "node:stream";
import type { ReadableStream as NodeStream } from "node:stream/web";
import { promisify } from "node:util";
import { brotliCompress, constants, createBrotliCompress, createGzip, gzip } from "node:zlib";
import { formatOfMedia } from "@curtido/tables";
import { mediaType } from "./headers.ts";

/** What is shorter is sent as it is. */
export const SHORTEST = 1024;
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } };
const GZIP = { level: 5 };
const PACKABLE = /^(text\/|application\/(octet-stream|javascript))|\+json/;

/** Whether what has a media type gets shorter: texts, models, and the formats that are not compressed themselves. */
function isPackable(header: string): boolean {
  const { type } = mediaType(header);
  const format = formatOfMedia(type);
  return format === undefined ? PACKABLE.test(type) : format.packed !== true;
}

const pack = { br: promisify(brotliCompress), gzip: promisify(gzip) };

/**
 * The encoding that a client likes best of those that are written; `undefined` for none.
 *
 * @example
 * encodingFor("gzip, br;q=0.5"); // "gzip"
 */
export function encodingFor(accepted: string): "br" | "gzip" | undefined {
  const qualities = new Map<string, number>();
  for (const part of accepted.toLowerCase().split(",")) {
    const [name = "", ...parameters] = part.split(";").map((piece) => piece.trim());
    const given = parameters.find((parameter) => parameter.startsWith("q="));
    qualities.set(name === "x-gzip" ? "gzip" : name, given === undefined ? 1 : Number(given.slice(2)) || 0);
  }
  const quality = (name: string) => qualities.get(name) ?? qualities.get("*") ?? 0;
  const best = quality("br") >= quality("gzip") ? "br" : "gzip";
  const identity = qualities.get("identity") ?? 0;
  return quality(best) > 0 && quality(best) >= identity ? best : undefined;
}

/**
 * The answer, packed when it is long enough and of a kind that gets shorter.
 *
 * @param streams - whether it comes in parts, and must be packed so
 */
export async function packed(response: Response, accepted: string, streams = false): Promise<Response> {
  const { body, headers, status } = response;
  if (body === null || status === 204 || status === 304 || headers.has("content-encoding")) return response;
  if (!isPackable(headers.get("content-type") ?? "")) return response;
  const encoding = encodingFor(accepted);
  if (encoding === undefined) return response;
  if (!streams) {
    const bytes = new Uint8Array(await response.arrayBuffer());
    if (bytes.length < SHORTEST) return new Response(bytes, { status, headers });
    const short = await (encoding === "br" ? pack.br(bytes, BROTLI) : pack.gzip(bytes, GZIP));
    return new Response(new Uint8Array(short), { status, headers: packedHeaders(headers, encoding) });
  }
  const packer = encoding === "br" ? createBrotliCompress(BROTLI) : createGzip(GZIP);
  pipeline(Readable.fromWeb(body as NodeStream<Uint8Array>), packer, () => undefined);
  return new Response(Readable.toWeb(packer) as ReadableStream<Uint8Array>, {
    status,
    headers: packedHeaders(headers, encoding),
  });
}

function packedHeaders(given: Headers, encoding: string): Headers {
  const headers = new Headers(given);
  headers.set("Content-Encoding", encoding);
  headers.delete("Content-Length");
  headers.append("Vary", "Accept-Encoding");
  const etag = headers.get("etag");
  if (etag !== null) headers.set("ETag", etag.replace(/"$/, `-${encoding}"`));
  return headers;
}

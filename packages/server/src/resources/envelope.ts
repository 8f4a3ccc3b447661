/** @module A body of two parts, `model` and `card`: found in place, so that a large file is not copied. */

import { HttpProblem } from "../http/problem.ts";

/** What a body of several parts brings. */
export interface Envelope {
  readonly model: Uint8Array;
  /** The text of the card, where there is one. */
  readonly card: string | undefined;
}

/** The most bytes that the headers of a part have, and the most parts. */
const MOST_HEAD = 16_384;
const MOST_PARTS = 8;

/**
 * Takes a body apart; the model is a view on it.
 *
 * @param boundary - of the Content-Type
 * @throws HttpProblem 400 when it is no multipart/form-data or breaks off, 422 when it has other parts
 */
export function openEnvelope(body: Uint8Array, boundary: string): Envelope {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const parts = new Map<string, Uint8Array>();
  const mark = Buffer.from(`--${boundary}`, "latin1");
  let at = bytes.indexOf(mark);
  for (;;) {
    if (at < 0) throw broken();
    at += mark.length;
    if (bytes.subarray(at, at + 2).toString("latin1") === "--") break;
    const head = bytes.subarray(at, at + MOST_HEAD).indexOf("\r\n\r\n");
    if (head < 0) throw broken();
    const from = at + head + 4;
    const end = bytes.indexOf(Buffer.concat([Buffer.from("\r\n"), mark]), from);
    if (end < 0) throw broken();
    const name = nameIn(bytes.subarray(at, at + head).toString("utf8"));
    if (parts.has(name)) throw new HttpProblem(422, `the body has the part '${name}' twice`);
    if (parts.size >= MOST_PARTS) throw new HttpProblem(422, `the body has more than ${MOST_PARTS} parts`);
    parts.set(name, body.subarray(from, end));
    at = end + 2;
  }
  const strange = [...parts.keys()].find((name) => name !== "model" && name !== "card");
  if (strange !== undefined)
    throw new HttpProblem(422, `the body has the part '${strange.slice(0, 60)}'; it has 'model' and 'card'`);
  const model = parts.get("model");
  if (model === undefined || model.length === 0) throw new HttpProblem(422, "the body has no part 'model'");
  const card = parts.get("card");
  return { model, card: card === undefined ? undefined : Buffer.from(card).toString("utf8") };
}

function nameIn(head: string): string {
  return /^content-disposition:.*[;\s]name="?([^";\r\n]*)"?/im.exec(head)?.[1] ?? "";
}

function broken(): HttpProblem {
  return new HttpProblem(400, "the body is no multipart/form-data, or it breaks off");
}

/** @module Bytes as text. */

import { HttpProblem } from "../http/problem.ts";

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

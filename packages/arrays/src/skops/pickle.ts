/** @module A skops file as the pickle of the same object: every reader of pickles reads it then, and judges it as one. */

import { Dict } from "@curtido/pickle";
import type { Inflate } from "../containers/codecs/inflate.ts";
import { dumpJoblib } from "../write/joblib.ts";
import { SCHEMA, SkopsArchive, skopsError } from "./archive.ts";
import { SkopsTree } from "./nodes.ts";

/** The newest protocol of skops whose nodes are known here: of skops 0.10 to 0.16. */
const NEWEST_PROTOCOL = 2n;

/** How far from the end of a file skops' entry is looked for: it is the last one. */
const TAIL = 1 << 16;

/** Whether an archive is one of skops, by the end of its directory. */
export function isSkops(bytes: Uint8Array): boolean {
  return new TextDecoder("latin1").decode(bytes.subarray(-TAIL)).includes(SCHEMA);
}

/**
 * Reads a skops file, of protocols 0 to 2 (skops 0.6 to 0.16), to a pickle with joblib's arrays. Nothing in it is executed: what
 * skops would import or call is named in the pickle.
 *
 * @param limit - the most bytes that its entries together, and the pickle, may come to
 * @throws CurtidoError E_CONTAINER when it is no such archive, lies, or holds what skops does not write; E_LIMIT; E_ARRAY,
 *   E_DTYPE for its arrays
 * @example
 * loadFrom(new Tokenizer(pickleOfSkops(bytes, 2 ** 30, inflate)));
 */
export function pickleOfSkops(bytes: Uint8Array, limit: number, fast: Inflate): Uint8Array {
  const archive = new SkopsArchive(bytes, limit, fast);
  const schema = archive.schema();
  const protocol = schema instanceof Dict ? schema.get("protocol") : undefined;
  if (typeof protocol !== "bigint" || protocol < 0n || protocol > NEWEST_PROTOCOL)
    throw skopsError(
      `its protocol is ${typeof protocol === "bigint" ? protocol : "not said"}; 0 to ${NEWEST_PROTOCOL} are read`,
    );
  return archive.check(dumpJoblib(new SkopsTree(archive).value(schema), { exact: true }));
}

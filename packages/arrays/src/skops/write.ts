/** @module skops files, written: the tree of an object in schema.json, its arrays beside it as npy and npz. */

import { type DumpOptions, dumps, loadFrom, Tokenizer } from "@curtido/pickle";
import { type ArrayTargets, reduceArrays } from "../write/index.ts";
import { type Deflate, writeZip } from "../write/zip.ts";
import { SCHEMA } from "./archive.ts";
import { schemaBytes } from "./schema.ts";
import { SkopsWriter } from "./write_nodes.ts";

/** The protocol of skops 0.10 to 0.16, and the release whose nodes are written. */
const PROTOCOL = 2;
const RELEASE = "0.16.0";

/** How to write a skops file. */
export interface SkopsOptions extends ArrayTargets, Pick<DumpOptions, "exact"> {
  /** Makes entries smaller; they are stored as they are when it is not given, as skops does. */
  readonly deflate?: Deflate;
}

/**
 * Writes a value as `skops.io.dump` does: Python loads it with the types that `skops.io.get_untrusted_types` tells.
 *
 * @throws CurtidoError E_TYPE for what skops cannot hold: a dict keyed by tuples, objects that contain themselves, and those
 *   that a function makes which is not known here; E_LIMIT beyond 4 GiB
 * @example
 * loads(dumpSkops(new Dict([["X", NdArray.of(Float64Array.of(1, 2))]])));
 */
export function dumpSkops(value: unknown, options: SkopsOptions = {}): Uint8Array {
  const { numpy, pandas, exact = false, deflate } = options;
  const reduce = reduceArrays({ ...(numpy && { numpy }), ...(pandas && { pandas }) });
  // As a pickle has it, every value is in one form, whoever made it.
  const plain = loadFrom(new Tokenizer(dumps(value, { exact, reduce })), { exact: true });
  const writer = new SkopsWriter();
  const tree = { ...writer.node(plain), protocol: PROTOCOL, _skops_version: RELEASE };
  const schema = { name: SCHEMA, bytes: schemaBytes(tree) };
  return writeZip([...writer.entries, schema], deflate);
}

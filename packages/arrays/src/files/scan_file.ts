/** @module Scanning files: pickle's scan with everything that opens containers. */

import {
  type DataBehind,
  Dict,
  defaultScanLimits,
  type Instance,
  isCurtidoError,
  type ScanOptions,
  type ScanReport,
  scan,
  type Tokenizer,
  type Wrappers,
} from "@curtido/pickle";
import { type Inflate, inflate } from "../containers/codecs/inflate.ts";
import { unfoldingLimit } from "../containers/compression.ts";
import { arrayBehind, isRawPart, partName, WRAPPER_CLASSES } from "../containers/joblib.ts";
import { openContainer } from "./open.ts";

/** Where joblib lays arrays. */
const joblibWrappers: Wrappers = { classes: WRAPPER_CLASSES, behind };

function behind(instance: Instance, tokenizer: Tokenizer): DataBehind | undefined {
  const place = arrayBehind(instance, tokenizer);
  if (place !== undefined) return place.objects ? { nested: true } : { skip: place.to };
  try {
    const name = partName(instance);
    return name === undefined ? undefined : { part: { name, raw: isRawPart(instance) } };
  } catch (error) {
    if (!isCurtidoError(error, "E_CONTAINER")) throw error;
    return { outside: String(instance.state instanceof Dict ? instance.state.get("filename") : instance.state) };
  }
}

/** How to scan a file. */
export interface ScanFileOptions extends Omit<ScanOptions, "open" | "wrappers"> {
  /** Inflates, where a platform has a faster way; `@curtido/arrays/node` has one. */
  readonly inflate?: Inflate;
}

/**
 * Scans a file of any kind, told by its content: pickles, joblib files in one or several parts, what is compressed with
 * zlib, gzip, bz2, lzma, xz, lz4 or zstd, zip and tar archives (PyTorch, npz), npy.
 *
 * @example
 * scanFile(readFileSync("model.pt"), { path: "model.pt" }).verdict;
 */
export function scanFile(bytes: Uint8Array, options: ScanFileOptions = {}): ScanReport {
  const { inflate: fast = inflate, limits, ...rest } = options;
  const unfolded = Math.min(defaultScanLimits.unfolded, unfoldingLimit(bytes.length));
  return scan(bytes, {
    ...rest,
    limits: { unfolded, ...limits },
    open: (content, budget) => openContainer(content, budget, fast),
    wrappers: joblibWrappers,
  });
}

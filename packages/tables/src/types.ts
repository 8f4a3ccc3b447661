/** @module What a format is, and how files of it are read and written. */

import type { ArrayTargets, Inflate } from "@curtido/arrays";

/** How to read a file. */
export interface Reading {
  /** Takes keys of JSON that begin with `$` for keys. */
  readonly json?: "plain" | "typed";
  /** The sheet of a workbook; its first one when none is given. */
  readonly sheet?: string;
  /** What becomes of a name that a second column has: it is numbered as pandas does it, or refused. */
  readonly names?: "number" | "refuse";
  /** Reads a file beside it; see `loadFile`. */
  readonly part?: (name: string) => Uint8Array;
  /** Unfolds what lies in archives; `@curtido/arrays/node` has one that is faster than ours. */
  readonly inflate?: Inflate;
}

/** How to write a file. */
export interface Writing extends ArrayTargets {
  readonly json?: "plain" | "typed";
  readonly protocol?: number;
  readonly compress?: "gzip" | "zlib";
}

/** A format; one that cannot be read or written lacks the function. */
export interface Format {
  readonly read: (bytes: Uint8Array, reading: Reading) => unknown;
  readonly write: (value: unknown, writing: Writing) => Uint8Array | Promise<Uint8Array>;
}

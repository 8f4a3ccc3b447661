/** @module Names of a file that are not known, as they are noted until all of it is read. */

import type { FieldsOf } from "@curtido/pickle";

/** A function or class of the file that is not known, and where it stands. */
export interface UnknownName {
  /** `module.name`, by which it is registered. */
  readonly name: string;
  readonly kind: "function" | "class";
  /** Where in the model it is needed: `steps[1].func`. */
  readonly path: string;
  /** What stands for it in the file. */
  readonly value: unknown;
  /** What a function is called with, when it is not a number. */
  readonly takes?: "text";
  /** What a partial puts in front, and the keywords that it is called with. */
  readonly bound?: { readonly args: readonly unknown[]; readonly keywords: ReadonlyMap<string, unknown> };
  /** What an object of the class holds, by name. */
  readonly attributes?: ReadonlyMap<unknown, unknown>;
  /** What the class is, when it is one of a library: `LightGBM's Booster (lightgbm.Booster)`. */
  readonly known?: string;
}

/** What a file tells of names that are not known. */
export interface Told {
  /** The first one in words. */
  readonly words: string;
  readonly fields: Pick<FieldsOf<"E_UNKNOWN_NAME">, "origin" | "imports" | "stub">;
}

/** @module How a model is read. */

import type { Decompress } from "@curtido/arrays";
import type { CardInput } from "./card.ts";
import type { Limits } from "./cost.ts";

/** How to read a model. */
export interface ReviveOptions {
  /**
   * The user's own functions and classes, by the names that the file gives them: a function of one number
   * (`{ "__main__.log_price": (x) => Math.log(x) }`) or of whole rows (`{ rows: (rows) => ... }`). Arguments that a partial of
   * the file holds stand in front, its keywords and `kw_args` come behind as an object. For a class, what makes of a
   * `State` an `Estimator`, or an object of methods over rows (`(state) => ({ transform: (rows) => ... })`); or a
   * text, the class of a library that it is a subclass of (`"sklearn.impute.SimpleImputer"`). See `OwnRows` for what rows are.
   */
  readonly names?: Readonly<Record<string, unknown>>;
  /** The names of the features in their order, for a model whose file does not tell them: it takes objects then. */
  readonly features?: readonly string[];
  /**
   * Decompresses joblib files that are compressed, where a platform has a faster way; `@curtido/arrays/node` has one. Of
   * `@curtido/estimators/core`, which knows zlib and gzip alone, another one: `decompressAny` of `@curtido/arrays`.
   */
  readonly decompress?: Decompress;
  /** The most bytes that a compressed file may unfold to; 256 MiB, or 100 times its size up to 4 GiB, unless told otherwise. */
  readonly decompressedLimit?: number;
  /** Reads a file beside this one by its plain name: joblib before 0.10 kept arrays in files of their own. */
  readonly part?: (name: string) => Uint8Array;
  /** How much the model may cost: {@link Limits}; what is not given is as `DEFAULT_LIMITS` has it. */
  readonly limits?: Partial<Limits>;
  /** Is told now and then how many bytes of how many are read. */
  readonly onProgress?: (bytes: number, total: number) => void;
  /** Which part of the file is the model, where it holds several: `pipe`, `1`, `best.model`. */
  readonly at?: string;
  /** What is said of the model beside its file: names, words, units. It wins over what the file says, key by key. */
  readonly card?: CardInput;
  /** What the file is called in messages. */
  readonly file?: string;
  /** Is told what had to be supposed: which part of a bundle is the model. */
  readonly told?: (words: string) => void;
}

/** @module What there is to say of a class, one row each: nobody asks for the name of a class. */

import type { CostOf } from "./cost.ts";
import type { State } from "./state.ts";

/** Revives an instance: an estimator, or a part of one. */
export type Revive = (state: State) => unknown;

/** A class that pickles name. */
export interface ClassEntry {
  /** Its public Python name: `sklearn.linear_model.LinearRegression`. */
  readonly name: string;
  readonly revive: Revive;
  /** What it costs beside its parts, where its arrays do not tell: numbers that are no arrays, parts that are prepared into one. */
  readonly cost?: CostOf;
  /** Of a class that holds another library's own model: which one, and the release that its object says. */
  readonly library?: Library;
  /** Of a class that a library's own model file stands for. */
  readonly file?: ModelFile;
  /** Whether it compares labels that its parts predict: then its classes cannot be given other names. */
  readonly fixedLabels?: true;
  /**
   * Whether scikit-learn takes its coefficients for sparse: features are selected by their being there, not by their size;
   * `"ratio"` where that is so when all of its penalty is of the first kind.
   */
  readonly sparse?: true | "ratio";
}

/** The rows of a family. */
export type Entries = readonly ClassEntry[];

/** A library, and where its objects hold its model. */
export interface Library {
  readonly name: string;
  /** The attributes that may hold it; the first that is there does. */
  readonly held: readonly string[];
  /** The release that a model says it is of. */
  readonly release: (model: unknown) => string | undefined;
}

/** A library's own file format. */
export interface ModelFile {
  /** How its files begin; each byte is a character. */
  readonly begins: RegExp;
  /** What an object would hold that is pickled, and its class where that is another one of the module. */
  readonly object: (bytes: Uint8Array) => {
    readonly name?: string;
    readonly state: readonly (readonly [name: string, value: unknown])[];
  };
}

/** Rows of classes that are revived alike, and of which the same is to be said; `names` are words. */
export function alike(module: string, names: string, revive: Revive, more: Partial<ClassEntry> = {}): Entries {
  return names
    .trim()
    .split(/\s+/)
    .map((name) => ({ ...more, name: `${module}.${name}`, revive }));
}

/** Rows of several kinds together. A call, which a bundler drops with the rows that nobody needs; it keeps what is spread. */
export function family(...lists: readonly Entries[]): Entries {
  return lists.flat();
}

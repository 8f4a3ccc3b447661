/** @module Bytes to a model: inert values, checked, then revived by name. */

import { type Decompress, loadFile, reviveValue } from "@curtido/arrays";
import { announcedProtocol, CurtidoError, Dict, Global, Instance, isCurtidoError, typeName } from "@curtido/pickle";
import { refuseDangerous } from "./base/danger.ts";
import type { Entry } from "./base/entry.ts";
import { Estimator, estimatorError, UNKNOWN_VERSION, type Version } from "./base/index.ts";
import { type Context, State } from "./base/state.ts";
import { nativeModel } from "./native.ts";
import { ownCode, writesCode } from "./own/code.ts";
import { isOwnMethods, OwnEstimator } from "./own/estimator.ts";
import { unregistered } from "./own/unknown.ts";
import { entryOf } from "./registry.ts";

/** How to read a model. */
export interface ReviveOptions {
  /**
   * The user's own functions and classes, by the names that the file gives them: a function of one number
   * (`{ "__main__.log_price": (x) => Math.log(x) }`) or of whole rows (`{ rows: (rows) => ... }`), which get the keyword
   * arguments that the file holds as their second argument; for a class, what makes of a {@link State} an
   * {@link Estimator}, or an object of methods over rows (`(state) => ({ transform: (rows) => ... })`).
   */
  readonly names?: Readonly<Record<string, unknown>>;
  /** Decompresses joblib files that are compressed, where a platform has a faster way; `@curtido/arrays/node` has one. */
  readonly decompress?: Decompress;
  /** Reads a file beside this one by its plain name: joblib before 0.10 kept arrays in files of their own. */
  readonly part?: (name: string) => Uint8Array;
  /** Is told now and then how many bytes of how many are read. */
  readonly onProgress?: (bytes: number, total: number) => void;
}

/** How deeply estimators may be nested in one another. */
const MOST_NESTED = 64;

class Reviver implements Context {
  readonly names: Readonly<Record<string, unknown>>;
  private readonly made = new Map<Instance, unknown>();
  private readonly underway = new Set<Instance>();

  constructor(names: Readonly<Record<string, unknown>>) {
    this.names = names;
  }

  revive(value: unknown, path: string, version: Version): unknown {
    if (!(value instanceof Instance)) return value;
    if (this.made.has(value)) return this.made.get(value);
    if (this.underway.has(value) || this.underway.size >= MOST_NESTED) {
      throw estimatorError("E_STATE", `'${path}' contains itself, or is nested too deeply`, { path });
    }
    this.underway.add(value);
    const revived = this.create(value, path, version);
    this.underway.delete(value);
    this.made.set(value, revived);
    return revived;
  }

  private create(value: Instance, path: string, version: Version): unknown {
    const made = value.class instanceof Global ? undefined : ownCode(value.class);
    if (value.form === "inst" || (made === undefined && !(value.class instanceof Global)))
      throw unknownName(value, path);
    const own = this.names[made?.name ?? value.className];
    if (typeof own === "function") return ownObject(own as Entry, new State(value, this, path, version));
    const entry = value.class instanceof Global ? entryOf(value.class.module, value.class.name) : undefined;
    if (entry === undefined) throw unknownName(value, path);
    return entry(new State(value, this, path, version));
  }

  isEstimator(value: unknown): boolean {
    return value instanceof Instance && this.made.get(value) instanceof Estimator;
  }

  value(value: unknown): unknown {
    return reviveValue(value);
  }
}

/** What a class of the user's own makes of a state: an estimator, plain methods over rows, or a part of something. */
function ownObject(own: Entry, state: State): unknown {
  const made = own(state);
  return !(made instanceof Estimator) && isOwnMethods(made) ? new OwnEstimator(state, made) : made;
}

function unknownName(value: Instance, path: string) {
  const name = value.className;
  const where = path === "" ? "the file" : `'${path}'`;
  const short = name.slice(name.lastIndexOf(".") + 1);
  const own = `register it with names: { "${name}": ... }`;
  if (path === "" && /^(pandas|numpy|scipy)\./.test(name)) {
    return estimatorError("E_NOT_A_MODEL", `the file holds a ${name}, which is data and no model`, { found: name });
  }
  if (!name.startsWith("sklearn.")) {
    const code = ownCode(value.class);
    if (code !== undefined) return unregistered({ ...code, kind: "class" }, path);
    return estimatorError("E_UNKNOWN_NAME", `${where} is a ${name}, which is not known here: ${own}`, { name, path });
  }
  return estimatorError(
    "E_UNKNOWN_NAME",
    `${where} is scikit-learn's ${short} (${name}), which is not known here yet: ${own}`,
    { name, path },
  );
}

/** What a file is that is no pickle, by its first bytes. */
const OTHER_FILES: readonly (readonly [first: string, what: string])[] = [
  ["PK\x03\x04", "a zip archive, as PyTorch, numpy's npz and Excel write them"],
  ["\x89HDF", "an HDF5 file, as Keras writes them"],
  ["\x89PNG", "a PNG picture"],
  ["\x93NUMPY", "a npy file: one array, no model"],
  ["{", "JSON or text"],
  ["<", "HTML or XML"],
];

/** A file that breaks off within its first bytes, without the mark of protocol 2 and later, never was a pickle. */
function plainer(error: unknown, bytes: Uint8Array): unknown {
  if (!isCurtidoError(error)) return error;
  const first = String.fromCharCode(...bytes.subarray(0, 8));
  const known = OTHER_FILES.find(([start]) => first.startsWith(start));
  const { offset } = error.fields;
  const early =
    typeof offset === "number" && offset < 16 && announcedProtocol(bytes) === undefined && error.code !== "E_UNSAFE";
  if (!early) return error;
  const what = known === undefined ? error.message : `it looks like ${known[1]}`;
  return new CurtidoError("E_NOT_A_PICKLE", `not a pickle: ${what.replace(/^not a pickle: /, "")}`, { offset }, error);
}

/**
 * Reads a model from the bytes of a pickle or joblib file, or of a library's own model file. Nothing in it is executed.
 * The bytes are copied: who gave them may use them for something else.
 *
 * @throws CurtidoError E_NOT_A_PICKLE, E_TRUNCATED ... (the file), E_UNKNOWN_NAME, E_NOT_A_MODEL, E_STATE (what it holds)
 * @example
 * revive(readFileSync("modelo.pkl")).predict([[1, 0, 1]]).tolist();
 */
export function revive(bytes: Uint8Array | ArrayBuffer, options: ReviveOptions = {}): Estimator {
  // Not slice(): that of a Buffer shares its memory.
  const own = bytes instanceof ArrayBuffer ? new Uint8Array(bytes.slice(0)) : new Uint8Array(bytes);
  return reviveOwned(own, { ...options, ...ownedPart(options.part) });
}

/** Copies what a function of the caller's gives; see {@link revive}. */
export function ownedPart(part: ReviveOptions["part"]): Pick<ReviveOptions, "part"> {
  return part === undefined ? {} : { part: (name) => new Uint8Array(part(name)) };
}

/** {@link revive} for bytes that nobody changes: the model keeps them. */
export function reviveOwned(bytes: Uint8Array, options: ReviveOptions): Estimator {
  return reviveModel(nativeModel(bytes) ?? readFile(bytes, options), options);
}

function readFile(bytes: Uint8Array, options: ReviveOptions): unknown {
  const { decompress, part, onProgress } = options;
  let ownClasses = false;
  try {
    return loadFile(bytes, {
      encoding: "latin1",
      onCall: (callable) => {
        // dill names the class that it wrote just before by a call of setattr.
        ownClasses ||= callable.toString() === "dill._dill._create_type";
        if (ownClasses && callable.toString() === "builtins.setattr") return;
        if (!writesCode(callable)) refuseDangerous(callable);
      },
      ...(decompress === undefined ? {} : { decompress }),
      ...(part === undefined ? {} : { part }),
      ...(onProgress === undefined ? {} : { onProgress }),
    });
  } catch (error) {
    throw plainer(error, bytes);
  }
}

/** The model that inert values stand for; see {@link revive}. */
export function reviveModel(value: unknown, options: ReviveOptions = {}): Estimator {
  const revived =
    value instanceof Instance ? new Reviver(options.names ?? {}).revive(value, "", UNKNOWN_VERSION) : value;
  if (revived instanceof Estimator) return revived;
  const keys = value instanceof Dict ? ` with the keys ${[...value.keys()].slice(0, 8).map(String).join(", ")}` : "";
  throw estimatorError("E_NOT_A_MODEL", `the file holds a ${typeName(value)}${keys}, which is no model`, {
    found: typeName(value),
  });
}

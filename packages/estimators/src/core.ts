/**
 * Models of the classes that are handed in, so that a bundle holds no others.
 *
 * @module
 * @example
 * import { revive } from "@curtido/estimators/core";
 * import { entries } from "@curtido/estimators/linear_model";
 * revive(bytes, { entries }).predict([[1, 0, 1, 1]]).tolist();
 */

import { decompressDeflate, isNumpyCall, loadFileWith } from "@curtido/arrays";
import { Dict, Global, Instance, typeName } from "@curtido/pickle";
import { Classes } from "./base/classes.ts";
import { DEFAULT_LIMITS } from "./base/cost.ts";
import { refuseDangerous } from "./base/danger.ts";
import type { ClassEntry, Entries } from "./base/entry.ts";
import { estimatorError } from "./base/errors.ts";
import { Estimator } from "./base/estimator.ts";
import type { ReviveOptions } from "./base/options.ts";
import { writesCode } from "./own/name.ts";
import { Reviver } from "./reviver.ts";

export type { ClassEntry, Entries, ReviveOptions };

/** {@link ReviveOptions}, and the classes that models may be of. */
export interface CoreOptions extends Omit<ReviveOptions, "at" | "card" | "file" | "told"> {
  /** The `entries` of one family, or of several: `[linearModel, preprocessing]`. */
  readonly entries: Entries | readonly Entries[];
}

/**
 * Reads a model from the bytes of a pickle or joblib file, or of a library's own model file. Nothing in it is executed.
 * The bytes are copied: who gave them may use them for something else.
 *
 * @throws CurtidoError E_NOT_A_PICKLE, E_TRUNCATED ... (the file), E_UNKNOWN_NAME for a class that `entries` do not have,
 *   naming where it is imported from; E_NOT_A_MODEL, E_STATE (what it holds)
 * @example
 * revive(bytes, { entries }).predict([[1, 0, 1]]).tolist();
 */
export function revive(bytes: Uint8Array | ArrayBuffer, { entries, ...options }: CoreOptions): Estimator {
  const families = entries.flat() as Entries;
  return reviveCopy(new Classes([families]), bytes, options);
}

/** A copy of bytes, revived. */
export function reviveCopy(classes: Classes, bytes: Uint8Array | ArrayBuffer, options: ReviveOptions): Estimator {
  // Not slice(): that of a Buffer shares its memory.
  const own = bytes instanceof ArrayBuffer ? new Uint8Array(bytes.slice(0)) : new Uint8Array(bytes);
  return reviveOwned(classes, own, { ...options, ...ownedPart(options.part) });
}

/**
 * The bytes that a source holds itself, over its own memory; `undefined` when it holds none.
 *
 * @example
 * bytesIn(new DataView(new ArrayBuffer(3))); // Uint8Array(3)
 */
export function bytesIn(source: unknown): Uint8Array | undefined {
  if (source instanceof Uint8Array) return source;
  if (ArrayBuffer.isView(source)) return new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
  // Memory that threads share is there only in pages that ask for it.
  const shared = typeof SharedArrayBuffer !== "undefined" && source instanceof SharedArrayBuffer;
  return shared || source instanceof ArrayBuffer ? new Uint8Array(source) : undefined;
}

/** Copies what a function of the caller's gives; see {@link revive}. */
export function ownedPart(part: ReviveOptions["part"]): Pick<ReviveOptions, "part"> {
  return part === undefined ? {} : { part: (name) => new Uint8Array(part(name)) };
}

/** {@link revive} for bytes that nobody changes: the model keeps them. */
export function reviveOwned(classes: Classes, bytes: Uint8Array, options: ReviveOptions): Estimator {
  return reviveValueOf(classes, objectOfFile(classes, bytes) ?? readPickle(classes, bytes, options), options);
}

/** A key as it is shown: a text or a number, or what it is. */
function keyText(key: unknown): string {
  return typeof key === "object" && key !== null ? `a ${typeName(key)}` : String(key);
}

/** The model that inert values stand for. */
export function reviveValueOf(classes: Classes, value: unknown, options: ReviveOptions): Estimator {
  const model = (root: unknown) => revivedRoot(classes, root, options);
  const { features } = options;
  const revived = classes.whole?.pick(value, classes, { options, model }) ?? model(value);
  if (features !== undefined) revived.declareFeatures(features);
  return revived;
}

/** The estimator that one value is. @throws CurtidoError E_NOT_A_MODEL */
function revivedRoot(classes: Classes, value: unknown, { names = {}, limits }: ReviveOptions): Estimator {
  const reviver = new Reviver(classes, names, { ...DEFAULT_LIMITS, ...limits });
  const revived = value instanceof Instance ? reviver.root(value) : value;
  if (revived instanceof Estimator) return revived;
  const keys = value instanceof Dict ? ` with the keys ${[...value.keys()].slice(0, 8).map(keyText).join(", ")}` : "";
  throw estimatorError("E_NOT_A_MODEL", `the file holds a ${typeName(value)}${keys}, which is no model`, {
    found: typeName(value),
  });
}

/** How many bytes tell a library's own file. */
const HEAD = 256;

/** The object that bytes stand for, when they are a library's own model file: as a pickle would hold it. */
export function objectOfFile(classes: Classes, bytes: Uint8Array): Instance | undefined {
  const head = String.fromCharCode(...bytes.subarray(0, HEAD));
  const entry = classes.files.find(({ file }) => file?.begins.test(head));
  if (entry === undefined) return undefined;
  const dot = entry.name.lastIndexOf(".");
  const { name = entry.name.slice(dot + 1), state } = entry.file!.object(bytes);
  const model = new Instance(new Global(entry.name.slice(0, dot), name), [], "newobj");
  model.states.push(new Dict(state));
  return model;
}

function readPickle(classes: Classes, bytes: Uint8Array, options: ReviveOptions): unknown {
  const { decompress = decompressDeflate, decompressedLimit, part, onProgress } = options;
  let ownClasses = false;
  // Most calls of a file are of a few names, each one object there.
  const judged = new Set<Global>();
  try {
    return loadFileWith(bytes, {
      encoding: "latin1",
      decompress,
      onCall: (callable) => {
        if (judged.has(callable)) return;
        judged.add(callable);
        // What is known is made here, and harms nobody.
        if (isNumpyCall(callable) || classes.find(callable.module, callable.name) !== undefined) return;
        // dill names the class that it wrote just before by a call of setattr.
        ownClasses ||= callable.toString() === "dill._dill._create_type";
        if (ownClasses && callable.toString() === "builtins.setattr") return;
        if (!writesCode(callable)) refuseDangerous(callable);
      },
      ...(decompressedLimit === undefined ? {} : { decompressedLimit }),
      ...(part === undefined ? {} : { part }),
      ...(onProgress === undefined ? {} : { onProgress }),
    });
  } catch (error) {
    throw classes.whole?.explain(error, bytes) ?? error;
  }
}

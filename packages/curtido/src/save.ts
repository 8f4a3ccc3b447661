/** @module A model as a file that Python loads. */

import { dumpJoblib, dumpSkops, dumps, loads } from "@curtido/arrays";
import { compress, decompress } from "@curtido/arrays/node";
import { type Estimator, partAt } from "@curtido/estimators";
import { convertRelease, type Fitted, inertFor, type PickleOptions, releaseOf } from "@curtido/estimators/fit";
import { fileBehind, partsBeside } from "@curtido/estimators/node";
import { CurtidoError, Instance } from "@curtido/pickle";
import { formatOf } from "./convert/formats.ts";
import { replaceFile } from "./convert/save.ts";

/** How a file that Python reads a model from is called. */
export const ENDINGS = ".pkl, .pickle or .joblib, with .gz or .z behind it for a compressed one, or .skops";
/** Pickle's protocol that every Python since 3.4 reads. */
const PROTOCOL = 4;

/** See `save` of the library. */
export function saveNow(model: Estimator | Fitted, path: string, options: PickleOptions = {}): void {
  replaceFile(path, bytesFor(model, path, options));
}

/** The bytes that {@link saveNow} writes. */
export function bytesFor(model: Estimator | Fitted, path: string, options: PickleOptions = {}): Uint8Array {
  const { format, compress: packed } = formatOf(path);
  if (format?.models !== true)
    throw new CurtidoError("E_FILE", `${path}: a model's file ends with ${ENDINGS}`, { path });
  const { value, exact } = inert(model, options.scikitLearn);
  if (format.name === "skops") return dumpSkops(value, { exact });
  if (format.name === "joblib")
    return dumpJoblib(value, { exact, ...(packed && { compress: (bytes: Uint8Array) => compress(packed, bytes) }) });
  const bytes = dumps(value, { exact, protocol: options.protocol ?? PROTOCOL });
  return packed === undefined ? bytes : compress(packed, bytes);
}

/** What stands at a place of a file, as it is: ints and floats are told apart. */
function exactPart(bytes: Uint8Array, path: string | undefined, at: string): unknown {
  const part = path === undefined ? {} : { part: partsBeside(path) };
  return partAt(loads(bytes, { exact: true, encoding: "latin1", decompress, ...part }), at);
}

/**
 * A part of a file as a pickle of its own.
 *
 * @param path - of the file, beside which arrays of old joblib files lie
 * @throws CurtidoError E_PARTS when there is none
 */
export function partBytes(bytes: Uint8Array, path: string, at: string): Uint8Array {
  const value = exactPart(bytes, path, at);
  if (value === undefined) throw new CurtidoError("E_PARTS", `${path}: there is no '${at}' in the file`, { parts: [] });
  return dumps(value, { exact: true, protocol: PROTOCOL });
}

interface Inert {
  readonly value: Instance;
  /** Whether a `number` is a float. */
  readonly exact: boolean;
}

function inert(model: Estimator | Fitted, scikitLearn: string | undefined): Inert {
  if ("instance" in model) return { value: inertFor(model.instance, scikitLearn), exact: false };
  const origin = fileBehind(model);
  if (origin === undefined)
    throw new CurtidoError("E_UNSUPPORTED", `this ${model.className} was neither loaded nor fitted: it has no pickle`);
  const value = exactPart(origin.bytes, origin.path, model.part ?? "");
  if (!(value instanceof Instance))
    throw new CurtidoError("E_UNSUPPORTED", `this ${model.className} is in no pickle: copy its file instead`);
  if (scikitLearn === undefined) return { value, exact: true };
  return { value: convertRelease(value, releaseOf(scikitLearn)), exact: false };
}

/** @module Bytes to a model: inert values, checked, then revived by name. */

import { type Decompress, loadFile, reviveValue } from "@curtido/arrays";
import { Dict, Global, Instance, typeName } from "@curtido/pickle";
import { refuseDangerous } from "./base/danger.ts";
import { Estimator, estimatorError, UNKNOWN_VERSION, type Version } from "./base/index.ts";
import { type Context, State } from "./base/state.ts";
import { type Entry, entryOf } from "./registry.ts";

/** How to read a model. */
export interface ReviveOptions {
  /**
   * The user's own functions and classes, by the names that the file gives them: a function of one number
   * (`{ "__main__.log_price": (x) => Math.log(x) }`), or what makes an {@link Estimator} from a {@link State}.
   */
  readonly names?: Readonly<Record<string, unknown>>;
  /** Decompresses joblib files that are compressed; `@curtido/arrays/node` has one. */
  readonly decompress?: Decompress;
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
    if (!(value.class instanceof Global) || value.form === "inst") throw unknownName(value.className, path);
    const own = this.names[value.className];
    const entry = typeof own === "function" ? (own as Entry) : entryOf(value.class.module, value.class.name);
    if (entry === undefined) throw unknownName(value.className, path);
    return entry(new State(value, this, path, version));
  }

  isEstimator(value: unknown): boolean {
    return value instanceof Instance && this.made.get(value) instanceof Estimator;
  }

  value(value: unknown): unknown {
    return reviveValue(value);
  }
}

function unknownName(name: string, path: string) {
  if (path === "" && /^(pandas|numpy|scipy)\./.test(name)) {
    return estimatorError("E_NOT_A_MODEL", `the file holds a ${name}, which is data and no model`, { found: name });
  }
  const where = path === "" ? "the file" : `'${path}'`;
  const message = `${where} is a ${name}, which is not known here: register it with names: { "${name}": ... }`;
  return estimatorError("E_UNKNOWN_NAME", message, { name, path });
}

/**
 * Reads a model from the bytes of a pickle or joblib file. Nothing in it is executed.
 *
 * @throws CurtidoError E_NOT_A_PICKLE, E_TRUNCATED ... (the file), E_UNKNOWN_NAME, E_NOT_A_MODEL, E_STATE (what it holds)
 * @example
 * revive(readFileSync("modelo.pkl")).predict([[1, 0, 1]]).tolist();
 */
export function revive(bytes: Uint8Array, options: ReviveOptions = {}): Estimator {
  return reviveModel(
    loadFile(bytes, {
      encoding: "latin1",
      onCall: refuseDangerous,
      ...(options.decompress && { decompress: options.decompress }),
    }),
    options,
  );
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

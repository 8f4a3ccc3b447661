/** @module From inert values to estimators: what is known is looked up, what is not is noted, and the whole refused. */

import { type NdArray, reviveNumpy, reviveValue } from "@curtido/arrays";
import { Global, Instance } from "@curtido/pickle";
import type { Classes } from "./base/classes.ts";
import { type Cost, type Limits, refuseCost } from "./base/cost.ts";
import { CostWalk } from "./base/cost_walk.ts";
import type { ClassEntry, Revive } from "./base/entry.ts";
import { estimatorError } from "./base/errors.ts";
import { Estimator, METHODS } from "./base/estimator.ts";
import { type Context, State } from "./base/state.ts";
import type { UnknownName } from "./base/unknown_name.ts";
import { UNKNOWN_VERSION, type Version } from "./base/version.ts";
import { isOwnMethods, OwnEstimator, type OwnMethods } from "./own/estimator.ts";
import { ownName } from "./own/name.ts";
import { MOST_NAMES, unregistered } from "./own/unknown.ts";
import { unknownClass } from "./unknown_class.ts";

/** Offers every method, so that what is around it can be read on. */
const STAND_IN = Object.fromEntries(METHODS.map((method) => [method, () => []])) as OwnMethods;

/** How deeply estimators may be nested in one another. */
const MOST_NESTED = 64;

/** Revives the objects of one file, each once. */
export class Reviver implements Context {
  readonly names: Readonly<Record<string, unknown>>;
  readonly limits: Limits;
  private readonly classes: Classes;
  private readonly costs = new WeakMap<Instance, Cost>();
  private readonly made = new Map<Instance, unknown>();
  private readonly underway = new Set<Instance>();
  private readonly unknown: UnknownName[] = [];
  /** Arrays that are revived already, until the whole is. */
  private arrays: ReadonlyMap<unknown, NdArray> | undefined;

  constructor(classes: Classes, names: Readonly<Record<string, unknown>>, limits: Limits) {
    this.classes = classes;
    this.names = names;
    this.limits = limits;
  }

  /** The whole, once it is known to cost no more than it may. @throws CurtidoError E_LIMIT; E_UNKNOWN_NAME with all of them */
  root(value: Instance): unknown {
    const walk = this.walk();
    const cost = walk.of(value);
    this.costs.set(value, cost);
    if (!fits(cost, this.limits)) refuseCost(cost, this.limits, walk.heaviest(value));
    this.arrays = walk.arrays;
    let revived: unknown;
    try {
      revived = this.revive(value, "", UNKNOWN_VERSION);
    } catch (error) {
      // What is not known may fit nowhere.
      if (this.unknown.length === 0) throw error;
    }
    this.arrays = undefined;
    if (this.unknown.length > 0)
      throw unregistered(this.unknown, this.classes.whole?.tell(this.unknown, value, this.names));
    return revived;
  }

  note(unknown: UnknownName): void {
    if (this.unknown.length < MOST_NAMES) this.unknown.push(unknown);
  }

  /** Stands for an object that is not known until all of the file is read. */
  private standIn(value: Instance, path: string, version: Version): unknown {
    this.note(unknownClass(this.classes, value, path));
    return new OwnEstimator(new State(value, this, path, version), STAND_IN);
  }

  costOf(value: Instance): Cost {
    const known = this.costs.get(value) ?? this.walk().of(value);
    this.costs.set(value, known);
    return known;
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
    const made = value.class instanceof Global ? undefined : ownName(value.class);
    if (value.form === "inst" || (made === undefined && !(value.class instanceof Global)))
      return this.standIn(value, path, version);
    const own = this.registered(value);
    if (typeof own === "function") return ownObject(own as Revive, new State(value, this, path, version));
    const entry = this.entryOf(value);
    if (entry === undefined) return this.standIn(value, path, version);
    try {
      return entry.revive(new State(typeof own === "string" ? asClass(value, entry) : value, this, path, version));
    } catch (error) {
      throw misfit(error, value, path);
    }
  }

  private walk(): CostWalk {
    return new CostWalk((value) => this.entryOf(value));
  }

  entryOf(value: unknown): ClassEntry | undefined {
    if (!(value instanceof Instance)) return undefined;
    const own = this.registered(value);
    if (typeof own === "string") return this.classNamed(own);
    return value.class instanceof Global ? this.classes.find(value.class.module, value.class.name) : undefined;
  }

  /** What is registered for an instance's class. */
  private registered(value: Instance): unknown {
    const name = value.class instanceof Global ? value.className : ownName(value.class)?.name;
    return name !== undefined && Object.hasOwn(this.names, name) ? this.names[name] : undefined;
  }

  /** The class of a library that stands for one of the user's. @throws CurtidoError E_UNKNOWN_NAME */
  private classNamed(name: string): ClassEntry {
    const dot = name.lastIndexOf(".");
    const entry = this.classes.find(name.slice(0, dot), name.slice(dot + 1));
    if (entry !== undefined) return entry;
    const message = `names: '${name}' is no class that is known here; it is written like "sklearn.impute.SimpleImputer"`;
    throw estimatorError("E_UNKNOWN_NAME", message, { name, path: "" });
  }

  isEstimator(value: unknown): boolean {
    return value instanceof Instance && this.made.get(value) instanceof Estimator;
  }

  value(value: unknown): unknown {
    return this.arrays?.get(value) ?? reviveNumpy(value) ?? reviveValue(value);
  }
}

/** An instance of a user's subclass, as one of the class that stands for it. */
function asClass(value: Instance, { name }: ClassEntry): Instance {
  const dot = name.lastIndexOf(".");
  const { args, form, kwargs } = value;
  const twin = new Instance(new Global(name.slice(0, dot), name.slice(dot + 1)), args, form, kwargs);
  for (const state of value.states) twin.states.push(state);
  for (const item of value.items) twin.items.push(item);
  for (const entry of value.entries) twin.entries.push(entry);
  return twin;
}

/** Parts that do not fit together are the file's fault, wherever that is noticed. */
function misfit(error: unknown, { className }: Instance, path: string): unknown {
  if (!(error instanceof TypeError || error instanceof RangeError)) return error;
  const where = path === "" ? className : `${className} ('${path}')`;
  return estimatorError("E_STATE", `${where}: its fitted state does not fit together`, { path }, error);
}

function fits({ memory, perRowMemory, perCall, perRow }: Cost, limits: Limits): boolean {
  return Math.max(memory, perRowMemory) <= limits.memory && perCall + perRow <= limits.operationsPerRow;
}

/** What a class of the user's own makes of a state: an estimator, plain methods over rows, or a part of something. */
function ownObject(own: Revive, state: State): unknown {
  const made = own(state);
  return !(made instanceof Estimator) && isOwnMethods(made) ? new OwnEstimator(state, made) : made;
}

/** @module What every estimator that can be fitted shares: parameters, and the object that scikit-learn would pickle. */

import { dumps, NdArray } from "@curtido/arrays";
import { Dict, Global, Instance } from "@curtido/pickle";
import { estimatorError } from "../../base/errors.ts";
import type { Estimator } from "../../base/estimator.ts";
import { type Rows, shapeOf } from "../../base/input.ts";
import { reviveModel } from "../../load.ts";
import { asRead } from "../save/copy.ts";
import { forRelease, releaseOf, WRITTEN_VERSION } from "../save/release.ts";
import { namesOf, type Table, type Target } from "./data.ts";
import { type ParameterTable, pythonName, settle } from "./parameters.ts";
import type { FitOptions } from "./weights.ts";

/** Pickle's protocol that every Python since 3.4 reads. */
const PROTOCOL = 4;

/** For whom a pickle is written. */
export interface PickleOptions {
  /** The release of scikit-learn that is to read it without a warning: `"1.2"` or `"1.2.1"`; 1.9.1 without it. */
  readonly scikitLearn?: string;
  /** Pickle's protocol; 4 without it. */
  readonly protocol?: number;
}

/** A fitted estimator, and the inert object that its pickle holds. */
export type Fitted = Estimator & {
  /** The object graph as scikit-learn 1.9.1 would pickle it. */
  readonly instance: Instance;
  /** The bytes that Python's `pickle.load` reads. */
  toPickle(options?: PickleOptions): Uint8Array;
};

/** What a class of scikit-learn is called, and which parameters it has. */
export interface ClassSpec {
  readonly module: string;
  readonly name: string;
  readonly parameters: ParameterTable;
  /** What is kept beside the parameters: those that older releases want to find, and what classes share with others. */
  readonly older?: (parameters: ReadonlyMap<string, unknown>) => Readonly<Record<string, unknown>>;
}

/** What an estimator is for. */
export type FitTask = "classification" | "regression" | "clustering" | "transformation" | "composition";

/** What there is to say of a class that can be fitted. */
export interface TrainerSpec extends ClassSpec {
  readonly task: FitTask;
  /** Whether its numpy code changes a copy of the rows in place, so that what it gives keeps their memory order. */
  readonly changesInPlace?: true;
}

/** Parameters by scikit-learn's names in TypeScript's case. */
export type Given = Readonly<Record<string, unknown>>;

/** Attributes by Python's names, in the order in which they are pickled. */
export type Attributes = readonly (readonly [name: string, value: unknown])[];

/**
 * An estimator before it is fitted. Its constructor keeps parameters and does nothing else.
 *
 * @example
 * new DecisionTreeClassifier({ maxDepth: 3, randomState: 0 }).fit(X, y).predict(X);
 */
export abstract class Trainer<Spec extends TrainerSpec = TrainerSpec> {
  readonly spec: Spec;
  /** All parameters, given ones and defaults, by TypeScript's names. */
  readonly parameters: ReadonlyMap<string, unknown>;
  private readonly given: Given;

  constructor(spec: Spec, given: Given) {
    this.spec = spec;
    this.given = given;
    this.parameters = settle(spec.name, spec.parameters, given);
  }

  /** Learns from rows, and from targets where the estimator wants them. */
  abstract fit(X: Rows, y?: Target, options?: FitOptions): Fitted;

  /** Whether it learns labels: a classifier, or something around one. */
  get learnsLabels(): boolean {
    return this.spec.task === "classification";
  }

  /**
   * The same estimator with other parameters; it stays as it is itself. A pipeline's steps are reached by
   * `step__parameter`.
   *
   * @example
   * new Pipeline({ steps: [["model", new Ridge()]] }).with({ model__alpha: 10 });
   */
  with(changes: Given): Trainer {
    const Class = this.constructor as new (given: Given) => Trainer;
    return new Class({ ...this.given, ...changes });
  }

  /** The inert object before it is fitted, as a clone of it would be pickled. */
  unfitted(): Instance {
    return instanceOf(this.spec, this.parameters, []);
  }

  protected finish(attributes: Attributes): Fitted {
    return fitted(instanceOf(this.spec, this.parameters, attributes));
  }

  /** The attributes that say what the rows were: `n_features_in_`, and `feature_names_in_` when columns have names. */
  protected features(X: Table): Attributes {
    return featureAttributes(X);
  }

  protected unsupported(name: string, why: string): never {
    throw estimatorError("E_UNSUPPORTED", `${this.spec.name}: '${name}' ${why}`, { path: name });
  }
}

export function featureAttributes(X: Table): Attributes {
  const names = namesOf(X);
  return names === undefined ? [["n_features_in_", shapeOf(X)[1]]] : namedFeatures(names);
}

/** What is said of features that have names. */
export function namedFeatures(names: readonly string[]): Attributes {
  return [
    ["feature_names_in_", NdArray.objects([...names], [names.length])],
    ["n_features_in_", names.length],
  ];
}

/** An instance of a class of scikit-learn: parameters, then what was learned, then the version. */
export function instanceOf(
  spec: ClassSpec,
  parameters: ReadonlyMap<string, unknown>,
  attributes: Attributes,
): Instance {
  const made = new Instance(new Global(spec.module, spec.name), [], "newobj");
  const state = new Dict<unknown>();
  for (const [name, value] of parameters) state.set(pythonName(name), written(value));
  for (const [name, value] of Object.entries(spec.older?.(parameters) ?? {})) state.set(name, value);
  for (const [name, value] of attributes) state.set(name, written(value));
  state.set("_sklearn_version", WRITTEN_VERSION);
  made.states.push(state);
  return made;
}

/** Changes of an estimator's own parameters, and of the parts that it names: `part__parameter`. */
export function splitChanges(changes: Given, parts: readonly string[]) {
  const own: Record<string, unknown> = {};
  const inner = new Map<string, Record<string, unknown>>();
  for (const [path, value] of Object.entries(changes)) {
    const at = path.indexOf("__");
    const part = at < 0 ? undefined : path.slice(0, at);
    if (part === undefined) own[path] = value;
    else if (parts.includes(part)) inner.set(part, { ...inner.get(part), [path.slice(at + 2)]: value });
    else throw estimatorError("E_UNSUPPORTED", `there is no part '${part}'; there are ${parts.join(", ")}`, { path });
  }
  return { own, inner };
}

/** Trainers within parameters are pickled as the estimators they stand for. */
function written(value: unknown): unknown {
  return value instanceof Trainer ? value.unfitted() : value;
}

/** The estimator that an inert object stands for: exactly what reading its pickle gives. */
export function fitted(instance: Instance): Fitted {
  const toPickle = (options?: PickleOptions) => pickled(instance, options);
  return Object.assign(reviveModel(asRead(instance)), { instance, toPickle });
}

/**
 * The same model with a note beside it, which Python keeps and no method of its reads.
 *
 * @param note - a dict of plain values
 */
export function withNote({ instance }: Fitted, note: Dict<unknown>): Fitted {
  const made = new Instance(instance.class, [], "newobj");
  made.states.push(new Dict<unknown>([...(instance.state as Dict<unknown>), ["_curtido", note]]));
  return fitted(made);
}

/** The pickle of an inert object in the layout of a release. */
function pickled(instance: Instance, { scikitLearn, protocol = PROTOCOL }: PickleOptions = {}): Uint8Array {
  return dumps(inertFor(instance, scikitLearn), { protocol });
}

/**
 * What a fitted estimator is in the layout of a release.
 *
 * @param scikitLearn - `"1.2"` or `"1.2.1"`; 1.9.1 without it
 * @throws CurtidoError E_UNSUPPORTED for a release that cannot be written for
 */
export function inertFor(instance: Instance, scikitLearn: string = WRITTEN_VERSION): Instance {
  const release = releaseOf(scikitLearn);
  return release === WRITTEN_VERSION ? instance : forRelease(instance, release);
}

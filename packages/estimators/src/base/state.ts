/** @module A fitted object's attributes, read with their types and shapes checked: the only way from inert values to numbers. */

import { Csr, isNumeric, NdArray, reviveNumpy } from "@curtido/arrays";
import { Dict, Global, Instance, Tuple, typeName } from "@curtido/pickle";
import { type Cost, type Limits, refuseBeyond } from "./cost.ts";
import type { ClassEntry } from "./entry.ts";
import { estimatorError } from "./errors.ts";
import type { Estimator } from "./estimator.ts";
import type { Extents, Matrix } from "./shapes.ts";
import type { UnknownName } from "./unknown_name.ts";
import { UNKNOWN_VERSION, Version } from "./version.ts";

export type { Extents, Matrix };

/** What reviving knows beside the object at hand. */
export interface Context {
  /** The object that stands for an instance: an estimator or a part of one. Made once, shared like in the file. */
  revive(value: unknown, path: string, version: Version): unknown;
  /** Arrays, matrices and frames; anything else as it is. */
  value(value: unknown): unknown;
  /** The user's own names. */
  readonly names: Readonly<Record<string, unknown>>;
  /** Whether an inert value is an instance of a class that is revived as an {@link Estimator}. */
  isEstimator(value: unknown): boolean;
  /** What is known of the class that an inert value is an instance of. */
  entryOf(value: unknown): ClassEntry | undefined;
  /** What the file may cost. */
  readonly limits: Limits;
  /** What an instance costs. */
  costOf(value: Instance): Cost;
  /** Notes a name that is not known: the whole is refused once all of it is read. */
  note(unknown: UnknownName): void;
}

/** The attributes of one instance. Every reader throws E_STATE naming the attribute when it is not what it must be. */
export class State {
  readonly instance: Instance;
  readonly context: Context;
  readonly path: string;
  readonly version: Version;
  private readonly attributes: ReadonlyMap<unknown, unknown>;

  constructor(instance: Instance, context: Context, path: string, inherited: Version = UNKNOWN_VERSION) {
    this.instance = instance;
    this.context = context;
    this.path = path;
    this.attributes = attributesOf(instance);
    const own = this.attributes.get("_sklearn_version");
    this.version = typeof own === "string" ? new Version(own) : inherited;
  }

  /** `module.name` as the file spells it. */
  get className(): string {
    return this.instance.className;
  }
  /** What is known of its class; `undefined` for a class of the user's own, or one that is only read. */
  get entry(): ClassEntry | undefined {
    return this.context.entryOf(this.instance);
  }
  /** The names of all attributes. */
  get keys(): string[] {
    return [...this.attributes.keys()].filter((key) => typeof key === "string");
  }
  /** Whether the attribute is there (it may be None). */
  has(name: string): boolean {
    return this.attributes.has(name);
  }
  /** Whether the attribute is there and not None. */
  given(name: string): boolean {
    const value = this.attributes.get(name);
    return value !== undefined && value !== null;
  }
  /** The first of these names that is there: attributes were renamed over the releases. */
  named(...names: readonly string[]): string {
    return names.find((name) => this.has(name)) ?? names[0]!;
  }
  /** The attribute as the pickle has it; `undefined` when it is not there. */
  raw(name: string): unknown {
    return this.attributes.get(name);
  }
  /** The attribute as a user reads it: arrays and estimators are those, numpy's scalars numbers; other objects are inert. */
  attribute(name: string): unknown {
    const raw = this.attributes.get(name);
    if (this.context.isEstimator(raw)) return this.estimatorFrom(raw, name);
    const value = this.guard(name, () => this.context.value(raw));
    return value instanceof NdArray && value.ndim === 0 ? value.item() : value;
  }
  /** Where an attribute stands in the file: `steps[1].coef_`. */
  at(name: string): string {
    return this.path === "" ? name : `${this.path}.${name}`;
  }

  /** Refuses the attribute. */
  fail(name: string, problem: string): never {
    const path = this.at(name);
    const there = this.has(/^\w*/.exec(name)![0]);
    const why = there || /^(tree|init_)$/.test(name) ? problem : "is not there: was it fitted before it was pickled?";
    throw estimatorError("E_STATE", `${shortName(this.className)}: '${path}' ${why}`, { path, class: this.className });
  }

  /** A string. */
  string(name: string, fallback?: string): string {
    const value = this.plain(name);
    if (typeof value === "string") return value;
    if (value === undefined && fallback !== undefined) return fallback;
    return this.fail(name, `must be a str, not ${typeName(value)}`);
  }
  /** One of some strings. */
  oneOf<T extends string>(name: string, allowed: readonly T[], fallback?: T): T {
    const value = this.string(name, fallback);
    if (!(allowed as readonly string[]).includes(value))
      this.fail(name, `must be one of ${allowed.join(", ")}, not '${value}'`);
    return value as T;
  }
  /** A real number; numpy scalars and arrays of one element count. */
  number(name: string, fallback?: number): number {
    const value = this.plain(name);
    if (typeof value === "number") return value;
    if (typeof value === "boolean" || typeof value === "bigint") return Number(value);
    if (value === undefined && fallback !== undefined) return fallback;
    return this.fail(name, `must be a number, not ${typeName(value)}`);
  }
  /** An integer within bounds. */
  integer(name: string, fallback?: number, least = 0, most = Number.MAX_SAFE_INTEGER): number {
    const value = this.number(name, fallback);
    if (!Number.isInteger(value) || value < least || value > most)
      this.fail(name, `must be an integer from ${least}, not ${value}`);
    return value;
  }
  /** Truth: a bool, or an int that stands for one. */
  boolean(name: string, fallback?: boolean): boolean {
    const value = this.plain(name);
    if (typeof value === "boolean") return value;
    if (typeof value === "number") return value !== 0;
    if (value === undefined && fallback !== undefined) return fallback;
    return this.fail(name, `must be a bool, not ${typeName(value)}`);
  }
  /** None, bool, int, float or str; an array of one element counts as that. */
  plain(name: string): unknown {
    const value = this.attributes.get(name);
    const array = reviveNumpy(value);
    return array !== undefined && array.size === 1 ? array.item(0) : value;
  }

  /** A list, tuple or 1-d object array as an array of raw values. */
  list(name: string): readonly unknown[] {
    const value = this.attributes.get(name);
    if (Array.isArray(value)) return value;
    if (value instanceof Tuple) return value.items;
    const array = this.guard(name, () => reviveNumpy(value));
    if (array !== undefined) return array.flat();
    return this.fail(name, `must be a list, not ${typeName(value)}`);
  }
  /** A dict. */
  dict(name: string): Dict {
    const value = this.attributes.get(name);
    return value instanceof Dict ? value : this.fail(name, `must be a dict, not ${typeName(value)}`);
  }
  /** A numpy array of any dtype; a list or number is taken for one. */
  array(name: string, extents?: Extents): NdArray {
    return this.arrayFrom(this.attributes.get(name), name, extents);
  }
  /** The array that `value`, found under `name`, stands for. */
  arrayFrom(value: unknown, name: string, extents?: Extents): NdArray {
    const array = this.guard(name, () => asArray(this.context.value(value)));
    if (array === undefined) return this.fail(name, `must be an array, not ${typeName(value)}`);
    if (extents !== undefined) this.checkExtents(name, array.shape, extents);
    return array.dtype.kind === "S" ? asText(array) : array;
  }
  /** A list of numpy arrays, each of these extents. */
  arrays(name: string, extents?: Extents): readonly NdArray[] {
    return this.list(name).map((value, at) => this.arrayFrom(value, `${name}[${at}]`, extents));
  }
  /** Doubles in C order, of these extents. */
  floats(name: string, extents?: Extents): Float64Array {
    return this.floatsFrom(this.attributes.get(name), name, extents);
  }
  floatsFrom(value: unknown, name: string, extents?: Extents): Float64Array {
    const array = this.arrayFrom(value, name, extents);
    if (!isNumeric(array.dtype)) return this.fail(name, "must hold real numbers");
    return array.toFloat64();
  }
  /** Integers of these extents, from `least` to `most`. */
  integers(name: string, extents?: Extents, least = 0, most = 2 ** 31 - 1): Int32Array {
    const floats = this.floats(name, extents);
    return Int32Array.from(floats, (value) => {
      if (!Number.isInteger(value) || value < least || value > most)
        this.fail(name, `holds ${value}, which is no integer from ${least} to ${most}`);
      return value;
    });
  }
  /** A matrix; a vector counts as one row. Sparse ones are made dense. */
  matrix(name: string, rows?: number, columns?: number): Matrix {
    const value = this.guard(name, () => this.context.value(this.attributes.get(name)));
    if (value instanceof Csr) {
      const what = `${shortName(this.className)} '${this.at(name)}'`;
      refuseBeyond("memory", 8 * value.shape[0] * value.shape[1], this.context.limits, { what, path: this.at(name) });
    }
    const array = value instanceof Csr ? value.toDense() : asArray(value);
    if (array === undefined || !isNumeric(array.dtype) || array.ndim > 2)
      return this.fail(name, "must be a matrix of real numbers");
    const shape = array.ndim === 2 ? array.shape : [1, array.size];
    this.checkExtents(name, shape, [rows, columns]);
    return { data: array.toFloat64(), rows: shape[0]!, columns: shape[1]! };
  }
  /** Whether the array is of float32. */
  isSingle(name: string): boolean {
    const array = reviveNumpy(this.attributes.get(name));
    return array?.dtype.kind === "f" && array.dtype.itemsize === 4;
  }

  /** An estimator of its own. */
  estimator(name: string): Estimator {
    return this.estimatorFrom(this.attributes.get(name), name);
  }
  /** The estimator that `value`, found under `name`, stands for. */
  estimatorFrom(value: unknown, name: string): Estimator {
    if (!(value instanceof Instance)) return this.fail(name, `must be an estimator, not ${typeName(value)}`);
    const revived = this.context.revive(value, this.at(name), this.version);
    if (!this.context.isEstimator(value)) return this.fail(name, `must be an estimator, not ${typeName(value)}`);
    return revived as Estimator;
  }
  /** A part that is no estimator (a tree, a loss), as its entry revives it. */
  part(name: string): unknown {
    return this.partFrom(this.attributes.get(name), name);
  }
  partFrom(value: unknown, name: string): unknown {
    if (!(value instanceof Instance)) return this.fail(name, `must be an object, not ${typeName(value)}`);
    return this.context.revive(value, this.at(name), this.version);
  }
  /** The attributes of an inner object without an entry of its own. */
  child(name: string): State {
    return this.childFrom(this.attributes.get(name), name);
  }
  childFrom(value: unknown, name: string): State {
    if (!(value instanceof Instance)) return this.fail(name, `must be an object, not ${typeName(value)}`);
    return new State(value, this.context, this.at(name), this.version);
  }

  /** Checks extents against what is there. */
  checkExtents(name: string, shape: readonly number[], extents: Extents): void {
    const fits =
      shape.length === extents.length &&
      extents.every((extent, axis) => extent === undefined || extent === shape[axis]);
    if (fits) return;
    const wanted = extents.map((extent) => extent ?? "any").join(", ");
    this.fail(name, `has the shape (${shape.join(", ")}), not (${wanted})`);
  }

  private guard<T>(name: string, read: () => T): T {
    try {
      return read();
    } catch (error) {
      const path = this.at(name);
      const message = `${shortName(this.className)}: '${path}' is malformed: ${(error as Error).message}`;
      throw estimatorError("E_STATE", message, { path, class: this.className }, error);
    }
  }
}

/** The class name without its module. */
export function shortName(className: string): string {
  return className.slice(className.lastIndexOf(".") + 1);
}

/** What the states of an instance hold, the last of each name. */
export function attributesOf(instance: Instance): ReadonlyMap<unknown, unknown> {
  const [first] = instance.states;
  if (instance.states.length === 1 && first instanceof Dict) return first;
  const merged = new Map<unknown, unknown>();
  for (const state of instance.states) {
    const parts = state instanceof Tuple ? state.items : [state];
    for (const part of parts) {
      if (!(part instanceof Dict)) continue;
      for (const [key, value] of part) merged.set(key, value);
    }
  }
  return merged;
}

function asArray(value: unknown): NdArray | undefined {
  if (value instanceof NdArray) return value;
  if (typeof value === "number") return NdArray.of(Float64Array.of(value), []);
  const items = value instanceof Tuple ? value.items : value;
  if (!Array.isArray(items)) return undefined;
  const plain = items.map((item) => reviveNumpy(item)?.item(0) ?? item);
  if (plain.every((item) => typeof item === "number")) return NdArray.of(Float64Array.from(plain as number[]));
  return NdArray.objects(plain, [plain.length]);
}

/** Python 2's strings, as text. */
function asText(array: NdArray): NdArray {
  const decoder = new TextDecoder();
  const texts = array.flat().map((bytes) => decoder.decode(bytes as Uint8Array));
  return NdArray.objects(texts, array.shape);
}

/** Whether an inert value names a class or function. */
export const globalName = (value: unknown): string | undefined =>
  value instanceof Global ? value.toString() : undefined;

/** @module What a value is made of, as JSON will have it, and which values are there more than once. */

import { Float, Global, Instance, Tuple } from "../values.ts";
import { libraryTypes } from "./library.ts";
import { builtinTypes, JsonLiteral, type JsonParts, type JsonType, jsonError } from "./types.ts";

/** A value that is not one token: `values` in JSON's order, under `keys` when it is an object. */
export interface Description {
  /** What kind of value it is, where JSON has no such kind. */
  readonly tag?: string;
  readonly keys?: readonly string[];
  readonly values: readonly unknown[];
  /** Text or JSON that stands as it is, instead of values. */
  readonly literal?: string | JsonLiteral;
}

/** Keys that JavaScript's objects put first, whatever their order was. */
const INDEX = /^(0|[1-9]\d*)$/;

/** Says what values are made of; each object once. */
export class Describer {
  private readonly types: readonly JsonType[];
  private readonly byPrototype = new Map<unknown, JsonType | undefined>();
  private readonly known = new Map<object, Description>();

  constructor(types: readonly JsonType[]) {
    this.types = [...types, ...libraryTypes, ...builtinTypes];
  }

  /** The row of a value's type. */
  typeOf(value: object): JsonType | undefined {
    const prototype = Object.getPrototypeOf(value) as unknown;
    if (this.byPrototype.has(prototype)) return this.byPrototype.get(prototype);
    const type = this.types.find((each) => each.matches(value));
    this.byPrototype.set(prototype, type);
    return type;
  }

  /**
   * What an object is made of.
   *
   * @throws CurtidoError E_JSON for an object of a type that is in no row
   */
  describe(value: object): Description {
    let description = this.known.get(value);
    if (description === undefined) {
      description = this.made(value);
      this.known.set(value, description);
    }
    return description;
  }

  private made(value: object): Description {
    if (Array.isArray(value)) return { values: value };
    if (value instanceof JsonLiteral) return { values: [], literal: value };
    if (value instanceof Instance) return described("$instance", instanceParts(value));
    const type = this.typeOf(value);
    if (type !== undefined) return described(type.tag, type.write(value));
    const entries = entriesOf(value);
    if (entries === undefined) {
      const name = value.constructor?.name ?? "Object";
      throw jsonError(`an object of class ${name} has no JSON form`, { type: name });
    }
    if (entries.every(([key]) => typeof key === "string" && !INDEX.test(key)))
      return { keys: entries.map(([key]) => escaped(key as string)), values: entries.map(([, item]) => item) };
    return { tag: "$dict", values: entries };
  }
}

/** Keys that begin with `$` are doubled there, so that they are no tags. */
function escaped(key: string): string {
  return key.startsWith("$") ? `$${key}` : key;
}

/** Pairs of a dict, a Map or a plain object; `undefined` for anything else. */
export function entriesOf(value: object): readonly (readonly [unknown, unknown])[] | undefined {
  if (value instanceof Map) return [...value];
  const prototype = Object.getPrototypeOf(value) as unknown;
  return prototype === Object.prototype || prototype === null ? Object.entries(value) : undefined;
}

function described(tag: string, parts: JsonParts): Description {
  if (typeof parts === "string" || parts instanceof JsonLiteral) return { tag, values: [], literal: parts };
  if (Array.isArray(parts)) return { tag, values: parts };
  return { tag, keys: Object.keys(parts), values: Object.values(parts) };
}

/** The form of what a pickle of protocol 0 or 1 made by `object.__new__`. */
export const RECONSTRUCTED = "reconstructed";

/** Only what there is; the class first, as a reader makes the object once it knows class and arguments. */
function instanceParts(instance: Instance): JsonParts {
  const { class: cls, form, args, kwargs, reconstructed, states, items, entries } = instance;
  return {
    class: cls,
    form: reconstructed ? RECONSTRUCTED : form,
    ...(args.length > 0 && { args }),
    ...(kwargs && { kwargs }),
    ...(states.length === 1 && { state: states[0] }),
    ...(states.length > 1 && { states }),
    ...(items.length > 0 && { items }),
    ...(entries.length > 0 && { entries }),
  };
}

/** What was found out about a graph of values. */
export interface Analysis {
  /** Objects that are there more than once. */
  readonly shared: ReadonlySet<object>;
  /** Whether plain JSON can say all of it. */
  readonly plain: boolean;
}

/** Whether two places that hold this object could be told from two that hold equal ones. */
function hasIdentity(value: object): boolean {
  if (value instanceof Global) return false;
  if (value instanceof Tuple) return value.length > 0;
  return !(value instanceof Uint8Array && value.length <= 1 && value.constructor === Uint8Array);
}

/** Walks a graph once. `isPlainAtom` says whether JSON has a value that is no object. */
export function analyse(root: unknown, describer: Describer, isPlainAtom: (value: unknown) => boolean): Analysis {
  const shared = new Set<object>();
  const seen = new Set<object>();
  const todo: unknown[] = [root];
  let plain = true;
  while (todo.length > 0) {
    const value = todo.pop();
    if (typeof value !== "object" || value === null || value instanceof Float) {
      plain &&= isPlainAtom(value);
      continue;
    }
    if (seen.has(value)) {
      if (hasIdentity(value)) shared.add(value);
      continue;
    }
    seen.add(value);
    const { tag, keys, values } = describer.describe(value);
    if (tag === "$dict") plain &&= entriesOf(value)!.every(([key]) => typeof key === "string" && key[0] !== "$");
    else plain &&= tag === undefined && !keys?.some((key) => key[0] === "$");
    for (const item of values) todo.push(item);
  }
  return { shared, plain: plain && shared.size === 0 };
}

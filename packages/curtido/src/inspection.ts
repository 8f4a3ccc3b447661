/** @module What a file is, as data: its model if it holds one, the Python names it uses, its values as a tree. */

import {
  Csr,
  compressionOf,
  DataFrame,
  dtypeName,
  hasLegacyHeader,
  loadFile,
  NdArray,
  reviveValue,
} from "@curtido/arrays";
import { decompress } from "@curtido/arrays/node";
import { nativeModel, reviveModel } from "@curtido/estimators";
import {
  Decimal,
  Deque,
  Dict,
  EnumMember,
  Fraction,
  FrozenSet,
  Global,
  Instance,
  isCurtidoError,
  PyDate,
  PyDateTime,
  PyPath,
  PySet,
  PyTime,
  TimeDelta,
  TimeZone,
  Tuple,
  typeName,
  Uuid,
} from "@curtido/pickle";
import { type Card, cardOf, Served } from "@curtido/server";
import { type ModuleUse, needsOf } from "./modules.ts";

/** One value of a file, and what it holds. */
export interface Node {
  /** Where it stands in what holds it: an attribute, a key, an index. */
  readonly name: string;
  /** What it is, in a few words: `float64 array (10, 3)`, `'squared_error'`. */
  readonly value: string;
  readonly children?: readonly Node[];
  /** How many children are not listed. */
  readonly more?: number;
}

/** Everything that is known of a file. */
export interface Inspection {
  readonly file: string;
  readonly size: number;
  /** The protocol of an uncompressed pickle; `null` when the file is compressed. */
  readonly protocol: number | null;
  /** The class of the outermost value, as the file spells it. */
  readonly class: string;
  /** The release of scikit-learn that trained it. */
  readonly version: string | null;
  /** The libraries that trained it: `scikit-learn 1.9.1`, `XGBoost 3.2.0`. */
  readonly trainedBy: readonly string[];
  /** The parameters it was made with. */
  readonly parameters: Readonly<Record<string, string>>;
  /** What it learned. */
  readonly learned: Readonly<Record<string, string>>;
  /** What it would answer, when it can be served; else why it cannot. */
  readonly model?: Card;
  readonly problem?: string;
  /** Every class and function that the file names. */
  readonly names: readonly string[];
  /** The modules of those, and which part of the model needs what of each. */
  readonly modules: readonly ModuleUse[];
  readonly tree: Node;
}

/**
 * Looks at a file without executing anything in it.
 *
 * @throws CurtidoError when it is no pickle
 * @example
 * inspection(readFileSync("modelo.pkl"), "modelo.pkl").class; // "sklearn.linear_model._base.LinearRegression"
 */
export function inspection(
  bytes: Uint8Array,
  file: string,
  options: {
    readonly names?: Readonly<Record<string, unknown>>;
    readonly depth?: number;
    readonly part?: (name: string) => Uint8Array;
    readonly onProgress?: (bytes: number, total: number) => void;
  } = {},
): Inspection {
  const part = options.part === undefined ? {} : { part: options.part };
  const progress = options.onProgress === undefined ? {} : { onProgress: options.onProgress };
  const native = nativeModel(bytes);
  const value = native ?? loadFile(bytes, { encoding: "latin1", decompress, ...part, ...progress });
  const attributes = value instanceof Instance ? attributesOf(value) : new Map<string, unknown>();
  const version = attributes.get("_sklearn_version");
  const { modules, trainers } = needsOf(value);
  return {
    file,
    size: bytes.length,
    protocol: native === undefined ? protocolOf(bytes) : null,
    class: value instanceof Instance ? value.className : typeName(value),
    version: typeof version === "string" ? version : null,
    trainedBy: [...(typeof version === "string" ? [`scikit-learn ${version}`] : []), ...trainers],
    parameters: described(attributes, (name) => !name.startsWith("_") && !name.endsWith("_")),
    learned: described(attributes, (name) => !name.startsWith("_") && name.endsWith("_") && !name.endsWith("__")),
    ...modelOf(value, file, options.names),
    names: namesIn(value),
    modules,
    tree: nodeOf("", value, {
      depth: Math.min(options.depth ?? 4, DEEPEST),
      above: new Set(),
      budget: { left: MOST_NODES },
    }),
  };
}

function protocolOf(bytes: Uint8Array): number | null {
  if (bytes[0] === 0x80) return bytes[1] ?? null;
  return compressionOf(bytes) !== undefined || hasLegacyHeader(bytes) ? null : 0;
}

function modelOf(
  value: unknown,
  file: string,
  names: Readonly<Record<string, unknown>> | undefined,
): Pick<Inspection, "model" | "problem"> {
  try {
    return { model: cardOf(new Served(file, reviveModel(value, names === undefined ? {} : { names }))) };
  } catch (error) {
    if (!isCurtidoError(error)) throw error;
    return { problem: error.message };
  }
}

function attributesOf(instance: Instance): Map<string, unknown> {
  const attributes = new Map<string, unknown>();
  for (const state of instance.states) {
    for (const part of state instanceof Tuple ? state.items : [state]) {
      if (part instanceof Dict) for (const [key, value] of part) attributes.set(String(key), value);
    }
  }
  return attributes;
}

/** Some of the attributes, in words: those without an underscore at either end are parameters, one at the end is learned. */
function described(
  attributes: ReadonlyMap<string, unknown>,
  wanted: (name: string) => boolean,
): Record<string, string> {
  const chosen = [...attributes].filter(([name]) => wanted(name));
  return Object.fromEntries(chosen.map(([name, value]) => [name, describe(value)]));
}

/** Every name in a graph of values, sorted. */
function namesIn(value: unknown): string[] {
  const names = new Set<string>();
  const seen = new Set<unknown>();
  const open: unknown[] = [value];
  while (open.length > 0) {
    const next = open.pop();
    if (typeof next !== "object" || next === null || seen.has(next)) continue;
    seen.add(next);
    if (next instanceof Global) names.add(next.toString());
    else for (const part of partsOf(next)) open.push(part);
  }
  return [...names].sort();
}

function* partsOf(value: object): Iterable<unknown> {
  if (value instanceof Instance) {
    yield value.class;
    yield* value.args;
    yield* value.states;
    yield* value.items;
    yield value.kwargs;
    for (const pair of value.entries) yield* pair;
  } else if (value instanceof Dict) {
    for (const pair of value) yield* pair;
  } else if (Array.isArray(value) || value instanceof Tuple || value instanceof PySet || value instanceof FrozenSet) {
    yield* value;
  } else if (value instanceof NdArray && value.dtype.kind === "O") {
    yield* value.data as unknown[];
  }
}

interface Place {
  readonly depth: number;
  /** What holds this value, up to the whole: a value inside itself is said, not followed. */
  readonly above: ReadonlySet<unknown>;
  /** How many more values the whole tree may show. */
  readonly budget: { left: number };
}

/** How many values a tree shows, and how deep it goes: a small file may repeat its values without end. */
const MOST_NODES = 20_000;
const DEEPEST = 200;

/** How many children of one value are listed. */
const MOST_CHILDREN = 40;

function nodeOf(name: string, raw: unknown, place: Place): Node {
  const value = revived(raw);
  if (place.above.has(value)) return { name, value: "(itself, from above)" };
  const children = [...childrenOf(value)];
  const node = { name, value: describe(value) };
  const { budget } = place;
  if (children.length === 0 || place.depth === 0 || budget.left <= 0) return node;
  const shown = Math.min(children.length, MOST_CHILDREN, budget.left);
  budget.left -= shown;
  const inner = { depth: place.depth - 1, above: new Set([...place.above, value]), budget };
  const listed = children.slice(0, shown).map(([key, child]) => nodeOf(key, child, inner));
  return { ...node, children: listed, ...(children.length > shown ? { more: children.length - shown } : {}) };
}

function revived(value: unknown): unknown {
  try {
    return reviveValue(value);
  } catch (error) {
    if (isCurtidoError(error)) return value;
    throw error;
  }
}

function* childrenOf(value: unknown): Iterable<readonly [string, unknown]> {
  if (value instanceof Instance) {
    yield* attributesOf(value);
    if (value.states.length === 0) yield* value.args.map((arg, at): [string, unknown] => [`argument ${at + 1}`, arg]);
    yield* value.items.map((item, at): [string, unknown] => [`[${at}]`, item]);
    for (const [key, item] of value.entries) yield [`[${describe(key)}]`, item];
  } else if (value instanceof Dict) {
    for (const [key, item] of value) yield [typeof key === "string" ? key : describe(key), item];
  } else if (Array.isArray(value) || value instanceof Tuple || value instanceof Deque) {
    let at = 0;
    for (const item of value) yield [`[${at++}]`, item];
  } else if (value instanceof NdArray && value.dtype.kind === "O" && value.size <= MOST_CHILDREN) {
    yield* (value.data as unknown[])
      .filter((item) => typeof item === "object")
      .map((item, at): [string, unknown] => [`[${at}]`, item]);
  }
}

/** A value in a few words, as Python would write it. */
export function describe(raw: unknown): string {
  const value = revived(raw);
  if (value === null) return "None";
  if (value === true) return "True";
  if (value === false) return "False";
  if (typeof value === "string") return JSON.stringify(value.length > 80 ? `${value.slice(0, 80)}...` : value);
  if (typeof value === "number") return Number.isNaN(value) ? "nan" : String(value).replace("Infinity", "inf");
  if (value instanceof NdArray) return describeArray(value);
  if (value instanceof Csr) return `sparse matrix (${value.shape.join(", ")}), ${value.nnz} values`;
  if (value instanceof DataFrame) return `table (${value.length}, ${value.columns.length})`;
  if (value instanceof Instance) return value.className;
  if (value instanceof Global) return value.toString();
  if (value instanceof Tuple || Array.isArray(value) || value instanceof Deque)
    return `${typeName(value)} of ${value.length}`;
  if (value instanceof Dict || value instanceof PySet || value instanceof FrozenSet)
    return `${typeName(value)} of ${value.size}`;
  if (value instanceof Uint8Array) return `bytes of ${value.length}`;
  if (typeof value === "bigint") return String(value);
  return SAYS_ITSELF.some((type) => value instanceof type) ? `${typeName(value)} ${String(value)}` : typeName(value);
}

/** Values of Python's library whose text says all of them. */
const SAYS_ITSELF = [PyDate, PyDateTime, PyTime, TimeDelta, TimeZone, Decimal, Fraction, Uuid, PyPath, EnumMember];

function describeArray(array: NdArray): string {
  if (array.ndim === 0) return describe(array.item(0));
  const short = array.size > 0 && array.size <= 6 && array.ndim === 1 && array.dtype.kind !== "O";
  const items = short ? `: ${array.flat().map(describe).join(", ")}` : "";
  return `${dtypeName(array.dtype)} array (${array.shape.join(", ")})${items}`;
}

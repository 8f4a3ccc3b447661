/** @module The values of a file as a tree, in words. */

import { Csr, DataFrame, dtypeName, NdArray, reviveValue, Tensor } from "@curtido/arrays";
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

/** How many values a tree shows, and how deep it goes: a small file may repeat its values without end. */
const MOST_NODES = 20_000;
const DEEPEST = 200;

/** How many children of one value are listed. */
const MOST_CHILDREN = 40;

/** A node whose children are still to come. */
interface Place {
  readonly node: Writable<Node>;
  /** The value, revived. */
  readonly value: unknown;
  readonly depth: number;
  /** What holds this value, up to the whole: a value inside itself is said, not followed. */
  readonly above: Place | undefined;
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

/** A value and what it holds, so many levels deep. */
export function treeOf(root: unknown, depth: number): Node {
  const views = new Views();
  const node: Writable<Node> = { name: "", value: "" };
  const open: Place[] = [{ node, value: views.revived(root), depth: Math.min(depth, DEEPEST), above: undefined }];
  let left = MOST_NODES;
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    const { node, value } = place;
    if (isAbove(place)) {
      node.value = "(itself, from above)";
      continue;
    }
    node.value = inWords(value);
    if (place.depth === 0 || left <= 0) continue;
    const count = views.count(value);
    const children = places(views, place, Math.min(count, MOST_CHILDREN, left));
    if (children.length === 0) continue;
    left -= children.length;
    node.children = children.map((child) => child.node);
    if (count > children.length) node.more = count - children.length;
    for (const child of children.reverse()) open.push(child);
  }
  return node;
}

function isAbove({ value, above }: Place): boolean {
  if (typeof value !== "object" || value === null) return false;
  for (let holder = above; holder !== undefined; holder = holder.above) if (holder.value === value) return true;
  return false;
}

/** The first children of a place. */
function places(views: Views, above: Place, count: number): Place[] {
  const found: Place[] = [];
  for (const [name, raw] of views.children(above.value)) {
    if (found.length === count) break;
    found.push({ node: { name, value: "" }, value: views.revived(raw), depth: above.depth - 1, above });
  }
  return found;
}

/** How values look from outside; each is revived once, and its attributes are gathered once. */
class Views {
  private readonly known = new Map<object, unknown>();
  private readonly attributes = new Map<Instance, ReadonlyMap<string, unknown>>();

  revived(raw: unknown): unknown {
    if (typeof raw !== "object" || raw === null) return raw;
    if (!this.known.has(raw)) this.known.set(raw, revived(raw));
    return this.known.get(raw);
  }

  private attributesOf(instance: Instance): ReadonlyMap<string, unknown> {
    const found = this.attributes.get(instance) ?? attributesOf(instance);
    this.attributes.set(instance, found);
    return found;
  }

  /** How many children a value has. */
  count(value: unknown): number {
    if (value instanceof Instance) {
      const args = value.states.length === 0 ? value.args.length : 0;
      return this.attributesOf(value).size + args + value.items.length + value.entries.length;
    }
    if (value instanceof Dict) return value.size;
    if (Array.isArray(value) || value instanceof Tuple || value instanceof Deque) return value.length;
    return objectsOf(value).length;
  }

  *children(value: unknown): Generator<readonly [string, unknown]> {
    if (value instanceof Instance) {
      yield* this.attributesOf(value);
      if (value.states.length === 0) yield* numbered(value.args, (at) => `argument ${at + 1}`);
      yield* numbered(value.items);
      for (const [key, item] of value.entries) yield [`[${describeValue(key)}]`, item];
    } else if (value instanceof Dict) {
      for (const [key, item] of value) yield [typeof key === "string" ? key : describeValue(key), item];
    } else if (Array.isArray(value) || value instanceof Tuple || value instanceof Deque) yield* numbered(value);
    else yield* numbered(objectsOf(value));
  }
}

function* numbered(
  items: Iterable<unknown>,
  nameOf = (at: number): string => `[${at}]`,
): Generator<readonly [string, unknown]> {
  let at = 0;
  for (const item of items) yield [nameOf(at++), item];
}

/** The objects of a small object array. */
function objectsOf(value: unknown): readonly unknown[] {
  if (!(value instanceof NdArray) || value.dtype.kind !== "O" || value.size > MOST_CHILDREN) return [];
  return (value.data as unknown[]).filter((item) => typeof item === "object");
}

function revived(value: unknown): unknown {
  try {
    return reviveValue(value);
  } catch (error) {
    if (isCurtidoError(error)) return value;
    throw error;
  }
}

/** The attributes that an instance was given, by name. */
export function attributesOf(instance: Instance): Map<string, unknown> {
  const attributes = new Map<string, unknown>();
  for (const state of instance.states) {
    for (const part of state instanceof Tuple ? state.items : [state]) {
      if (part instanceof Dict) for (const [key, value] of part) attributes.set(String(key), value);
    }
  }
  return attributes;
}

/** A value in a few words, as Python would write it. */
export function describeValue(raw: unknown): string {
  return inWords(revived(raw));
}

function inWords(value: unknown): string {
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
  if (array instanceof Tensor) return `${array.type.name} tensor (${array.shape.join(", ")})`;
  if (array.ndim === 0) return describeValue(array.item(0));
  const short = array.size > 0 && array.size <= 6 && array.ndim === 1 && array.dtype.kind !== "O";
  const items = short ? `: ${array.flat().map(describeValue).join(", ")}` : "";
  return `${dtypeName(array.dtype)} array (${array.shape.join(", ")})${items}`;
}

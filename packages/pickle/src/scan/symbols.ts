/** @module What a scan keeps of values: names, calls, what they hold, and the little that decides what a call does. */

import { isReachingAttribute } from "./danger.ts";
import { Holder, type Level, raise } from "./levels.ts";
import type { NamePolicy } from "./rules.ts";

/** Items of a tuple and entries of a dict that are kept. */
const KEPT = 4096;
/** Characters of a text that is kept. */
export const LONGEST_TEXT = 1024;

/** A value of which only the kind matters; there is one of each. */
export class PlainSymbol {
  readonly kind: string;
  constructor(kind: string) {
    this.kind = kind;
  }
}

export const plain = {
  bytes: new PlainSymbol("bytes"),
  bytearray: new PlainSymbol("bytearray"),
  buffer: new PlainSymbol("buffer"),
  longText: new PlainSymbol("long text"),
  integer: new PlainSymbol("large int"),
  persistent: new PlainSymbol("persistent object"),
  extension: new PlainSymbol("registered extension"),
  /** What a malformed opcode left. */
  unknown: new PlainSymbol("unknown object"),
} as const;

/** What may be any text. */
const UNTOLD: ReadonlySet<unknown> = new Set([plain.persistent, plain.extension, plain.unknown]);

/** A tuple. */
export class TupleSymbol extends Holder {
  readonly items: readonly Sym[];
  readonly length: number;
  constructor(items: readonly Sym[]) {
    super();
    let settled = true;
    for (const item of items) {
      this.hold(levelOf(item), holderOf(item));
      settled &&= holderOf(item)?.settled ?? true;
    }
    this.settled = settled;
    this.items = items.length > KEPT ? items.slice(0, KEPT) : items;
    this.length = items.length;
  }
}

/** A list, a set or a frozenset: only what it holds at most. */
export class BagSymbol extends Holder {
  readonly kind: "list" | "set" | "frozenset";
  constructor(kind: "list" | "set" | "frozenset") {
    super();
    this.kind = kind;
  }

  add(item: Sym): void {
    this.hold(levelOf(item), holderOf(item));
  }
}

/** A dict: of its entries those that decide what is done with it. */
export class DictSymbol extends Holder {
  /** Most dicts keep nothing. */
  private kept: Map<string, Sym> | undefined = undefined;
  private dropped = false;
  /** How many entries were set, equal keys included. */
  size = 0;
  /** Whether all keys are short texts, so that {@link get} answers for every key of interest. */
  plain = true;
  /** Whether a key may be a text that is not known: what a call made. */
  computed = false;

  add(key: Sym, value: Sym): void {
    this.size++;
    this.hold(levelOf(value), holderOf(value));
    if (typeof key !== "string") {
      this.plain = false;
      this.computed ||= key instanceof MadeSymbol || key instanceof NameSymbol || UNTOLD.has(key);
      this.hold(levelOf(key), holderOf(key));
    } else if (this.kept?.has(key) === true || isOfInterest(key, value)) {
      this.kept ??= new Map();
      if (this.kept.size < KEPT || this.kept.has(key)) this.kept.set(key, value);
      else this.dropped = true;
    }
  }

  /** The most that its values can do, one aside: all that are more than data are kept, or may be. */
  levelBeside(key: string): Level {
    if (this.dropped || !this.plain) return this.level;
    let level: Level = 0;
    for (const [each, value] of this.entries()) {
      const of = levelOf(value);
      if (each !== key && of > level) level = of;
    }
    return level;
  }

  /** A key that leads out of an object that takes the entries as attributes; `undefined` when there is none. */
  get reaching(): string | undefined {
    if (this.computed) return "a name that is computed";
    for (const key of this.keys()) if (isReachingAttribute(key)) return key;
    return undefined;
  }

  /** What a key of interest was set to last. */
  get(key: string): Sym | undefined {
    return this.kept?.get(key);
  }

  /** The keys of interest. */
  keys(): Iterable<string> {
    return this.kept?.keys() ?? [];
  }

  entries(): Iterable<readonly [string, Sym]> {
    return this.kept ?? [];
  }
}

/** A key of a dict, or of one in a tuple, that leads out of what takes the entries as its attributes. */
export function reachingIn(value: Sym | undefined): string | undefined {
  if (value instanceof DictSymbol) return value.reaching;
  if (!(value instanceof TupleSymbol)) return undefined;
  for (const item of value.items) {
    const found = item instanceof DictSymbol ? item.reaching : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A class or function that the file names. */
export class NameSymbol {
  readonly module: string;
  readonly name: string;
  readonly policy: NamePolicy;
  constructor(module: string, name: string, policy: NamePolicy) {
    this.module = module;
    this.name = name;
    this.policy = policy;
  }
  toString(): string {
    return `${this.module}.${this.name}`;
  }
}

/** What a call made. */
export class MadeSymbol extends Holder {
  readonly by: Sym;
  readonly args: TupleSymbol | undefined;
  readonly kwargs: DictSymbol | undefined;
  /** How it was called. */
  readonly form: CallForm;
  /** What BUILD gave it last. */
  state: Sym = null;
  built = false;

  constructor(by: Sym, args: TupleSymbol | undefined, form: CallForm, kwargs?: DictSymbol) {
    super();
    this.by = by;
    this.args = args;
    this.kwargs = kwargs;
    this.form = form;
  }

  /** Fixes its level, whatever it holds. */
  settle(level: Level): void {
    if (level > this.level) raise(this, level);
    this.settled = true;
  }

  /** Takes note of something that it holds, unless its level is fixed. */
  add(held: Sym): void {
    if (!this.settled) this.hold(levelOf(held), holderOf(held));
  }
}

/** `reduce` calls, `newobj` only makes an object by `__new__`. */
export type CallForm = "reduce" | "newobj";

/** What a scan keeps of one value. Texts, numbers, booleans and None are themselves. */
export type Sym =
  | null
  | boolean
  | number
  | string
  | PlainSymbol
  | TupleSymbol
  | BagSymbol
  | DictSymbol
  | NameSymbol
  | MadeSymbol;

/** What a value can do. What is on no list is a finding by its name, and adds none here. */
export function levelOf(symbol: Sym | undefined): Level {
  if (symbol instanceof Holder) return symbol.level;
  return symbol instanceof NameSymbol ? symbol.policy.level : 0;
}

function holderOf(symbol: Sym): Holder | undefined {
  return symbol instanceof Holder ? symbol : undefined;
}

/** The attributes of joblib's wrappers, of states that are looked into, and the versions that files tell. */
const KEYS = new Set(
  `dtype shape order subclass allow_mmap numpy_array_alignment_bytes filename init_args state _parse_arg_template
  _Booster _sklearn_version tz freq restore_design_info restore_model_spec formula`.split(/\s+/),
);

function isOfInterest(key: string, value: Sym): boolean {
  if (KEYS.has(key) || isReachingAttribute(key) || levelOf(value) > 0) return true;
  // Its level may rise yet.
  if (value instanceof Holder && !value.settled) return true;
  // A field of a structured dtype: (dtype, offset).
  const first = value instanceof TupleSymbol ? value.items[0] : undefined;
  return first instanceof MadeSymbol && first.by instanceof NameSymbol && first.by.name === "dtype";
}

/** A symbol in a few characters, as Python would write it. */
export function show(symbol: Sym, depth = 0): string {
  if (symbol === null) return "None";
  if (typeof symbol === "boolean") return symbol ? "True" : "False";
  if (typeof symbol === "string") {
    const short = symbol.length > 60 ? `${symbol.slice(0, 60)}...` : symbol;
    return `'${JSON.stringify(short).slice(1, -1).replaceAll("'", "\\'").replaceAll('\\"', '"')}'`;
  }
  if (symbol instanceof NameSymbol) return symbol.toString();
  if (symbol instanceof MadeSymbol) return depth > 1 ? "..." : `${show(symbol.by, depth + 1)}(...)`;
  if (symbol instanceof TupleSymbol) {
    if (depth > 1) return "(...)";
    const shown = symbol.items.slice(0, 4).map((item) => show(item, depth + 1));
    return `(${shown.join(", ")}${symbol.length > 4 ? ", ..." : ""})`;
  }
  if (symbol instanceof DictSymbol) return "{...}";
  return symbol instanceof PlainSymbol || symbol instanceof BagSymbol ? `<${symbol.kind}>` : String(symbol);
}

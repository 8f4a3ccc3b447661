/** @module The Python modules that a file names, what of each, and which part of the model needs it. */

import { NdArray } from "@curtido/arrays";
import { ownCode, publicName, trainerOf } from "@curtido/estimators";
import { Deque, Dict, FrozenSet, Global, Instance, PySet, StateSetter, Tuple } from "@curtido/pickle";

/** One Python module, by its public name where it is scikit-learn's. */
export interface ModuleUse {
  readonly module: string;
  /** The classes and functions of it, and what is left to do without Python: `log_price`, `step 'log'`. */
  readonly uses: readonly {
    readonly name: string;
    readonly kind: "class" | "function" | "data";
    readonly for: string;
  }[];
}

/** What a file names, and what trained its parts. */
export interface Needs {
  readonly modules: readonly ModuleUse[];
  /** Libraries beside scikit-learn that trained parts of the model: `XGBoost 3.2.0`. */
  readonly trainers: readonly string[];
}

/** How many values are looked at. */
const MOST_VALUES = 2_000_000;

/** Modules whose names only carry data, by what they carry. */
const DATA: readonly (readonly [RegExp, module: string, what: string])[] = [
  [/^numpy(\.|$)/, "numpy", "arrays"],
  [/^scipy\.sparse(\.|$)/, "scipy.sparse", "sparse matrices"],
  [/^pandas(\.|$)/, "pandas", "tables"],
  [/^(sklearn\.externals\.)?joblib(\.(?!externals)|$)/, "joblib", "arrays"],
  [/^(cloudpickle|dill|(sklearn\.externals\.)?joblib\.externals)(\.|$)/, "cloudpickle or dill", "code of your own"],
  [/^(builtins|__builtin__|copyreg|copy_reg|_codecs|collections|datetime|functools|operator|decimal)$/, "", "values"],
];
/** Names in those modules that are functions to call, not data. */
const CALLED = /^numpy\.(core|_core)\.(_multiarray_umath|umath)$|^scipy\.special/;

interface Open {
  readonly value: unknown;
  readonly where: string;
}

/** Everything that a file names, with the part that needs it. */
export function needsOf(root: unknown): Needs {
  const found = new Map<string, Map<string, ModuleUse["uses"][number]>>();
  const trainers = new Set<string>();
  const add = (module: string, name: string, kind: "class" | "function" | "data", where: string) => {
    const uses = found.get(module) ?? new Map<string, ModuleUse["uses"][number]>();
    found.set(module, uses);
    if (!uses.has(name)) uses.set(name, { name, kind, for: where === "" ? "the whole" : where });
  };
  const seen = new Set<unknown>();
  const open: Open[] = [{ value: root, where: "" }];
  while (open.length > 0 && seen.size < MOST_VALUES) {
    const { value, where } = open.pop()!;
    if (typeof value !== "object" || value === null || seen.has(value)) continue;
    seen.add(value);
    if (value instanceof Global) addName(value, where, add);
    if (value instanceof NdArray) add("numpy", "arrays", "data", where);
    const trainer = trainerOf(value);
    if (trainer !== undefined) trainers.add(trainer);
    if (value instanceof Instance) addOwnCode(value, where, add);
    open.push(...partsOf(value, where));
  }
  const modules = [...found].map(([module, uses]) => ({ module, uses: [...uses.values()].sort(byName) }));
  return { modules: modules.sort((a, b) => compare(a.module, b.module)), trainers: [...trainers].sort() };
}

type Add = (module: string, name: string, kind: "class" | "function" | "data", where: string) => void;

function addName(value: Global, where: string, add: Add): void {
  const { module, name } = value;
  const data = CALLED.test(module) ? undefined : DATA.find(([pattern]) => pattern.test(module));
  if (data !== undefined) {
    add(data[1] === "" ? module : data[1], data[2], "data", where);
    return;
  }
  const known = publicName(module, name);
  const shown = known?.startsWith("sklearn.") ? known.slice(0, known.lastIndexOf(".")) : module;
  add(CALLED.test(module) ? module.replace(/\.(core|_core)?\.?_?\w*umath$/, "") : shown, name, kindOf(name), where);
}

const kindOf = (name: string): "class" | "function" => (/^_*[A-Z]/.test(name) ? "class" : "function");

/** Functions and classes whose code the file holds, and the modules that the code uses. */
function addOwnCode(value: Instance, where: string, add: Add): void {
  const code = ownCode(value);
  if (code === undefined) return;
  const dot = code.name.indexOf(".");
  add(code.name.slice(0, dot), code.name.slice(dot + 1), code.kind, where);
  for (const module of code.imports) add(module, `used by ${code.name}`, "data", where);
}

/** What a value holds, and which step of a pipeline that belongs to. */
function* partsOf(value: object, where: string): Iterable<Open> {
  if (value instanceof Tuple && value.length >= 2 && typeof value.items[0] === "string") {
    const [name, part] = value.items;
    const isStep = part instanceof Instance;
    const inner = isStep ? `${where === "" ? "" : `${where}, `}step '${name}'` : where;
    for (const item of value.items) yield { value: item, where: inner };
    return;
  }
  for (const item of inside(value)) yield { value: item, where };
}

function* inside(value: object): Iterable<unknown> {
  if (value instanceof Instance) {
    yield value.class;
    yield* value.args;
    yield* value.states;
    yield* value.items;
    yield value.kwargs;
    for (const pair of value.entries) yield* pair;
  } else if (value instanceof StateSetter) {
    yield value.setter;
    yield value.state;
  } else if (value instanceof Dict) {
    for (const pair of value) yield* pair;
  } else if (Array.isArray(value) || value instanceof Tuple || value instanceof PySet || value instanceof FrozenSet) {
    yield* value;
  } else if (value instanceof Deque) {
    yield* value;
  } else if (value instanceof NdArray && value.dtype.kind === "O") {
    yield* value.data as unknown[];
  }
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
const byName = (a: { readonly name: string }, b: { readonly name: string }) => compare(a.name, b.name);

/** One module in words: `sklearn.preprocessing (StandardScaler: step 'scale')`. */
export function moduleInWords({ module, uses }: ModuleUse): string {
  const words = uses.map(({ name, kind, for: where }) => {
    if (kind === "data") return name;
    const place = where === "the whole" ? "" : `: ${where}`;
    return `${kind === "function" ? "function " : ""}${name}${place}`;
  });
  return `${module} (${words.join("; ")})`;
}

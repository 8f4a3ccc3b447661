/** @module The Python modules that a file names, what of each, and which part of the model needs it. */

import { NdArray, Tensor } from "@curtido/arrays";
import { libraryOf, ownCode, publicName } from "@curtido/estimators";
import { Global, Instance, partsOf, Tuple } from "@curtido/pickle";

/** One Python module, by its public name where it is scikit-learn's. */
export interface ModuleUse {
  readonly module: string;
  /** The classes and functions of it, and what is left to do without Python: `log_price`, `step 'log'`. */
  readonly uses: readonly {
    readonly name: string;
    readonly kind: UseKind;
    readonly for: string;
  }[];
}

/** What a file names, and what trained its parts. */
export interface Needs {
  /** Every class and function that it names. */
  readonly names: readonly string[];
  readonly modules: readonly ModuleUse[];
  /** Libraries beside scikit-learn that trained parts of the model: `XGBoost 3.2.0`. */
  readonly libraries: readonly string[];
}

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

/** Everything that a file names, with the part that needs it: the one walk through its values. */
export function needsOf(root: unknown): Needs {
  const found = new Found();
  const seen = new Seen();
  const open: Held[] = [{ value: root, where: "" }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, where } = next;
    if (!isObject(value) || !seen.add(value)) continue;
    found.note(value, where);
    const held: Held[] = [];
    for (const each of heldBy(value, where)) if (isObject(each.value)) held.push(each);
    while (held.length > 0) open.push(held.pop()!); // the first is looked at first
  }
  return found.needs();
}

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;

/** A value, and which steps of pipelines it belongs to. */
interface Held {
  readonly value: unknown;
  readonly where: string;
}

/** What one `Set` may hold, and a little less. */
const MOST_IN_A_SET = 2 ** 23;

/** Objects that were seen; more of them than a `Set` may hold. */
class Seen {
  private readonly sets: Set<object>[] = [new Set()];

  /** False when it was there already. */
  add(value: object): boolean {
    if (this.sets.some((set) => set.has(value))) return false;
    if (this.sets.at(-1)!.size === MOST_IN_A_SET) this.sets.push(new Set());
    this.sets.at(-1)!.add(value);
    return true;
  }
}

/** What the walk came across. */
class Found {
  private readonly names = new Set<string>();
  private readonly libraries = new Set<string>();
  private readonly modules = new Map<string, Map<string, ModuleUse["uses"][number]>>();

  note(value: object, where: string): void {
    const add: Add = (module, name, kind) => this.add(module, name, kind, where);
    if (value instanceof Global) {
      this.names.add(value.toString());
      addName(value, add);
    }
    if (value instanceof Tensor) add("torch", "tensors", "data");
    else if (value instanceof NdArray) add("numpy", "arrays", "data");
    const library = libraryOf(value);
    if (library !== undefined) this.libraries.add(library);
    if (value instanceof Instance) addOwnCode(value, add);
  }

  /** The first part that needs it is the one that is said. */
  private add(module: string, name: string, kind: UseKind, where: string): void {
    const uses = this.modules.get(module) ?? new Map<string, ModuleUse["uses"][number]>();
    this.modules.set(module, uses);
    if (!uses.has(name)) uses.set(name, { name, kind, for: where === "" ? "the whole" : where });
  }

  needs(): Needs {
    const modules = [...this.modules].map(([module, uses]) => ({ module, uses: [...uses.values()].sort(byName) }));
    return {
      names: [...this.names].sort(),
      modules: modules.sort((a, b) => compare(a.module, b.module)),
      libraries: [...this.libraries].sort(),
    };
  }
}

type UseKind = "class" | "function" | "data";
type Add = (module: string, name: string, kind: UseKind) => void;

function addName(value: Global, add: Add): void {
  const { module, name } = value;
  const data = CALLED.test(module) ? undefined : DATA.find(([pattern]) => pattern.test(module));
  if (data !== undefined) {
    add(data[1] === "" ? module : data[1], data[2], "data");
    return;
  }
  const known = publicName(module, name);
  const shown = known?.startsWith("sklearn.") ? known.slice(0, known.lastIndexOf(".")) : module;
  add(CALLED.test(module) ? module.replace(/\.(core|_core)?\.?_?\w*umath$/, "") : shown, name, kindOf(name));
}

const kindOf = (name: string): "class" | "function" => (/^_*[A-Z]/.test(name) ? "class" : "function");

/** Functions and classes whose code the file holds, and the modules that the code uses. */
function addOwnCode(value: Instance, add: Add): void {
  const code = ownCode(value);
  if (code === undefined) return;
  const dot = code.name.indexOf(".");
  add(code.name.slice(0, dot), code.name.slice(dot + 1), code.kind);
  for (const module of code.imports) add(module, `used by ${code.name}`, "data");
}

/** What a value holds; a pair of a name and an instance is a step of a pipeline. */
function* heldBy(value: object, where: string): Generator<Held> {
  const isStep = value instanceof Tuple && typeof value.items[0] === "string" && value.items[1] instanceof Instance;
  const inner = isStep ? `${where === "" ? "" : `${where}, `}step '${value.items[0]}'` : where;
  const isObjects = value instanceof NdArray && value.dtype.kind === "O";
  for (const part of isObjects ? (value.data as unknown[]) : partsOf(value)) yield { value: part, where: inner };
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

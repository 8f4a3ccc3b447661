/** @module Functions and classes of the user's own, as cloudpickle and dill write them: recognised and named, never run. */

import { Dict, Global, Instance, StateSetter, Tuple } from "@curtido/pickle";

/** A function or class of the user's own, as far as the file tells. */
export interface OwnCode {
  /** `module.name`, by which it is registered. */
  readonly name: string;
  readonly kind: "function" | "class";
  /** The names of its arguments; `undefined` where the file has the name alone. */
  readonly args?: readonly string[];
  readonly file?: string;
  readonly line?: number;
  /** The modules that its code uses, where the file says. */
  readonly imports: readonly string[];
}

/** Makers of functions, code, classes and modules, by what they make. */
const MAKERS: Readonly<Record<string, readonly string[]>> = {
  function: ["_make_function", "_make_skel_func", "_create_function"],
  code: ["_create_code"],
  class: ["_make_skeleton_class", "_rehydrate_skeleton_class", "_create_type"],
  module: ["subimport", "_import_module"],
  other: [
    "_builtin_type",
    "_load_type",
    "_function_setstate",
    "_class_setstate",
    "_fill_function",
    "_make_empty_cell",
    "_make_cell",
    "_cell_set_contents",
    "_create_cell",
    "_create_array",
  ],
};
const MODULES =
  /^(cloudpickle(\.cloudpickle(_fast)?)?|dill\._dill|sklearn\.externals\.joblib\.externals\.cloudpickle\.cloudpickle|joblib\.externals\.cloudpickle\.cloudpickle(_fast)?)$/;

const makes = (value: unknown, what: string): boolean =>
  value instanceof Global && MODULES.test(value.module) && MAKERS[what]!.includes(value.name);

/** Whether a name is one of those with which cloudpickle and dill write code: loading them here runs nothing. */
export function writesCode(callable: Global): boolean {
  return Object.keys(MAKERS).some((what) => makes(callable, what));
}

/** What stands for a function or class of the user's own; `undefined` for anything else. */
export function ownCode(value: unknown): OwnCode | undefined {
  if (value instanceof Global) {
    const kind = /^[A-Z]/.test(value.name) ? "class" : "function";
    return { name: value.toString(), kind, imports: [] };
  }
  if (!(value instanceof Instance)) return undefined;
  if (value.className === "functools.partial") return ownCode(value.args[0]);
  if (makes(value.class, "function")) return ownFunction(value);
  return makes(value.class, "class") ? ownClass(value) : undefined;
}

function ownFunction(value: Instance): OwnCode {
  const [code, globals] = value.args;
  const states = statesOf(value);
  const module = textIn([...states, globals], "__module__") ?? textIn([globals], "__name__") ?? "__main__";
  const found = code instanceof Instance ? codeOf(code.args) : undefined;
  const qualified = textIn(states, "__qualname__") ?? found?.qualified ?? "function";
  const imports = importsIn([globals, ...states]);
  const { args, file, line } = found ?? {};
  return {
    name: `${module}.${qualified}`,
    kind: "function",
    imports,
    ...(args === undefined ? {} : { args }),
    ...(file === undefined ? {} : { file }),
    ...(line === undefined ? {} : { line }),
  };
}

/** Arguments of a code object: which ones there are depends on the release, their order does not. */
function codeOf(args: readonly unknown[]) {
  const at = args.findIndex((each, k) => each instanceof Uint8Array && args[k + 1] instanceof Tuple);
  if (at < 0) return undefined;
  const [, , variables, file, name, third, fourth] = args.slice(at + 1);
  const count = args.find((each) => typeof each === "number");
  const names = variables instanceof Tuple ? variables.items.filter((each) => typeof each === "string") : [];
  const qualified = typeof third === "string" ? third : name;
  const line = typeof third === "string" ? fourth : third;
  return {
    args: names.slice(0, typeof count === "number" ? count : 0),
    ...(typeof file === "string" ? { file } : {}),
    ...(typeof line === "number" ? { line } : {}),
    ...(typeof qualified === "string" ? { qualified } : {}),
  };
}

function ownClass(value: Instance): OwnCode {
  const [, name] = value.args;
  const dicts = [...value.args, ...statesOf(value)];
  const module = textIn(dicts, "__module__") ?? "__main__";
  const methods = dicts.flatMap((dict) => (dict instanceof Dict ? [...dict.values()] : []));
  const code = methods.map(ownCodeOfMethod).find((each) => each !== undefined);
  const imports = new Set(methods.flatMap((method) => ownCodeOfMethod(method)?.imports ?? []));
  return {
    name: `${module}.${typeof name === "string" ? name : "class"}`,
    kind: "class",
    imports: [...imports].sort(),
    ...(code?.file === undefined ? {} : { file: code.file }),
  };
}

function ownCodeOfMethod(value: unknown): OwnCode | undefined {
  return value instanceof Instance && makes(value.class, "function") ? ownFunction(value) : undefined;
}

/** The dicts of an instance's state, those that a call sets included. */
function statesOf(value: Instance): readonly unknown[] {
  return value.states.flatMap((state) => {
    const given = state instanceof StateSetter ? state.state : state;
    return given instanceof Tuple ? given.items : [given];
  });
}

function textIn(dicts: readonly unknown[], key: string): string | undefined {
  for (const dict of dicts) {
    const found = dict instanceof Dict ? dict.get(key) : undefined;
    if (typeof found === "string") return found;
  }
  return undefined;
}

/** The modules that a function's globals hold. */
function importsIn(dicts: readonly unknown[]): readonly string[] {
  const inner = dicts.flatMap((dict) => (dict instanceof Dict ? [dict.get("__globals__")] : []));
  const values = [...dicts, ...inner].flatMap((dict) => (dict instanceof Dict ? [...dict.values()] : []));
  const names = values.map((value) => {
    if (value instanceof Global) return value.module;
    const [name] = value instanceof Instance && makes(value.class, "module") ? value.args : [];
    return typeof name === "string" ? name : undefined;
  });
  return [...new Set(names.filter((name) => name !== undefined))].sort();
}

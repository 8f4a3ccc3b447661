/** @module Names of functions and classes of the user's own, as cloudpickle and dill write them: recognised, never run. */

import { Dict, Global, Instance, StateSetter, Tuple } from "@curtido/pickle";

/** What names a function or class. */
export interface OwnName {
  /** `module.name`, by which it is registered. */
  readonly name: string;
  readonly kind: "function" | "class";
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

/** Whether an inert value is one of those makers. */
export const makes = (value: unknown, what: string): boolean =>
  value instanceof Global && MODULES.test(value.module) && MAKERS[what]!.includes(value.name);

/** Whether a name is one of those with which cloudpickle and dill write code: loading them here runs nothing. */
export function writesCode(callable: Global): boolean {
  return Object.keys(MAKERS).some((what) => makes(callable, what));
}

/** The name of a function or class that a value stands for; `undefined` for anything else. */
export function ownName(value: unknown): OwnName | undefined {
  if (value instanceof Global)
    return { name: value.toString(), kind: /^[A-Z]/.test(value.name) ? "class" : "function" };
  if (!(value instanceof Instance)) return undefined;
  if (value.className === "functools.partial") return ownName(value.args[0]);
  if (makes(value.class, "function")) return { name: functionName(value), kind: "function" };
  return makes(value.class, "class") ? { name: className(value), kind: "class" } : undefined;
}

function functionName(value: Instance): string {
  const [code, globals] = value.args;
  const states = statesOf(value);
  const module = textIn([...states, globals], "__module__") ?? textIn([globals], "__name__") ?? "__main__";
  const qualified = textIn(states, "__qualname__") ?? codeOf(code)?.qualified ?? "function";
  return `${module}.${qualified}`;
}

function className(value: Instance): string {
  const [, name] = value.args;
  const module = textIn([...value.args, ...statesOf(value)], "__module__") ?? "__main__";
  return `${module}.${typeof name === "string" ? name : "class"}`;
}

/** What a code object says: which arguments it has depends on the release, their order does not. */
export function codeOf(code: unknown) {
  if (!(code instanceof Instance)) return undefined;
  const { args } = code;
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

/** The dicts of an instance's state, those that a call sets included. */
export function statesOf(value: Instance): readonly unknown[] {
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

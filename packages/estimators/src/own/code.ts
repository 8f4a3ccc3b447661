/** @module What a file tells of functions and classes of the user's own: signature, file, line, modules. */

import { Dict, Global, Instance } from "@curtido/pickle";
import { codeOf, makes, type OwnName, ownName, statesOf } from "./name.ts";

/** A function or class of the user's own, as far as the file tells. */
export interface OwnCode extends OwnName {
  /** The names of its arguments; `undefined` where the file has the name alone. */
  readonly args?: readonly string[];
  readonly file?: string;
  readonly line?: number;
  /** The modules that its code uses, where the file says. */
  readonly imports: readonly string[];
}

/** What stands for a function or class of the user's own; `undefined` for anything else. */
export function ownCode(value: unknown): OwnCode | undefined {
  const named = ownName(value);
  if (named === undefined || !(value instanceof Instance)) return named && { ...named, imports: [] };
  if (value.className === "functools.partial") return ownCode(value.args[0]);
  return { ...named, ...(named.kind === "class" ? classDetails(value) : functionDetails(value)) };
}

function functionDetails(value: Instance): Omit<OwnCode, keyof OwnName> {
  const [code, globals] = value.args;
  const { args, file, line } = codeOf(code) ?? {};
  return {
    imports: importsIn([globals, ...statesOf(value)]),
    ...(args === undefined ? {} : { args }),
    ...(file === undefined ? {} : { file }),
    ...(line === undefined ? {} : { line }),
  };
}

function classDetails(value: Instance): Omit<OwnCode, keyof OwnName> {
  const dicts = [...value.args, ...statesOf(value)];
  const methods = dicts.flatMap((dict) => (dict instanceof Dict ? [...dict.values()] : []));
  const found = methods.flatMap((each) =>
    each instanceof Instance && makes(each.class, "function") ? [functionDetails(each)] : [],
  );
  const imports = new Set(found.flatMap((each) => each.imports));
  const file = found[0]?.file;
  return { imports: [...imports].sort(), ...(file === undefined ? {} : { file }) };
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

/** @module Names of the user's own that a file holds, such as a scorer, and that nothing calls here. */

import { Global, Instance, partsOf } from "@curtido/pickle";
import { LIBRARIES } from "../base/aliases.ts";
import { ownName } from "./name.ts";

/** Packages whose names are not the user's. */
const OTHERS: ReadonlySet<string> = new Set(
  "numpy scipy pandas joblib cloudpickle dill builtins __builtin__ copyreg copy_reg _codecs collections datetime functools operator decimal types re random uuid fractions pathlib importlib".split(
    " ",
  ),
);

/** Values that are looked at, at most. */
const MOST_VALUES = 1_000_000;

/** The names of a file's own functions and classes but for some, each once. */
export function idleNames(root: unknown, but: ReadonlySet<string>): readonly string[] {
  const names = new Set<string>();
  const seen = new Set<object>();
  const open: unknown[] = [root];
  for (let value = open.pop(); value !== undefined || open.length > 0; value = open.pop()) {
    if (typeof value !== "object" || value === null || seen.has(value) || seen.size >= MOST_VALUES) continue;
    seen.add(value);
    const code = value instanceof Global || value instanceof Instance ? ownName(value) : undefined;
    const top = code?.name.split(".")[0];
    if (code !== undefined && !OTHERS.has(top!) && LIBRARIES[top!] === undefined && !but.has(code.name))
      names.add(code.name);
    for (const part of partsOf(value)) if (typeof part === "object") open.push(part);
  }
  return [...names].sort();
}

/** @module The error for a class that is not known: what it is, and what to do. */

import type { Instance } from "@curtido/pickle";
import { LIBRARIES } from "./base/aliases.ts";
import { type Classes, publicNameOf } from "./base/classes.ts";
import { estimatorError } from "./base/errors.ts";
import { ownCode } from "./own/code.ts";
import { unregistered } from "./own/unknown.ts";

/** Packages whose objects are data, and no models. */
const DATA: ReadonlySet<string> = new Set(["numpy", "pandas", "scipy"]);

/** E_NOT_A_MODEL for data, else E_UNKNOWN_NAME with the name, the place, and what to import or to register. */
export function unknownClass(classes: Classes, value: Instance, path: string) {
  const name = value.className;
  const where = path === "" ? "the file" : `'${path}'`;
  const dot = name.lastIndexOf(".");
  const [top = ""] = name.split(".");
  if (path === "" && DATA.has(top))
    return estimatorError("E_NOT_A_MODEL", `the file holds a ${name}, which is data and no model`, { found: name });
  const library = LIBRARIES[top];
  if (library !== undefined && !classes.complete) {
    const known = publicNameOf(name.slice(0, dot), name.slice(dot + 1));
    const from = `@curtido/estimators/${subpathOf(known)}`;
    const message = `${where} is a ${known}, which is not among the entries: add those of "${from}"`;
    return estimatorError("E_UNKNOWN_NAME", message, { name: known, path, from });
  }
  const own = `register it with names: { "${name}": ... }`;
  if (library !== undefined) {
    const message = `${where} is ${library}'s ${name.slice(dot + 1)} (${name}), which is not known here yet: ${own}`;
    return estimatorError("E_UNKNOWN_NAME", message, { name, path });
  }
  const code = ownCode(value.class);
  if (code !== undefined) return unregistered({ ...code, kind: "class" }, path);
  return estimatorError("E_UNKNOWN_NAME", `${where} is a ${name}, which is not known here: ${own}`, { name, path });
}

/** The path of `@curtido/estimators` that has a class: scikit-learn's by their module, others by their library. */
function subpathOf(name: string): string {
  const [top, module] = name.split(".");
  return top === "sklearn" ? module! : top!;
}

/** @module The error for names of the user's own that are not registered: all of a file at once. */

import type { CurtidoError } from "@curtido/pickle";
import { estimatorError } from "../base/errors.ts";
import type { Told, UnknownName } from "../base/unknown_name.ts";

/** How many letters of a name or path out of a file are shown. */
export const LONGEST = 200;

/** Names that are said in one error, at most. */
export const MOST_NAMES = 64;

/** E_UNKNOWN_NAME: `fields.name` and `fields.path` of the first, `fields.names` of all, and what the file tells of them. */
export function unregistered(all: readonly UnknownName[], told?: Told): CurtidoError<"E_UNKNOWN_NAME"> {
  const [{ name, kind, path, known }] = all as readonly [UnknownName];
  const where = path === "" ? "the file" : `'${path}'`;
  const what = known ?? `${kind === "class" ? "a " : ""}${told?.words ?? name.slice(0, LONGEST)}`;
  const shape = kind === "function" ? "(x) => ..." : "...";
  const others = [...new Set(all.map((each) => each.name))].filter((each) => each !== name);
  const more = others.length === 0 ? "" : `; nor are ${others.slice(0, 5).join(", ").slice(0, LONGEST)}`;
  const message = `${where} is ${what}, which is not known here${known === undefined ? "" : " yet"}: register it with names: { ${JSON.stringify(name.slice(0, LONGEST))}: ${shape} }${more}`;
  return estimatorError("E_UNKNOWN_NAME", message, { name, path, names: [name, ...others], ...told?.fields });
}

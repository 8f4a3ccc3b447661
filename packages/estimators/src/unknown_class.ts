/** @module The error for a class that is not known: what it is, and what to do. */

import type { Instance } from "@curtido/pickle";
import { LIBRARIES } from "./base/aliases.ts";
import { type Classes, publicNameOf } from "./base/classes.ts";
import { estimatorError } from "./base/errors.ts";
import { attributesOf } from "./base/state.ts";
import type { UnknownName } from "./base/unknown_name.ts";
import { ownName } from "./own/name.ts";

/** Packages whose objects are data, and no models. */
const DATA: ReadonlySet<string> = new Set(["numpy", "pandas", "scipy"]);

/** Libraries of neural networks, whose objects hold layers that they alone compute. */
const NETWORKS: ReadonlySet<string> = new Set(["keras", "scikeras", "tensorflow", "torch"]);

/**
 * What is not known: its name, where it stands, and what it holds.
 *
 * @throws CurtidoError E_NOT_A_MODEL for data, E_UNKNOWN_NAME for a class that could be imported
 */
export function unknownClass(classes: Classes, value: Instance, path: string): UnknownName {
  const name = value.className;
  const where = path === "" ? "the file" : `'${path}'`;
  const dot = name.lastIndexOf(".");
  const [top = ""] = name.split(".");
  if (path === "" && DATA.has(top))
    throw estimatorError("E_NOT_A_MODEL", `the file holds a ${name}, which is data and no model`, { found: name });
  const library = LIBRARIES[top];
  if (library !== undefined && classes.whole === undefined) {
    const known = publicNameOf(name.slice(0, dot), name.slice(dot + 1));
    const from = `@curtido/estimators/${subpathOf(known)}`;
    const message = `${where} is a ${known}, which is not among the entries: add those of "${from}"`;
    throw estimatorError("E_UNKNOWN_NAME", message, { name: known, path, from });
  }
  const network = NETWORKS.has(top) ? ", a neural network that it alone computes" : "";
  const whose = library ?? (network === "" ? undefined : top);
  const known = whose === undefined ? {} : { known: `${whose}'s ${name.slice(dot + 1)} (${name})${network}` };
  const own = ownName(value.class)?.name ?? name;
  return { name: own, kind: "class", value: value.class, path, attributes: attributesOf(value), ...known };
}

/** The path of `@curtido/estimators` that has a class: scikit-learn's by their module, others by their library. */
function subpathOf(name: string): string {
  const [top, module] = name.split(".");
  return top === "sklearn" ? module! : top!;
}

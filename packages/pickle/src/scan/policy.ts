/** @module The one table of what a name may do: safe by exact name, dangerous by prefix, everything else unknown. */

import { SKLEARN_CALLABLE, SKLEARN_MENTIONED } from "../generated/sklearn_names.ts";
import { python3Name } from "../python2.ts";
import { isDangerousName } from "./danger.ts";
import type { CallCheck } from "./operands.ts";
import type { NameVerdict } from "./report.ts";
import { CALLABLE, CHECKED, MENTIONED } from "./safe_names.ts";

/** What loading may do with a safe name: call it, call it with operands that a check accepts, or only name it. */
export type CallRule = "free" | "never" | CallCheck;

/** What the table says of one name. */
export interface NamePolicy {
  readonly verdict: NameVerdict;
  readonly call: CallRule;
}

const policy = (verdict: NameVerdict, call: CallRule): NamePolicy => Object.freeze({ verdict, call });
const DANGEROUS = policy("dangerous", "never");
const UNKNOWN = policy("unknown", "never");
const FREE = policy("safe", "free");

const key = (module: string, name: string) => `${module}:${name}`;

function* entries(table: string): Generator<readonly [module: string, name: string]> {
  for (const line of table.trim().split("\n")) {
    const [modules, names] = line.split(": ") as [string, string];
    for (const module of modules.split(" ")) for (const name of names.split(" ")) yield [module, name];
  }
}

const safe: ReadonlyMap<string, NamePolicy> = (() => {
  const table = new Map<string, NamePolicy>();
  const never = policy("safe", "never");
  for (const names of [MENTIONED, SKLEARN_MENTIONED])
    for (const [module, name] of entries(names)) table.set(key(module, name), never);
  for (const names of [CALLABLE, SKLEARN_CALLABLE])
    for (const [module, name] of entries(names)) table.set(key(module, name), FREE);
  for (const [module, entry] of entries(CHECKED)) {
    const [name, check] = entry.split("=") as [string, CallCheck];
    table.set(key(module, name), policy("safe", check));
  }
  return table;
})();

/**
 * What may be done with a name. Module and name are what a pickle says; names of Python 2 are judged by what Python 3 makes
 * of them, too, whatever the protocol.
 *
 * @param allowed - further names that are safe to call, as `module.name`
 * @example
 * namePolicy("numpy", "ndarray").verdict; // "safe"
 * namePolicy("__builtin__", "eval").verdict; // "dangerous"
 * namePolicy("mymodule", "Model").verdict; // "unknown"
 */
export function namePolicy(module: string, name: string, allowed?: ReadonlySet<string>): NamePolicy {
  const [module3, name3] = python3Name(module, name);
  if (allowed !== undefined && (allowed.has(`${module}.${name}`) || allowed.has(`${module3}.${name3}`))) return FREE;
  const known = safe.get(key(module3, name3)) ?? safe.get(key(module, name));
  if (known !== undefined) return known;
  return isDangerousName(module, name) || isDangerousName(module3, name3) ? DANGEROUS : UNKNOWN;
}

/** Whether calling this name while a file is loaded runs code that the file chose. */
export function isDangerous({ module, name }: { readonly module: string; readonly name: string }): boolean {
  return namePolicy(module, name).verdict === "dangerous";
}

/** @module The one table of what a name may do: safe by exact name, dangerous by prefix, everything else unknown. */

import { SKLEARN_CALLABLE, SKLEARN_MENTIONED } from "../generated/sklearn_names.ts";
import { python3Name } from "../python2.ts";
import { isDangerousName } from "./danger.ts";
import { keyOf, namesIn } from "./names.ts";
import type { CallCheck } from "./operands.ts";
import type { NameVerdict } from "./report.ts";
import { CALLABLE_THERE, CHECKED_THERE, MENTIONED_THERE } from "./safe_exceptions.ts";
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

let safe: ReadonlyMap<string, NamePolicy> | undefined;

/** The names that are safe; put together when the first one is asked for. */
function safeTable(): ReadonlyMap<string, NamePolicy> {
  const table = new Map<string, NamePolicy>();
  const never = policy("safe", "never");
  for (const names of [MENTIONED, MENTIONED_THERE, SKLEARN_MENTIONED])
    for (const [module, name] of namesIn(names)) table.set(keyOf(module, name), never);
  for (const names of [CALLABLE, CALLABLE_THERE, SKLEARN_CALLABLE])
    for (const [module, name] of namesIn(names)) table.set(keyOf(module, name), FREE);
  for (const checked of [CHECKED, CHECKED_THERE]) {
    for (const [module, entry] of namesIn(checked)) {
      const [name, check] = entry.split("=") as [string, CallCheck];
      table.set(keyOf(module, name), policy("safe", check));
    }
  }
  return table;
}

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
  safe ??= safeTable();
  const known = safe.get(keyOf(module3, name3)) ?? safe.get(keyOf(module, name));
  if (known !== undefined) return known;
  return isDangerousName(module, name) || isDangerousName(module3, name3) ? DANGEROUS : UNKNOWN;
}

/** @module The one table of what a name may do: safe by exact name, dangerous by prefix, everything else unknown. */

import { SKLEARN } from "../generated/sklearn_names.ts";
import { python3Name } from "../python2.ts";
import { isDangerousName } from "./danger.ts";
import type { NameVerdict } from "./report.ts";
import type { CallRule, NamePolicy, StateRule } from "./rules.ts";
import { EXCEPTIONS } from "./table/exceptions.ts";
import { entriesIn, keyOf, type Table } from "./table/format.ts";
import { LIBRARIES } from "./table/libraries.ts";
import { MODELS, TORCH } from "./table/models.ts";
import { NUMPY } from "./table/numpy.ts";
import { PANDAS } from "./table/pandas.ts";
import { STANDARD } from "./table/standard.ts";

/** Asked for when the first name is judged: a bundle without a scan has none of them. */
const tables = (): readonly Table[] => [SKLEARN, STANDARD, NUMPY, PANDAS, MODELS, TORCH, LIBRARIES, EXCEPTIONS];

/** What holds for all names of a part of the table that say nothing else. */
const PARTS: Readonly<Record<Exclude<keyof Table, "made">, Omit<NamePolicy, "verdict" | "groups">>> = {
  values: { call: "data", level: 2, makes: 0, state: "data" },
  bare: { call: "bare", level: 2, makes: 0, state: "data" },
  fixed: { call: "data", level: 2, makes: 0, state: "none" },
  objects: { call: "data", level: 2, makes: 1, state: "stored" },
  callables: { call: "data", level: 2, makes: 2, state: "stored" },
  named: { call: "never", level: 2, makes: 0, state: "none" },
  constants: { call: "never", level: 0, makes: 0, state: "none" },
};

const untold = (verdict: NameVerdict): NamePolicy =>
  Object.freeze({ verdict, call: "never", level: 0, makes: 0, state: "any", groups: [] });
const DANGEROUS = untold("dangerous");
const UNKNOWN = untold("unknown");
const ALLOWED: NamePolicy = Object.freeze({
  verdict: "safe",
  call: "allowed",
  level: 2,
  makes: 1,
  state: "stored",
  groups: [],
});

let safe: ReadonlyMap<string, NamePolicy> | undefined;

/** Every name that is safe, with what the table says of it. */
export function safeNames(): ReadonlyMap<string, NamePolicy> {
  safe ??= new Map(tableEntries());
  return safe;
}

function* tableEntries(): Generator<readonly [string, NamePolicy]> {
  for (const table of tables()) {
    for (const part of Object.keys(PARTS) as (keyof typeof PARTS)[]) {
      const made = PARTS[part].makes > 0 ? table.made : undefined;
      for (const { module, name, call = made, state, group } of entriesIn(table[part])) {
        const rules = { ...(call && { call: call as CallRule }), ...(state && { state: state as StateRule }) };
        const policy = {
          verdict: "safe",
          ...PARTS[part],
          ...rules,
          groups: group === undefined ? [] : [group],
        } as const;
        yield [keyOf(module, name), Object.freeze(policy)];
      }
    }
  }
}

/**
 * What may be done with a name. Module and name are what a pickle says; names of Python 2 are judged by what Python 3 makes
 * of them, too, whatever the protocol. From protocol 3 on Python 3 makes nothing of them: it imports whatever has that name.
 *
 * @param allowed - further names that are known to their user, as `module.name` or `package.*`: they lift what is unknown,
 * never what is dangerous
 * @param protocol - of the pickle
 * @example
 * namePolicy("numpy", "ndarray").verdict; // "safe"
 * namePolicy("__builtin__", "eval").verdict; // "dangerous"
 * namePolicy("mymodule", "Model").verdict; // "unknown"
 */
export function namePolicy(module: string, name: string, allowed?: ReadonlySet<string>, protocol = 2): NamePolicy {
  const [module3, name3] = python3Name(module, name);
  const isOld = protocol >= 3 && (module3 !== module || name3 !== name);
  const table = safeNames();
  const known = isOld ? undefined : (table.get(keyOf(module3, name3)) ?? table.get(keyOf(module, name)));
  if (known !== undefined) return known;
  if (isDangerousName(module, name) || isDangerousName(module3, name3)) return DANGEROUS;
  return allowed !== undefined && (allows(allowed, module, name) || allows(allowed, module3, name3))
    ? ALLOWED
    : UNKNOWN;
}

/** A pattern allows the names of a package's modules: not what is reached through one of them. */
function allows(allowed: ReadonlySet<string>, module: string, name: string): boolean {
  if (allowed.has(`${module}.${name}`)) return true;
  if (name.includes(".")) return false;
  const parts = module.split(".");
  return parts.some((_, at) => allowed.has(`${parts.slice(0, at + 1).join(".")}.*`));
}

/** @module Whether a call while a file is loaded runs code: what readers ask, who have no use for the names that are safe. */

import { python3Name } from "../python2.ts";
import { isDangerousName } from "./danger.ts";
import { EXCEPTIONS } from "./table/exceptions.ts";
import { entriesIn, keyOf } from "./table/format.ts";

let safe: ReadonlySet<string> | undefined;

/** What is safe although its module is dangerous. */
function safeNames(): ReadonlySet<string> {
  safe ??= new Set(
    Object.values(EXCEPTIONS).flatMap((part) => Array.from(entriesIn(part), ({ module, name }) => keyOf(module, name))),
  );
  return safe;
}

/** Whether calling this name while a file is loaded runs code that the file chose. */
export function isDangerous({ module, name }: { readonly module: string; readonly name: string }): boolean {
  const [module3, name3] = python3Name(module, name);
  const renamed = module !== module3 || name !== name3;
  if (!isDangerousName(module, name) && !(renamed && isDangerousName(module3, name3))) return false;
  return !safeNames().has(keyOf(module3, name3)) && !safeNames().has(keyOf(module, name));
}

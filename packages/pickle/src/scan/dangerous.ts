/** @module Whether a call while a file is loaded runs code: what readers ask, who have no use for the names that are safe. */

import { python3Name } from "../python2.ts";
import { isDangerousName } from "./danger.ts";
import { keyOf, namesIn } from "./names.ts";
import { CALLABLE_THERE, CHECKED_THERE, MENTIONED_THERE } from "./safe_exceptions.ts";

let safe: ReadonlySet<string> | undefined;

/** What is safe although its module is dangerous. */
function safeNames(): ReadonlySet<string> {
  const tables = [CALLABLE_THERE, MENTIONED_THERE, CHECKED_THERE];
  safe ??= new Set(
    tables.flatMap((table) => Array.from(namesIn(table), ([module, name]) => keyOf(module, plain(name)))),
  );
  return safe;
}

/** A name without its check. */
const plain = (name: string) => name.split("=", 1)[0]!;

/** Whether calling this name while a file is loaded runs code that the file chose. */
export function isDangerous({ module, name }: { readonly module: string; readonly name: string }): boolean {
  const [module3, name3] = python3Name(module, name);
  if (!isDangerousName(module, name) && !isDangerousName(module3, name3)) return false;
  return !safeNames().has(keyOf(module3, name3)) && !safeNames().has(keyOf(module, name));
}

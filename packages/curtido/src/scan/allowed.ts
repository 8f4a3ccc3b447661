/** @module Python names that a user says are safe. */

import { UsageError } from "../terminal.ts";

/** The same name. @throws UsageError when it is neither a name such as `mymodule.MyClass` nor a package such as `mymodule.*` */
export function allowedName(name: string): string {
  if (/^[^\s.]+(?:\.[^\s.]+)+$/.test(name)) return name;
  throw new UsageError(`--allow ${name}: it is no name such as mymodule.MyClass or mymodule.*`);
}

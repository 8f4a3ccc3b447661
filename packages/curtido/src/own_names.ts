/** @module The user's own Python names, from a module of theirs. */

import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { UsageError } from "./terminal.ts";

/**
 * What `--names FILE` holds: the default export, an object by Python name.
 *
 * @throws UsageError when the module cannot be imported, or exports no object
 */
export async function ownNames(file: string | undefined): Promise<Readonly<Record<string, unknown>> | undefined> {
  if (file === undefined) return undefined;
  let module: Record<string, unknown>;
  try {
    module = (await import(pathToFileURL(resolve(file)).href)) as Record<string, unknown>;
  } catch (error) {
    const reason =
      (error as NodeJS.ErrnoException).code === "ERR_UNKNOWN_FILE_EXTENSION"
        ? "this Node reads .js and .mjs only"
        : (error as Error).message;
    throw new UsageError(`${file}: cannot be imported: ${reason}`, { cause: error });
  }
  const names = module["default"];
  if (typeof names === "object" && names !== null) return names as Record<string, unknown>;
  throw new UsageError(`${file}: has no default export with names, such as export default { "mymodule.f": (x) => x }`);
}

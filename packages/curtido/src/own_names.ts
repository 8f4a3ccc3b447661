/** @module The user's own Python names, from a module of theirs. */

import { register } from "node:module";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { UsageError } from "./terminal.ts";

/**
 * What `--names FILE` holds: the default export, an object by Python name. JavaScript, or TypeScript whose types are
 * taken out where Node does not do that itself.
 *
 * @throws UsageError when the module cannot be imported, or exports no object
 */
export async function ownNames(file: string | undefined): Promise<Readonly<Record<string, unknown>> | undefined> {
  if (file === undefined) return undefined;
  let module: Record<string, unknown>;
  try {
    module = await imported(pathToFileURL(resolve(file)).href);
  } catch (error) {
    throw new UsageError(`${file}: cannot be imported: ${(error as Error).message}`, { cause: error });
  }
  const names = module["default"];
  if (typeof names === "object" && names !== null) return names as Record<string, unknown>;
  throw new UsageError(`${file}: has no default export with names, such as export default { "mymodule.f": (x) => x }`);
}

async function imported(url: string): Promise<Record<string, unknown>> {
  try {
    return (await import(url)) as Record<string, unknown>;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ERR_UNKNOWN_FILE_EXTENSION") throw error;
  }
  register(new URL("./typescript.js", import.meta.url));
  // Node may remember by its address that it could not read the file.
  return (await import(`${url}?typescript`)) as Record<string, unknown>;
}

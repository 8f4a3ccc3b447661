/** @module Module hooks for Node releases that read no TypeScript: types are taken out, nothing is checked. */

import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { transform } from "sucrase";

/** What a hook says of a module. */
interface Loaded {
  readonly format: string;
  readonly source?: string;
  readonly shortCircuit?: boolean;
}

/**
 * Node's `load` hook: a `.ts` or `.mts` file as the JavaScript in it.
 *
 * @throws SyntaxError where the file is no TypeScript
 */
export async function load(
  url: string,
  context: unknown,
  next: (url: string, context: unknown) => Promise<Loaded>,
): Promise<Loaded> {
  if (!/^file:[^?]*\.m?ts(\?|$)/.test(url)) return next(url, context);
  const path = fileURLToPath(url);
  const { code } = transform(await readFile(path, "utf8"), {
    transforms: ["typescript"],
    filePath: path,
    disableESTransforms: true,
  });
  return { format: "module", source: code, shortCircuit: true };
}

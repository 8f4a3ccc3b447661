/** @module Tables of names as they are written down: a line has modules, a colon, and names. */

/** Each name of a table with each module of its line. */
export function* namesIn(table: string): Generator<readonly [module: string, name: string]> {
  for (const line of table.trim().split("\n")) {
    const [modules, names] = line.split(": ") as [string, string];
    for (const module of modules.split(" ")) for (const name of names.split(" ")) yield [module, name];
  }
}

/** A name as a key of a table. */
export const keyOf = (module: string, name: string) => `${module}:${name}`;

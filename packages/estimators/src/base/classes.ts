/** @module The classes that are known: rows by the public name, whichever private module a release kept a class in. */

import { PUBLIC_DEPTH, PUBLIC_PACKAGES } from "./aliases.ts";
import type { ClassEntry, Entries } from "./entry.ts";
import type { Told, UnknownName } from "./unknown_name.ts";

/** What a file tells of names that are not known, and what is to be written for them. */
export type Tell = (all: readonly UnknownName[], file: unknown, names: Readonly<Record<string, unknown>>) => Told;

/** Rows of classes, found by what a file calls them. */
export class Classes {
  private readonly rows: ReadonlyMap<string, ClassEntry>;
  /** The rows of libraries' own model files. */
  readonly files: readonly ClassEntry[];
  /** Whether these are all that there are, so that another one is not known at all. */
  readonly complete: boolean;
  /** What is told of names that are not known; a bundle of few classes is without it. */
  readonly tell: Tell | undefined;

  constructor(families: readonly Entries[], tell?: Tell) {
    const rows = new Map<string, ClassEntry>();
    for (const family of families) {
      for (const row of family) {
        if (rows.has(row.name) && rows.get(row.name) !== row) throw new Error(`two rows for ${row.name}`);
        rows.set(row.name, row);
      }
    }
    this.rows = rows;
    this.files = this.all.filter(({ file }) => file !== undefined);
    this.complete = tell !== undefined;
    this.tell = tell;
  }

  /** Every row. */
  get all(): readonly ClassEntry[] {
    return [...this.rows.values()];
  }

  /** The row of `module.name`. */
  find(module: string, name: string): ClassEntry | undefined {
    return this.rows.get(publicNameOf(module, name));
  }
}

/** What a class is called in public, whether it is known or not. */
export function publicNameOf(module: string, name: string): string {
  return `${PUBLIC_PACKAGES.get(module) ?? packageOf(module)}.${name}`;
}

/** The public package of a module of the libraries that have classes in modules below it. */
function packageOf(module: string): string {
  const [top = "", ...inner] = module.split(".");
  const depth = Object.hasOwn(PUBLIC_DEPTH, top) ? PUBLIC_DEPTH[top]! : inner.length + 1;
  return [top, ...inner].slice(0, depth).join(".");
}

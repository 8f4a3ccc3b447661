/** @module The classes that are known: rows by the public name, whichever private module a release kept a class in. */

import { Global, type Instance } from "@curtido/pickle";
import { PUBLIC_DEPTH, PUBLIC_PACKAGES } from "./aliases.ts";
import type { ClassEntry, Entries } from "./entry.ts";
import type { Estimator } from "./estimator.ts";
import type { ReviveOptions } from "./options.ts";
import type { Told, UnknownName } from "./unknown_name.ts";

/** What a file tells of names that are not known, and what is to be written for them. */
export type Tell = (all: readonly UnknownName[], file: unknown, names: Readonly<Record<string, unknown>>) => Told;

/** How a model is made of a value, and what was asked for. */
export interface Making {
  readonly options: ReviveOptions;
  /** The estimator that a value is. @throws CurtidoError */
  readonly model: (value: unknown) => Estimator;
}

/** What is done where all classes are there; a bundle of few classes is without it. */
export interface Whole {
  readonly tell: Tell;
  /** An error of reading a file in words about the file. */
  readonly explain: (error: unknown, bytes: Uint8Array) => unknown;
  /** The model of a file that may hold more than that. */
  readonly pick: (value: unknown, classes: Classes, making: Making) => Estimator;
}

/** Rows of classes, found by what a file calls them. */
export class Classes {
  private readonly rows: ReadonlyMap<string, ClassEntry>;
  /** The rows of libraries' own model files. */
  readonly files: readonly ClassEntry[];
  /** There where these are all classes that there are, so that another one is not known at all. */
  readonly whole: Whole | undefined;

  constructor(families: readonly Entries[], whole?: Whole) {
    const rows = new Map<string, ClassEntry>();
    for (const family of families) {
      for (const row of family) {
        if (rows.has(row.name) && rows.get(row.name) !== row) throw new Error(`two rows for ${row.name}`);
        rows.set(row.name, row);
      }
    }
    this.rows = rows;
    this.files = this.all.filter(({ file }) => file !== undefined);
    this.whole = whole;
  }

  /** Every row. */
  get all(): readonly ClassEntry[] {
    return [...this.rows.values()];
  }

  /** Whether an object is of a class that is known, or registered. */
  knows(value: Instance, names: Readonly<Record<string, unknown>> = {}): boolean {
    if (Object.hasOwn(names, value.className)) return true;
    return value.class instanceof Global && this.find(value.class.module, value.class.name) !== undefined;
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

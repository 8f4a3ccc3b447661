/** @module How a value says what it is equal to, so that keys can be compared without knowing their classes. */

import { CurtidoError } from "./errors.ts";

/** A value that serves as a key of a dict by what it says. */
export interface Keyed {
  /**
   * Something that is the same for equal values and only for those: a text of its own kind, or a number or bigint for what
   * is equal to a number. `undefined` when only the object is equal to itself.
   */
  key(): unknown;
}

/** Whether a value is one. */
export function isKeyed(value: object): value is Keyed {
  return typeof (value as Partial<Keyed>).key === "function";
}

/** The method of {@link Composite}. */
export const KEY_TEXT = Symbol("key text");

/** A value that is equal to others by what it holds, or that can be no key at all. */
export interface Composite {
  /** A text that is the same for equal values and only for those; `textOf` gives it for what the value holds. */
  [KEY_TEXT](textOf: (item: unknown) => string): string;
}

/** Whether a value is one. */
export function isComposite(value: object): value is Composite {
  return KEY_TEXT in value;
}

/** The error for a key that Python refuses. */
export function unhashable(what: string): CurtidoError {
  return new CurtidoError("E_UNHASHABLE", `unhashable type: '${what}'`, { type: what });
}

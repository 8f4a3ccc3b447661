/** @module Values that are equal when they say the same. */

/** A value of Python's library that serves as a key of a dict by what it says. */
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

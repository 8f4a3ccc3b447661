/** @module How a class's state differed in older releases of scikit-learn, and what those do not know. */

import { type Dict, Float, type Global, type Instance } from "@curtido/pickle";

/** What a class's state was before a release. */
export interface LayoutChange {
  /** The first release with the newer layout: `"1.3"`. */
  readonly before: string;
  /**
   * Turns the newer layout into the older one. `state` may be changed in place: it is a copy, perhaps of an estimator
   * that is not fitted.
   *
   * @returns an object to put in the place of `made`, where a change of the state is not enough
   */
  readonly change: (state: Dict<unknown>, made: Instance) => Instance | Global | undefined;
}

/** Something that a release and all before it do not know: a file that they would read wrongly is not written. */
export interface LayoutNeed {
  /** The first release that knows it. */
  readonly since: string;
  /** What it is, for the message. */
  readonly what: string;
  /** Whether a state has it; estimators that are not fitted come here too. */
  readonly has: (state: Dict<unknown>) => boolean;
}

/** What there is to say of a class when it is written for older releases. */
export interface Layout {
  /** Newest first. */
  readonly changes?: readonly LayoutChange[];
  readonly needs?: readonly LayoutNeed[];
}

/** By the public name of the class. */
export type Layouts = Readonly<Record<string, Layout>>;

/** Whether an attribute is there and not None. */
export function isSet(name: string): (state: Dict<unknown>) => boolean {
  return (state) => (state.get(name) ?? null) !== null;
}

/** Whether it is true. */
export function isTrue(name: string): (state: Dict<unknown>) => boolean {
  return (state) => state.get(name) === true;
}

/** Whether it is one of these. */
export function isOneOf(name: string, ...words: readonly string[]): (state: Dict<unknown>) => boolean {
  return (state) => words.includes(state.get(name) as string);
}

/** Whether a value is NaN. */
export function isNaNValue(value: unknown): boolean {
  return Number.isNaN(value instanceof Float ? value.value : value);
}

/** @module How states differed in older releases of scikit-learn, class by class. */

import type { Dict, Instance } from "@curtido/pickle";
import { COMPOSE_CHANGES } from "./compose.ts";
import { TREE_CHANGES } from "./trees.ts";

/** What a class's state was before a release. */
export interface LayoutChange {
  /** The first release with the newer layout: `"1.3"`. */
  readonly before: string;
  /**
   * Turns the newer layout into the older one. `state` may be changed in place: it is a copy.
   *
   * @returns an object to put in the place of `made`, where a change of the state is not enough
   */
  readonly change: (state: Dict<unknown>, made: Instance) => Instance | undefined;
}

/** The changes of one class, newest first; by `module.name`, as scikit-learn 1.9.1 has it. */
export type LayoutChanges = Readonly<Record<string, readonly LayoutChange[]>>;

/** All changes that are known. */
export const LAYOUT_CHANGES: LayoutChanges = { ...COMPOSE_CHANGES, ...TREE_CHANGES };

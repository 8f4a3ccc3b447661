/** @module The columns beside a series, and the powers of time that trends are made of. */

import { DataFrame, Series } from "@curtido/arrays";
import type { State } from "../base/state.ts";

/** The names of so many columns that a model was fitted with beside its series; `undefined` of those that have none. */
export function exogNames(data: State, count: number): readonly (string | undefined)[] {
  const found = data.given("orig_exog") ? data.attribute("orig_exog") : undefined;
  const all = found instanceof DataFrame ? found.columns : found instanceof Series ? [found.name] : [];
  const names = all.map((name) => (name === null || name === undefined ? undefined : String(name)));
  // Columns of a trend stand in front of the user's.
  return names.length < count ? new Array<undefined>(count).fill(undefined) : names.slice(names.length - count);
}

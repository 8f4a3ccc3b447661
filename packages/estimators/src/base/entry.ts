import type { State } from "./state.ts";

/** Revives an instance: an estimator, or a part of one. */
export type Entry = (state: State) => unknown;

/** By public Python name, `sklearn.linear_model.LinearRegression`. */
export type Entries = Readonly<Record<string, Entry>>;

/** @module Encoders that keep statistics by category: LeaveOneOutEncoder, CatBoostEncoder, CountEncoder. */

import { Dict } from "@curtido/pickle";
import type { State } from "../base/state.ts";
import { type Coding, indexOf, readNumbers, readPolicy } from "./coding.ts";
import { columnsOf, isOld, policies } from "./mapped.ts";

/** The mean of a category by its sum and count, given the mean of all. */
type Level = (sum: number, count: number, mean: number) => number;

/** LeaveOneOutEncoder without a target: the mean of each category, of those seen once the mean of all. */
export const leaveOneOutCodings = (state: State): readonly Coding[] => levelCodings(state, (sum, count) => sum / count);

/** CatBoostEncoder without a target: means that are drawn towards the mean of all by `a`. */
export function catBoostCodings(state: State): readonly Coding[] {
  const a = state.number("a", 1);
  // The mean of all had a weight of 1 up to 2.4, whatever `a`.
  const weight = isOld(state) ? 1 : a;
  return levelCodings(state, (sum, count, mean) => (sum + mean * weight) / (count + a));
}

function levelCodings(state: State, level: Level): readonly Coding[] {
  const { unknown, missing } = policies(state);
  const mean = state.number("_mean");
  return columnsOf(state).map(({ label, value, place }): Coding => {
    const numbers = readNumbers(state, value, place);
    const [sums, counts] = ["sum", "count"].map((name) => numbers.values[numbers.columns.indexOf(name)]);
    if (sums === undefined || counts === undefined) return state.fail(place, "must have sums and counts");
    const index = indexOf(numbers.labels);
    const values = new Float64Array(sums.length + 2);
    sums.forEach((sum, at) => {
      values[at] = counts[at]! > 1 ? level(sum, counts[at]!, mean) : mean;
    });
    values[sums.length] = unknown === "value" ? mean : Number.NaN;
    const seen = index.missing < 0 ? (missing === "value" ? mean : Number.NaN) : values[index.missing]!;
    values[sums.length + 1] = missing === "return_nan" ? Number.NaN : seen;
    return {
      label,
      index,
      names: [label],
      values: [values],
      whole: [false],
      unknownMakesFloats: false,
      refusesUnknown: unknown === "error",
      refusesMissing: missing === "error",
    };
  });
}

/** CountEncoder: how often training saw a category, as a share where `normalize` says so. */
export function countCodings(state: State): readonly Coding[] {
  return columnsOf(state).map(({ label, value, place }): Coding => {
    const numbers = readNumbers(state, value, place);
    const index = indexOf(numbers.labels);
    const unknown = ofColumn(state, "_handle_unknown", label);
    const missing = ofColumn(state, "_handle_missing", label);
    const counts = numbers.values[0]!;
    const absent = absentCount(unknown, missing, isOld(state));
    const values = new Float64Array(counts.length + 2).fill(absent);
    counts.forEach((count, at) => {
      values[at] = Number.isNaN(count) ? absent : count;
    });
    if (index.missing >= 0) values[counts.length + 1] = values[index.missing]!;
    const refused = unknown === "error";
    return {
      label,
      index,
      names: [label],
      values: [values],
      whole: numbers.whole,
      unknownMakesFloats: true,
      refusesUnknown: refused,
      refusesMissing: (refused && index.missing < 0) || readPolicy(state, "handle_missing", "value") === "error",
    };
  });
}

/** What stands for a value without a count. */
function absentCount(unknown: unknown, missing: unknown, old: boolean): number {
  if (typeof unknown === "number") return unknown;
  return unknown === "value" && missing !== "return_nan" && !old ? 0 : Number.NaN;
}

function ofColumn(state: State, name: string, label: unknown): unknown {
  const all = state.raw(name);
  return all instanceof Dict ? all.get(label) : undefined;
}

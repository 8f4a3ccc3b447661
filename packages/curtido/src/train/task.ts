/** @module Whether a target is to be classified or estimated. */

import { dataError } from "./errors.ts";

/** Labels, or numbers. */
export type Task = "classification" | "regression";

/** What is learned, and why. */
export interface Goal {
  readonly task: Task;
  readonly why: string;
  /** Of classification: how often each label is there, the most frequent one first. */
  readonly labels?: readonly (readonly [label: string | number | boolean, count: number])[];
}

/** Whole numbers up to this many different ones are labels, where they repeat. */
const MOST_LABELS = 10;
/** Each whole number is there so often on average, or they are amounts. */
const REPEATED = 3;

/**
 * The task that a target asks for.
 *
 * @throws CurtidoError E_DATA for a target of one value, or one that cannot be what was asked for
 */
export function goalOf(y: readonly unknown[], target: string, asked?: Task): Goal {
  const counts = new Map<unknown, number>();
  for (const value of y) counts.set(value, (counts.get(value) ?? 0) + 1);
  if (counts.size === 1)
    throw dataError(`the target '${target}' is ${String(y[0])} in every row: there is nothing to learn`);
  const numbers = y.every((value) => typeof value === "number");
  const kinds = new Set(y.map((value) => typeof value));
  if (kinds.size > 1)
    throw dataError(`the target '${target}' holds ${[...kinds].map((kind) => `${kind}s`).join(" and ")}`);
  const goal = asked === undefined ? inferred(counts, y, numbers) : { task: asked, why: "--task says so" };
  if (goal.task === "regression" && !numbers)
    throw dataError(
      `the target '${target}' is ${String(y.find((value) => typeof value !== "number"))}: regression wants numbers`,
    );
  if (goal.task === "regression") return goal;
  if (counts.size === y.length || counts.size > y.length / 2)
    throw dataError(`the target '${target}' has ${counts.size} labels in ${y.length} rows: too many to learn them`);
  const labels = [...counts].sort(([, one], [, other]) => other - one);
  return { ...goal, labels: labels as [string | number | boolean, number][] };
}

function inferred(counts: ReadonlyMap<unknown, number>, y: readonly unknown[], numbers: boolean): Goal {
  if (!numbers) return { task: "classification", why: `it holds ${counts.size} labels that are no numbers` };
  if (!y.every(Number.isInteger)) return { task: "regression", why: "it holds numbers with fractions" };
  if (counts.size <= MOST_LABELS && y.length >= counts.size * REPEATED)
    return { task: "classification", why: `it holds ${counts.size} different whole numbers` };
  return { task: "regression", why: `it holds ${counts.size} different whole numbers` };
}

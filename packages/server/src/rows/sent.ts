/** @module What a step inside a model says of its own columns, in the words of who sent the rows. */

import { DataFrame, NdArray } from "@curtido/arrays";
import type { FeatureProblem, Rows } from "@curtido/estimators";

/** What a step finds of a number, and which numbers that are. */
const FINDINGS: readonly (readonly [ending: string, is: (value: unknown) => boolean])[] = [
  ["is infinite", (value) => value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY],
  ["is missing", (value) => value === null || value === undefined || Number.isNaN(value)],
];

/**
 * A problem that an estimator found, as one of the features that were sent. A step behind others counts columns of its own,
 * and may call them as the model calls others: what it says of a column is looked for among the values that were sent.
 *
 * @param names - the features of the model
 * @param X - the rows that the model got
 */
export function asSent(problem: FeatureProblem, names: readonly string[], X: Rows | Float64Array): FeatureProblem[] {
  const { feature, row = 0, detail, ...rest } = problem;
  if (feature === undefined) return [problem];
  const [ending, is] = FINDINGS.find(([each]) => detail === `'${feature}' ${each}`) ?? [];
  if (ending !== undefined && is !== undefined) {
    const values = rowIn(X, row);
    const found = names.filter((_, column) => is(values[column]));
    if (found.length > 0) return found.map((name) => ({ ...problem, feature: name, detail: `'${name}' ${ending}` }));
    if (values.length > 0)
      return [{ ...rest, ...rowOf(problem), detail: `a number that the model makes of the row ${ending}` }];
  }
  return names.includes(feature)
    ? [problem]
    : [{ ...rest, ...rowOf(problem), detail: detail.replaceAll(`'${feature}'`, "a column inside the model") }];
}

/** Each problem once: several steps may find the same. */
export function distinctProblems(problems: readonly FeatureProblem[]): readonly FeatureProblem[] {
  const byText = new Map(
    problems.map((problem) => [JSON.stringify([problem.row, problem.feature, problem.detail]), problem]),
  );
  return [...byText.values()];
}

function rowOf({ row }: FeatureProblem): Pick<FeatureProblem, "row"> {
  return row === undefined ? {} : { row };
}

function rowIn(X: Rows | Float64Array, row: number): readonly unknown[] {
  if (X instanceof Float64Array) return [...X];
  if (X instanceof DataFrame) return X.series.map(({ values }) => values.item(row));
  if (!(X instanceof NdArray)) return [];
  const width = X.shape[1] ?? 0;
  return Array.from({ length: width }, (_, column) => X.item(row * width + column));
}

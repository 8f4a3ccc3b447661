/** @module An answer as a flat table, for the representations that are one. */

export type Cells = readonly unknown[];

/** Columns with names, and a line of cells per row. */
export interface Table {
  readonly names: readonly string[];
  readonly rows: readonly Cells[];
}

/** How the columns of what an answer includes are called: one of them each. */
const SINGULAR: Readonly<Record<string, string>> = {
  probabilities: "probability",
  neighbors: "neighbor",
  leaves: "leaf",
};

/**
 * One column per number or label of a row: `predict1`, `predict2` for several outputs.
 *
 * @param single - whether the answer is that to one row, whose values stand alone
 * @example
 * columnsOf({ predict: ["a"], probabilities: [{ a: 1, b: 0 }] }, false).names; // ["predict", "probability_a", "probability_b"]
 */
export function columnsOf(answer: Readonly<Record<string, unknown>>, single: boolean): Table {
  const keys = Object.keys(answer);
  const lengths = keys.map((key) => (Array.isArray(answer[key]) ? (answer[key] as unknown[]).length : 0));
  const count = single ? 1 : lengths.reduce((a, b) => Math.max(a, b), 0);
  if (!single && keys.every((key) => isPlain(answer[key], count))) {
    const columns = keys.map((key) => answer[key] as unknown[]);
    const names = keys.map((key) => SINGULAR[key] ?? key);
    return { names, rows: Array.from({ length: count }, (_, row) => columns.map((values) => values[row])) };
  }
  const records = Array.from({ length: count }, (_, row) => {
    const record = new Map<string, unknown>();
    for (const key of keys) {
      const value = answer[key];
      flatten(SINGULAR[key] ?? key, !single && Array.isArray(value) ? value[row] : value, record);
    }
    return record;
  });
  const names = new Set<string>();
  for (const record of records) for (const name of record.keys()) names.add(name);
  if (count === 0) for (const key of keys) names.add(key);
  return { names: [...names], rows: records.map((record) => Array.from(names, (name) => record.get(name))) };
}

/** Whether a column has one value for every row, and nothing that would be several columns: most have. */
function isPlain(values: unknown, count: number): boolean {
  return (
    Array.isArray(values) &&
    values.length === count &&
    values.every((value) => typeof value !== "object" || value === null)
  );
}

function flatten(name: string, value: unknown, into: Map<string, unknown>): void {
  if (Array.isArray(value)) {
    for (const [at, item] of value.entries()) flatten(`${name}${at + 1}`, item, into);
  } else if (typeof value === "object" && value !== null) {
    for (const [key, item] of Object.entries(value)) flatten(`${name}_${key}`, item, into);
  } else {
    into.set(name, value);
  }
}

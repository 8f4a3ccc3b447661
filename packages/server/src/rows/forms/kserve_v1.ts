/** @module KServe V1's form: `instances` in, `predictions` out. */

import { problemsError } from "../problems.ts";
import { batchOfJson } from "../rows.ts";
import { columnsBatch, isColumns } from "./columns.ts";
import { type Form, misshapen, valuesOf } from "./form.ts";

export const kserveV1: Form = {
  rows({ instances, inputs }, asked) {
    const { features } = asked;
    const rows = instances ?? inputs;
    if (instances === undefined && isColumns(inputs)) return columnsBatch(inputs, asked, "inputs");
    if (!Array.isArray(rows)) throw misshapen("expected 'instances' (or 'inputs'): an array of rows");
    const batch = { ...batchOfJson(rows.map(unwrapped), features), single: false };
    // One row that is no array of rows is still one of an array here.
    if (rows.length > 0 && batch.rows.length !== rows.length && features !== 1)
      throw problemsError([{ path: [], detail: "every instance must be an object or an array" }]);
    return batch;
  },
  answer: (answer, { count }) => ({ predictions: valuesOf(answer, count) }),
};

/** Its clients may send each value of a row as a list of one. */
function unwrapped(row: unknown): unknown {
  if (typeof row !== "object" || row === null || Array.isArray(row)) return row;
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, Array.isArray(value) && value.length === 1 ? value[0] : value]),
  );
}

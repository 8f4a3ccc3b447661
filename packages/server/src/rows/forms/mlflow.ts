/** @module The form of MLflow's and SageMaker's `/invocations`: rows under one of four names in, `predictions` out. */

import { type Batch, batchOfJson } from "../rows.ts";
import { type Form, misshapen, valuesOf } from "./form.ts";

const NAMES = ["dataframe_split", "dataframe_records", "inputs", "instances"] as const;

export const mlflow: Form = {
  rows(body, { features }) {
    const given = NAMES.filter((name) => body[name] !== undefined);
    const [name] = given;
    if (name === undefined || given.length > 1) throw misshapen(`expected exactly one of ${NAMES.join(", ")}`);
    const value = body[name];
    if (name === "dataframe_split") return splitBatch(value);
    if (name === "inputs" && isColumns(value)) return columnsBatch(value);
    if (!Array.isArray(value)) throw misshapen(`'${name}' must be an array of rows`);
    return { ...batchOfJson(value, features), single: false };
  },
  answer: (answer, { count }) => ({ predictions: valuesOf(answer, count) }),
};

function splitBatch(value: unknown): Batch {
  const { columns, data } = (value ?? {}) as { columns?: unknown; data?: unknown };
  if (!Array.isArray(data) || !data.every((row) => Array.isArray(row)))
    throw misshapen("'dataframe_split' must have 'data': an array of arrays");
  if (columns === undefined) return { rows: data, single: false };
  if (!Array.isArray(columns) || !columns.every((name) => typeof name === "string"))
    throw misshapen("'columns' of 'dataframe_split' must be texts");
  return { rows: data, columns: columns as string[], single: false };
}

/** Named tensors: a column for each name. */
function isColumns(value: unknown): value is Readonly<Record<string, unknown[]>> {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every((each) => Array.isArray(each))
  );
}

function columnsBatch(value: Readonly<Record<string, unknown[]>>): Batch {
  const columns = Object.keys(value);
  const length = columns.reduce((most, name) => Math.max(most, value[name]!.length), 0);
  if (columns.some((name) => value[name]!.length !== length))
    throw misshapen("the tensors of 'inputs' must be of one length");
  const cell = (item: unknown) => (Array.isArray(item) && item.length === 1 ? item[0] : item);
  const rows = Array.from({ length }, (_, at) => columns.map((name) => cell(value[name]![at])));
  return { rows, columns, single: false };
}

/** @module The form of MLflow's and SageMaker's `/invocations`: rows under one of four names in, `predictions` out. */

import { type Batch, batchOfJson } from "../rows.ts";
import { columnsBatch, isColumns } from "./columns.ts";
import { type Asked, type Form, misshapen, valuesOf } from "./form.ts";

const NAMES = ["dataframe_split", "dataframe_records", "inputs", "instances"] as const;

export const mlflow: Form = {
  rows(body, asked) {
    // What its schema of a model does not have, it leaves out.
    return { ...rowsOf(body, asked), unexpected: "ignore" };
  },
  answer: (answer, { count }) => ({ predictions: valuesOf(answer, count) }),
};

function rowsOf(body: Readonly<Record<string, unknown>>, asked: Asked): Batch {
  const given = NAMES.filter((name) => body[name] !== undefined);
  const [name] = given;
  if (name === undefined || given.length > 1) throw misshapen(`expected exactly one of ${NAMES.join(", ")}`);
  const value = body[name];
  if (name === "dataframe_split") return splitBatch(value);
  if ((name === "inputs" || name === "instances") && isColumns(value)) return columnsBatch(value, asked, name);
  if (!Array.isArray(value)) throw misshapen("must be an array of rows", `/${name}`);
  return { ...batchOfJson(value, asked.features), single: false };
}

function splitBatch(value: unknown): Batch {
  const { columns, data, index } = (value ?? {}) as { columns?: unknown; data?: unknown; index?: unknown };
  if (!Array.isArray(data) || !data.every((row) => Array.isArray(row)))
    throw misshapen("must be an array of arrays", "/dataframe_split/data");
  const labels = Array.isArray(index) && index.length === data.length ? { index } : {};
  if (columns === undefined) return { rows: data, single: false, ...labels };
  if (!Array.isArray(columns) || !columns.every((name) => typeof name === "string"))
    throw misshapen("must be texts", "/dataframe_split/columns");
  return { rows: data, columns: columns as string[], single: false, ...labels };
}

/** @module The cases of fixtures/fit, as data and parameters of this side. */

import { readFileSync } from "node:fs";
import { DataFrame } from "@curtido/arrays";
import { float } from "@curtido/pickle";
import * as fit from "../../src/fit/index.ts";

/** A class, its parameters and its data, and what scikit-learn made of them. */
export interface Case {
  readonly class: string;
  readonly data: string;
  readonly given: Readonly<Record<string, unknown>>;
  readonly [expected: string]: unknown;
}

/** Rows and targets. */
export interface Data {
  readonly X: readonly (readonly unknown[])[];
  readonly y?: readonly unknown[];
  readonly columns?: readonly string[];
}

/** Rows and targets, or the name of a table of fixtures/fit/data. */
type Source = Data | { readonly dataset: string };

export interface Fixture {
  readonly data: Readonly<Record<string, Source>>;
  readonly cases: readonly Case[];
}

export function fixture<T = Fixture>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../../../../fixtures/fit/${name}.json`, import.meta.url), "utf8")) as T;
}

/** The rows and targets that a case is fitted on. */
export function dataOf({ data }: Fixture, name: string): Data {
  const source = data[name]!;
  return "dataset" in source ? fixture<Data>(`data/${source.dataset}`) : source;
}

/** `null` is a missing value; rows of named columns are a frame. */
export function rowsOf(data: Data, count = data.X.length) {
  const rows = data.X.slice(0, count).map((row) => row.map((value) => (value === null ? Number.NaN : value)));
  if (data.columns === undefined) return rows;
  return DataFrame.fromRecords(rows.map((row) => Object.fromEntries(data.columns!.map((name, at) => [name, row[at]]))));
}

/** Parameters as they are given here; `{"float": 1}` is a float, `{"class": ...}` an estimator. */
export function given(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(given);
  if (typeof value !== "object" || value === null) return value;
  if ("float" in value) return float(value.float as number);
  if ("class" in value) return trainer(value as unknown as Case);
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, given(each)]));
}

export function trainer(each: Pick<Case, "class" | "given">): fit.Trainer {
  const Class = (fit as unknown as Record<string, new (given: unknown) => fit.Trainer>)[each.class]!;
  return new Class(given(each.given));
}

export function fitCase(made: Fixture, each: Case): fit.Fitted {
  const { X, y, columns } = dataOf(made, each.data);
  return trainer(each).fit(rowsOf({ X, ...(columns === undefined ? {} : { columns }) }), y, weightsOf(each, X.length));
}

/** A case may say after how many rows its weights 0, 1, 2 ... begin anew. */
function weightsOf({ weighted }: Case, rows: number): fit.FitOptions {
  return typeof weighted === "number" ? { sampleWeight: Array.from({ length: rows }, (_, row) => row % weighted) } : {};
}

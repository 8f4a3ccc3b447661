/** @module Tables from bytes and to bytes, by the name of a format. */

import type { DataFrame } from "@curtido/arrays";
import { CurtidoError } from "@curtido/pickle";
import { FORMATS, formatNamed } from "./formats.ts";
import { tableOf } from "./frame.ts";
import type { Answers, AnswerWriting, Format, Reading, TableRows, WholeValue, Writing } from "./types.ts";

/** What to read, and how. */
export interface TableReading extends Reading {
  /** `csv`, `tsv`, `json`, `jsonl`, `xlsx`, `parquet` or `arrow`. */
  readonly format: string;
}

/** What to write, and how. */
export interface TableWriting extends Writing {
  /** `csv`, `tsv`, `json`, `jsonl`, `xlsx`, `parquet` or `arrow`. */
  readonly format: string;
}

/**
 * The table that bytes hold, with the dtypes that pandas gives it: a model takes it.
 *
 * @throws CurtidoError E_TABLE when they hold none, E_TABLE_LIMIT when it is too large, E_FORMAT for a format that is not known
 * @example
 * const table = await readTable(bytes, { format: "csv" });
 * model.predict(table).tolist();
 */
export async function readTable(bytes: Uint8Array, { format, ...reading }: TableReading): Promise<DataFrame> {
  return tableOf(await able(format, "read")(bytes, reading), "a table");
}

/**
 * A table as bytes; a table is a data frame, an array, a list of records, or lists by name.
 *
 * @throws CurtidoError E_FORMAT with column and row for what the format cannot hold, E_ARGUMENT for one that is not known
 */
export async function writeTable(table: unknown, { format, ...writing }: TableWriting): Promise<Uint8Array> {
  return able(format, "write")(table, writing);
}

/** Rows as a model is asked for them: cells as the source has them, before anything is known of what they mean. */
export async function readRows(
  bytes: Uint8Array,
  { format, ...reading }: TableReading,
): Promise<TableRows | WholeValue> {
  return able(format, "rows")(bytes, reading);
}

/** Answers of a model as bytes. */
export async function writeAnswers(
  answers: Answers,
  { format, ...writing }: AnswerWriting & { readonly format: string },
): Promise<Uint8Array> {
  return able(format, "answer")(answers, writing);
}

function able<What extends "read" | "write" | "rows" | "answer">(name: string, what: What): NonNullable<Format[What]> {
  const found = formatNamed(name)?.[what];
  if (found !== undefined) return found;
  const known = FORMATS.filter((format) => format[what] !== undefined).map((format) => format.name);
  throw new CurtidoError("E_FORMAT", `the format '${name}' is not known here; it is any of ${known.join(", ")}`, {
    format: name,
  });
}

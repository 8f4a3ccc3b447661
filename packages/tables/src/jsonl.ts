/** @module JSON lines: a row, or any value, on each line. */

import { fromJson, toJson } from "@curtido/arrays";
import { isCurtidoError } from "@curtido/pickle";
import { unreadable } from "./errors.ts";
import { tableOf } from "./frame.ts";
import { mayBeTyped } from "./json.ts";
import { typedLines } from "./json_rows.ts";
import { MOST_DEPTH_OF_VALUES } from "./limits.ts";
import { decoded, limitJson, parseJson, writeJson } from "./plain_text.ts";
import type { Answers, AnswerWriting, Kept, PartAnswer, PartRows, Reading, TableRows, Writing } from "./types.ts";

const TITLE = "JSON lines";
const encoder = new TextEncoder();

/** What stands on each line; empty lines are left out. */
function* linesOf(text: string): Generator<readonly [line: string, number: number]> {
  let number = 0;
  for (const line of text.split("\n")) {
    number++;
    if (line.trim() !== "") yield [line, number];
  }
}

/**
 * The rows of JSON lines.
 *
 * @throws CurtidoError E_TABLE with the number of the line that is no JSON
 */
export function linesRows(bytes: Uint8Array, { limits }: Pick<Reading, "limits"> = {}): TableRows {
  const text = decoded(bytes, TITLE);
  limitJson(text, TITLE, limits);
  const rows = Array.from(linesOf(text), ([line, number]) => parseJson(line, { line: number }));
  return { rows: mayBeTyped(text) ? typedLines(text, rows, TITLE, limits) : rows };
}

/** Where a part is no UTF-8, only the lines that are not are to blame. */
function textOfPart(
  bytes: Uint8Array,
  charset: string | undefined,
): { readonly text: string; readonly damaged: boolean } {
  try {
    return { text: decoded(bytes, TITLE, charset), damaged: false };
  } catch (error) {
    if (!isCurtidoError(error, "E_TABLE") || charset !== undefined) throw error;
    return { text: new TextDecoder().decode(bytes), damaged: true };
  }
}

/** The rows of a part; a line that is no JSON is a row with an error. */
export function linesPart(bytes: Uint8Array, { charset }: Reading): PartRows {
  const rows: unknown[] = [];
  const errors: (string | null)[] = [];
  const { text, damaged } = textOfPart(bytes, charset);
  for (const [line] of linesOf(text)) {
    try {
      if (damaged && line.includes("\ufffd")) throw unreadable(TITLE, "is not UTF-8");
      rows.push(parseJson(line));
      errors.push(null);
    } catch (error) {
      rows.push(null);
      errors.push(`the line ${isCurtidoError(error, "E_TABLE") ? error.fields.problem : (error as Error).message}`);
    }
  }
  if (!mayBeTyped(text)) return { rows, errors };
  try {
    return { rows: typedLines(text, rows, TITLE), errors };
  } catch {
    return { rows: rows.map((row, at) => typedLine(text, row, at, errors)), errors };
  }
}

/** A row of which others are malformed. */
function typedLine(text: string, row: unknown, at: number, errors: (string | null)[]): unknown {
  try {
    return typedLines(text, [row], TITLE)[0];
  } catch (error) {
    errors[at] ??= `the line ${isCurtidoError(error, "E_TABLE") ? error.fields.problem : (error as Error).message}`;
    return null;
  }
}

/** Answers as lines: an object per row, with what is kept of the input in front; what stands for all rows is in each. */
export function writeLinesAnswers(answers: Answers, { single, keep }: AnswerWriting): Uint8Array {
  if (single) return encoder.encode(`${writeJson({ ...keptOf(keep, 0), ...answers })}\n`);
  const entries = Object.entries(answers);
  const count = entries.reduce((most, [, value]) => Math.max(most, Array.isArray(value) ? value.length : 0), 0);
  let text = "";
  for (let row = 0; row < count; row++) {
    const own = Object.fromEntries(entries.map(([key, value]) => [key, Array.isArray(value) ? value[row] : value]));
    text += `${writeJson({ ...keptOf(keep, row), ...own })}\n`;
  }
  return encoder.encode(text);
}

function keptOf(keep: Kept | undefined, row: number): Record<string, unknown> {
  if (keep === undefined) return {};
  return Object.fromEntries(keep.rows[row]!.map((value, at) => [keep.columns[at]!, value]));
}

/** A part of an answer; what is wrong with a row stands in its object. */
export function writeLinesPart({ answer, errors }: PartAnswer): Uint8Array {
  const keys = Object.keys(answer);
  let text = "";
  errors.forEach((error, row) => {
    const values = Object.fromEntries(keys.map((key) => [key, answer[key]![row]]));
    text += `${writeJson(error === null ? values : { ...values, error })}\n`;
  });
  return encoder.encode(text);
}

/** The values of a file, a list. */
export function readLines(bytes: Uint8Array, { json, limits }: Reading): readonly unknown[] {
  const text = decoded(bytes, TITLE);
  limitJson(text, TITLE, limits, MOST_DEPTH_OF_VALUES);
  return Array.from(linesOf(text), ([line, number]) => lineValue(line, number, json ?? "typed"));
}

function lineValue(line: string, number: number, form: "plain" | "typed"): unknown {
  try {
    return fromJson(line, { exact: true, form });
  } catch (error) {
    throw unreadable(TITLE, `is not JSON: ${(error as Error).message}`, { line: number, cause: error });
  }
}

/** A list, or the rows of a table, as a file. */
export function writeLines(value: unknown, { json }: Writing): Uint8Array {
  const rows = Array.isArray(value) ? value : tableOf(value, TITLE).toRecords();
  const lines = rows.map((row) => `${toJson(row, { exact: true, form: json ?? "auto" })}\n`);
  return encoder.encode(lines.join(""));
}

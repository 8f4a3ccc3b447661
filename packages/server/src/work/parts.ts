/** @module Parts of a long body: every row answered on its own merits, a bad one with an empty answer and the reason. */

import { isCurtidoError } from "@curtido/pickle";
import { exampleRow } from "../models/example.ts";
import type { AnswerOptions, Served } from "../models/served.ts";
import { ARROW_TYPE, type ArrowKind, kindOf, parseArrow, writeArrowColumns } from "../representations/arrow.ts";
import { CSV_TYPE, csvLine, splitRows } from "../representations/csv.ts";
import { writeJson } from "../representations/json.ts";
import { LINES_TYPE } from "../representations/lines.ts";
import { columnsOf } from "../representations/table.ts";
import type { Answer } from "../rows/answer.ts";
import type { Batch } from "../rows/rows.ts";
import { type Seen, seenOf } from "../rows/seen.ts";
import { linesBatch, type StreamType } from "./formats.ts";

/** A column of the answer, the same in every part. */
export interface PartColumn {
  readonly name: string;
  readonly kind: ArrowKind;
}

/** Some rows of a body. */
export interface Part {
  readonly bytes: Uint8Array;
  readonly type: StreamType;
  readonly charset: string | undefined;
  readonly wanted: StreamType;
  readonly options: AnswerOptions;
  /** CSV: the names of its columns and what separates its cells. */
  readonly columns?: readonly string[];
  readonly delimiter?: string;
  /** The columns of the answer; the first part finds them and begins the answer. */
  readonly template?: readonly PartColumn[];
  /** Whether somebody wants to see what was asked and answered. */
  readonly watched?: boolean;
}

/** What became of a part. */
export interface PartDone {
  readonly bytes: Uint8Array;
  readonly rows: number;
  readonly failed: number;
  readonly template: readonly PartColumn[];
  /** The first rows, where somebody wants to see them. */
  readonly seen?: Seen;
}

interface Each {
  readonly answer: Record<string, unknown[]>;
  readonly errors: (string | null)[];
}

/**
 * Answers a part.
 *
 * @throws CurtidoError E_FEATURES when the columns themselves are wrong; HttpProblem 400 when the part cannot be read
 */
export async function answerPart(served: Served, part: Part): Promise<PartDone> {
  const { rows, errors, ...shape } = await rowsOf(part);
  const batch: Batch = { ...shape, rows, single: false };
  const each = answerEach(served, batch, errors, part.options);
  const table = columnsOf(each.answer, false);
  const template = part.template ?? templateOf(served, part.options, table);
  const failed = each.errors.reduce((sum, error) => sum + (error === null ? 0 : 1), 0);
  const bytes = await written(part, template, table, each);
  const seen = part.watched === true ? { seen: seenOf(batch, each.answer as Answer) } : {};
  return { bytes, rows: rows.length, failed, template, ...seen };
}

type Read = Pick<Batch, "rows" | "columns" | "text"> & { readonly errors: (string | null)[] };

async function rowsOf({ bytes, type, charset, columns, delimiter }: Part): Promise<Read> {
  if (type === ARROW_TYPE) {
    const table = await parseArrow(bytes);
    return { ...table, errors: table.rows.map(() => null) } as Read;
  }
  const text = new TextDecoder(charset).decode(bytes);
  if (type === CSV_TYPE) {
    const rows = await splitRows(text, delimiter!);
    return { rows, columns: columns!, text: true, errors: rows.map(() => null) };
  }
  const rows: unknown[] = [];
  const errors: (string | null)[] = [];
  for (const line of text.split("\n")) {
    if (line.trim() === "") continue;
    try {
      rows.push(JSON.parse(line));
      errors.push(null);
    } catch (error) {
      rows.push(null);
      errors.push(`the line is not JSON: ${(error as Error).message}`);
    }
  }
  return { rows, errors };
}

/** How often rows that were found bad are taken out together before every row is asked alone. */
const ROUNDS = 3;

function answerEach(served: Served, batch: Batch, errors: (string | null)[], options: AnswerOptions): Each {
  const answer: Record<string, unknown[]> = {};
  for (const key of [served.method, ...(options.include ?? [])]) answer[key] = new Array(batch.rows.length).fill(null);
  let good = batch.rows.map((_, at) => at).filter((at) => errors[at] === null);
  for (let round = 0; round < ROUNDS; round++) {
    const bad = attempt(served, batch, good, options, answer);
    if (bad === undefined) return { answer, errors };
    for (const [at, reason] of bad) errors[at] = reason;
    good = good.filter((at) => errors[at] === null);
  }
  for (const at of good) errors[at] = attempt(served, batch, [at], options, answer)?.get(at) ?? null;
  return { answer, errors };
}

/** Answers some rows; where that fails, the reasons of the rows that are to blame. */
function attempt(
  served: Served,
  batch: Batch,
  chosen: readonly number[],
  options: AnswerOptions,
  into: Record<string, unknown[]>,
): Map<number, string> | undefined {
  const rows = chosen.length === batch.rows.length ? batch.rows : chosen.map((at) => batch.rows[at]);
  try {
    const named = batch.columns !== undefined;
    const asked: Batch = named ? { ...batch, rows } : { ...linesBatch([...rows], served.features), single: false };
    if (rows.length === 0 && !named) return undefined;
    const answer: Answer = served.answer(asked, options);
    for (const key of Object.keys(answer))
      (answer[key] as unknown[]).forEach((value, at) => {
        into[key]![chosen[at]!] = value;
      });
    return undefined;
  } catch (error) {
    if (!isCurtidoError(error, "E_FEATURES")) throw error;
    const bad = new Map<number, string>();
    for (const { row, detail } of (error.fields["problems"] ?? []) as { row?: number; detail: string }[]) {
      const at =
        row === undefined && chosen.length === 1 && batch.columns === undefined ? chosen[0] : chosen[row ?? -1];
      if (at === undefined) throw error;
      const before = bad.get(at);
      bad.set(at, before === undefined ? detail : `${before}; ${detail}`);
    }
    return bad;
  }
}

/** The columns of all parts: those of the answer to an example, or to this part. */
function templateOf(served: Served, options: AnswerOptions, found: ReturnType<typeof columnsOf>): PartColumn[] {
  let { names, rows } = found;
  try {
    const example = served.answer({ rows: [exampleRow(served.signature)], single: false }, options);
    ({ names, rows } = columnsOf(example, false));
  } catch {
    // A model that says little of its features has the columns that its first rows gave.
  }
  return names.map((name, at) => ({ name, kind: kindOf(rows.map((row) => row[at])) }));
}

function written(
  part: Part,
  template: readonly PartColumn[],
  { names, rows }: ReturnType<typeof columnsOf>,
  { answer, errors }: Each,
): Promise<Uint8Array> | Uint8Array {
  const first = part.template === undefined;
  if (part.wanted === LINES_TYPE) return Buffer.from(objectLines(answer, errors));
  const places = template.map(({ name }) => names.indexOf(name));
  if (part.wanted === ARROW_TYPE) return arrowPart(template, places, rows, errors, first);
  let text = first ? csvLine([...template.map(({ name }) => name), "error"]) : "";
  rows.forEach((row, at) => {
    text += csvLine([...places.map((place) => row[place]), errors[at]]);
  });
  return Buffer.from(text);
}

function objectLines(answer: Each["answer"], errors: readonly (string | null)[]): string {
  const keys = Object.keys(answer);
  let text = "";
  errors.forEach((error, at) => {
    const values = Object.fromEntries(keys.map((key) => [key, answer[key]![at]]));
    text += `${writeJson(error === null ? values : { ...values, error })}\n`;
  });
  return text;
}

/** The bytes with which an Arrow stream ends: a message of no length. */
export const ARROW_END = Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0);

/** A record batch; the first one behind the schema. */
async function arrowPart(
  template: readonly PartColumn[],
  places: readonly number[],
  rows: readonly (readonly unknown[])[],
  errors: readonly (string | null)[],
  first: boolean,
): Promise<Uint8Array> {
  const columns = template.map(({ name, kind }, at) => ({ name, kind, values: rows.map((row) => row[places[at]!]) }));
  const bytes = await writeArrowColumns([...columns, { name: "error", kind: "text", values: errors }]);
  const end = bytes.length - ARROW_END.length;
  const schema = 8 + new DataView(bytes.buffer, bytes.byteOffset).getInt32(4, true);
  return bytes.subarray(first ? 0 : schema, end);
}

/** @module Parts of a long body: every row answered on its own merits, a bad one with an empty answer and the reason. */

import { isCurtidoError } from "@curtido/pickle";
import {
  type ColumnKind,
  columnsOf,
  type Flat,
  type FormatStream,
  flatOf,
  formatNamed,
  type Head,
} from "@curtido/tables";
import { exampleRow } from "../models/example.ts";
import type { AnswerOptions, Served } from "../models/served.ts";
import type { Answer } from "../rows/answer.ts";
import { type Batch, batchOfRows } from "../rows/rows.ts";
import { type Seen, seenOf } from "../rows/seen.ts";

/** A column of the answer, the same in every part. */
export interface PartColumn {
  readonly name: string;
  readonly kind: ColumnKind;
}

/** Some rows of a body. */
export interface Part {
  readonly bytes: Uint8Array;
  /** The name of its format. */
  readonly format: string;
  readonly charset: string | undefined;
  /** The name of the format of the answer. */
  readonly wanted: string;
  readonly options: AnswerOptions;
  /** What the beginning of the body says of all its parts. */
  readonly head?: Head;
  /** The columns of the answer; the first part finds them and begins the answer. */
  readonly template?: readonly PartColumn[];
  /** Whether somebody wants to see what was asked and answered. */
  readonly watched?: boolean;
}

/** How a format is read and written in parts. It can be: whoever asks has looked. */
export function partsIn(format: string): FormatStream {
  return formatNamed(format)!.stream!;
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
 * @param read - called once it is read
 * @throws CurtidoError E_FEATURES when the columns themselves are wrong, E_TABLE when the part cannot be read
 */
export async function answerPart(served: Served, part: Part, read?: () => void): Promise<PartDone> {
  const { bytes: given, format, charset, head, wanted } = part;
  const { errors, ...source } = await partsIn(format).rows(given, { charset }, head);
  read?.();
  const batch: Batch = { ...source, single: false };
  const each = answerEach(served, batch, errors, part.options);
  const { formulas } = part.options;
  const table = flatOf(each.answer, { single: false });
  const template = part.template ?? templateOf(served, part.options, table);
  const failed = each.errors.reduce((sum, error) => sum + (error === null ? 0 : 1), 0);
  const columns = [...columnsIn(template, table), { name: "error", kind: "text" as const, values: each.errors }];
  const bytes = await partsIn(wanted).write({ ...each, columns, first: part.template === undefined, formulas });
  const seen = part.watched === true ? { seen: seenOf(batch, each.answer as Answer) } : {};
  return { bytes, rows: source.rows.length, failed, template, ...seen };
}

/** The columns of the template, as far as the table has them. */
function columnsIn(template: readonly PartColumn[], { names, rows }: Flat) {
  return template.map((column) => {
    const at = names.indexOf(column.name);
    return { ...column, values: rows.map((row) => row[at]) };
  });
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
    const asked: Batch = named ? { ...batch, rows } : { ...batchOfRows({ rows }, served.features), single: false };
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
function templateOf(served: Served, options: AnswerOptions, found: Flat): PartColumn[] {
  let flat = found;
  try {
    const example = served.answer({ rows: [exampleRow(served.signature)], single: false }, options);
    flat = flatOf(example, { single: false });
  } catch {
    // A model that says little of its features has the columns that its first rows gave.
  }
  return columnsOf(flat).map(({ name, kind }) => ({ name, kind }));
}

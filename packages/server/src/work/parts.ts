/** @module Parts of a long body: rows are answered, or each on its own merits, a bad one with an empty answer and the reason. */

import {
  type ColumnKind,
  columnsOf,
  type Flat,
  type FormatStream,
  flatOf,
  formatNamed,
  type Head,
} from "@curtido/tables";
import { answerEach } from "../models/each.ts";
import { exampleRow } from "../models/example.ts";
import type { AnswerOptions, Served } from "../models/served.ts";
import type { Answer } from "../rows/answer.ts";
import { problemsError } from "../rows/problems.ts";
import type { Batch } from "../rows/rows.ts";
import { type Seen, seenOf } from "../rows/seen.ts";
import { type BodyReading, readingOf } from "./formats.ts";

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
  readonly reading: BodyReading;
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

/**
 * Answers a part. A bad row ends it with an error, unless each row is to be answered on its own merits.
 *
 * @param read - called once it is read
 * @throws CurtidoError E_FEATURES when the columns themselves are wrong, E_TABLE when the part cannot be read
 */
export async function answerPart(served: Served, part: Part, read?: () => void): Promise<PartDone> {
  const { bytes: given, format, reading, head, wanted } = part;
  const { errors, ...source } = await partsIn(format).rows(given, readingOf(reading, served.names), head);
  read?.();
  const batch: Batch = { ...source, single: false };
  const each = answerEach(served, batch, errors, part.options);
  const { formulas } = part.options;
  const table = flatOf(each.answer, { single: false });
  const template = part.template ?? templateOf(served, part.options, table);
  const failed = each.errors.reduce((sum, error) => sum + (error === null ? 0 : 1), 0);
  const tolerant = part.options.onError === "row";
  if (!tolerant && failed > 0) throw firstProblem(each.errors);
  const errorColumn = { name: "error", kind: "text" as const, values: each.errors };
  const columns = [...columnsIn(template, table), ...(tolerant ? [errorColumn] : [])];
  const bytes = await partsIn(wanted).write({ ...each, columns, first: part.template === undefined, formulas });
  const seen = part.watched === true ? { seen: seenOf(batch, each.answer as Answer) } : {};
  return { bytes, rows: source.rows.length, failed, template, ...seen };
}

/** The error of the first bad row, where one refuses all. */
function firstProblem(errors: readonly (string | null)[]) {
  const row = errors.findIndex((error) => error !== null);
  return problemsError([{ path: [row], row, detail: errors[row]! }]);
}

/** The columns of the template, as far as the table has them. */
function columnsIn(template: readonly PartColumn[], { names, rows }: Flat) {
  return template.map((column) => {
    const at = names.indexOf(column.name);
    return { ...column, values: rows.map((row) => row[at]) };
  });
}

/** The columns of all parts: those of the answer to an example, or to this part. */
function templateOf(served: Served, { onError: _, ...options }: AnswerOptions, found: Flat): PartColumn[] {
  let flat = found;
  try {
    const example = served.answer({ rows: [exampleRow(served.signature)], single: false }, options);
    flat = flatOf(example, { single: false });
  } catch {
    // A model that says little of its features has the columns that its first rows gave.
  }
  return columnsOf(flat).map(({ name, kind }) => ({ name, kind }));
}

/** @module `curtido predict`: rows from a file, predictions to another. */

import { writeFileSync } from "node:fs";
import { nodeInflate } from "@curtido/arrays/node";
import { fileError } from "@curtido/estimators/node";
import { CurtidoError } from "@curtido/pickle";
import { type Answer, type Batch, batchOfRows, INCLUDES, type Include, Served } from "@curtido/server";
import { FORMATS, type Format, type Formulas, formatNamed, formatOfFile, type Kept } from "@curtido/tables";
import { type ModelOptions, modelReading, openModel } from "../model.ts";
import { type ReadingOptions, readingOf } from "../reading.ts";
import { formatIn, located, rowsOfFile } from "../rows_file.ts";
import { FAILURE, printBytes, progressBar, UsageError, warn } from "../terminal.ts";

/** The options of the command. */
export interface PredictOptions extends ReadingOptions, ModelOptions {
  readonly output?: string;
  readonly from?: string;
  readonly format?: string;
  readonly include?: readonly string[];
  readonly keep?: true;
  readonly unexpected?: "refuse" | "ignore";
  /** Accepts names that differ from the model's in case, accents, spaces and punctuation. */
  readonly looseNames?: true;
  readonly onError?: "refuse" | "row";
  readonly formulas?: Formulas;
}

/** Predicts every row of the input. Where bad rows are passed over, it ends with {@link FAILURE} when there was one. */
export async function predict(path: string, input: string | undefined, options: PredictOptions): Promise<number> {
  const include = includesOf(options.include ?? []);
  const served = new Served(path, openModel(path, await modelReading(options)));
  const where = input === undefined || input === "-" ? "standard input" : input;
  const bytes = await rowsOfFile(input);
  let failed = 0;
  const output = await located(where, async () => {
    const from = formatIn(bytes, input ?? "", options.from);
    const to = wanted(from, options);
    const features = served.signature.features.map(({ name }) => name);
    const { unexpected, looseNames, onError } = options;
    const ragged = onError === "row" && { ragged: "keep" as const };
    const named = features.length > 0 && { features };
    const reading = { ...named, ...readingOf(options), ...ragged, inflate: nodeInflate };
    const batch = batchOfRows(await from.rows!(bytes, reading), served.features);
    for (const note of served.notesOf({ ...batch, notes: [] }) ?? []) warn(note);
    const asked = {
      include,
      ...(unexpected && { unexpected }),
      ...(looseNames && { names: "loose" as const }),
      ...(onError && { onError }),
    };
    const bar = progressBar(batch.rows.length);
    const answer = await served.answerInParts(batch, asked, bar.at).finally(bar.end);
    failed = failedIn(answer, onError);
    const keep = options.keep === true && { keep: keptOf(batch) };
    return ended(
      await to.answer!(answer, { single: batch.single, file: true, formulas: options.formulas, ...keep }),
      to,
    );
  });
  if (options.output !== undefined && options.output !== "-") save(options.output, output);
  else await printBytes(output);
  if (failed === 0) return 0;
  const some = failed === 1 ? "one row was not answered" : `${failed} rows were not answered`;
  warn(`${where}: ${some}; the column 'error' says why`);
  return FAILURE;
}

/** How many rows have an error instead of an answer. */
function failedIn({ error }: Answer, onError: PredictOptions["onError"]): number {
  return onError === "row" && Array.isArray(error) ? error.filter((each) => each !== null).length : 0;
}

/** A text ends with the end of a line. */
function ended(bytes: Uint8Array, { text }: Format): Uint8Array {
  return text === true && bytes.at(-1) !== NEWLINE ? Buffer.concat([bytes, Buffer.of(NEWLINE)]) : bytes;
}

const NEWLINE = 10;

/** The format of the predictions: the one that is asked for, or that the name of the file says, or that of the rows. */
function wanted(from: Format, { format, output, keep }: PredictOptions): Format {
  const asked = format === undefined ? formatOfFile(output ?? "") : formatNamed(format);
  const to = asked ?? (from.text === true ? from : formatNamed("csv")!);
  if (to.text !== true && (output === undefined || output === "-"))
    throw new UsageError(`${to.name} is not text: name a file with -o`);
  if (keep === true && to.keeps !== true) {
    const names = FORMATS.filter(({ keeps }) => keeps === true).map(({ name }) => name);
    throw new UsageError(`--keep is for formats with a row per line; add --format with any of ${names.join(", ")}`);
  }
  return to;
}

function includesOf(names: readonly string[]): readonly Include[] {
  const unknown = names.find((name) => !(INCLUDES as readonly string[]).includes(name));
  if (unknown !== undefined)
    throw new UsageError(`--include ${unknown} is not known; it is any of ${INCLUDES.join(", ")}`);
  return INCLUDES.filter((name) => names.includes(name));
}

/** The input as columns, and the labels of its rows, to stand in front of the predictions. */
function keptOf(batch: Batch): Kept {
  const { columns, rows, ...kept } = columnsOf(batch);
  const { index } = batch;
  if (index === undefined || columns.includes("index")) return { columns, rows, ...kept };
  return { columns: ["index", ...columns], rows: rows.map((row, at) => [index[at], ...row]), ...kept };
}

function columnsOf({ rows, columns, text, errors }: Batch): Kept {
  if (columns !== undefined) {
    const cells = rows as readonly unknown[][];
    const full = cells.map((row, at) => (errors?.[at] ? columns.map(() => null) : row)); // one that was no row has no cells
    return { columns, rows: full, ...(text && { text }) };
  }
  const records = rows.map((row) => (Array.isArray(row) ? numbered(row) : (row as Record<string, unknown>)));
  const names = [...new Set(records.flatMap((record) => Object.keys(record)))];
  return { columns: names, rows: records.map((record) => names.map((name) => record[name])) };
}

function numbered(row: readonly unknown[]): Record<string, unknown> {
  return Object.fromEntries(row.map((value, at) => [`feature${at + 1}`, value]));
}

function save(path: string, bytes: Uint8Array): void {
  try {
    writeFileSync(path, bytes);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT")
      throw new CurtidoError("E_FILE", `${path}: there is no such folder to write to`, { path }, error);
    throw fileError(path, error);
  }
}

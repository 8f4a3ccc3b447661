/** @module `curtido predict`: rows from a file, predictions to another. */

import { readFileSync, writeFileSync } from "node:fs";
import { fileError, loadNow } from "@curtido/estimators/node";
import { CurtidoError } from "@curtido/pickle";
import {
  type Answer,
  type Batch,
  batchOfJson,
  type CsvTable,
  INCLUDES,
  type Include,
  parseCsv,
  parseJson,
  Served,
  writeCsv,
  writeJson,
} from "@curtido/server";
import { ownNames } from "../own_names.ts";
import { print, progressBar, say, UsageError, withReadingBar } from "../terminal.ts";

type Format = "json" | "jsonl" | "csv";

/** The options of the command. */
export interface PredictOptions {
  readonly output?: string;
  readonly format?: Format;
  readonly include?: readonly string[];
  readonly keep?: true;
  readonly unexpected?: "refuse" | "ignore";
  readonly names?: string;
}

/** Predicts every row of the input. */
export async function predict(path: string, input: string | undefined, options: PredictOptions): Promise<number> {
  const include = includesOf(options.include ?? []);
  const names = await ownNames(options.names);
  const served = new Served(
    path,
    withReadingBar((onProgress) => loadNow(path, { onProgress, ...(names && { names }) })),
  );
  const where = input === undefined || input === "-" ? "standard input" : input;
  const text = decode(await read(input), where);
  const from = formatOf(input) ?? sniff(text);
  const to = options.format ?? formatOf(options.output) ?? from;
  if (options.keep === true && to === "json")
    throw new UsageError("--keep is for CSV and JSON lines; add --format csv or --format jsonl");
  const output = await located(where, async () => {
    const batch = await parse(text, from, served);
    const unexpected = options.unexpected === undefined ? {} : { unexpected: options.unexpected };
    const bar = progressBar(batch.rows.length);
    const answer = await served.answerInParts(batch, { include, ...unexpected }, bar.at).finally(bar.end);
    return write(answer, to, batch, options.keep === true);
  });
  if (options.output === undefined || options.output === "-") await print(output);
  else save(options.output, output);
  return 0;
}

function includesOf(names: readonly string[]): readonly Include[] {
  const unknown = names.find((name) => !(INCLUDES as readonly string[]).includes(name));
  if (unknown !== undefined)
    throw new UsageError(`--include ${unknown} is not known; it is any of ${INCLUDES.join(", ")}`);
  return INCLUDES.filter((name) => names.includes(name));
}

async function read(input: string | undefined): Promise<Uint8Array> {
  try {
    if (input !== undefined && input !== "-") return readFileSync(input);
  } catch (error) {
    throw fileError(input!, error);
  }
  if (process.stdin.isTTY) say("reading rows from standard input, as JSON or CSV; end with Ctrl+D");
  const chunks: Uint8Array[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function decode(bytes: Uint8Array, where: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    throw new CurtidoError("E_FILE", `${where}: is not UTF-8; save it as UTF-8`, {}, error);
  }
}

/** The format that a file's name ends with. */
function formatOf(path: string | undefined): Format | undefined {
  const ending = /\.(json|jsonl|ndjson|csv|tsv)$/i.exec(path ?? "")?.[1]?.toLowerCase();
  if (ending === undefined) return undefined;
  return ending === "ndjson" ? "jsonl" : ending === "tsv" ? "csv" : (ending as Format);
}

function sniff(text: string): Format {
  const start = text.trimStart();
  if (!/^[{["\d-]/.test(start) || (!/^[{[]/.test(start) && start.includes("\n"))) return "csv";
  return /^\{.*\}\s*\n\s*\{/.test(start) ? "jsonl" : "json";
}

interface Input extends Batch {
  readonly table?: CsvTable;
}

async function parse(text: string, format: Format, served: Served): Promise<Input> {
  if (format === "csv") {
    const table = await parseCsv(text);
    return { rows: table.rows, columns: table.columns, single: false, text: true, table };
  }
  if (format === "json") return batchOfJson(parseJson(text), served.features);
  const rows = text.split("\n").flatMap((line, at) => (line.trim() === "" ? [] : [parseLine(line, at)]));
  return rows.length === 0 ? { rows, single: false } : batchOfJson(rows, served.features);
}

function parseLine(line: string, at: number): unknown {
  try {
    return parseJson(line);
  } catch (error) {
    throw new CurtidoError("E_INPUT", `${(error as Error).message} (line ${at + 1})`, { line: at + 1 }, error);
  }
}

function write(answer: Answer, format: Format, batch: Input, keep: boolean): string {
  if (format === "json") return `${writeJson(answer)}\n`;
  if (format === "csv") return writeCsv(answer, batch.single, keep ? tableOf(batch) : undefined);
  const rows = batch.rows.map((row, at) => {
    const own = Object.fromEntries(
      Object.entries(answer).map(([key, values]) => [key, batch.single ? values : (values as unknown[])[at]]),
    );
    return writeJson(keep ? { ...recordOf(row, batch), ...own } : own);
  });
  return rows.map((row) => `${row}\n`).join("");
}

function recordOf(row: unknown, { columns }: Batch): Record<string, unknown> {
  if (!Array.isArray(row)) return row as Record<string, unknown>;
  return Object.fromEntries(row.map((value, at) => [columns?.[at] ?? `feature${at + 1}`, value]));
}

/** The input as columns, to stand in front of the predictions. */
function tableOf(batch: Input): CsvTable {
  if (batch.table !== undefined) return batch.table;
  const records = batch.rows.map((row) => recordOf(row, batch));
  const columns = [...new Set(records.flatMap((record) => Object.keys(record)))];
  const text = (value: unknown) =>
    value === null || value === undefined ? null : typeof value === "object" ? writeJson(value) : String(value);
  return { columns, rows: records.map((record) => columns.map((column) => text(record[column]))) };
}

/** Errors about rows name the input. */
async function located<T>(where: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const { code = "E_INPUT", fields = {} } = error as Partial<CurtidoError>;
    throw new CurtidoError(code, `${where}: ${error.message.replace(/^the body (is|breaks)/, "$1")}`, fields, error);
  }
}

function save(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT")
      throw new CurtidoError("E_FILE", `${path}: there is no such folder to write to`, { path }, error);
    throw fileError(path, error);
  }
}

/** @module Excel's workbooks, in: the first sheet, whose first row names the columns. */

import { readZip, zipContent } from "@curtido/arrays";
import { nodeInflate } from "@curtido/arrays/node";
import { HttpProblem } from "../http/problem.ts";
import { checkCells, type Tabular, unreadable } from "./tabular.ts";

export const XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** The most bytes that a workbook may unfold to, and entries that it may have. */
const MOST_BYTES = 2 ** 28;
const MOST_ENTRIES = 1000;

/**
 * The table of a workbook.
 *
 * @throws HttpProblem 400 when it is malformed, 413 when it unfolds to too much
 */
export async function parseXlsx(bytes: Uint8Array): Promise<Tabular> {
  try {
    checkArchive(bytes);
    const { readSheet } = await import("read-excel-file/node");
    const [header, ...rows] = (await readSheet(Buffer.from(bytes), 1, { trim: false })) as unknown[][];
    if (header === undefined) throw new HttpProblem(400, "the first sheet is empty; its first row names the features");
    const columns = header.map((name) => (name === null ? "" : String(name)));
    checkCells(rows.length, columns.length);
    return { columns, rows: rows.map((row) => row.map(cellOf)) };
  } catch (error) {
    throw unreadable("Excel workbook", error);
  }
}

function cellOf(value: unknown): unknown {
  return value instanceof Date ? value.toISOString() : (value ?? null);
}

/** Every entry is unfolded here first, within a limit: what reads workbooks has none, and believes the sizes that it reads. */
function checkArchive(bytes: Uint8Array): void {
  const { entries, problems } = readZip(bytes);
  if (problems[0] !== undefined) throw new Error(problems[0].message);
  if (entries.length > MOST_ENTRIES) throw new Error("it has too many entries");
  if (entries.reduce((sum, entry) => sum + entry.size, 0) > MOST_BYTES) throw tooLarge();
  let room = MOST_BYTES;
  for (const entry of entries) {
    const { bytes: content, problems: lies, error } = zipContent(bytes, entry, room, nodeInflate);
    if (error !== undefined) throw error;
    if (lies[0] !== undefined) throw new Error(lies[0].message);
    room -= content.length;
  }
}

function tooLarge(): HttpProblem {
  return new HttpProblem(413, `the workbook unfolds to more than ${MOST_BYTES} bytes`);
}

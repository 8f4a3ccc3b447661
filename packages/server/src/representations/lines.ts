/** @module JSON lines: a row per line. */

import { HttpProblem } from "../http/problem.ts";

export const LINES_TYPE = "application/x-ndjson";
/** Other names of the same. */
export const LINES_ALIASES: ReadonlySet<string> = new Set(["application/jsonl", "application/x-jsonlines"]);

/**
 * The rows of JSON lines; empty lines are left out.
 *
 * @param first - the number of the first line, for messages
 * @throws HttpProblem 400 when a line is no JSON
 */
export function parseLines(text: string, first = 1): unknown[] {
  const rows: unknown[] = [];
  let number = first;
  for (const line of text.split("\n")) {
    if (line.trim() !== "") rows.push(parseLine(line, number));
    number++;
  }
  return rows;
}

function parseLine(line: string, number: number): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    throw new HttpProblem(400, `line ${number} is not JSON: ${(error as Error).message}`, { cause: error });
  }
}

/** @module JSON, in and out. */

import { HttpProblem } from "../http/problem.ts";

export const JSON_TYPE = "application/json";

/**
 * The value that a JSON body stands for; a key twice counts as its last.
 *
 * @throws HttpProblem 400 when it is no JSON
 */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (text.trim() === "") throw new HttpProblem(400, "the body is empty; send a row as a JSON object");
    throw new HttpProblem(400, `the body is not JSON: ${(error as Error).message}`, { cause: error });
  }
}

/**
 * A value as JSON. NaN and infinities are `null`, integers beyond 2^53 keep their digits.
 *
 * @example
 * writeJson({ predict: Number.NaN }); // '{"predict":null}'
 */
export function writeJson(value: unknown): string {
  try {
    return JSON.stringify(value) ?? "null";
  } catch (error) {
    if (error instanceof TypeError && /BigInt/.test(error.message)) return writeLarge(value);
    throw error;
  }
}

function writeLarge(value: unknown): string {
  if (typeof value === "bigint") return String(value);
  if (Array.isArray(value)) return `[${value.map(writeLarge).join(",")}]`;
  if (typeof value !== "object" || value === null || "toJSON" in value) return JSON.stringify(value) ?? "null";
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${writeLarge(item)}`).join(",")}}`;
}

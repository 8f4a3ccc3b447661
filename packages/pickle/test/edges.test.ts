import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { isCurtidoError, loads } from "../src/index.ts";
import { checker } from "./expected.ts";

type Row = readonly [stream: string, verdict: boolean | readonly [unknown]];
const rows = JSON.parse(
  readFileSync(join(import.meta.dirname, "../../../fixtures/edges.json"), "utf8"),
) as readonly Row[];

/** An object of any class: the script that made the rows knows one for all. */
const check = checker((got, tagged) => {
  if (!("$anything" in tagged)) return null;
  return typeof got === "object" && got !== null ? undefined : "no object";
});

it("accepts and refuses what CPython's C unpickler does, with the same values", () => {
  const problems: string[] = [];
  for (const [text, verdict] of rows) {
    const stream = Buffer.from(text, "base64");
    const shown = stream
      .toString("latin1")
      .slice(0, 60)
      .replace(/[^ -~]/g, (c) => `\\x${c.charCodeAt(0).toString(16).padStart(2, "0")}`);
    try {
      const value = loads(stream);
      if (verdict === false) problems.push(`accepted: ${shown}`);
      else if (verdict !== true) {
        const problem = check(value, (verdict as readonly [unknown])[0], []);
        if (problem !== undefined) problems.push(`${shown}: ${problem}`);
      }
    } catch (error) {
      if (!isCurtidoError(error) || typeof error.fields["offset"] !== "number")
        problems.push(`untagged: ${shown}: ${String(error)}`);
      else if (verdict !== false) problems.push(`refused: ${shown}: ${error.message}`);
    }
  }
  expect(problems).toEqual([]);
  expect(rows.length).toBeGreaterThan(3000);
});

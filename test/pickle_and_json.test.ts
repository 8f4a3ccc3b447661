import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isCurtidoError } from "@curtido/pickle";
import { dumps, fromJson, loads, toJson } from "curtido";
import { describe, expect, it, test } from "vitest";

const root = join(import.meta.dirname, "..");
const sections = readFileSync(join(root, "docs/pickle-and-json.md"), "utf8").split("\n## ");
const pickles: Record<string, string> = JSON.parse(readFileSync(join(root, "fixtures/convert/json_rows.json"), "utf8"));
const exact = { exact: true } as const;

/** Rows of the first table of a section; code without its backticks. */
function rows(section: string, width: number): string[][] {
  return section
    .split("\n")
    .filter((line) => line.startsWith("|") && !line.startsWith("|---"))
    .map((line) => line.split(/(?<!\\)\|/).slice(1, -1))
    .map((cells) => cells.map((cell) => cell.trim().replace(/^`|`$/g, "").replaceAll("\\|", "|")))
    .filter((cells) => cells.length === width)
    .slice(1);
}

describe("docs/pickle-and-json.md", () => {
  const examples = rows(sections[1]!, 4);

  it("has the examples that Python pickled (oracle/json_rows.py)", () => {
    expect(examples.map(([, python]) => python).sort()).toEqual(Object.keys(pickles).sort());
    expect(examples.length).toBeGreaterThan(20);
  });

  test.each(examples)("%s: %s", (_, python, typed, plain) => {
    const value = loads(new Uint8Array(Buffer.from(pickles[python!]!, "base64")), exact);
    expect(toJson(value, { ...exact, form: "typed" })).toBe(typed);
    const again = fromJson(typed!, exact);
    expect(Buffer.compare(dumps(again, exact), dumps(value, exact))).toBe(0);
    const parsed: unknown = JSON.parse(typed!);
    if (typeof parsed !== "string")
      expect(Buffer.compare(dumps(fromJson(parsed, exact), exact), dumps(value, exact))).toBe(0);
    if (plain !== "refused") expect(toJson(value, { ...exact, form: "plain" })).toBe(plain);
    else {
      let refusal: unknown;
      try {
        toJson(value, { ...exact, form: "plain" });
      } catch (error) {
        refusal = error;
      }
      expect(isCurtidoError(refusal, "E_JSON"), String(refusal)).toBe(true);
      expect((refusal as Error).message).toMatch(/\(at \$/);
    }
  });

  test.each(rows(sections[2]!, 3))("%s", (_, json, pickle) => {
    const escaped = JSON.stringify(pickle)
      .replaceAll("\\\\n", "\\n")
      .replace(/\\\\x(..)/g, "\\u00$1");
    const bytes = Uint8Array.from(JSON.parse(escaped) as string, (character) => character.charCodeAt(0));
    expect(JSON.parse(json!)).toBeDefined();
    expect(Buffer.from(dumps(fromJson(json!, exact), { ...exact, protocol: 0 })).toString("latin1")).toBe(
      Buffer.from(bytes).toString("latin1"),
    );
    expect(toJson(loads(bytes, exact), exact)).toBe(json);
  });
});

import { readFileSync } from "node:fs";
import { isCurtidoError } from "@curtido/pickle";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Pattern } from "../src/feature_extraction/pattern/index.ts";

interface Entry {
  readonly pattern: string;
  readonly found?: string | readonly (readonly string[])[];
  readonly short?: string | readonly (readonly string[])[];
}

// Written by oracle/token_patterns.py.
const { texts, short, patterns } = JSON.parse(
  readFileSync(new URL("../../../fixtures/token_patterns.json", import.meta.url), "utf8"),
) as { texts: readonly string[]; short: readonly string[]; patterns: readonly Entry[] };

function attempt(source: string, over: readonly string[]): string | readonly (readonly string[])[] {
  try {
    const pattern = new Pattern(source);
    return over.map((text) => pattern.findAll(text));
  } catch (error) {
    if (isCurtidoError(error, "E_UNSUPPORTED")) return "refused";
    throw error;
  }
}

describe("regular expressions of Python", () => {
  it("find what Python finds", () => {
    const problems: string[] = [];
    for (const { pattern, found, short: other } of patterns) {
      const expected = found ?? other;
      const got = attempt(pattern, found === undefined ? short : texts);
      const same = JSON.stringify(got) === JSON.stringify(expected === "groups" ? "refused" : expected);
      if (!same)
        problems.push(
          `${pattern}: ${JSON.stringify(got).slice(0, 200)}, not ${JSON.stringify(expected).slice(0, 200)}`,
        );
    }
    expect(problems).toEqual([]);
    expect(patterns.length).toBeGreaterThan(300);
  });

  it("that would never end are given up", () => {
    const start = performance.now();
    expect(() => new Pattern("(?:a+)+b").findAll("a".repeat(4000))).toThrow(/steps/);
    expect(performance.now() - start).toBeLessThan(10_000);
  });

  it("that are hostile are refused, or match", () => {
    const piece = fc.constantFrom(
      ..."()[]{}|*+?^$\\.-,:=!<>P#abw01 \u{1f98a}".split(""),
      "(?:",
      "(?=",
      "(?<=",
      "\\w",
      "{2,}",
      "[^",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
        attempt(pieces.join(""), short);
      }),
      { numRuns: 3000, seed: 11 },
    );
    expect(attempt("(".repeat(5000), [])).toBe("refused");
    expect(attempt(`${"(?:".repeat(500)}a${")".repeat(500)}`, [])).toBe("refused");
    expect(attempt("(?:(?:ab){999}){999}", [])).toBe("refused");
  });
});

import { readFileSync } from "node:fs";
import { isCurtidoError } from "@curtido/pickle";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { codePoints } from "../src/feature_extraction/pattern/characters.ts";
import { findIn, Pattern, Steps } from "../src/feature_extraction/pattern/index.ts";
import { Matcher } from "../src/feature_extraction/pattern/match.ts";
import { parsePattern } from "../src/feature_extraction/pattern/parse.ts";
import { compileSteps } from "../src/feature_extraction/pattern/program.ts";

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

/** What the matcher finds that remembers where it failed; `undefined` for what is no such pattern. */
function remembering(source: string, text: string): readonly (readonly string[])[] | undefined {
  try {
    const { node, groups } = parsePattern(source);
    const program = groups > 1 ? undefined : compileSteps(source, node, groups);
    if (program === undefined) return undefined;
    const codes = codePoints(text);
    return [findIn(new Matcher(program, codes, Number.POSITIVE_INFINITY, true), codes, groups)];
  } catch (error) {
    if (isCurtidoError(error, "E_UNSUPPORTED")) return undefined;
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

  it.each([
    ["(?:a+)+b", "a", 60_000],
    ["(?:a+)+$b|(a*)*c|\\w+z", "a", 60_000],
    ["(?:(?:a*)*)*b", "a", 60_000],
    ["(\\w+\\s?)*x", "word ", 12_000],
    ["a*b", "a", 60_000],
  ])("that would never end end: %s", (pattern, piece, times) => {
    const start = performance.now();
    expect(new Pattern(pattern).findAll(piece.repeat(times))).toEqual([]);
    expect(performance.now() - start).toBeLessThan(1000);
  });

  it.each(["(?=(a+))a*b\\1", "(?:a+)+b(?!c)", "(a*)*\\1b", "(?>(?:a+)+b)"])(
    "that look around or back and would never end are given up: %s",
    (pattern) => {
      const start = performance.now();
      expect(() => new Pattern(pattern).findAll("a".repeat(60_000))).toThrow(/leads the .* in circles.*shorter/);
      expect(performance.now() - start).toBeLessThan(1000);
    },
  );

  it.each([
    ["(a+)\\1b", "a"],
    ["a{20000}b", "a"],
    ["(?=(.*))", "a"],
    ["(?=(?:a{30000})).", "a"],
    ["(?i)(a{5000})\\1b", "aA"],
    ["(?<!b)(?:a|aa)+$", "a"],
    ["(?:(?=a+b)a|a)+c", "a"],
  ])("take no more steps than are counted: %s", (pattern, piece) => {
    const text = piece.repeat(60_000 / piece.length);
    const start = process.cpuUsage();
    try {
      new Pattern(pattern).findAll(text);
    } catch (error) {
      if (!isCurtidoError(error, "E_LIMIT")) throw error;
      expect(error.fields).toMatchObject({ limit: "steps", length: 60_000 });
    }
    // 2 million steps of some 25 ns, on a machine that is slow, or busy.
    expect(process.cpuUsage(start).user / 1000).toBeLessThan(500);
  });

  it("share the steps of a call among its texts", () => {
    const pattern = new Pattern("(?:a+)+b(?!c)");
    const text = "a".repeat(13);
    const steps = new Steps();
    expect(pattern.findAll(text, steps)).toEqual([]);
    expect(steps.left).toBeLessThan(1_000_000);
    expect(() => {
      for (let row = 0; row < 1000; row++) pattern.findAll(text, steps);
    }).toThrow(/in circles/);
    const honest = new Steps();
    for (let row = 0; row < 1000; row++) new Pattern("(?<![a-z])[a-z]+(?:'[a-z]+)?").findAll("it's a fine day", honest);
    expect(honest.left).toBe(1_000_000);
  });

  it.each(["(?u)\\b\\w\\w+\\b", "\\w+", "[a-zA-Z]{2,}", "\\S+", "(?:[a-z]+'?)+|\\d+", "\\b[^\\d\\W]+\\b"])(
    "as people write them answer a text of a megabyte: %s",
    (pattern) => {
      const text = "the quick brown fox's 42 jumps, over; lazy dogs. ".repeat(20_400);
      expect(new Pattern(pattern).findAll(text).length).toBeGreaterThan(100_000);
    },
  );

  it("match the same with a memory of what failed as without", () => {
    const piece = fc.constantFrom(
      "a",
      "b",
      ".",
      "(?:",
      "(",
      ")",
      "|",
      "*",
      "+",
      "?",
      "{2}",
      "{1,2}",
      "??",
      "*?",
      "^",
      "$",
      "\\b",
      "[^a]",
    );
    let compared = 0;
    fc.assert(
      fc.property(
        fc.array(piece, { minLength: 3, maxLength: 12 }),
        fc.stringMatching(/^[ab ]{0,10}$/),
        (pieces, text) => {
          const source = pieces.join("");
          const [plain, memory] = [attempt(source, [text]), remembering(source, text)];
          if (memory === undefined) return;
          compared++;
          expect(memory).toEqual(plain);
        },
      ),
      { numRuns: 20_000, seed: 5 },
    );
    expect(compared).toBeGreaterThan(1000);
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

import { Csr, NdArray } from "@curtido/arrays";
import { Dict, Float } from "@curtido/pickle";
import { describe, expect, it } from "vitest";
import { type Case, fitCase, fixture, rowsOf } from "./cases.ts";

const parts = fixture("parts");
const METHODS = { predict: "predict", predict_proba: "predictProba", transform: "transform" } as const;

/** Solved by other means than LAPACK's, or looked up in another order. */
const SOLVED = /^(LinearRegression|Ridge)$/;
/** A search without a tree computes distances in another way. */
const NEAR = /^(KNeighbors|Pipeline|LinearRegression|Ridge)/;

/** Values as the fixture has them. */
function plain(value: unknown): unknown {
  if (value instanceof NdArray) return plain(value.tolist());
  if (Array.isArray(value)) return value.map(plain);
  if (value instanceof Dict) return Object.fromEntries([...value].map(([key, each]) => [String(key), plain(each)]));
  if (value instanceof Float) return plain(value.value);
  if (typeof value === "bigint") return Number(value);
  return typeof value === "number" && Number.isNaN(value) ? null : value;
}

/** Numbers within a relative distance, everything else equal. */
function expectNear(found: unknown, expected: unknown, relative: number): void {
  if (typeof expected === "number" && typeof found === "number") {
    const apart = Math.abs(found - expected);
    expect(apart, `${found} is not ${expected}`).toBeLessThanOrEqual(relative * Math.max(1e-3, Math.abs(expected)));
  } else if (Array.isArray(expected) && Array.isArray(found)) {
    expect(found.length).toBe(expected.length);
    expected.forEach((each, at) => {
      expectNear(found[at], each, relative);
    });
  } else expect(found).toEqual(expected);
}

function check(found: unknown, expected: unknown, exact: boolean): void {
  if (exact) expect(found).toEqual(expected);
  else expectNear(found, expected, 1e-9);
}

describe("what is learned, and what it answers, is scikit-learn 1.9.1's", () => {
  it.each(parts.cases.map((each, at) => [`${at}: ${each.class} on ${each.data}`, each] as const))(
    "%s",
    (_, each: Case) => {
      const model = fitCase(parts, each);
      const state = model.instance.state as Dict;
      for (const [name, expected] of Object.entries(each["learned"] as Record<string, unknown>)) {
        check(plain(state.get(name)), expected, !SOLVED.test(each.class));
      }
      const rows = rowsOf(parts.data[each.data]!, 30);
      for (const [name, expected] of Object.entries(each["answers"] as Record<string, unknown>)) {
        const answer = model[METHODS[name as keyof typeof METHODS]](rows);
        const exact = !NEAR.test(each.class) && name !== "predict_proba";
        check(plain(answer instanceof Csr ? answer.toDense() : answer), expected, exact);
      }
    },
  );
});

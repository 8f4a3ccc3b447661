import { Csr } from "@curtido/arrays";
import type { Dict } from "@curtido/pickle";
import { describe, expect, it } from "vitest";
import { type Case, dataOf, fitCase, fixture, rowsOf } from "./cases.ts";
import { expectNear, plain } from "./compare.ts";

const parts = fixture("parts");
const METHODS = { predict: "predict", predict_proba: "predictProba", transform: "transform" } as const;

/** Solved by other means than LAPACK's, or looked up in another order. */
const SOLVED = /^(LinearRegression|Ridge)$/;
/** A search without a tree computes distances in another way. */
const NEAR = /^(KNeighbors|Pipeline|LinearRegression|Ridge)/;

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
      const rows = rowsOf(dataOf(parts, each.data), 30);
      for (const [name, expected] of Object.entries(each["answers"] as Record<string, unknown>)) {
        const answer = model[METHODS[name as keyof typeof METHODS]](rows);
        const exact = !NEAR.test(each.class) && name !== "predict_proba";
        check(plain(answer instanceof Csr ? answer.toDense() : answer), expected, exact);
      }
    },
  );
});

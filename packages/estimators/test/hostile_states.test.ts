import { expect, test } from "vitest";
import { rounds } from "../../../test/tiers.ts";
import { made, run, starts } from "./hostile_states.ts";

const all = starts();

/** How many cases: `npm run hostile` asks many more, in processes that are ended when they take too long. */
const CASES = rounds(600, 10_000);

test("states driven to their limits are refused, or answer within a second", { timeout: 600_000 }, () => {
  const problems: string[] = [];
  for (let seed = 0; seed < CASES; seed++) {
    const outcome = run(made(seed, all));
    if (outcome.kind === "leaked" || outcome.milliseconds > 1000) problems.push(`${seed}: ${JSON.stringify(outcome)}`);
  }
  expect(problems).toEqual([]);
  expect(all.length).toBeGreaterThan(350);
});

// What was found once: hung, leaked or took a gigabyte.
test.each([757, 3596, 8601, 70_177, 71_350, 72_895, 78_292, 146_427, 205_375])("case %i", (seed) => {
  const outcome = run(made(seed, all));
  expect(outcome.kind).not.toBe("leaked");
  expect(outcome.milliseconds).toBeLessThan(1000);
});

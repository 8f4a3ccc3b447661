import { expect, it } from "vitest";
import { rounds } from "../../../test/tiers.ts";
import { corpusStreams } from "./corpus.ts";
import { checkStream } from "./fuzz_case.ts";
import { mutated, Random } from "./mutate.ts";

/** The same cases in every run; `npm run fuzz` goes on from there. */
const CASES = rounds(4000, 200_000);

it("takes mutated streams of CPython's tests without a crash, and says the same of them in every way of reading", {
  timeout: 600_000,
}, () => {
  const streams = corpusStreams().filter(({ length }) => length < 3000);
  const problems: string[] = [];
  let read = 0;
  for (let seed = 0; seed < CASES; seed++) {
    const bytes = mutated(streams, new Random(seed));
    try {
      if (checkStream(bytes)) read++;
    } catch (error) {
      problems.push(`seed ${seed}: ${(error as Error).message}`);
    }
  }
  expect(problems).toEqual([]);
  expect(read).toBeGreaterThan(CASES / 10);
});

/** @module How far answers are from Python's, for the table of what is proved. */

import { Csr, DataFrame, NdArray } from "@curtido/arrays";
import { type FixtureArray, fixtureValue, isNumericName } from "./fixture.ts";

/** All elements of an answer, in order. */
function* elements(answer: unknown): Generator<unknown> {
  if (answer instanceof NdArray) yield* elements(answer.flat());
  else if (answer instanceof Csr) yield* answer.toDense().flat();
  else if (answer instanceof DataFrame) yield* (answer.tolist() as unknown[][]).flat();
  else if (Array.isArray(answer)) for (const part of answer) yield* elements(part);
  else yield answer;
}

function* expectedElements(expected: FixtureArray): Generator<unknown> {
  if (expected.list !== undefined) for (const part of expected.list) yield* expectedElements(part);
  else if (expected.csr === true) yield* sparseElements(expected);
  else {
    const numeric = expected.dtype !== undefined && isNumericName(expected.dtype);
    for (const value of (expected.data ?? []).flat()) yield fixtureValue(value, numeric);
  }
}

function* sparseElements(expected: FixtureArray): Generator<unknown> {
  const [rows, columns] = expected.shape as [number, number];
  for (let row = 0; row < rows; row++) {
    const dense = new Array<unknown>(columns).fill(0);
    for (let at = expected.indptr![row]!; at < expected.indptr![row + 1]!; at++)
      dense[expected.indices![at]!] = fixtureValue(expected.data![at], true);
    yield* dense;
  }
}

/**
 * The largest difference of a number from what Python gave, by the largest number of the answer; 0 when all bits are equal.
 * Labels, texts and mappings count as equal here: {@link difference} compares them.
 */
export function largestDifference(answer: unknown, expected: FixtureArray): number {
  if (expected.samples !== undefined) return 0;
  let scale = 0;
  let off = 0;
  const wanted = expectedElements(expected);
  for (const got of elements(answer)) {
    const { value } = wanted.next();
    if (typeof got !== "number" || typeof value !== "number" || !Number.isFinite(value)) continue;
    scale = Math.max(scale, Math.abs(value));
    off = Math.max(off, Math.abs(got - value));
  }
  return off === 0 ? 0 : off / (scale || 1);
}

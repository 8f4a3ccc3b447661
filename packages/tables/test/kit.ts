/** @module What the tests of tables share. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type DataFrame, loads } from "@curtido/arrays";
import type { Dict } from "@curtido/pickle";
import { expect } from "vitest";

export const ROOT = join(import.meta.dirname, "../../..");
export const FIXTURES = join(ROOT, "fixtures/convert");
export const exact = { exact: true } as const;
/** No Buffer, whose views are Buffers. */
export const bytesOf = (path: string) => new Uint8Array(readFileSync(path));
export const fixture = (name: string) => loads(bytesOf(join(FIXTURES, `${name}.pkl`)), exact) as Dict;
export const frames = fixture("frames") as Dict<DataFrame>;
export const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
export const utf8 = (value: string) => new TextEncoder().encode(value);

/** What pandas read from a file, and what we do: missing texts are NaN there or None, and the index of columns may be a range. */
export function comparable(frame: DataFrame): unknown {
  const columns = frame.series.map(({ name, dtype, values, categories, ordered = false }) => {
    const items = values.dtype.kind === "O" ? (values.toC().data as unknown[]) : values.flat();
    const shown = items.map((item) => (item === null || Number.isNaN(item) ? "missing" : item));
    return {
      name: typeof name === "bigint" ? Number(name) : name,
      dtype,
      shown,
      categories: categories?.flat(),
      ordered,
    };
  });
  const { labels, name, kind } = frame.rowIndex;
  return {
    columns,
    labels: labels.map((label) => (Number.isNaN(label) ? null : label)),
    name,
    kind,
    length: frame.length,
  };
}

/** Dates in pandas' own unit, which depends on its version. */
export function sameTable(got: DataFrame, wanted: DataFrame, what: string): void {
  expect(comparable(got), what).toEqual(comparable(wanted));
}

/** What a function throws. */
export function thrown(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  return undefined;
}

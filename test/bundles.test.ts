import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { loads } from "@curtido/pickle";
import { beforeAll, expect, it } from "vitest";
import { type Bundle, bundled, bundles, ROWS } from "../scripts/bundles.ts";
import { build } from "./build.ts";

interface Loads {
  readonly loads: typeof loads;
}

/** A pickle of a value of Python's library, and what Python says that it is. */
interface Said {
  readonly pickle: string;
  readonly is: unknown;
}

let found: readonly Bundle[];

beforeAll(async () => {
  await build();
  found = await bundles();
}, 300_000);

it.each(ROWS)("the bundle of $name keeps its limit of $limit bytes", ({ name, limit }) => {
  const { sources, published } = found.find((bundle) => bundle.name === name)!;
  expect(Math.min(sources, published)).toBeGreaterThan(1000);
  expect(Math.max(sources, published)).toBeLessThanOrEqual(limit);
});

it.each([
  ["the sources", ["curtido-source"]],
  ["what is published", []],
])("a bundle of loads from %s reads what Python wrote", async (_, conditions) => {
  const code = await bundled(ROWS[0]!.source, conditions);
  const bundle = (await import(`data:text/javascript;base64,${Buffer.from(code).toString("base64")}`)) as Loads;
  const rows = JSON.parse(readFileSync(join(import.meta.dirname, "../fixtures/pickle/library.json"), "utf8")) as Said[];
  const said = rows.filter(({ is }) => typeof is === "string");
  expect(said.length).toBeGreaterThan(100);
  const read = said.map(({ pickle }) => String(bundle.loads(Buffer.from(pickle, "base64"), { encoding: "latin1" })));
  expect(read).toEqual(said.map(({ is }) => is));
});

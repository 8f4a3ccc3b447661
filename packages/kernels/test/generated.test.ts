import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { generate, kernels } from "../scripts/build.mjs";

it.each(Object.keys(kernels) as (keyof typeof kernels)[])(
  "the committed %s is what its source compiles to",
  async (name) => {
    const committed = await readFile(new URL(`../src/generated/${name}.ts`, import.meta.url), "utf8");
    expect(committed).toBe(await generate(name));
  },
);

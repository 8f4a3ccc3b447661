import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { scan } from "../src/index.ts";

const FOUND = new URL("../../../fixtures/scan/found/", import.meta.url);

test.each(readdirSync(FOUND))("%s, which a search found clean and Python obeyed, is told of", (name) => {
  expect(scan(readFileSync(new URL(name, FOUND))).verdict).toBe("findings");
});

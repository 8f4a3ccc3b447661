import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "..");
const documents = [
  ...readdirSync(root).filter((name) => name.endsWith(".md")),
  ...readdirSync(join(root, "docs"))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
  ...readdirSync(join(root, "packages"))
    .map((name) => `packages/${name}/README.md`)
    .filter((name) => existsSync(join(root, name))),
];

test("every file that a document names is there", () => {
  const missing: string[] = [];
  let named = 0;
  for (const document of documents) {
    const text = readFileSync(join(root, document), "utf8");
    for (const [, file] of text.matchAll(/`((?:packages|scripts|test|oracle|docs|bench|fixtures)\/[\w./-]*)`/g)) {
      named++;
      if (!existsSync(join(root, file!))) missing.push(`${document}: ${file}`);
    }
    for (const [, link] of text.matchAll(/\]\(([^)#:\s]+)(?:#[^)]*)?\)/g)) {
      named++;
      if (!existsSync(join(root, dirname(document), link!))) missing.push(`${document}: ${link}`);
    }
  }
  expect(missing).toEqual([]);
  expect(named).toBeGreaterThan(60);
});

test("the packages that a page may name are those that there are", () => {
  const architecture = readFileSync(join(root, "docs/architecture.md"), "utf8");
  for (const name of readdirSync(join(root, "packages"))) expect(architecture).toContain(`\`${name}\``);
});

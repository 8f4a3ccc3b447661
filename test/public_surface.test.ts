import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import ts from "typescript";
import { describe, expect, test } from "vitest";

const root = join(import.meta.dirname, "..");
type Conditions = { readonly [condition: string]: string | Conditions };

/** Every entry point: how it is imported, and its source. */
function* entryPoints(): Generator<readonly [name: string, file: string]> {
  for (const folder of readdirSync(join(root, "packages")).sort()) {
    const manifest = JSON.parse(readFileSync(join(root, "packages", folder, "package.json"), "utf8"));
    for (const [path, conditions] of Object.entries(manifest.exports as Record<string, Conditions>)) {
      const name = `${manifest.name}${path.slice(1)}`;
      for (const [condition, target] of Object.entries(conditions)) {
        if (condition === "curtido-source") yield [name, join(root, "packages", folder, target as string)];
        const inner = typeof target === "object" ? target["curtido-source"] : undefined;
        if (inner !== undefined) yield [`${name} (${condition})`, join(root, "packages", folder, inner as string)];
      }
    }
  }
}

const points = [...entryPoints()].filter(([name]) => !name.endsWith("/worker"));
const program = ts.createProgram(
  points.map(([, file]) => file),
  {
    target: ts.ScriptTarget.ESNext,
    module: ts.ModuleKind.Preserve,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    customConditions: ["curtido-source"],
    allowImportingTsExtensions: true,
    noEmit: true,
    skipLibCheck: true,
    types: ["node"],
  },
);
const checker = program.getTypeChecker();

/** What an entry point exports: values as they are, types with `type` before them. */
async function surfaceOf(file: string): Promise<string[]> {
  const values = new Set(Object.keys(await import(pathToFileURL(file).href)));
  const module = checker.getSymbolAtLocation(program.getSourceFile(file)!)!;
  const names = checker.getExportsOfModule(module).map(({ name }) => name);
  expect([...values].filter((name) => name !== "default" && !names.includes(name))).toEqual([]);
  return names.map((name) => (values.has(name) ? name : `type ${name}`)).sort();
}

describe("what each entry point exports", () => {
  test.each(points)("%s", async (name, file) => {
    const surface = await surfaceOf(file);
    expect(surface.length).toBeGreaterThan(0);
    const snapshot = `public_surface/${name.replaceAll("/", ".").replace(" (browser)", ".browser")}.txt`;
    await expect(`${surface.join("\n")}\n`).toMatchFileSnapshot(snapshot);
  });
});

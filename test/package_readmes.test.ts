import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { inspect } from "node:util";
import ts from "typescript";
import { describe, expect, test, vi } from "vitest";

const packages = join(import.meta.dirname, "../packages");
const readmes = readdirSync(packages)
  .map((name) => [name, join(packages, name, "README.md")] as const)
  .filter(([, file]) => existsSync(file));

/** The programs of a README: its blocks of TypeScript. */
function snippetsOf(file: string): string[] {
  return [...readFileSync(file, "utf8").matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map((match) => match[1]!);
}

const IMPORT = /^import (\{[^}]+\}) from "([^"]+)";$/gm;
const CHECKED = /^(?!const |import )(.+); \/\/ (.+)$/gm;
const AsyncFunction = (async () => undefined).constructor as new (
  ...parts: string[]
) => (imports: (name: string) => Promise<unknown>, check: Check) => Promise<void>;
type Check = (line: string, value: unknown, said: string) => void;

/** Runs a snippet; a line `expression; // value` is to give that value. */
async function wrong(snippet: string): Promise<string[]> {
  const program = snippet
    .replace(CHECKED, (line, code, said) => `check(${JSON.stringify(line)}, (${code}), ${JSON.stringify(said)});`)
    .replace(IMPORT, (_, names, name) => `const ${names.replaceAll(" as ", ": ")} = await imports("${name}");`);
  const problems: string[] = [];
  const check: Check = (line, value, said) => {
    const shown = inspect(value, { breakLength: Number.POSITIVE_INFINITY });
    if (shown !== said) problems.push(`${line} gives ${shown}`);
  };
  const { outputText } = ts.transpileModule(program, { compilerOptions: { target: ts.ScriptTarget.ESNext } });
  await new AsyncFunction("imports", "check", outputText)((name) => import(name), check);
  return problems;
}

describe.each(readmes)("the README of %s", (name, file) => {
  const snippets = snippetsOf(file);
  const manifest = JSON.parse(readFileSync(join(packages, name, "package.json"), "utf8")) as { readonly name: string };

  test("is called as the package is, and has a program that uses it", () => {
    expect(readFileSync(file, "utf8").split("\n")[0]).toBe(`# ${manifest.name}`);
    expect(snippets.join("\n")).toContain(`from "${manifest.name}`);
  });

  test.each(snippets.map((snippet, at) => [at + 1, snippet] as const))(
    "program %i gives what it says",
    async (_, snippet) => {
      const log = vi.spyOn(console, "log").mockImplementation(() => undefined);
      try {
        expect(await wrong(snippet)).toEqual([]);
        const promised = snippet.match(CHECKED)?.length ?? 0;
        expect(promised + log.mock.calls.length).toBeGreaterThan(0);
      } finally {
        log.mockRestore();
      }
    },
  );
});

import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { expect, it } from "vitest";
import { errorGroups } from "../../../scripts/errors.ts";
import { defaultLimits } from "../src/index.ts";

const readme = readFileSync(join(import.meta.dirname, "../README.md"), "utf8");

it("names every limit and its default", () => {
  for (const [name, value] of Object.entries(defaultLimits)) {
    const said =
      name === "bytes"
        ? "8 GiB"
        : name === "stack" || name === "memoIndex"
          ? value.toLocaleString("en")
          : String(value);
    expect(readme).toContain(`| \`${name}\` | ${said} |`);
  }
});

it("names every error of a pickle", () => {
  const [pickles] = errorGroups();
  const named = /^### Errors\n\n([\s\S]*?)\n\n/m.exec(readme)![1]!.match(/`E_\w+`/g)!;
  expect(new Set(named)).toEqual(new Set(pickles!.codes.map(({ name }) => `\`${name}\``)));
});

it("has programs that compile under strict", { timeout: 60_000 }, () => {
  const snippets = [...readme.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map((match) => match[1]!);
  const sources = new Map(snippets.map((text, at) => [join(import.meta.dirname, `program${at}.ts`), text]));
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    allowImportingTsExtensions: true,
    target: ts.ScriptTarget.ES2023,
    lib: [
      "lib.es2023.d.ts",
      "lib.es2024.string.d.ts",
      "lib.es2024.arraybuffer.d.ts",
      "lib.dom.d.ts",
      "lib.dom.iterable.d.ts",
    ],
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    customConditions: ["curtido-source"],
    types: [],
  };
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (file) => sources.has(file) || fileExists(file);
  host.readFile = (file) => sources.get(file) ?? readFile(file);
  host.getSourceFile = (file, ...rest) => {
    const text = sources.get(file);
    return text === undefined ? getSourceFile(file, ...rest) : ts.createSourceFile(file, text, rest[0]);
  };
  const program = ts.createProgram([...sources.keys()], options, host);
  const problems = [...sources.keys()].flatMap((file) =>
    ts.getPreEmitDiagnostics(program, program.getSourceFile(file)),
  );
  expect(problems.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, " "))).toEqual([]);
  expect(sources.size).toBeGreaterThan(4);
});

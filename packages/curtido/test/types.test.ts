import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";
import { folder, ROOT, run } from "./help.ts";

const OPTIONS: ts.CompilerOptions = {
  strict: true,
  noEmit: true,
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  lib: ["lib.es2022.d.ts", "lib.dom.d.ts"],
  types: [],
};

function problems(files: readonly string[]): string[] {
  const program = ts.createProgram([...files], OPTIONS);
  return ts.getPreEmitDiagnostics(program).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
}

test("the types of the examples compile, take their rows and refuse others", { timeout: 60_000 }, async () => {
  const place = folder();
  const files: string[] = [];
  for (const file of ["modelo.pkl", "wine.joblib", "texto.pkl", "penguins.pkl", "diabetes.pkl"]) {
    const { code, out } = await run(["inspect", join(ROOT, "examples", file), "--types"]);
    expect(code).toBe(0);
    const path = join(place, `${file.split(".")[0]}.ts`);
    writeFileSync(path, out);
    files.push(path);
  }
  const path = join(place, "use.ts");
  const row = `{ island: "Biscoe", sex: null, bill_length_mm: 44.5, bill_depth_mm: "15.7", flipper_length_mm: 217, body_mass_g: 4875 }`;
  writeFileSync(
    path,
    `import { askPenguins, type PenguinsRow } from "./penguins";
const row: PenguinsRow = ${row};
export async function main(): Promise<void> {
  const one: "Adelie" | "Chinstrap" | "Gentoo" = (await askPenguins("http://localhost:5000/penguins", row)).predict;
  const many: string[] = (await askPenguins("http://localhost:5000/penguins", [row])).predict;
  console.log(one, many);
}
// @ts-expect-error a number is no text
export const text: PenguinsRow = { ...row, bill_length_mm: "long" };
// @ts-expect-error features are left out
export const short: PenguinsRow = { island: "Biscoe" };
`,
  );
  expect(problems([path, ...files])).toEqual([]);
  expect(readFileSync(join(place, "modelo.ts"), "utf8")).toContain("askModelo");
});

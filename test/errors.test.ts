import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CurtidoError, type ErrorCode, isCurtidoError } from "@curtido/pickle";
import ts from "typescript";
import { expect, expectTypeOf, it } from "vitest";
import { errorGroups } from "../scripts/errors.ts";

const packages = join(import.meta.dirname, "../packages");
const table = errorGroups().flatMap(({ codes }) => codes);

/** The codes that a file's errors are made with; the codes that it asks for are none of them. */
function codesMadeIn(file: string): string[] {
  const text = readFileSync(join(packages, file), "utf8");
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ESNext, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && /^is\w*Error$/.test(node.expression.getText())) return;
    if (ts.isBinaryExpression(node) && /^[=!]==$/.test(node.operatorToken.getText())) return;
    if (ts.isLiteralTypeNode(node)) return;
    if (ts.isStringLiteral(node) && /^E_[A-Z0-9_]+$/.test(node.text)) found.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

it("every code of the source is in the table, and every code of the table in the source", () => {
  const files = readdirSync(packages, { recursive: true, encoding: "utf8" })
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => /^[^/]+\/src\/.*\.ts$/.test(file));
  const made = new Set(files.flatMap(codesMadeIn));
  expect(made.size).toBeGreaterThan(40);
  expect([...made].sort()).toEqual(table.map(({ name }) => name).sort());
});

it("every code says what it means, in whole sentences", () => {
  for (const { name, means } of table) expect([name, means]).toEqual([name, expect.stringMatching(/^[A-Z].+\.$/)]);
});

it("a code has its own fields, by type", () => {
  const error: unknown = new CurtidoError("E_NAME", "there is none", { name: "a" });
  if (!isCurtidoError(error, "E_NAME")) throw error;
  expectTypeOf(error.code).toEqualTypeOf<"E_NAME">();
  expectTypeOf(error.fields.name).toEqualTypeOf<string>();
  expectTypeOf(error.fields.suggestion).toEqualTypeOf<string | undefined>();
  expectTypeOf(error.fields.offset).toEqualTypeOf<undefined>();
  expect([error.code, error.fields]).toEqual(["E_NAME", { name: "a" }]);

  // @ts-expect-error a code that is none
  new CurtidoError("E_NOTHING", "no such code");
  // @ts-expect-error a field that it must have
  new CurtidoError("E_NAME", "no fields", {});
  // @ts-expect-error a field of another code
  new CurtidoError("E_NAME", "more", { name: "a", offset: 1 });
  // @ts-expect-error a field of another type
  new CurtidoError("E_NAME", "a number", { name: 1 });
});

it("an error of any code has the fields of all of them, where it has them", () => {
  const error: unknown = new CurtidoError("E_BUFFER", "none");
  if (!isCurtidoError(error)) throw error;
  expectTypeOf(error.code).toEqualTypeOf<ErrorCode>();
  expectTypeOf(error.fields.offset).toEqualTypeOf<number | undefined>();
  expect(error.fields).toEqual({});
  const again = new CurtidoError(error.code, `somewhere: ${error.message}`, error.fields, error);
  expect([again.code, again.message, again.cause]).toEqual(["E_BUFFER", "somewhere: none", error]);
});

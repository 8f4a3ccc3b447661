import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import * as table from "../src/opcodes.ts";

const { HIGHEST_PROTOCOL, opcodeByCode, opcodes, ...bytes } = table;
const byName: Readonly<Record<string, number>> = bytes;

describe("the one table", () => {
  test("has a row for every byte that has a name, and a name for every row", () => {
    expect(byName).toEqual(Object.fromEntries(opcodes.map(({ name, code }) => [name, code])));
    expect(opcodes).toHaveLength(68);
    expect(opcodes.every((opcode) => opcodeByCode[opcode.code] === opcode)).toBe(true);
    expect(Math.max(...opcodes.map(({ protocol }) => protocol))).toBe(HIGHEST_PROTOCOL);
  });
});

const packages = join(import.meta.dirname, "../..");
/** The two loops that every byte of a stream goes through: their switches are of literals, with the names beside them. */
const HOT = ["pickle/src/machine.ts", "pickle/src/fast_machine.ts"];
/** Files whose numbers are characters of texts, or bytes of other formats. */
const OTHER_BYTES =
  /\/(generated|json|codecs)\/|\/(text|numbers|short_ascii|text_numbers|arguments|codecs|repr|compression|npy|tar|zip|zip_records)\.ts$/;

const files = ["pickle/src", "arrays/src"].flatMap((folder) =>
  readdirSync(join(packages, folder), { recursive: true, encoding: "utf8" })
    .map((name) => `${folder}/${name.replaceAll("\\", "/")}`)
    .filter((name) => name.endsWith(".ts") && name !== "pickle/src/opcodes.ts" && !OTHER_BYTES.test(name)),
);

interface Literal {
  readonly value: number;
  readonly text: string;
  readonly node: ts.NumericLiteral;
}

function literalsOf(file: string): { readonly source: ts.SourceFile; readonly literals: readonly Literal[] } {
  const text = readFileSync(join(packages, file), "utf8");
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ESNext, true);
  const literals: Literal[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isNumericLiteral(node)) literals.push({ value: Number(node.text), text: node.getText(), node });
    ts.forEachChild(node, visit);
  };
  visit(source);
  return { source, literals };
}

const RELATIONS = new Set([
  ts.SyntaxKind.LessThanToken,
  ts.SyntaxKind.LessThanEqualsToken,
  ts.SyntaxKind.GreaterThanToken,
  ts.SyntaxKind.GreaterThanEqualsToken,
]);

/** Whether a number stands where the byte of an opcode may: written as a byte, or compared with a `code`, or given to `op`. */
function mayBeOpcode({ value, text, node }: Literal): boolean {
  if (opcodeByCode[value] === undefined) return false;
  const { parent } = node;
  // A range of bytes is one of characters, and the magic of a format is none of a stream.
  if (ts.isBinaryExpression(parent) && RELATIONS.has(parent.operatorToken.kind)) return false;
  if (/MAGIC = \[/.test(parent.parent.getText())) return false;
  if (text.startsWith("0x")) return true;
  if (ts.isBinaryExpression(parent)) return /\bcode\b/.test(parent.getText());
  return (
    ts.isCallExpression(parent) &&
    /\.op(U1|U2|U4|F8)?$/.test(parent.expression.getText()) &&
    parent.arguments[0] === node
  );
}

describe("every opcode elsewhere is a name of it", () => {
  test.each(files.filter((file) => !HOT.includes(file)))("%s", (file) => {
    expect(
      literalsOf(file)
        .literals.filter(mayBeOpcode)
        .map(({ text }) => text),
    ).toEqual([]);
  });

  test.each(HOT)("or stands beside its name: %s", (file) => {
    const { source, literals } = literalsOf(file);
    const cases = literals.filter(({ node }) => ts.isCaseClause(node.parent));
    const lines = source.text.split("\n");
    const named = cases.map(({ value, text, node }) => {
      const line = source.getLineAndCharacterOfPosition(node.getStart()).line;
      // Behind the colon, or in the first line of the block.
      const name = /\/\/ (\w+)$/.exec(lines[line]!)?.[1] ?? /^ *\/\/ (\w+)$/.exec(lines[line + 1]!)?.[1];
      return [text, name, value];
    });
    expect(named.length).toBeGreaterThan(10);
    for (const [text, name, value] of named) expect([text, name, byName[name as string]]).toEqual([text, name, value]);
    const others = literals.filter((literal) => !ts.isCaseClause(literal.node.parent) && mayBeOpcode(literal));
    expect(others.map(({ text }) => text)).toEqual([]);
  });

  test("the machine knows every one of them", () => {
    const known = literalsOf(HOT[0]!).literals.filter(({ node }) => ts.isCaseClause(node.parent));
    // STOP ends the loop around the switch.
    expect(new Set([...known.map(({ value }) => value), table.STOP])).toEqual(new Set(opcodes.map(({ code }) => code)));
  });
});

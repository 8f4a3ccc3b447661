// Lengths that a file, a request or a table decides: none of them may be handed to a function as its arguments, of which
// an engine takes some tens of thousands.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Csr, NdArray, parseDType } from "@curtido/arrays";
import { reviveModel } from "@curtido/estimators";
import { trainTestSplit } from "@curtido/estimators/fit";
import { Dict, Global, Instance } from "@curtido/pickle";
import { service } from "@curtido/server";
import ts from "typescript";
import { expect, it } from "vitest";
import { foldsOf } from "../packages/curtido/src/train/choose.ts";

const root = join(import.meta.dirname, "..");
const MANY = 200_000;
const ones = new Float64Array(MANY).fill(1);

it("a text of 200,000 characters in an array", () => {
  const bytes = new Uint8Array(Uint32Array.from(ones, () => 0xe9).buffer);
  expect(NdArray.fromBytes(bytes, parseDType(`<U${MANY}`), []).item(0)).toBe("é".repeat(MANY));
});

/** A selector that keeps each of so many features. */
function selector(): ReturnType<typeof reviveModel> {
  const made = new Instance(new Global("sklearn.feature_selection._univariate_selection", "SelectFdr"), [], "newobj");
  made.states.push(
    new Dict<unknown>([
      ["alpha", 0.05],
      ["pvalues_", NdArray.of(new Float64Array(MANY))],
      ["scores_", NdArray.of(ones)],
      ["n_features_in_", MANY],
      ["_sklearn_version", "1.9.1"],
    ]),
  );
  return reviveModel(made);
}

it("200,000 features that are selected, of full and of sparse rows", () => {
  const model = selector();
  expect((model.transform(NdArray.of(ones, [1, MANY])) as NdArray).shape).toEqual([1, MANY]);
  const row = new Csr([1, MANY], Int32Array.of(0, MANY), Int32Array.from(ones.keys()), ones);
  expect((model.transform(row) as Csr).nnz).toBe(MANY);
});

it("200,000 labels, each of one row", () => {
  const y = [...ones.keys()];
  expect(() => trainTestSplit(MANY, { stratify: y })).toThrow(/has a label that only one row has/);
  expect(foldsOf(y, "classification", 1).length).toBeGreaterThan(1);
});

it("a request of 200,000 columns", async () => {
  const app = service({ models: { linear: join(root, "examples/modelo.pkl") } });
  const inputs = Object.fromEntries(Array.from(ones, (one, at) => [`column${at}`, [one]]));
  const body = JSON.stringify({ inputs });
  const answer = await app.request("/invocations", {
    method: "POST",
    body,
    headers: { "content-type": "application/json" },
  });
  expect([answer.status, await answer.text()]).toEqual([422, expect.stringContaining("feature1")]);
});

/** Calls that are handed a short list as their arguments, and why it is short; one that is cut there needs no row. */
const SHORT: Readonly<Record<string, string>> = {
  "Math.min(...lengths)": "bzip2: a code length for each of at most 258 symbols",
  "Math.max(...counts)": "the report of a training: at most 30 bars",
  "Math.max(...shown.map(({ mean }) => mean), 0)": "the report of a training: what is shown of a list",
  "notes.push(...unfinished(measured.instance, choice.name))": "one note at most",
};
const CUT = /\.(subarray|slice)\([^(),]+, .+\)/;
const TAKES_ANY = /\b(push|unshift|splice|concat|of|apply|max|min|hypot|fromCharCode|fromCodePoint)$/;

const isLong = (argument: ts.Expression): boolean => ts.isSpreadElement(argument) && !CUT.test(argument.getText());

function spreadsIn(file: string): string[] {
  const source = ts.createSourceFile(
    file,
    readFileSync(join(root, "packages", file), "utf8"),
    ts.ScriptTarget.ESNext,
    true,
  );
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && node.arguments.some(isLong) && TAKES_ANY.test(node.expression.getText()))
      found.push(node.getText().replace(/\s+/g, " "));
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

it("no list that may be long is handed on as arguments", () => {
  const files = readdirSync(join(root, "packages"), { recursive: true, encoding: "utf8" });
  const sources = files.map((file) => file.replaceAll("\\", "/")).filter((file) => /^[^/]+\/src\/.*\.ts$/.test(file));
  expect(sources.length).toBeGreaterThan(500);
  const found = sources.flatMap((file) => spreadsIn(file).map((text) => `${file}: ${text}`));
  expect(found.filter((each) => SHORT[each.slice(each.indexOf(": ") + 2)] === undefined)).toEqual([]);
});

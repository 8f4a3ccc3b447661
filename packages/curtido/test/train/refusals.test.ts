import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { folder, run } from "../help.ts";

/** A table of enough rows, with one more column. */
function csv(header: string, row: (at: number) => string, rows = 30): string {
  return `${header}\n${Array.from({ length: rows }, (_, at) => row(at)).join("\n")}\n`;
}

const plain = csv("x,y", (at) => `${at},${at * 2.5}`);
const HOSTILE: readonly (readonly [name: string, data: string, args: readonly string[], part: string])[] = [
  ["no such target", plain, ["--target", "z"], "--target: there is no column 'z'; there are x, y"],
  ["a target with a space", csv("x , y", (at) => `${at},${at * 2.5}`), ["--target", "y"], "there are 'x ', ' y'"],
  ["a constant target", csv("x,y", (at) => `${at},1.5`), ["--target", "y"], "the target 'y' is 1.5 in every row"],
  ["one class", csv("x,y", (at) => `${at},si`), ["--target", "y"], "the target 'y' is si in every row"],
  [
    "a target that is missing somewhere",
    csv("x,y", (at) => `${at},${at === 6 ? "" : at * 1.5}`),
    ["--target", "y"],
    "missing in row 7",
  ],
  ["a target that is missing everywhere", csv("x,y", (at) => `${at},`), ["--target", "y"], "is empty in every row"],
  [
    "a text where numbers are asked",
    csv("x,y", (at) => `${at === 3 ? "tres" : at},${at * 1.5}`),
    ["--target", "y", "--numeric", "x"],
    "'tres' in row 4 is no number",
  ],
  [
    "texts to estimate",
    csv("x,y", (at) => `${at},${at % 2 ? "a" : "b"}`),
    ["--target", "y", "--task", "regression"],
    "regression wants numbers",
  ],
  ["a ragged file", "x,y\n1,2\n3\n", ["--target", "y"], "line 3 has 1 cell, where the header has 2 (row 2)"],
  [
    "an empty column where numbers are asked",
    csv("x,v,y", (at) => `${at},,${at * 1.5}`),
    ["--target", "y", "--numeric", "v"],
    "the column 'v' is empty in every row; add --drop v",
  ],
  [
    "two columns of one name",
    csv("x,x,y", (at) => `${at},${at},${at * 1.5}`),
    ["--target", "y"],
    "its columns 1 and 2 are both called 'x'",
  ],
  ["an empty file", "", ["--target", "y"], "it is empty"],
  ["a header alone", "x,y\n", ["--target", "y"], "it has no rows"],
  [
    "nothing but columns that say nothing",
    csv("v,id,igual,y", (at) => `,n${at},1,${at * 1.5}`),
    ["--target", "y"],
    "beside 'y'; v: empty in every row; id: an id: another text in every row (--categorical id keeps it); igual: the same",
  ],
  ["more labels than can be learned", csv("x,y", (at) => `${at},n${at}`), ["--target", "y"], "too many to learn them"],
  ["nothing to learn from", csv("y", (at) => `${at * 1.5}`), ["--target", "y"], "no column to learn from"],
  ["two rows", csv("x,y", (at) => `${at},${at * 1.5}`, 2), ["--target", "y"], "too few"],
  [
    "infinity",
    csv("x,y", (at) => `${at === 5 ? "inf" : at},${at * 1.5}`),
    ["--target", "y"],
    "'Infinity' in row 6 is infinite",
  ],
  [
    "a classifier for numbers",
    plain,
    ["--target", "y", "--estimator", "GaussianNB"],
    "GaussianNB is for classification",
  ],
  [
    "a parameter that there is not",
    plain,
    ["--target", "y", "--estimator", "Ridge", "--set", "beta=1"],
    "Ridge has no parameter 'beta'",
  ],
  ["a parameter out of bounds", plain, ["--target", "y", "--estimator", "Ridge", "--set", "alpha=-1"], "'alpha' is"],
  ["a column named twice", plain, ["--target", "y", "--drop", "y"], "named by --target and by --drop"],
  ["a folder that there is not", plain, ["--target", "y", "-o", "nowhere/m.pkl"], "no such folder"],
];

describe("what cannot be learned is said in one line, and nothing is written", () => {
  test.each(HOSTILE)("%s", async (_, data, args, part) => {
    const place = folder();
    writeFileSync(join(place, "datos.csv"), data);
    const output = args.includes("-o") ? [] : ["-o", join(place, "modelo.pkl")];
    const report = ["--report", join(place, "informe.html")];
    const { code, out, err } = await run(["train", join(place, "datos.csv"), ...args, ...output, ...report]);
    expect([code, out]).toEqual([1, ""]);
    expect(err).toContain(part);
    expect(err.trimEnd().split("\n").length).toBe(1);
    expect(readdirSync(place)).toEqual(["datos.csv"]);
  });

  test.each([
    ["an unknown estimator", ["--estimator", "Magic"], "it is auto or one of"],
    ["a file that is no model's", ["-o", "modelo.txt"], "ends with .pkl, .joblib"],
    ["a report of no kind", ["--report", "informe.pdf"], ".html"],
    ["no pair", ["--estimator", "Ridge", "--set", "alpha"], "name=value"],
    ["a parameter of nobody", ["--set", "alpha=1"], "needs --estimator"],
    ["a share above 1", ["--test-size", "1.5"], "share"],
  ])("wrong usage: %s", async (_, args, part) => {
    const place = folder();
    writeFileSync(join(place, "datos.csv"), plain);
    const output = args.includes("-o") ? [] : ["-o", join(place, "modelo.pkl")];
    const { code, err } = await run(["train", join(place, "datos.csv"), "--target", "y", ...output, ...args]);
    expect(code).toBe(2);
    expect(err).toContain(part);
    expect(readdirSync(place)).toEqual(["datos.csv"]);
  });

  test("a file that is not there", async () => {
    const { code, err } = await run(["train", join(folder(), "no.csv"), "--target", "y", "-o", "m.pkl"]);
    expect(code).toBe(1);
    expect(err).toMatch(/no\.csv: there is no such file\n$/);
  });
});

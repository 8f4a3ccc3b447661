import { join } from "node:path";
import { NdArray } from "@curtido/arrays";
import { decompress } from "@curtido/arrays/node";
import { describe, expect, it } from "vitest";
import { modelFolders } from "../../../test/fixture_files.ts";
import { revive } from "../src/index.ts";
import { type Fixture, fixtureInput } from "../src/testing/fixture.ts";

/** One row's answer out of a table of answers. */
function answerAt(all: NdArray, row: number): unknown {
  const width = all.shape.slice(1).reduce((product, extent) => product * extent, 1);
  return width === 1 ? all.item(row) : (all.tolist() as unknown[])[row];
}

/** Rows that differ when they are asked alone, in a model that predicts tables of float64 numbers. */
function differing(folder: ReturnType<typeof modelFolders>[number], name: string): { asked: number; wrong: string[] } {
  const fixture = JSON.parse(new TextDecoder().decode(folder.read(name))) as Fixture;
  const X = fixtureInput(fixture.input);
  if (fixture.expected["predict"] === undefined || !(X instanceof NdArray) || !(X.data instanceof Float64Array))
    return { asked: 0, wrong: [] };
  const model = revive(folder.read(join(name, "..", fixture.file)), { decompress });
  const all = model.predict(X);
  const [rows = 0, width = 0] = X.shape;
  const wrong: string[] = [];
  for (let row = 0; row < rows; row++) {
    const alone = model.predictRow(X.data.slice(row * width, (row + 1) * width));
    if (JSON.stringify([alone]) !== JSON.stringify([answerAt(all, row)])) wrong.push(`${name}, row ${row}`);
  }
  return { asked: rows, wrong };
}

const FAMILIES = /linear_model|svm|compose|tree/;

describe.each(modelFolders().filter(({ family }) => FAMILIES.test(family)))("$family", (folder) => {
  it("answers a row alone as it answers it among others", { timeout: 60_000 }, () => {
    const found = folder.cases.map((name) => differing(folder, name));
    expect(found.flatMap(({ wrong }) => wrong)).toEqual([]);
    expect(found.reduce((sum, { asked }) => sum + asked, 0)).toBeGreaterThan(100);
  });
});

it("a row that no model may have is refused as in a table", () => {
  const folder = modelFolders().find(({ family }) => family === "linear_model")!;
  const name = folder.cases.find((each) => each.startsWith("LinearRegression-diabetes.sk1.9.1"))!;
  const { file } = JSON.parse(new TextDecoder().decode(folder.read(name))) as Fixture;
  const model = revive(folder.read(file), { decompress });
  const width = model.signature.features.length;
  for (const row of [
    new Float64Array(width + 1),
    new Float64Array(width).fill(Number.NaN),
    new Float64Array(width).fill(1 / 0),
  ]) {
    const said = (run: () => unknown) => {
      try {
        return run();
      } catch (error) {
        return (error as Error).message;
      }
    };
    const table = said(() => model.predict(NdArray.of(row, [1, row.length])));
    expect(typeof table).toBe("string");
    expect(said(() => model.predictRow(row))).toBe(table);
  }
});

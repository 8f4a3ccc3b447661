import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { service } from "@curtido/server";
import { expect, test } from "vitest";
import { folder, run, SPELLINGS } from "./help.ts";

/** What pandas' `read_csv` takes for missing; nothing at all is the first. */
const ALL = ["", ...SPELLINGS];

/** A table in which every seventh number and every fifth island is missing, spelled so. */
function table(spelling: string): string {
  const rows = Array.from({ length: 60 }, (_, at) => {
    const mass = at % 7 === 3 ? spelling : String(3000 + ((at * 37) % 900));
    const island = at % 5 === 2 ? spelling : ["Biscoe", "Dream", "Torgersen"][at % 3]!;
    return `${mass},${island},${["Adelie", "Gentoo"][Math.floor(at / 3) % 2]!}`;
  });
  return `mass,island,species\n${rows.join("\n")}\n`;
}

const withoutTarget = (csv: string) => csv.replaceAll(/,[^,\n]*$/gm, "");

async function trained(place: string, name: string, csv: string): Promise<string> {
  const model = join(place, `${name}.pkl`);
  writeFileSync(join(place, `${name}.csv`), csv);
  const args = ["train", join(place, `${name}.csv`), "--target", "species", "--estimator", "LogisticRegression"];
  expect((await run([...args, "-o", model])).err, name).toBe("");
  return model;
}

test("what a table was learned from with missing values, however they are spelled, can be predicted", async () => {
  const place = folder();
  const wanted = readFileSync(await trained(place, "plain", table("")));
  let answers: string | undefined;
  for (const [at, spelling] of ALL.entries()) {
    const model = await trained(place, `model${at}`, table(spelling));
    expect(readFileSync(model), spelling).toEqual(wanted);
    const rows = join(place, "rows.csv");
    writeFileSync(rows, withoutTarget(table(spelling)));
    const { code, out, err } = await run(["predict", model, rows]);
    expect([code, err], spelling).toEqual([0, ""]);
    answers ??= out;
    expect(out, spelling).toBe(answers);
    const app = service({ models: { model } });
    const headers = { "content-type": "text/csv" };
    const response = await app.request("/model", { method: "POST", headers, body: readFileSync(rows) });
    expect([response.status, await response.text()], spelling).toEqual([200, answers]);
  }
  expect(new Set(answers!.trim().split("\n")).size).toBe(3); // the header and both species
});

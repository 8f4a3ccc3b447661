import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { tar } from "../../arrays/test/archives.ts";
import { folder, ROOT, run, start, until } from "./help.ts";

const MLFLOW = join(ROOT, "fixtures/described/mlflow-3.17.2");
const { rows, predict } = JSON.parse(readFileSync(join(ROOT, "fixtures/described/answers.json"), "utf8"))[
  "mlflow-3.17.2"
] as { rows: unknown[]; predict: number[] };

function rowsFile(): string {
  const path = join(folder(), "rows.json");
  writeFileSync(path, JSON.stringify(rows));
  return path;
}

test("a folder of MLflow and an archive are looked at, and answer rows", { timeout: 60_000 }, async () => {
  const archive = join(folder(), "model.tar.gz");
  writeFileSync(archive, gzipSync(tar("model.pkl", readFileSync(join(MLFLOW, "model.pkl")))));
  for (const place of [MLFLOW, archive]) {
    const looked = await run(["inspect", place, "--json"]);
    expect([looked.code, JSON.parse(looked.out).class]).toEqual([0, "sklearn.pipeline.Pipeline"]);
    const answered = await run(["predict", place, rowsFile(), "--format", "json"]);
    const found = (JSON.parse(answered.out) as { predict: number[] }).predict;
    expect(found.length).toBe(predict.length);
    found.forEach((value, at) => {
      expect(value).toBeCloseTo(predict[at]!, 9);
    });
  }
});

test("a folder of MLflow is served under its own name", { timeout: 60_000 }, async () => {
  const child = start(["serve", MLFLOW, "--name", "rooms", "--port", "0"]);
  const said = await until(child, "stdout", /Ctrl\+C/);
  expect(said).toMatch(/\/rooms/);
  const [, base] = /(http:\/\/localhost:\d+)/.exec(said)!;
  const answer = await fetch(`${base}/rooms`, { method: "POST", body: JSON.stringify(rows) });
  const { predict: found } = (await answer.json()) as { predict: number[] };
  expect(found[0]).toBeCloseTo(predict[0]!, 9);
  const card = (await (await fetch(`${base}/rooms/card`)).json()) as { examples: unknown[] };
  expect(card.examples).toEqual([{ row: rows[0] }]);
  const ended = new Promise((resolve) => child.once("close", resolve));
  child.kill("SIGTERM");
  expect(await ended).toBe(0);
});

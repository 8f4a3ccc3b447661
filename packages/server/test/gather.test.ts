import { readFileSync } from "node:fs";
import { revive } from "@curtido/estimators";
import { expect, test, vi } from "vitest";
import { Served } from "../src/models/served.ts";
import { Gatherer } from "../src/serving/gather.ts";
import { LINEAR, MODELS } from "./help.ts";

function linear(): Served {
  return new Served("linear", revive(readFileSync(MODELS.linear)));
}

const one = (row: unknown) => ({ rows: [row], single: true });

test("rows of one turn are predicted in one call, and each gets its own answer", () => {
  const served = linear();
  const predict = vi.spyOn(served, "predictTable");
  const turns: (() => void)[] = [];
  const gatherer = new Gatherer(served, (run) => turns.push(run));
  const answers: unknown[] = [];
  LINEAR.rows.forEach((row, at) => gatherer.ask(one(row), (answer) => (answers[at] = answer)));
  expect(answers).toEqual([]);
  expect(turns).toHaveLength(1);
  turns[0]!();
  expect(predict).toHaveBeenCalledTimes(1);
  expect(answers).toEqual(LINEAR.rows.map((row) => linear().answer(one(row))));
  gatherer.ask(one(LINEAR.rows[0]), () => undefined);
  expect(turns).toHaveLength(2);
});

test("a row that does not fit keeps nobody else from an answer", () => {
  const turns: (() => void)[] = [];
  const gatherer = new Gatherer(linear(), (run) => turns.push(run));
  const answers: unknown[] = [];
  gatherer.ask(one({ nonsense: 1 }), (answer) => answers.push(["bad", answer]));
  gatherer.ask(one(LINEAR.rows[0]), (answer) => answers.push(["good", answer]));
  turns[0]!();
  expect(answers).toEqual([
    ["bad", undefined],
    ["good", linear().answer(one(LINEAR.rows[0]))],
  ]);
});

test("when the table fails, every row of it is asked on its own", () => {
  const served = linear();
  vi.spyOn(served, "predictTable").mockImplementation(() => {
    throw new Error("no");
  });
  const turns: (() => void)[] = [];
  const gatherer = new Gatherer(served, (run) => turns.push(run));
  const answers: unknown[] = [];
  gatherer.ask(one(LINEAR.rows[0]), (answer) => answers.push(answer));
  turns[0]!();
  expect(answers).toEqual([undefined]);
});

import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ROOT, until } from "./help.ts";

/** Runs an example app, asks what it says that one should ask, and gives the answer. */
async function answerOf(
  app: string,
  more: (url: string) => Promise<void> = async () => undefined,
): Promise<Record<string, unknown>> {
  const child = spawn(
    process.execPath,
    ["--conditions=curtido-source", "--import", "tsx", join(ROOT, "examples", app)],
    { env: { ...process.env, PORT: "0" } },
  );
  try {
    const said = await until(child, "stdout", /\n/);
    const [, url, body] = /^curl (\S+)(?: -d '(.*)')?/.exec(said)!;
    const answer = await fetch(
      url!,
      body === undefined
        ? {}
        : { method: "POST", headers: { "content-type": "application/x-www-form-urlencoded" }, body },
    );
    await more(url!);
    return (await answer.json()) as Record<string, unknown>;
  } finally {
    child.kill();
  }
}

test("app.ts changes the row and the answer, of one row and of several, in JSON and in a form", async () => {
  const penguin = { sex: "male", species: "Gentoo", eggs: 2 };
  const ask = async (url: string, type: string, body: string) =>
    (await fetch(url, { method: "POST", headers: { "content-type": type, accept: "application/json" }, body })).json();
  const answer = await answerOf("app.ts", async (url) => {
    const form = String(new URLSearchParams({ ...penguin, eggs: "2" }));
    expect(await ask(url, "application/x-www-form-urlencoded", form)).toEqual({ weight: 5423, unit: "g" });
    const rows = JSON.stringify([penguin, { ...penguin, sex: "female" }]);
    expect(await ask(url, "application/json", rows)).toEqual({ weight: [5423, expect.any(Number)], unit: "g" });
    const csv = "sex,species,eggs\nmale,Gentoo,2\n";
    expect(await ask(url, "text/csv", csv)).toEqual({ weight: [5423], unit: "g" });
  });
  expect(answer).toEqual({ weight: 5423, unit: "g" });
});

test("app-with-database.ts reads the features of an id", async () => {
  const { predict } = JSON.parse(readFileSync(join(ROOT, "examples/expected.json"), "utf8"))["diabetes.pkl"];
  const answer = await answerOf("app-with-database.ts", async (url) => {
    expect((await fetch(url.replace("/1/", "/9/"))).status).toBe(404);
  });
  expect(answer).toEqual({ id: 1, progression: expect.closeTo(predict[0], 8) });
});

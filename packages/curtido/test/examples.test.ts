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

test("app.ts changes the row and the answer", async () => {
  expect(await answerOf("app.ts")).toEqual({ weight: 5423, unit: "g" });
});

test("app-with-database.ts reads the features of an id", async () => {
  const { predict } = JSON.parse(readFileSync(join(ROOT, "examples/expected.json"), "utf8"))["diabetes.pkl"];
  const answer = await answerOf("app-with-database.ts", async (url) => {
    expect((await fetch(url.replace("/1/", "/9/"))).status).toBe(404);
  });
  expect(answer).toEqual({ id: 1, progression: expect.closeTo(predict[0], 8) });
});

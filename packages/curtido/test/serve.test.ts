import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as estimators from "@curtido/estimators/node";
import * as server from "@curtido/server";
import { expect, test, vi } from "vitest";

vi.mock("@curtido/estimators/node", { spy: true });
vi.mock("@curtido/server", { spy: true });

import { FixtureFolder } from "../../../test/fixture_files.ts";
import { folder, ROOT, run, start, until } from "./help.ts";

const example = (name: string) => join(ROOT, "examples", name);

test("serves a folder, and prints lines that work as printed", { timeout: 60_000 }, async () => {
  const place = folder();
  for (const name of ["modelo.pkl", "wine.joblib", "texto.pkl"]) copyFileSync(example(name), join(place, name));
  copyFileSync(example("diabetes.pkl"), join(place, "azúcar.pkl"));
  writeFileSync(join(place, "broken.pkl"), readFileSync(example("modelo.pkl")).subarray(0, 200));
  writeFileSync(join(place, "notes.txt"), "hello");
  copyFileSync(example("modelo.pkl"), join(place, "modelo.joblib"));
  mkdirSync(join(place, "more.pkl"));
  const child = start(["serve", place, "--port", "0"]);
  const words = until(child, "stderr", /notes|\.txt/);
  const said = await until(child, "stdout", /Ctrl\+C/);
  expect(await words).toMatch(/note: left out: .*broken\.pkl: /);
  expect(await words).toMatch(/would both be \/modelo; .*--name/);
  expect(said).toMatch(/4 models at http:\/\/localhost:\d+/);
  const lines = said.split("\n").filter((line) => line.startsWith("  curl"));
  expect(lines).toHaveLength(4);
  for (const line of lines)
    expect(Object.keys(JSON.parse(execFileSync("sh", ["-c", `${line} -s`], { encoding: "utf8" })))).toEqual([
      "predict",
    ]);
  const ended = new Promise((resolve) => child.once("close", resolve));
  child.kill("SIGTERM");
  expect(await ended).toBe(0);
});

test("a folder serves libraries' own files, told apart by what they hold", { timeout: 60_000 }, async () => {
  const place = folder();
  const copy = (family: string, name: string, as: string) =>
    writeFileSync(join(place, as), new FixtureFolder(family).read(name));
  copy("lightgbm", "Booster-file_binary.sk1.9.1.model", "light.txt");
  copy("xgboost", "Booster-file_dart.sk0.21.3.model", "old.model");
  copy("catboost", "small.cbm", "cat.cbm");
  writeFileSync(join(place, "broken.model"), "nothing");
  writeFileSync(join(place, "settings.json"), '{"learning_rate": 0.1}');
  vi.spyOn(server, "listen").mockResolvedValueOnce({
    url: "http://localhost:1",
    moved: false,
    closed: Promise.resolve(),
  } as Awaited<ReturnType<typeof server.listen>>);
  const { out, err } = await run(["serve", place]);
  expect(out).toContain("3 models at");
  expect(err).toMatch(/broken\.model/);
  expect(err).not.toMatch(/settings|json/);
});

test.skipIf(process.platform === "win32")("a pipe or a link in a folder does not keep it waiting", async () => {
  const place = folder();
  copyFileSync(example("modelo.pkl"), join(place, "modelo.pkl"));
  mkdirSync(join(place, "more"));
  execFileSync("mkfifo", [join(place, "pipe.pkl")]);
  symlinkSync("more", join(place, "linked.pkl"));
  symlinkSync("modelo.pkl", join(place, "other.pkl"));
  symlinkSync("nowhere", join(place, "dangling.pkl"));
  const child = start(["serve", place, "--port", "0"]);
  const words = until(child, "stderr", /pipe\.pkl/);
  expect(await until(child, "stdout", /Ctrl\+C/)).toContain("2 models at");
  expect(await words).toMatch(/dangling\.pkl: no such file\n.*pipe\.pkl: is no file that can be read whole/);
  expect(await words).not.toContain("linked");
  child.kill();
});

test("one model under another name", async () => {
  const child = start(["serve", "examples/modelo.pkl", "--name", "penguin", "--port", "0", "--max-body", "1KiB"]);
  const said = await until(child, "stdout", /Ctrl\+C/);
  const url = /http:\/\/\S+\/penguin/.exec(said)![0];
  const ask = (body: string) => fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body });
  expect(await (await ask('{"feature1":"1","feature2":"0","feature3":"1","feature4":"1"}')).json()).toEqual({
    predict: expect.closeTo(5423.1426779786, 8),
  });
  expect((await ask(" ".repeat(1025))).status).toBe(413);
  child.kill("SIGINT");
  await new Promise((resolve) => child.once("close", resolve));
});

const broken = folder();
writeFileSync(join(broken, "empty.pkl"), "");
writeFileSync(join(broken, "text.pkl"), "This is not a pickle.\n");
writeFileSync(join(broken, "cut.pkl"), readFileSync(example("modelo.pkl")).subarray(0, 100));
writeFileSync(join(broken, "number.pkl"), "F1.5\n.");
writeFileSync(join(broken, "evil.pkl"), "cos\nsystem\n(S'touch /tmp/curtido-was-here'\ntR.");
writeFileSync(join(broken, "unknown.pkl"), "cmymodule\nMyModel\n)\x81.", "latin1");
writeFileSync(join(broken, "my model.pkl"), readFileSync(example("modelo.pkl")));
writeFileSync(join(broken, "health.pkl"), readFileSync(example("modelo.pkl")));
const at = (name: string) => join(broken, name);

test.each([
  [["serve", at("nothing.pkl")], 1, /nothing\.pkl: no such file/],
  [["serve", at("empty.pkl")], 1, /empty\.pkl: the file is empty/],
  [["serve", at("text.pkl")], 1, /text\.pkl: /],
  [["serve", at("cut.pkl")], 1, /cut\.pkl: /],
  [["serve", at("number.pkl")], 1, /number\.pkl: a float is neither a model, a table/],
  [["serve", at("evil.pkl")], 1, /evil\.pkl: .*os\.system/],
  [["serve", at("unknown.pkl")], 1, /unknown\.pkl: .*mymodule\.MyModel/],
  [["serve", at("my model.pkl")], 1, /my model\.pkl: .*--name my-model/],
  [["serve", at("health.pkl")], 1, /'health' is reserved.*--name health-model/],
  [["serve", "packages/curtido/src"], 1, /packages\/curtido\/src: no model found there/],
  [
    ["serve", "examples/modelo.pkl", "examples/texto.pkl", "--name", "x"],
    2,
    /--name x is for one model, and there are more/,
  ],
  [["serve", "examples/modelo.pkl", "--port", "banana"], 2, /It is a number from 0 to 65535/],
  [["serve", "examples/modelo.pkl", "--templates", "nowhere"], 1, /nowhere: no such file/],
  [["serve", "examples/modelo.pkl", "--names", "nowhere.js"], 2, /nowhere\.js: cannot be imported/],
  [["serve", "examples/modelo.pkl", "--bananas"], 2, /unknown option '--bananas'/],
  [["sing"], 2, /unknown command 'sing'/],
] as const)("%j ends with %i", async (args, code, message) => {
  const ended = await run(args);
  expect(ended.err).toMatch(message);
  expect(ended.err).not.toMatch(/\n {4}at /);
  expect(ended.err.split("\n").filter((line) => line.startsWith("error:"))).toHaveLength(1);
  expect([ended.code, ended.out]).toEqual([code, ""]);
});

test("help ends with an example, and every example runs", async () => {
  const { code, out } = await run(["--help"]);
  expect(code).toBe(0);
  expect(out).toMatch(/Example:\n {2}curtido serve examples\/modelo\.pkl\n$/);
  for (const command of ["serve", "predict", "inspect"]) {
    const help = await run([command, "--help"]);
    expect([help.code, help.err]).toEqual([0, ""]);
    expect(help.out).toMatch(/Example:\n {2}.*curtido .*\n$/);
  }
});

test("help also goes by its name", async () => {
  const { code, out } = await run(["help", "predict"]);
  expect([code, out]).toEqual([0, (await run(["predict", "--help"])).out]);
});

test("nothing at all is help, the version is the package's", async () => {
  const nothing = await run([]);
  expect(nothing.code).toBe(2);
  expect(nothing.err).toContain("Usage: curtido");
  const { version } = JSON.parse(readFileSync(join(ROOT, "packages/curtido/package.json"), "utf8"));
  expect((await run(["--version"])).out).toBe(`${version}\n`);
});

test("a file that fails in a way nobody foresaw stops no other", { timeout: 60_000 }, async () => {
  const place = folder();
  copyFileSync(example("modelo.pkl"), join(place, "modelo.pkl"));
  copyFileSync(example("modelo.pkl"), join(place, "other.pkl"));
  vi.spyOn(estimators, "loadNow").mockImplementationOnce(() => {
    throw new TypeError("Cannot read properties of undefined");
  });
  vi.spyOn(server, "listen").mockResolvedValueOnce({
    url: "http://localhost:1",
    moved: false,
    closed: Promise.resolve(),
  } as Awaited<ReturnType<typeof server.listen>>);
  const { code, out, err } = await run(["serve", place]);
  expect([code, err]).toEqual([
    0,
    `note: left out: ${join(place, "modelo.pkl")}: Cannot read properties of undefined\n`,
  ]);
  expect(out).toContain("1 model at");
});

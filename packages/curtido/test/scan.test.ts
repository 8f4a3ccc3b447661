import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { findingRules } from "@curtido/pickle";
import { expect, test } from "vitest";
import { folder, run, runChild } from "./help.ts";

const EVIL = "cos\nsystem\n(Vtrue\ntR.";
const put = (path: string, content: string | Uint8Array) => {
  writeFileSync(path, content);
  return path;
};

test("a clean file is one line", async () => {
  expect(await run(["scan", "examples/modelo.pkl"])).toEqual({
    code: 0,
    err: "",
    out: "examples/modelo.pkl: clean (1 pickle, 5 names, all known)\n",
  });
  const { code, out } = await run(["scan", put(join(folder(), "notes.txt"), "Some notes.\n")]);
  expect([code, out]).toEqual([0, expect.stringMatching(/notes\.txt: clean \(it holds no pickle\)\n$/)]);
});

test("a folder is scanned with everything in it", async () => {
  const { code, out } = await run(["scan", "examples"]);
  expect([code, out]).toEqual([
    0,
    expect.stringMatching(/^\d+ files: \d+ clean, 0 with findings, 0 that could not be told\n$/),
  ]);
  const root = folder();
  mkdirSync(join(root, "deep/er"), { recursive: true });
  put(join(root, "deep/er/model.txt"), gzipSync(EVIL));
  put(join(root, "good.pkl"), "N.");
  const found = await run(["scan", root]);
  expect(found.code).toBe(1);
  expect(found.out).toContain(`${join(root, "deep/er/model.txt")}: 2 findings`);
  expect(found.out).toMatch(/^ {2}danger {4}it calls os\.system\('true'\): dangerous-call, byte 19 in gzip$/m);
  expect(found.out).toMatch(/^ {2}dangerous-call: .*\. Do not load the file; .*\.$/m);
  expect(found.out).toMatch(/\n\n2 files: 1 clean, 1 with findings, 0 that could not be told\n$/);
});

test("links are not followed out of a folder, and back into it only once", async () => {
  const root = folder();
  const other = put(join(folder(), "other.pkl"), EVIL);
  put(join(root, "a.pkl"), "N.");
  symlinkSync(join(root, "a.pkl"), join(root, "b.pkl"));
  symlinkSync(root, join(root, "again"));
  expect((await run(["scan", root])).code).toBe(0);
  symlinkSync(other, join(root, "c.pkl"));
  const { code, out } = await run(["scan", root]);
  expect(code).toBe(3);
  expect(out).toMatch(/c\.pkl: could not tell\n {2}not known it is a link to elsewhere, which is not followed/);
  expect((await run(["scan", join(root, "c.pkl")])).code).toBe(1);
});

test("what cannot be told is exit 3, unless something is worse", async () => {
  const root = folder();
  const archive = put(join(root, "a.7z"), "7z\xbc\xaf\x27\x1c");
  const cut = put(join(root, "cut.pkl"), Uint8Array.of(0x80, 4, 0x4e));
  const evil = put(join(root, "evil.pkl"), EVIL);
  expect((await run(["scan", put(archive, Buffer.from("7z\xbc\xaf\x27\x1c", "latin1"))])).code).toBe(3);
  expect((await run(["scan", cut])).code).toBe(3);
  expect((await run(["scan", join(root, "nothing.pkl")])).out).toMatch(
    /nothing\.pkl: could not tell\n {2}not known no such file/,
  );
  expect((await run(["scan", join(root, "nothing.pkl")])).code).toBe(3);
  expect((await run(["scan", cut, evil])).code).toBe(1);
  expect(
    (await run(["scan", put(join(root, "b.gz"), gzipSync(new Uint8Array(9999))), "--max-unfolded", "1KiB"])).code,
  ).toBe(3);
});

test("standard input, and a pipe", async () => {
  const { code, out } = await runChild(["scan", "-"], gzipSync(EVIL));
  expect(code).toBe(1);
  expect(out).toMatch(/^-: 2 findings$/m);
  expect((await runChild(["scan", "-"], "N.")).code).toBe(0);
});

test("names of one's own are allowed", async () => {
  const path = put(join(folder(), "own.pkl"), "cmymodule\nModel\n)R.");
  expect((await run(["scan", path])).code).toBe(1);
  expect((await run(["scan", path, "--allow", "mymodule.Model"])).code).toBe(0);
  expect((await run(["scan", path, "--allow", "mymodule.*"])).code).toBe(0);
  expect((await run(["scan", path, "--allow", "mymodule.Other"])).code).toBe(1);
  const evil = put(join(folder(), "evil.pkl"), EVIL);
  expect((await run(["scan", evil, "--allow", "os.system", "os.*"])).code).toBe(1);
  expect(await run(["scan", path, "--allow", "Model"])).toMatchObject({
    code: 2,
    err: expect.stringContaining("--allow Model"),
  });
});

test("as JSON, everything", async () => {
  const path = put(join(folder(), "evil.pkl"), `${EVIL.slice(0, -1)}0cmymodule\nf\n.`);
  const { code, out } = await run(["scan", path, "--json"]);
  expect(code).toBe(1);
  const { files } = JSON.parse(out);
  expect(files).toHaveLength(1);
  expect(files[0]).toMatchObject({ path, verdict: "findings", pickles: 1, unlisted: 0 });
  expect(files[0].findings).toContainEqual({
    kind: "dangerous-call",
    severity: "danger",
    path,
    offset: 19,
    name: "os.system",
    words: "it calls os.system('true')",
    count: 1,
  });
  expect(files[0].names).toContainEqual({
    name: "mymodule.f",
    verdict: "unknown",
    path,
    offset: 21,
    mentions: 1,
    calls: 0,
    builds: 0,
  });
});

test("as JSON, the packages that a file is made of", async () => {
  const { out } = await run(["scan", "examples/modelo.pkl", "fixtures/scan_honest/xgb.json", "--json"]);
  const [model, booster] = JSON.parse(out).files;
  expect(model.concern).toBe("none");
  expect(model.packages).toEqual([
    { package: "numpy", version: null, modules: expect.arrayContaining(["numpy"]) },
    {
      package: "scikit-learn",
      version: expect.stringMatching(/^1\.\d+\.\d+$/),
      modules: [expect.stringMatching(/^sklearn\./)],
    },
  ]);
  expect(booster.packages).toEqual([{ package: "xgboost", version: expect.stringMatching(/^\d/), modules: [] }]);
  const own = put(join(folder(), "own.pkl"), "cmymodule\nModel\n)R0ccollections\nOrderedDict\n0cPIL.Image\nImage\n.");
  const [file] = JSON.parse((await run(["scan", own, "--json"])).out).files;
  expect(file.concern).toBe("unknown-names");
  expect(file.packages.map((each: { package: string }) => each.package)).toEqual(["mymodule", "pillow", "python"]);
});

test("as SARIF 2.1.0", async () => {
  const root = folder();
  put(join(root, "a b.pkl"), EVIL);
  put(join(root, "c.gz"), gzipSync(EVIL));
  const { code, out } = await run(["scan", root, "--sarif"]);
  expect(code).toBe(1);
  const log = JSON.parse(out);
  // What the schema requires, and the forms that it has for the rest.
  expect([log.version, log.$schema, log.runs.length]).toEqual(["2.1.0", expect.stringMatching(/sarif-2\.1\.0/), 1]);
  const { driver } = log.runs[0].tool;
  expect(driver.name).toBe("curtido");
  expect(driver.rules.map((rule: { id: string }) => rule.id)).toEqual(Object.keys(findingRules));
  for (const rule of driver.rules)
    for (const part of ["shortDescription", "fullDescription", "help"]) expect(rule[part].text).toMatch(/./);
  expect(log.runs[0].results.length).toBe(4);
  for (const result of log.runs[0].results) {
    expect(result.message.text).toMatch(/os\.system/);
    expect(["none", "note", "warning", "error"]).toContain(result.level);
    expect(driver.rules[result.ruleIndex].id).toBe(result.ruleId);
    const { artifactLocation, region } = result.locations[0].physicalLocation;
    expect(artifactLocation.uri).toMatch(/^[\w!$&'()*+,./;=@~%-]+$/);
    expect(decodeURIComponent(artifactLocation.uri)).toMatch(/(a b\.pkl|c\.gz)$/);
    if (artifactLocation.uri.endsWith("pkl")) expect(region.byteOffset).toBeGreaterThanOrEqual(0);
    else expect(result.locations[0].logicalLocations[0].fullyQualifiedName).toMatch(/c\.gz!gzip$/);
  }
  expect((await run(["scan", root, "--sarif", "--json"])).code).toBe(2);
});

test("text of a file's choosing does not reach the terminal raw", async () => {
  const path = put(join(folder(), "esc.pkl"), "cos\n\u001b[31msystem\n.");
  const { out } = await run(["scan", path]);
  expect(out).not.toContain("\u001b");
  expect(out).toContain("\\u001b[31msystem");
});

test("wrong usage is exit 2", async () => {
  expect((await run(["scan"])).code).toBe(2);
  expect((await run(["scan", "examples", "--nonsense"])).code).toBe(2);
});

test.skipIf(process.platform === "win32")("a pipe among the files is told, not read", async () => {
  const root = folder();
  execFileSync("mkfifo", [join(root, "pipe")]);
  const { code, out } = await run(["scan", root]);
  expect(code).toBe(3);
  expect(out).toContain("it is no regular file");
});

import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { gunzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { preambleOf } from "../src/preamble.ts";
import { folder, ROOT, run, runChild } from "./help.ts";

type Run = readonly [args: string[], stdin: string | null, status: number, out: string, file: string | null];
const { files, runs } = JSON.parse(gunzipSync(readFileSync(join(ROOT, "fixtures/cpython/cli.json.gz"))).toString()) as {
  files: Record<string, string>;
  runs: Run[];
};

const place = folder();
const home = process.cwd();
const stdin = Object.getOwnPropertyDescriptor(process, "stdin")!;

beforeAll(() => {
  for (const [name, base64] of Object.entries(files)) writeFileSync(join(place, name), Buffer.from(base64, "base64"));
  process.chdir(place);
});
afterEach(() => Object.defineProperty(process, "stdin", stdin));
afterAll(() => process.chdir(home));

function given(bytes: Uint8Array): void {
  Object.defineProperty(process, "stdin", { configurable: true, value: Readable.from([bytes]) });
}

describe("curtido dis", () => {
  it("prints what python -m pickletools prints, and ends as it does", async () => {
    const problems: unknown[] = [];
    for (const [args, standard, status, out, file] of runs) {
      rmSync("out.txt", { force: true });
      if (standard !== null) given(readFileSync(standard));
      const got = await run(["dis", ...args]);
      const wrote = existsSync("out.txt") ? readFileSync("out.txt", "utf8") : null;
      const same = got.code === status && got.out === out && (status === 2 || wrote === file);
      if (!same || (status !== 0) !== (got.err !== "")) problems.push([args, standard, status, out, file, got, wrote]);
    }
    expect(problems).toEqual([]);
    expect(runs.length).toBeGreaterThan(350);
  });

  it("says in one line which file is wrong, why and where", async () => {
    expect((await run(["dis", "memo.pkl"])).err).toBe("error: memo.pkl: memo key 0 already defined (at byte 3)\n");
    expect((await run(["dis", "nosuch.pkl"])).err).toBe("error: nosuch.pkl: there is no such file\n");
    expect((await run(["dis", "."])).err).toBe("error: .: is a folder, not a file\n");
    expect((await run(["dis", "-p", "{0}", "zero.pkl", "five.pkl"])).err).toMatch(
      /^error: --preamble: \{0\} is not known; /,
    );
  });

  it("prints its help when no file is named", async () => {
    const { code, out } = await run(["dis"]);
    expect(code).toBe(0);
    expect(out).toContain("Usage: curtido dis");
  });

  it("reads a pipe", async () => {
    const piped = await runChild(["dis", "-"], "N.");
    expect(piped).toEqual({
      code: 0,
      out: "    0: N    NONE\n    1: .    STOP\nhighest protocol among opcodes = 0\n",
      err: "",
    });
  });
});

describe("curtido optimize", () => {
  it("writes the optimized pickle", async () => {
    const { code, out, err } = await run(["optimize", "one.pkl", "small.pkl"]);
    expect([code, out, err]).toEqual([0, "", ""]);
    expect(readFileSync("small.pkl").toString("latin1")).toBe(
      "\x80\x02](K\x01X\x01\x00\x00\x00a}X\x01\x00\x00\x00bG@\x04\x00\x00\x00\x00\x00\x00s\x86e.",
    );
  });

  it("reads standard input and writes standard output", async () => {
    expect(await runChild(["optimize", "-", "-"], "Np0\n.")).toEqual({ code: 0, out: "N.", err: "" });
  });

  it("writes nothing when the pickle is refused, and says why", async () => {
    mkdirSync("into", { recursive: true });
    const { code, err } = await run(["optimize", "cut.pkl", "into/none.pkl"]);
    expect(code).toBe(1);
    expect(err).toMatch(/^error: cut\.pkl: .+ \(at byte \d+\)\n$/);
    expect(existsSync("into/none.pkl")).toBe(false);
    expect((await run(["optimize", "one.pkl", "nosuch/none.pkl"])).code).toBe(1);
    expect((await run(["optimize", "one.pkl"])).code).toBe(2);
  });
});

it("knows Python's alignment of text in a preamble, and nothing else", () => {
  expect(preambleOf("{{{name:😀^7}}}", "a😀c")).toBe("{😀😀a😀c😀😀}");
  expect(preambleOf("{name:.2}$&", "abc")).toBe("ab$&");
  for (const bad of ["{name:1000000}", "{name:=5}", "{name.x}", "{name[0]}", "{}", "{name!r}"])
    expect(() => preambleOf(bad, "a")).toThrow("is not known");
});

import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { dumps, loads } from "@curtido/arrays";
import { Dict, type Tuple } from "@curtido/pickle";
import { describe, expect, it } from "vitest";
import { bytesOf, exact, fixture, frames, text } from "../../../tables/test/kit.ts";
import { formatOf } from "../../src/convert/formats.ts";
import { folder, ROOT, run, runChild } from "../help.ts";

describe("the command", () => {
  const place = folder();
  const path = (name: string) => join(place, name);
  writeFileSync(path("plain.pkl"), dumps(frames.get("days"), exact));

  it("converts any table to any format and back", async () => {
    const names = [
      "pkl",
      "joblib",
      "json",
      "csv",
      "tsv",
      "parquet",
      "xlsx",
      "npz",
      "pkl.gz",
      "joblib.z",
      "pickle",
      "pq",
      "arrow",
    ];
    for (const name of names) {
      expect((await run(["convert", path("plain.pkl"), path(`out.${name}`)])).err, name).toBe("");
      const back = await run(["convert", path(`out.${name}`), path("back.json"), "--json", "plain"]);
      expect(back.err, name).toBe("");
      expect(text(bytesOf(path("back.json"))), name).toMatch(/2024-02-29/);
    }
    expect(bytesOf(path("out.pkl.gz")).subarray(0, 2)).toEqual(Uint8Array.of(0x1f, 0x8b));
    expect(readdirSync(place).filter((name) => name.includes("tmp"))).toEqual([]);
  });

  it("streams text, by formats that are named", async () => {
    const { code, out } = await runChild(
      ["convert", "-", "-", "--from", "json", "--to", "csv"],
      '[{"a": 1, "b": "x"}]',
    );
    expect([code, out]).toEqual([0, "a,b\n1,x\n"]);
    const wrong: readonly (readonly [readonly string[], RegExp])[] = [
      [["convert", "-", "-"], /- names no format; say --from/],
      [["convert", "a.xyz", "b.csv"], /a\.xyz: its ending is that of no format/],
      [["convert", "a.csv", "b.csv.gz"], /b\.csv\.gz: its ending/],
      [["convert", "-", "b.csv", "--from", "xlsx"], /xlsx is not text/],
      [["convert", "a.csv", "b.csv", "--from", "toString"], /--from toString is not known/],
      [["convert", "a.csv", "b.csv", "--protocol", "6"], /It is a number from 0 to 5/],
    ];
    for (const [args, message] of wrong) {
      const { code: status, err } = await run(args);
      expect([status, err], args.join(" ")).toEqual([2, expect.stringMatching(message)]);
    }
  });

  it("takes protocol, targets, sheets and forms of JSON", async () => {
    await run(["convert", path("plain.pkl"), path("two.pkl"), "--protocol", "2", "--numpy", "2"]);
    expect(text(bytesOf(path("two.pkl")))).toContain("numpy._core.multiarray");
    expect(bytesOf(path("two.pkl"))[1]).toBe(2);
    writeFileSync(path("book.xlsx"), (fixture("xlsx").get("openpyxl") as Tuple<Uint8Array>).items[0]!);
    await run(["convert", path("book.xlsx"), path("sheet.csv"), "--sheet", "Other"]);
    expect(text(bytesOf(path("sheet.csv")))).toMatch(/^n\n/);
    expect((await run(["convert", path("book.xlsx"), path("no.csv"), "--sheet", "None"])).err).toMatch(
      /book\.xlsx: this is no xlsx file .*None/,
    );
    writeFileSync(path("dollar.json"), '{"$ref": [1]}');
    expect((await run(["convert", path("dollar.json"), path("dollar.pkl")])).err).toMatch(
      /dollar\.json: .*no number|reference/,
    );
    await run(["convert", path("dollar.json"), path("dollar.pkl"), "--json", "plain"]);
    expect(loads(bytesOf(path("dollar.pkl")))).toEqual(new Dict([["$ref", [1]]]));
  });

  it("keeps what is there when anything fails, and follows links", async () => {
    writeFileSync(path("kept.csv"), "old");
    writeFileSync(path("model.pkl"), dumps(new Dict([["a", 1]])));
    const { code, err } = await run(["convert", path("model.pkl"), path("kept.csv")]);
    expect([code, err]).toEqual([
      1,
      expect.stringMatching(/^error: .*model\.pkl: CSV cannot hold a dict whose 'a' is a int.*\n$/),
    ]);
    expect(text(bytesOf(path("kept.csv")))).toBe("old");
    symlinkSync(path("kept.csv"), path("link.csv"));
    await run(["convert", path("plain.pkl"), path("link.csv")]);
    expect(text(bytesOf(path("kept.csv")))).toMatch(/^d\n""\n2024-02-29\n/);
    mkdirSync(path("dir.csv"));
    expect((await run(["convert", path("plain.pkl"), path("dir.csv")])).err).toMatch(/dir\.csv: is a folder/);
    expect((await run(["convert", path("plain.pkl"), path("none/x.csv")])).err).toMatch(
      /there is no such folder to write to/,
    );
    expect((await run(["convert", path("none.pkl"), path("x.csv")])).err).toMatch(/none\.pkl: there is no such file/);
    await run(["convert", path("plain.pkl"), path("plain.pkl"), "--protocol", "0"]);
    expect(bytesOf(path("plain.pkl"))[0]).toBe(0x63);
  });

  it("reads the parts that joblib before 0.10 wrote beside a file", async () => {
    const names = readdirSync(join(ROOT, "fixtures/arrays")).filter((name) =>
      /^joblib_raw\..*0\.9\.4.*\.(joblib|pkl)$/.test(name),
    );
    expect(names.length).toBeGreaterThan(0);
    for (const name of names) {
      const { err } = await run(["convert", join(ROOT, "fixtures/arrays", name), path("parts.json")]);
      expect(err, name).toBe("");
      expect(text(bytesOf(path("parts.json")))).toContain("$ndarray");
    }
    writeFileSync(path("alone.joblib"), bytesOf(join(ROOT, "fixtures/arrays", names[0]!)));
    const { err } = await run(["convert", path("alone.joblib"), path("parts.json")]);
    expect(err).toMatch(/alone\.joblib: its part \S+_01\.npy does not lie beside it/);
  });

  it("knows formats by the endings of names", () => {
    const named = (path: string) => {
      const { format, ...more } = formatOf(path);
      return format === undefined ? more : { format: format.name, ...more };
    };
    expect(["a.PKL", "a.b/c.joblib.gz", "a.toString", "pkl", ".json"].map(named)).toEqual([
      { format: "pkl" },
      { format: "joblib", compress: "gzip" },
      {},
      {},
      { format: "json" },
    ]);
  });
});

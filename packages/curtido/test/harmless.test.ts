// What a file says reaches the terminal as words, and as nothing that a terminal obeys.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { printable } from "@curtido/pickle";
import { describe, expect, test } from "vitest";
import { folder, run } from "./help.ts";

const EVIL = "a\u001b[2J\u009b31m\nerror: b\r\u0007\u202ec";
const place = folder();

/** Opcodes of texts, of an object of a class with attributes, and of their end. */
const short = (text: string) => Buffer.concat([Buffer.of(0x8c, Buffer.byteLength(text)), Buffer.from(text)]);
const pickle = (...parts: readonly Uint8Array[]) => Buffer.concat([Buffer.of(0x80, 4), ...parts, Buffer.from(".")]);
const named = (module: string, name: string) => Buffer.concat([short(module), short(name), Buffer.of(0x93)]);
const instance = (type: Uint8Array, key: string, value: string) =>
  pickle(type, Buffer.from(")\x81}", "latin1"), short(key), short(value), Buffer.from("sb"));

const FILES: Readonly<Record<string, Uint8Array>> = {
  "class.pkl": instance(named("m", EVIL), "k", "v"),
  "module.pkl": instance(named(EVIL, "C"), "k", "v"),
  "attribute.pkl": instance(named("m", "C"), EVIL, EVIL),
  "linear.pkl": instance(named("sklearn.linear_model._base", "LinearRegression"), EVIL, EVIL),
  "text.pkl": pickle(short(EVIL)),
  "keys.pkl": pickle(Buffer.from("}"), short(EVIL), short(EVIL), Buffer.from("s")),
  "rows.csv": Buffer.from(`"${EVIL}",b\n1,2\n`),
  "rows.json": Buffer.from(JSON.stringify([{ [EVIL]: EVIL }])),
};
for (const [name, bytes] of Object.entries(FILES)) writeFileSync(join(place, name), bytes);

/** A line that begins as one of ours would mean that a name could forge it. */
function check({ out, err }: { out: string; err: string }): void {
  for (const text of [out, err]) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    expect(text).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
    expect(text).not.toMatch(/^error: b/m);
  }
}

describe.each(Object.keys(FILES))("%s", (name) => {
  const path = join(place, name);
  const commands: readonly (readonly string[])[] = [
    ["inspect", path],
    ["inspect", path, "--json"],
    ["scan", path],
    ["scan", path, "--json"],
    ["predict", path, join(place, "rows.csv")],
    ["predict", path, join(place, "rows.csv"), "--verbose"],
    ["predict", join(import.meta.dirname, "../../../examples/modelo.pkl"), path],
    ["predict", join(import.meta.dirname, "../../../examples/modelo.pkl"), path, "--verbose"],
    ["convert", path, join(place, "out.xlsx")],
    ["optimize", path, join(place, "out.pkl")],
    ["train", path, "--target", EVIL, "-o", join(place, "out.pkl")],
  ];
  test.each(commands)("%s %s", async (...command) => check(await run(command)));
});

test("what a name says can be read, and JSON says the same", async () => {
  const { out } = await run(["inspect", join(place, "attribute.pkl")]);
  expect(out).toContain(printable(EVIL));
  const { out: json } = await run(["inspect", join(place, "keys.pkl"), "--json"]);
  expect(JSON.stringify(JSON.parse(json))).toContain(JSON.stringify(EVIL).slice(1, -1));
});

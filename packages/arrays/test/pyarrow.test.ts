import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Global, Instance, isCurtidoError, Tuple } from "@curtido/pickle";
import { expect, test } from "vitest";
import { type DataFrame, loads } from "../src/index.ts";
import { reviveArrow } from "../src/revive/pyarrow.ts";

const root = join(import.meta.dirname, "../../../fixtures/pyarrow");
const names = readdirSync(root).filter((name) => name.endsWith(".pkl"));

test("there are frames of pandas 2 and 3", () => {
  expect(names).toHaveLength(8);
});

test.each(names)("%s holds what pandas has", (name) => {
  const frame = loads(readFileSync(join(root, name))) as DataFrame;
  const expected = JSON.parse(readFileSync(join(root, name.replace(/pkl$/, "json")), "utf8"));
  expect(frame.columns).toEqual(expected.columns);
  expect(frame.series.map(({ dtype }) => dtype)).toEqual(expected.dtypes);
  const rows = (frame.tolist() as unknown[][]).map((row) =>
    row.map((cell) => (cell === Number.POSITIVE_INFINITY ? "inf" : cell)),
  );
  expect(rows).toEqual(expected.rows);
});

const call = (name: string, args: unknown[]) => new Instance(new Global("pyarrow.lib", name), args, "reduce");
const array = (type: string, length: number, buffers: (Uint8Array | null)[], offset = 0) =>
  call("_restore_array", [
    new Tuple([
      call("type_for_alias", [type]),
      length,
      0,
      offset,
      buffers.map((bytes) => (bytes === null ? null : call("py_buffer", [bytes]))),
      [],
      null,
    ]),
  ]);

test.each([
  ["fewer bytes than values", array("int64", 3, [null, new Uint8Array(16)])],
  ["more values than there is memory", array("double", 2 ** 40, [null, new Uint8Array(16)])],
  ["no buffer", array("int64", 1, [null])],
  ["texts without offsets", array("string", 2, [null, new Uint8Array(4), new Uint8Array(4)])],
  ["a text behind its buffer", array("string", 1, [null, Uint8Array.of(0, 0, 0, 0, 9, 0, 0, 0), new Uint8Array(4)])],
  ["an offset behind the end", array("bool", 1, [null, new Uint8Array(1)], 99)],
  ["a short mask", array("int8", 99, [new Uint8Array(1), new Uint8Array(99)])],
  ["a type of parts", array("list<item: int64>", 1, [null, new Uint8Array(16)])],
])("%s is an error", (_, value) => {
  try {
    reviveArrow(value);
    expect.unreachable();
  } catch (error) {
    expect(isCurtidoError(error, "E_FRAME")).toBe(true);
  }
});

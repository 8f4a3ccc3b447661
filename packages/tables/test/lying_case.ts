/** @module One case of tables that lie: an answer or an error of ours, soon. */

import { join } from "node:path";
import type { Tuple } from "@curtido/pickle";
import { Dict, isCurtidoError } from "@curtido/pickle";
import { columnFromArray, dictionary, float64, list, tableFromColumns, tableToIPC, utf8 } from "@uwdata/flechette";
import { Random } from "../../pickle/test/mutate.ts";
import { readRows, readTable, writeAnswers, writeTable } from "../src/tables.ts";
import { bytesOf, fixture, frames, ROOT, text, utf8 as utf8Bytes } from "./kit.ts";
import { lying } from "./mutate_tables.ts";

/** The formats in which a file claims how much it holds, or nests. */
export const LYING = ["parquet", "arrow", "xlsx", "xml"] as const;
type LyingFormat = (typeof LYING)[number];

/** How long a case may take, in milliseconds. */
const SOON = 1000;
const LIMITS = { cells: 2 ** 25, bytes: 2 ** 28 };
const ANSWERS = {
  predict: Array.from({ length: 300 }, (_, at) => (at % 7 === 0 ? null : at / 2)),
  label: Array.from({ length: 300 }, (_, at) => `label ${at % 5}`),
  truth: Array.from({ length: 300 }, (_, at) => at % 2 === 0),
};

/** Sound files: of other writers, and of ours. */
export async function soundFiles(): Promise<ReadonlyMap<LyingFormat, readonly Uint8Array[]>> {
  const own = (format: string) =>
    Promise.all([writeAnswers(ANSWERS, { format, single: false }), writeTable(frames.get("days"), { format })]);
  const others = (name: string) =>
    [...(fixture(name) as Dict<Tuple<Uint8Array>>).values()].map((pair) => new Uint8Array(pair.items[0]!));
  const columns = [
    ["d", columnFromArray(["a", "bb", null, "a"], dictionary(utf8()))],
    ["l", columnFromArray([[1, 2], null, [], [3]], list(float64()))],
    ["s", columnFromArray([{ a: 1, b: "x" }, null, { a: 2, b: "y" }, { a: 3, b: "z" }])],
  ];
  const nested = tableToIPC(tableFromColumns(columns as never), { format: "stream" })!;
  return new Map([
    ["parquet", [...(await own("parquet")), ...others("parquet")]],
    ["xlsx", [...(await own("xlsx")), ...others("xlsx")]],
    ["arrow", [...(await own("arrow")), nested]],
    ["xml", [...(await own("xml")), ...(await writtenXml())]],
  ]);
}

/** What pandas writes as XML, and typed JSON within XML. */
async function writtenXml(): Promise<readonly Uint8Array[]> {
  const { written } = JSON.parse(text(bytesOf(join(ROOT, "fixtures/tables/xml.json")))) as {
    written: Record<string, string>;
  };
  return [...Object.values(written).map(utf8Bytes), await writeTable(new Dict([["a", [1n, null]]]), { format: "xml" })];
}

/**
 * Reads one file that lies.
 *
 * @returns whether it was read
 * @throws Error when it took too long, or ended in an error that is none of ours
 */
export async function lyingCase(
  files: ReadonlyMap<LyingFormat, readonly Uint8Array[]>,
  format: LyingFormat,
  seed: number,
): Promise<boolean> {
  const random = new Random(seed);
  const sound = files.get(format)!;
  const bytes = lying(format, sound[random.below(sound.length)]!, random);
  let read = false;
  for (const reader of [readTable, readRows]) {
    const began = performance.now();
    try {
      await reader(bytes, { format, limits: LIMITS });
      read = true;
    } catch (error) {
      if (!isCurtidoError(error)) throw error;
    }
    const took = performance.now() - began;
    if (took > SOON) throw new Error(`${format} ${seed} took ${took.toFixed(0)} ms`);
  }
  return read;
}

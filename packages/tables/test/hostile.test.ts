import { DataFrame } from "@curtido/arrays";
import { isCurtidoError } from "@curtido/pickle";
import fc from "fast-check";
import { expect, it } from "vitest";
import { readParquet } from "../src/parquet/read.ts";
import { writeParquet } from "../src/parquet/write.ts";
import { readXlsx } from "../src/xlsx/read.ts";
import { writeXlsx } from "../src/xlsx/write.ts";
import { zoneOffset } from "../src/zones.ts";
import { frames } from "./kit.ts";

it("any change of a parquet file or a workbook gives a table or one error", async () => {
  const parquet = writeParquet(frames.get("plain"));
  const xlsx = await writeXlsx(frames.get("days"));
  const changes = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 });
  const read: readonly (readonly [Uint8Array, (bytes: Uint8Array) => Promise<DataFrame>])[] = [
    [parquet, readParquet],
    [xlsx, (bytes) => readXlsx(bytes)],
  ];
  for (const [original, reader] of read) {
    await fc.assert(
      fc.asyncProperty(changes, async (list) => {
        const bytes = original.slice();
        for (const [at, value] of list) bytes[at % bytes.length] = value;
        try {
          expect(await reader(bytes)).toBeInstanceOf(DataFrame);
        } catch (error) {
          if (!isCurtidoError(error)) throw error;
        }
      }),
      { numRuns: 300 },
    );
  }
});

it("offsets of zones are those of the moment", () => {
  const winter = Date.UTC(2024, 0, 1);
  const summer = Date.UTC(2024, 6, 1);
  expect([zoneOffset("Europe/Madrid", winter), zoneOffset("Europe/Madrid", summer)]).toEqual([3600, 7200]);
  expect([zoneOffset("UTC", winter), zoneOffset("UTC-03:30", winter), zoneOffset("America/New_York", winter)]).toEqual([
    0, -12600, -18000,
  ]);
  expect(zoneOffset("Nowhere/Town", winter)).toBe(0);
});

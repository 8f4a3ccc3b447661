// Bodies that cost far more than they weigh, of every format, while somebody else asks for one row after the other.

import { listen, service } from "@curtido/server";
import { writeTable } from "@curtido/tables";
import { afterAll, beforeAll, expect, test } from "vitest";
import { book, cell } from "../../../tables/test/books.ts";
import { dataPage, ENCODING, page, parquetOf, struct, TYPE, varint } from "../../../tables/test/parquets.ts";
import { LINEAR, MODELS } from "../help.ts";
import { send } from "../live.ts";

const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const PARQUET = "application/vnd.apache.parquet";
const JSON_TYPE = "application/json";
const M = 1_000_000;
const row = (place: string) => `<row r="1">${cell(place, 1)}</row>`;
const runs = (count: number) => {
  const dictionary = page({ 7: struct({ 1: 1, 2: 0 }) }, new Uint8Array(4));
  const values = dataPage(8, ENCODING.rle, Uint8Array.from([1, ...varint(count * 2), 0]));
  return parquetOf(8, [{ type: TYPE.int32, values: 8, pages: [dictionary, values] }]);
};

const HOSTILE: readonly (readonly [string, string, string | Uint8Array])[] = [
  ["a cell in the last corner", XLSX, book({ rows: row("XFD1048576") })],
  ["a cell beyond the sheet", XLSX, book({ rows: row("ZZZZZZ999999999") })],
  ["a sheet of 100 MB of nothing", XLSX, book({ sheet: new Uint8Array(100 * M).fill(32) })],
  ["a run longer than its page", PARQUET, runs(2 ** 30)],
  ["20 million brackets", JSON_TYPE, "[".repeat(20 * M)],
  ["20 million brackets, closed", JSON_TYPE, `${"[".repeat(20 * M)}${"]".repeat(20 * M)}`],
  ["5 million objects", JSON_TYPE, `{"a":${"[{}".repeat(5 * M)}`],
  ["10 million fields", "application/x-www-form-urlencoded", "a&".repeat(10 * M)],
  ["a row of 20 MB", "text/csv", `a\n${"x".repeat(20 * M)}`],
  ["a quote that is not closed", "text/csv", `a\n"${"x\n".repeat(5 * M)}`],
  ["a header of a million names", "text/csv", `${"a,".repeat(M)}a\n1\n`],
  ["no Arrow", "application/vnd.apache.arrow.stream", new Uint8Array(M).fill(255)],
  ["many parts", "multipart/form-data; boundary=b", "--b\r\n\r\n\r\n".repeat(500_000)],
];

let url: string;
let close: () => Promise<void>;
beforeAll(async () => {
  const app = service({ models: { linear: MODELS.linear }, threads: 1 });
  const server = await listen(app, { port: 0, signals: false });
  url = `${server.url.replace("localhost", "127.0.0.1")}`;
  close = async () => {
    await server.close();
    await app.close();
  };
}, 60_000);
afterAll(() => close());

test("every one is refused soon, on every way in, and nobody else waits", { timeout: 120_000 }, async () => {
  const times: number[] = [];
  let stop = false;
  const asking = (async () => {
    while (!stop) {
      const began = performance.now();
      const { status } = await send(`${url}/linear`, { body: LINEAR.rows[0]! });
      times.push(performance.now() - began);
      expect(status).toBe(200);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  })();
  for (const [name, type, body] of HOSTILE)
    for (const path of ["/linear", "/invocations", "/v1/models/linear:predict"]) {
      const began = performance.now();
      const { status } = await send(url + path, { method: "POST", body, headers: { "content-type": type } });
      expect([name, path, status >= 400 && status < 500 ? "refused" : status]).toEqual([name, path, "refused"]);
      expect([name, performance.now() - began < 5000]).toEqual([name, true]);
    }
  stop = true;
  await asking;
  times.sort((a, b) => a - b);
  expect(times.length).toBeGreaterThan(50);
  expect(times[Math.floor(times.length * 0.9)]).toBeLessThan(100);
});

test("a long honest body of one client does not hold up the one of another", { timeout: 60_000 }, async () => {
  const [first] = LINEAR.rows;
  const csv = (rows: number) =>
    `${Object.keys(first!).join(",")}\n${`${Object.values(first!).join(",")}\n`.repeat(rows)}`;
  const sheet = await writeTable(
    await import("@curtido/tables").then(({ readTable }) =>
      readTable(new TextEncoder().encode(csv(60_000)), { format: "csv" }),
    ),
    { format: "xlsx" },
  );
  const long = Array.from({ length: 4 }, () =>
    send(`${url}/linear`, { method: "POST", body: sheet, headers: { "content-type": XLSX } }),
  );
  const began = performance.now();
  const short = await send(`${url}/linear`, {
    method: "POST",
    body: csv(3_000),
    headers: { "content-type": "text/csv" },
  });
  const took = performance.now() - began;
  expect(short.status).toBe(200);
  const answers = await Promise.all(long);
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  expect(performance.now() - began).toBeGreaterThan(took); // it did not come last
});

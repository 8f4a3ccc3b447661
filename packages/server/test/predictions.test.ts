import { readFileSync } from "node:fs";
import { tableFromIPC } from "@uwdata/flechette";
import { expect, test } from "vitest";
import { LINEAR, MODELS } from "./help.ts";
import { live } from "./live.ts";

const linear = new Uint8Array(readFileSync(MODELS.linear));
const binary = new Uint8Array(readFileSync(MODELS.binary));
const row = LINEAR.rows[0]!;

test("the log has what both lanes answered, newest first, as JSON, CSV and Arrow", async () => {
  const it = await live({ log: { rate: 1, hash: ["feature1"], omit: ["feature2"] } });
  const put = (body: Uint8Array) => it.ask("/m?change=signature", { method: "PUT", body, key: it.admin });
  await put(linear);
  const answers = [await it.ask("/m", { body: row }), await it.ask("/m?unexpected=ignore", { body: [row, row] })];
  await put(binary);
  answers.push(await it.ask("/m", { body: Object.values(row) }));
  await it.app.asker.watch!.log!.flush();
  const log = await it.ask("/m/predictions", { key: it.admin });
  expect(log.status).toBe(200);
  const { predictions } = log.json;
  expect(predictions.map(({ version, rows }: { version: number; rows: number }) => [version, rows])).toEqual([
    [2, 1],
    [1, 2],
    [1, 1],
  ]);
  expect(predictions[2].output).toEqual(answers[0]!.json);
  expect(predictions[1].output).toEqual(answers[1]!.json);
  const { feature1, feature3 } = predictions[2].input;
  expect(Object.keys(predictions[2].input)).toEqual(["feature1", "feature3", "feature4"]);
  expect([feature1, feature3]).toEqual([expect.stringMatching(/^[0-9a-f]{16}$/), row["feature3"]]);
  expect(predictions[0].input).toMatchObject({ feature1, feature3 }); // equal values have equal hashes, also by position
  const first = await it.ask("/m/predictions?version=1&limit=1", { key: it.admin });
  expect(first.json.predictions).toHaveLength(1);
  const link = /<([^>]+)>; rel="next"/.exec(first.headers["link"]!)![1]!;
  expect((await it.ask(link, { key: it.admin })).json.predictions).toEqual([predictions[2]]);
  const { time } = predictions[1];
  expect(
    (await it.ask(`/m/predictions?from=${encodeURIComponent(time)}`, { key: it.admin })).json.predictions.length,
  ).toBeGreaterThanOrEqual(2);
  expect((await it.ask("/m/predictions?to=2000-01-01", { key: it.admin })).json.predictions).toEqual([]);
  const csv = await it.ask("/m/predictions", { headers: { accept: "text/csv" }, key: it.admin });
  expect(csv.text.split("\n")[0]).toBe("time,version,requestId,keyId,rows,duration,input,output");
  expect(csv.text.trim().split("\n")).toHaveLength(4);
  const arrow = await it.ask("/m/predictions", {
    headers: { accept: "application/vnd.apache.arrow.stream" },
    key: it.admin,
  });
  expect([...tableFromIPC(arrow.bytes).getChild("version")!]).toEqual([2, 1, 1]);
  for (const query of ["version=x", "from=yesterday", "limit=0", "limit=99999999", "before=%00"])
    expect([query, (await it.ask(`/m/predictions?${query}`, { key: it.admin })).status]).toEqual([query, 400]);
  expect((await it.ask("/nothing/predictions", { key: it.admin })).status).toBe(404);
  await it.close();
});

test("a sample of nothing logs nothing; so does a service that was not asked to", async () => {
  const it = await live({ log: { rate: 0 } });
  await it.ask("/m", { method: "PUT", body: linear, key: it.admin });
  await it.ask("/m", { body: row });
  await it.app.asker.watch!.log!.flush();
  expect((await it.ask("/m/predictions", { key: it.admin })).json.predictions).toEqual([]);
  await it.close();
});

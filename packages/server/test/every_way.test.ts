/** @module Every way to ask a model, against everything that must hold of each: a table of both. */

import { readFileSync } from "node:fs";
import { HTTPException } from "hono/http-exception";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { ENTRY_POINTS, type EntryPoint, prepare, VALIDATE_ROWS } from "./entry_points.ts";
import { LINEAR, MODELS } from "./help.ts";
import { type Live, live, type Sent } from "./live.ts";

const rowsOf = (count: number) => Array.from({ length: count }, (_, at) => LINEAR.rows[at % LINEAR.rows.length]!);
const twice = (row: Readonly<Record<string, unknown>>) => ({ ...row, feature1: Number(row["feature1"]) * 2 });

function expected(count: number): number[] {
  return rowsOf(count).map((_, at) => LINEAR.predict[at % LINEAR.predict.length] as number);
}

function near(found: readonly number[], wanted: readonly number[]): void {
  expect(found).toHaveLength(wanted.length);
  found.forEach((value, at) => expect(value).toBeCloseTo(wanted[at]!, 8));
}

/** Sends `rows` in the way of an entry point. */
function ask(it: Live, point: EntryPoint, rows = rowsOf(point.rows), more: Partial<Sent> = {}) {
  const { path, sent } = point.send(rows);
  return it.ask(path, { ...sent, ...more });
}

const everyWay = ENTRY_POINTS.map((point) => [point.name, point] as const);
/** Those of a model that was given, which has no versions. */
const ofGiven = everyWay.filter(([, point]) => !/versions|aliases/.test(point.send([{}]).path));

/** What a hook did, seen by all tests of its service. */
const hooks = { before: keep, after: keep };
type Row = Record<string, unknown>;
function keep(given: Row): Row | undefined {
  return given;
}

describe("a given model with functions", () => {
  let it: Live;
  beforeAll(async () => {
    await prepare(rowsOf(2));
    await prepare(rowsOf(2).map(twice));
    const source = MODELS.linear;
    const given = { source, before: (row: Row) => hooks.before(row), after: (answer: Row) => hooks.after(answer) };
    it = await live({ models: { linear: given }, validateRows: VALIDATE_ROWS });
  });
  beforeEach(() => {
    hooks.before = keep;
    hooks.after = keep;
  });
  afterAll(() => it.close());

  test.each(ofGiven)("%s: before refuses", async (_, point) => {
    hooks.before = () => {
      throw new HTTPException(403, { message: "not you" });
    };
    const { status, text } = await ask(it, point);
    expect([status, text]).toEqual([403, expect.stringContaining("not you")]);
  });

  test.each(ofGiven)("%s: before sees every row by name", async (_, point) => {
    const seen: unknown[] = [];
    hooks.before = (row) => {
      seen.push(Object.fromEntries(Object.entries(row).map(([name, value]) => [name, Number(value)])));
      return undefined;
    };
    expect((await ask(it, point)).status).toBe(200);
    expect(seen).toEqual(rowsOf(point.rows));
  });

  test.each(ofGiven)("%s: before changes rows", async (_, point) => {
    const wanted = point.predictions(await ask(it, point, rowsOf(point.rows).map(twice)));
    hooks.before = twice;
    near(point.predictions(await ask(it, point)), wanted);
    expect(wanted[0]).not.toBeCloseTo(expected(1)[0]!, 3);
  });

  test.each(ofGiven)("%s: after changes the answer", async (_, point) => {
    hooks.after = ({ predict }) => ({
      predict: Array.isArray(predict) ? predict.map(Math.round) : Math.round(predict as number),
    });
    near(point.predictions(await ask(it, point)), expected(point.rows).map(Math.round));
  });

  test.each(ofGiven)("%s: after refuses", async (_, point) => {
    hooks.after = () => {
      throw new HTTPException(451, { message: "not this" });
    };
    const { status, text } = await ask(it, point);
    expect([status, text]).toEqual([451, expect.stringContaining("not this")]);
  });
});

/** Beside requests, and on threads as if it took long to revive. */
const WHERE = [
  ["here", 1e9],
  ["on threads", 0],
] as const;

describe.each(WHERE)("a published model, %s, with a shadow, a log and keys", (_, longestRevive) => {
  let it: Live;
  let read: string;
  beforeAll(async () => {
    await prepare(rowsOf(2));
    it = await live({ log: { rate: 1 }, validateRows: VALIDATE_ROWS, open: "nothing", longestRevive });
    const { admin: key } = it;
    for (const path of [MODELS.linear, MODELS.binary])
      await it.ask("/linear?change=signature", { method: "PUT", body: new Uint8Array(readFileSync(path)), key });
    await it.ask("/linear/aliases/current", { method: "PUT", body: { version: 1, shadow: 2 }, key });
    read = (await it.app.access!.keys.create({ name: "reader", scopes: [] })).secret;
  });
  afterAll(() => it.close());

  const rowsCounted = async (): Promise<number> => {
    const { text } = await it.ask("/metrics", { key: it.admin });
    return Number(/curtido_rows_total\{model="linear",version="1"\} (\d+)/.exec(text)?.[1] ?? 0);
  };
  const requestsCounted = async (status: number): Promise<number> => {
    const { text } = await it.ask("/metrics", { key: it.admin });
    const line = new RegExp(`curtido_requests_total\\{model="linear",version="1",status="${status}"\\} (\\d+)`);
    return Number(line.exec(text)?.[1] ?? 0);
  };

  test.each(everyWay)("%s: no key, and one without the scope", async (_, point) => {
    const none = await ask(it, point);
    const wrong = await ask(it, point, undefined, { key: read });
    expect([none.status, wrong.status]).toEqual([401, 403]);
  });

  test.each(everyWay)("%s: the answer is Python's, names its version, and is counted", async (_, point) => {
    const [rows, requests] = [await rowsCounted(), await requestsCounted(200)];
    const answer = await ask(it, point, undefined, { key: it.admin });
    expect([answer.status, answer.headers["curtido-version"]]).toEqual([200, "1"]);
    near(point.predictions(answer), expected(point.rows));
    await expect.poll(rowsCounted).toBe(rows + point.rows);
    expect(await requestsCounted(200)).toBe(requests + 1);
  });

  test.each(everyWay)("%s: one record in the log", async (_, point) => {
    const id = `every-way-${ENTRY_POINTS.indexOf(point)}`;
    const { sent } = point.send(rowsOf(point.rows));
    await ask(it, point, undefined, { key: it.admin, headers: { ...sent.headers, "x-request-id": id } });
    await it.app.asker.watch!.log!.flush();
    const { json } = await it.ask("/linear/predictions", { key: it.admin });
    const found = json.predictions.filter(({ requestId }: { requestId: string }) => requestId === id);
    expect(found).toMatchObject([{ version: 1, rows: point.rows }]);
    expect([found[0].output.predict].flat()[0]).toBeCloseTo(expected(1)[0]!, 8);
  });

  test.each(everyWay)("%s: the shadow is asked too", async (_, point) => {
    const { shadows } = it.app.asker.watch!;
    const done = () => shadows.counts.reduce((sum, { compared, failed }) => sum + compared + failed, 0);
    const dropped = () => shadows.counts.reduce((sum, each) => sum + each.dropped, 0);
    const before = [done(), dropped()] as const;
    await ask(it, point, undefined, { key: it.admin });
    const asked = point.version === true || point.streams === true ? 0 : 1;
    await expect.poll(done, { timeout: 5_000 }).toBe(before[0] + asked);
    expect(dropped()).toBe(before[1] + (point.streams === true ? 1 : 0));
  });

  test.each(everyWay)("%s: refused when there is no room, and counted", async (_, point) => {
    const { admission } = it.app.runtime;
    const requests = await requestsCounted(503);
    const most = admission.limits.requests - admission.requests;
    for (let at = 0; at < most; at++) admission.enter(0);
    const answer = await ask(it, point, undefined, { key: it.admin }).finally(() => {
      for (let at = 0; at < most; at++) admission.leave(0);
    });
    expect([answer.status, answer.headers["retry-after"]]).toEqual([503, "1"]);
    expect(await requestsCounted(503)).toBe(requests + 1);
    expect(admission.requests).toBe(0);
  });
});

describe("a given model with a card, whose words stand beside predictions and change none", () => {
  let it: Live;
  beforeAll(async () => {
    await prepare(rowsOf(2));
    const given = { source: MODELS.linear, card: { title: "Diabetes", round: 1, labels: { 1: "one" } } };
    it = await live({ models: { linear: given }, validateRows: VALIDATE_ROWS });
  });
  afterAll(() => it.close());

  test.each(ofGiven)("%s", async (_, point) => {
    const answer = await ask(it, point);
    const type = String(answer.headers["content-type"]);
    // A page shows people the rounded number.
    if (!type.startsWith("text/html")) near(point.predictions(answer), expected(point.rows));
    // The JSON of other servers' protocols has no room for words; their CSV is that of the service.
    const ours = /csv|html/.test(type) || point.send([{}]).path.startsWith("/linear");
    if (/json|csv/.test(type)) expect(/\brounded\b/.test(answer.text)).toBe(ours);
  });
});

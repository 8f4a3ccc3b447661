import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { HAS_BROWSER, launch } from "../../../server/test/browser.ts";
import { folder, run } from "../help.ts";

const place = folder();
const page = join(place, "informe.html");
const HOSTILE = "<img src=x onerror=alert(1)>";

beforeAll(async () => {
  const rows = Array.from(
    { length: 80 },
    (_, at) => `${at % 7},"${at % 3 ? HOSTILE : "b"}",${at % 7 > 3 ? "</script>" : "n'o"}`,
  );
  writeFileSync(join(place, "d.csv"), `"a&b","${HOSTILE}",y\n${rows.join("\n")}\n`);
  const reports = ["--report", page, join(place, "informe.json"), join(place, "informe.txt")];
  const args = ["train", join(place, "d.csv"), "--target", "y", "-o", join(place, "m.pkl"), ...reports];
  const { code } = await run(args);
  expect(code).toBe(0);
}, 60_000);

test("JSON has the figures, the text has the words", async () => {
  const report = JSON.parse(readFileSync(join(place, "informe.json"), "utf8"));
  expect(report.target).toMatchObject({ name: "y", task: "classification" });
  expect(report.test.metrics.accuracy).toBeGreaterThan(0.8);
  expect(report.test.confusion.flat().reduce((sum: number, count: number) => sum + count, 0)).toBe(16);
  expect(report.importances[0].name).toBe("a&b");
  expect(report.compared.map(({ name }: { name: string }) => name)).toContain(report.estimator.name);
  expect(existsSync(report.model.file)).toBe(true);
  expect(readFileSync(join(place, "informe.txt"), "utf8")).toContain("what counts");
});

test("the page needs nothing beside itself", () => {
  const text = readFileSync(page, "utf8");
  expect(text).not.toMatch(/<[^>]*\b(?:src|href)=|url\(|@import|<script/i);
  expect(text).not.toContain("<img");
  expect(text.match(/<svg/g)?.length).toBe(1);
});

test.runIf(HAS_BROWSER)("the page is shown: no element of the data, no error, nothing loaded", async () => {
  const browser = await launch();
  afterAll(() => browser.close());
  const view = await browser.newPage();
  const asked: string[] = [];
  const errors: string[] = [];
  view.on("request", (request) => asked.push(request.url()));
  view.on("pageerror", (error) => errors.push(error.message));
  await view.goto(`file://${page}`);
  expect(await view.locator("h1").innerText()).toContain("for y");
  expect(await view.locator("img").count()).toBe(0);
  expect(await view.getByText(HOSTILE).count()).toBeGreaterThan(0);
  expect(await view.locator("svg polyline").count()).toBe(1);
  await view.setViewportSize({ width: 360, height: 700 });
  const wide = await view.evaluate(() => document.documentElement.scrollWidth);
  expect(wide).toBeLessThanOrEqual(360);
  expect([asked.length, errors]).toEqual([1, []]);
});

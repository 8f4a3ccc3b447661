import { type Listening, listen } from "@curtido/server";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { HAS_BROWSER, launch } from "./browser.ts";
import { testService } from "./help.ts";

describe.skipIf(!HAS_BROWSER)("in a browser, without JavaScript", () => {
  let server: Listening;
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];

  beforeAll(async () => {
    server = await listen(testService(), { port: 0, signals: false });
    browser = await launch();
    page = await (
      await browser.newContext({ javaScriptEnabled: false, viewport: { width: 400, height: 800 } })
    ).newPage();
    page.on("console", (message) => complaints.push(message.text()));
    page.on("requestfailed", (request) => complaints.push(`${request.url()} failed`));
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  test("a form is filled in, and the page comes back with the prediction", async () => {
    await page.goto(server.url);
    await page.getByRole("link", { name: "houses" }).click();
    expect(await page.title()).toBe("houses");
    await page.getByLabel("colour").selectOption("green");
    await page.getByLabel("size").selectOption("L");
    await page.getByLabel("age").fill("36.3");
    await page.getByLabel("rooms").fill("3");
    await page.getByLabel("income").fill("");
    await page.getByRole("button", { name: "Predict" }).click();
    expect(await page.locator("#prediction").textContent()).toMatch(/^(cheap|dear)$/);
    expect(await page.getByLabel("age").inputValue()).toBe("36.3");
    expect(await page.getByLabel("colour").inputValue()).toBe("green");
    expect(await page.getByRole("status").textContent()).toMatch(/\d+\.\d %/);
  });

  test("fields that must be filled in are asked for", async () => {
    await page.goto(`${server.url}/linear`);
    await page.getByLabel("feature2").fill("");
    await page.getByRole("button", { name: "Predict" }).click();
    expect(await page.locator("#prediction").count()).toBe(0);
    await page.getByLabel("feature2").fill("0.5");
    await page.getByRole("button", { name: "Predict" }).click();
    expect(Number(await page.locator("#prediction").textContent())).not.toBeNaN();
  });

  test("everything fits on a telephone, nothing is loaded, nothing is complained about", async () => {
    for (const path of ["/", "/houses", "/encoder", "/several"]) {
      await page.goto(server.url + path);
      const width = (await page.locator("body").boundingBox())!.width;
      expect(width).toBeLessThanOrEqual(400);
    }
    expect(complaints).toEqual([]);
  });
});

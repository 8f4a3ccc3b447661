import { readFileSync } from "node:fs";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { HAS_BROWSER, launch } from "./browser.ts";
import { MODELS } from "./help.ts";
import { type Live, live } from "./live.ts";

describe.skipIf(!HAS_BROWSER)("in a browser", () => {
  let it: Live;
  let browser: Browser;
  beforeAll(async () => {
    it = await live();
    await it.ask("/modelo", { method: "PUT", body: new Uint8Array(readFileSync(MODELS.linear)), key: it.admin });
    browser = await launch();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await it?.close();
  });

  test("the reference is drawn from this server alone, and its form predicts", { timeout: 60_000 }, async () => {
    const page = await browser.newPage();
    const complaints: string[] = [];
    const hosts = new Set<string>();
    page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("request", (request) => request.url().startsWith("data:") || hosts.add(new URL(request.url()).origin));
    await page.goto(`${it.server.url}/docs`);
    await page.locator("#operations-default-predict_1").getByRole("button").first().click();
    await page.getByRole("button", { name: "Try it out" }).click();
    await page.getByRole("button", { name: "Execute" }).click();
    await page.locator(".live-responses-table .response").first().waitFor();
    expect(await page.locator(".live-responses-table").first().textContent()).toContain('"predict"');
    expect(complaints).toEqual([]);
    expect([...hosts]).toEqual([it.server.url]);
  });

  test("somebody signs in, makes a key, revokes it and signs out", { timeout: 60_000 }, async () => {
    const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
    await page.goto(`${it.server.url}/login?next=/keys`);
    await page.getByLabel("Key").fill(it.admin);
    await page.getByRole("button", { name: "Sign in" }).click();
    expect(new URL(page.url()).pathname).toBe("/keys");
    await page.getByLabel("Name").fill("made in a browser");
    await page.getByRole("button", { name: "Create" }).click();
    const secret = (await page.locator("#secret").textContent())!;
    expect((await it.ask("/modelo", { body: [1, 2, 3, 4], key: secret })).status).toBe(200);
    await page
      .getByRole("row", { name: /made in a browser/ })
      .getByRole("button", { name: "Revoke" })
      .click();
    expect((await it.ask("/modelo", { body: [1, 2, 3, 4], key: secret })).status).toBe(401);
    await page.getByRole("button", { name: "Sign out" }).click();
    expect((await page.goto(`${it.server.url}/keys`))!.status()).toBe(401);
  });
});

import { readdirSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { load } from "curtido";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { HAS_BROWSER, launch } from "../packages/server/test/browser.ts";
import { bundled } from "../scripts/bundles.ts";
import { build } from "./build.ts";

const EXAMPLES = join(import.meta.dirname, "../examples");
const MODELS = readdirSync(EXAMPLES).filter((name) => /\.(pkl|joblib)$/.test(name));

describe.skipIf(!HAS_BROWSER)("curtido in a page", () => {
  let server: Server;
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];

  beforeAll(async () => {
    await build();
    const script = await bundled(`export { load } from "curtido";`, []);
    server = createServer((request, response) => {
      const name = (request.url ?? "").slice(1);
      response.setHeader("content-type", name === "curtido.js" ? "text/javascript" : "text/html");
      if (name === "curtido.js") response.end(script);
      else response.end(MODELS.includes(name) ? readFileSync(join(EXAMPLES, name)) : "<title>curtido</title>");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    browser = await launch();
    page = await browser.newPage();
    page.on("pageerror", (error) => complaints.push(error.message));
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  }, 240_000);
  afterAll(async () => {
    await browser?.close();
    await new Promise((resolve) => server?.close(resolve));
  });

  test.each(MODELS)("%s answers as on Node: from a URL, a Blob and bytes", { timeout: 60_000 }, async (name) => {
    const model = await load(join(EXAMPLES, name));
    const row = Object.fromEntries(
      model.signature.features.map((feature) => [feature.name, feature.categories?.[0] ?? feature.default ?? 1]),
    );
    const expected = JSON.stringify(model.predict([row]).tolist());
    const told = await page.evaluate(`(async () => {
      const { load } = await import("/curtido.js");
      const file = await (await fetch("/${name}")).blob();
      const found = [];
      for (const source of ["/${name}", new URL("/${name}", location.href), file, new Uint8Array(await file.arrayBuffer())])
        found.push(JSON.stringify((await load(source)).predict([${JSON.stringify(row)}]).tolist()));
      return found;
    })()`);
    expect([told, complaints]).toEqual([[expected, expected, expected, expected], []]);
  });
});

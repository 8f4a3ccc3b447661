import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { dumps, loads, Tuple } from "@curtido/pickle";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { HAS_BROWSER, launch } from "../packages/server/test/browser.ts";
import { build } from "./build.ts";

const root = join(import.meta.dirname, "..");
const FILES: Readonly<Record<string, readonly [type: string, path: string]>> = {
  "/index.js": ["text/javascript", "packages/pickle/dist/index.js"],
  "/library.json": ["application/json", "fixtures/pickle/library.json"],
};

describe.skipIf(!HAS_BROWSER)("@curtido/pickle in a browser", () => {
  let server: Server;
  let browser: Browser;

  beforeAll(async () => {
    await build();
    server = createServer((request, response) => {
      const [type, path] = FILES[request.url ?? ""] ?? ["text/html", undefined];
      response.setHeader("content-type", type);
      response.end(path === undefined ? "<title>pickle</title>" : readFileSync(join(root, path)));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    browser = await launch();
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await new Promise((resolve) => server?.close(resolve));
  });

  test("reads, writes, disassembles, optimises and scans", async () => {
    const page = await browser.newPage();
    const complaints: string[] = [];
    page.on("pageerror", (error) => complaints.push(error.message));
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    const script = `(async () => {
      const { disassemble, dumps, loads, optimize, scan, Tuple } = await import("/index.js");
      const rows = await (await fetch("/library.json")).json();
      const bytesOf = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
      const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
      const value = new Tuple([-1, 2.5, "á", [null, true], new Map([["k", 2n ** 70n]])]);
      return {
        said: rows.filter(({ is }) => typeof is === "string").map((row) => String(loads(bytesOf(row.pickle), { encoding: "latin1" })) === row.is),
        written: hex(dumps(value, { protocol: 5 })),
        again: hex(dumps(loads(dumps(value, { protocol: 5 })), { protocol: 5 })),
        optimized: optimize(dumps(value)).length < dumps(value).length,
        text: disassemble(dumps(new Tuple([-1, 2, 3]), { protocol: 3 })).text,
        verdicts: rows.slice(0, 50).map((row) => scan(bytesOf(row.pickle)).verdict),
        refused: (() => { try { loads(Uint8Array.of(0x80, 4, 0x5d)); } catch (error) { return error.code; } })(),
      };
    })()`;
    const told = (await page.evaluate(script)) as Record<string, unknown>;
    expect(complaints).toEqual([]);
    expect(new Set(told["said"] as boolean[])).toEqual(new Set([true]));
    const value = new Tuple([-1, 2.5, "á", [null, true], new Map([["k", 2n ** 70n]])]);
    expect(told["written"]).toBe(Buffer.from(dumps(value, { protocol: 5 })).toString("hex"));
    expect(told["again"]).toBe(told["written"]);
    expect(loads(Buffer.from(told["again"] as string, "hex"))).toBeInstanceOf(Tuple);
    expect(told["optimized"]).toBe(true);
    expect((told["text"] as string).split("\n").at(-2)).toMatch(/^highest protocol among opcodes = 2$/);
    expect(new Set(told["verdicts"] as string[])).toEqual(new Set(["clean"]));
    expect(told["refused"]).toBe("E_TRUNCATED");
  }, 60_000);
});

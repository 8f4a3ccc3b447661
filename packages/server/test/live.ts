/** @module A service with a store that listens, and requests to it over real HTTP. */

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { request as httpRequest } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type Listening,
  listen,
  openService,
  type Service,
  type ServiceOptions,
  type StoreOptions,
} from "@curtido/server";

/** An answer, whole. */
export interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly bytes: Buffer;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever JSON there is
  readonly json: any;
}

export interface Sent {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array | object;
  readonly key?: string;
}

/** One request. */
export function send(url: string, { method, headers = {}, body, key }: Sent = {}): Promise<Answered> {
  const raw = typeof body === "string" || body instanceof Uint8Array || body === undefined;
  const bytes = raw ? body : JSON.stringify(body);
  const all: Record<string, string> = {
    ...(raw ? {} : { "content-type": "application/json" }),
    ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
    ...(bytes === undefined ? {} : { "content-length": String(Buffer.byteLength(bytes)) }),
    ...headers,
  };
  return new Promise((resolve, reject) => {
    const request = httpRequest(url, {
      method: method ?? (body === undefined ? "GET" : "POST"),
      headers: all,
      agent: false,
    });
    request.on("response", (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () => {
        const whole = Buffer.concat(chunks);
        const text = whole.toString();
        const found = response.headers as Record<string, string | undefined>;
        const json = /[/+]json\b/.test(found["content-type"] ?? "") && text !== "" ? JSON.parse(text) : undefined;
        resolve({ status: response.statusCode!, headers: found, bytes: whole, text, json });
      });
    });
    request.on("error", reject);
    request.end(bytes);
  });
}

/** A running service. */
export interface Live {
  readonly app: Service;
  readonly server: Listening;
  readonly folder: string;
  /** A key that may do everything. */
  readonly admin: string;
  readonly url: string;
  ask(path: string, sent?: Sent): Promise<Answered>;
  close(): Promise<void>;
}

/** Starts a service on a folder of its own, or on that one. */
export async function live(options: Partial<ServiceOptions & StoreOptions> = {}): Promise<Live> {
  const folder = options.data ?? mkdtempSync(join(tmpdir(), "curtido-live-"));
  const app = await openService({ models: {}, data: folder, ...options });
  const { secret: admin } = await app.access!.keys.create({ name: "admin", scopes: ["admin"] });
  const server = await listen(app, { port: 0, signals: false });
  const url = server.url.replace("localhost", "127.0.0.1");
  return {
    app,
    server,
    folder,
    admin,
    url,
    ask: (path, sent) => send(url + path, sent),
    async close() {
      await server.close();
      await app.close();
      if (options.data === undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The bytes of an example. */
export function example(name: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(`../../../examples/${name}`, import.meta.url)));
}

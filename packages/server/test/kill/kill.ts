/** @module Publishes under load while the server is killed again and again; no answer may be wrong, no version lost. */

import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { loadNow } from "@curtido/estimators/node";
import { expect } from "vitest";
import { type Answered, example, send } from "../live.ts";

const SERVER = fileURLToPath(new URL("server.ts", import.meta.url));
const KEY = "a-key-that-only-tests-have";
const ROW = { feature1: 1, feature2: 0, feature3: 1, feature4: 1 };

/** Kills per store: few in the test command; `npm run kills` for many. */
export const KILLS = Number(process.env["CURTIDO_SERVICE_KILLS"] ?? 2);
/** Publishes between two kills. */
const PUBLISHES = 2;
export const PATIENCE = 60_000 + KILLS * 20_000;

/** What a run saw. */
export interface Seen {
  answers: number;
  acknowledged: number;
  kills: number;
}

/** Kills a service so often; its data are kept in that place. */
export async function killService(data: string, kills: number): Promise<Seen> {
  const run = new Run(data);
  try {
    await run.start();
    await run.publish(); // so that there is something to ask
    const load = [run.load(), run.load()];
    for (let kill = 0; kill < kills; kill++) await run.round();
    await run.start();
    for (let more = 0; more < PUBLISHES; more++) await run.publish();
    run.running = false;
    await Promise.all(load);
    await run.check();
    return run.seen;
  } finally {
    run.running = false;
    await run.kill();
  }
}

class Run {
  readonly seen: Seen = { answers: 0, acknowledged: 0, kills: 0 };
  running = true;
  private readonly data: string;
  private child: ChildProcess | undefined;
  private port = 0;
  private count = 0;
  /** What each version answers, once it is known; and what those may answer whose publishing nobody confirmed. */
  private readonly answers = new Map<number, string>();
  private readonly unconfirmed = new Set<string>();
  private readonly hashes = new Map<number, string>();

  constructor(data: string) {
    this.data = data;
  }

  /** Starts the server, when it does not run. */
  async start(): Promise<void> {
    if (this.child !== undefined) return;
    const args = ["--conditions=curtido-source", "--import", "tsx", SERVER, this.data, String(this.port)];
    const child = spawn(process.execPath, args, {
      env: { ...process.env, CURTIDO_KEY: KEY },
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.child = child;
    let errors = "";
    child.stderr!.on("data", (text) => (errors += text));
    this.port = await new Promise<number>((resolve, reject) => {
      child.stdout!.on("data", (text) => resolve(Number(/listening (\d+)/.exec(String(text))![1])));
      child.once("close", () => reject(new Error(`the server ended: ${errors}`)));
    });
  }

  async kill(): Promise<void> {
    const { child } = this;
    this.child = undefined;
    if (child === undefined || child.exitCode !== null) return;
    const ended = new Promise((resolve) => child.once("close", resolve));
    child.kill("SIGKILL");
    await ended;
  }

  /** Publishes, and kills the server at a random moment of it. */
  async round(): Promise<void> {
    await this.start();
    const publishes = (async () => {
      for (let at = 0; at < PUBLISHES; at++) await this.publish();
    })();
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 150));
    await this.kill();
    this.seen.kills++;
    await publishes;
  }

  /** Publishes a model that answers what no other does. */
  async publish(): Promise<void> {
    const { bytes, answer } = variant(++this.count);
    this.unconfirmed.add(answer);
    const done = await this.send("/m?change=signature", { method: "PUT", body: bytes, key: KEY });
    if (done === undefined) return;
    expect([200, 201]).toContain(done.status);
    const { version, sha256 } = done.json as { version: number; sha256: string };
    expect(sha256).toBe(createHash("sha256").update(bytes).digest("hex"));
    expect(this.answers.get(version) ?? answer).toBe(answer); // a number is never used twice
    this.answers.set(version, answer);
    this.hashes.set(version, sha256);
    this.unconfirmed.delete(answer);
    this.seen.acknowledged++;
  }

  /** Asks without end; an answer must be that of the version that it names. */
  async load(): Promise<void> {
    while (this.running) {
      const answer = await this.send("/m", { body: ROW });
      if (answer === undefined) {
        await new Promise((resolve) => setTimeout(resolve, 20)); // it is being started again
        continue;
      }
      expect(answer.status).toBe(200);
      const version = Number(answer.headers["curtido-version"]);
      const known = this.answers.get(version);
      if (known === undefined) {
        expect([...this.unconfirmed]).toContain(answer.text);
        this.answers.set(version, answer.text);
      } else expect([version, answer.text]).toEqual([version, known]);
      this.seen.answers++;
    }
  }

  /** Nothing is lost, half, or left over after the next start. */
  async check(): Promise<void> {
    await this.kill();
    await this.start();
    const listed = (await this.send("/m/versions", {}))!.json.versions as { version: number; sha256: string }[];
    const there = new Map(listed.map(({ version, sha256 }) => [version, sha256]));
    for (const [version, sha256] of this.hashes) expect([version, there.get(version)]).toEqual([version, sha256]);
    for (const [version, sha256] of there) {
      const artifact = (await this.send(`/m/versions/${version}`, {
        headers: { accept: "application/octet-stream" },
        key: KEY,
      }))!;
      expect(createHash("sha256").update(artifact.bytes).digest("hex")).toBe(sha256);
      const answer = (await this.send(`/m/versions/${version}`, { body: ROW }))!;
      expect(this.answers.get(version) ?? answer.text).toBe(answer.text);
    }
    if (!this.data.startsWith("postgres"))
      expect((await readdir(join(this.data, "artifacts"))).sort()).toEqual(
        ["database", ...new Set(there.values())].sort(),
      );
  }

  private async send(path: string, sent: Parameters<typeof send>[1]): Promise<Answered | undefined> {
    try {
      return await send(`http://127.0.0.1:${this.port}${path}`, sent);
    } catch {
      return undefined; // the server was killed
    }
  }
}

const original = example("modelo.pkl");
const model = loadNow(original);
const intercept = Number(model.predict([[0, 0, 0, 0]]).item(0));
const sum = Number(model.predict([[1, 0, 1, 1]]).item(0)) - intercept;
const place = find(original, intercept);

/** The example with another intercept, and what it answers. */
function variant(number: number): { readonly bytes: Uint8Array; readonly answer: string } {
  const bytes = original.slice();
  new DataView(bytes.buffer).setFloat64(place, Math.round(intercept) + number * 1000, true);
  const value = loadNow(bytes)
    .predict([[1, 0, 1, 1]])
    .item(0);
  expect(Number(value) - sum - number * 1000 - Math.round(intercept)).toBeCloseTo(0, 6);
  return { bytes, answer: JSON.stringify({ predict: value }) };
}

function find(bytes: Uint8Array, value: number): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at + 8 <= bytes.length; at++) if (view.getFloat64(at, true) === value) return at;
  throw new Error("the example does not hold its intercept as it is");
}

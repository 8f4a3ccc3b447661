import { type ChildProcessByStdio, spawn } from "node:child_process";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { expect } from "vitest";
import { hashOf, openStore, type StoreOptions } from "../../src/store/index.ts";

const PUBLISHER = fileURLToPath(new URL("publisher.ts", import.meta.url));

/** Kills per store: few in the test command; `CURTIDO_KILLS=60` for many. */
export const KILLS = Number(process.env["CURTIDO_KILLS"] ?? 4);
export const PATIENCE = 30_000 + KILLS * 5_000;

interface Publisher {
  readonly process: ChildProcessByStdio<null, Readable, Readable>;
  readonly lines: Record<string, unknown>[];
}

function startPublisher(options: StoreOptions, seed: number): Publisher {
  const args = ["--conditions=curtido-source", "--import", "tsx", PUBLISHER, JSON.stringify(options), String(seed)];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
  const lines: Record<string, unknown>[] = [];
  let rest = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    const parts = (rest + text).split("\n");
    rest = parts.pop()!;
    lines.push(...parts.map((line) => JSON.parse(line) as Record<string, unknown>));
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => lines.push({ failed: text }));
  return { process: child, lines };
}

async function begun({ lines }: Publisher): Promise<void> {
  const end = Date.now() + 20_000;
  while (lines.length <= 3) {
    if (Date.now() > end) throw new Error(`the publisher did not begin: ${JSON.stringify(lines)}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/**
 * Kills publishers at random moments, two at a time, and checks after every kill that the store is whole.
 *
 * @returns How many versions were acknowledged
 */
export async function killPublishers(options: StoreOptions, kills: number): Promise<number> {
  const numbers = new Map<string, string>();
  let acknowledged = 0;
  let seed = 0;
  let running: Publisher[] = [];
  const begin = () => startPublisher(options, (seed += 1));
  try {
    running = [begin(), begin()];
    for (let kill = 0; kill < kills; kill += 1) {
      const victim = running[kill % 2]!;
      await begun(victim);
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 60));
      const ended = new Promise((resolve) => victim.process.once("close", resolve));
      victim.process.kill("SIGKILL");
      await ended;
      expect(victim.lines.filter((line) => "failed" in line)).toEqual([]);
      for (const { published, version, sha256 } of victim.lines) {
        if (published === undefined) continue;
        acknowledged += 1;
        const number = `${String(published)} ${String(version)}`;
        expect(numbers.get(number) ?? sha256).toBe(sha256); // never twice
        numbers.set(number, sha256 as string);
      }
      running[kill % 2] = begin();
      await checkWhole(options);
    }
  } finally {
    for (const { process: child } of running) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      const ended = new Promise((resolve) => child.once("close", resolve));
      child.kill("SIGKILL");
      await ended;
    }
  }
  await checkKept(options, numbers);
  await checkNoOrphan(options);
  return acknowledged;
}

/** Every version has its bytes, every alias its versions; the other publisher is at work meanwhile. */
async function checkWhole(options: StoreOptions): Promise<void> {
  const store = await openStore(options);
  try {
    const { models } = await store.registry.snapshot();
    for (const { name, versions, aliases } of models) {
      const numbers = versions.map(({ version }) => version);
      for (const { split } of Object.values(aliases)) {
        expect(Object.keys(split).every((version) => numbers.includes(Number(version)))).toBe(true);
      }
      for (const { sha256, version, size } of versions) {
        const bytes = await store.registry.artifact(sha256).catch(async (error) => {
          const now = (await store.registry.snapshot()).models.find((model) => model.name === name);
          if (now?.versions.some((one) => one.version === version)) throw error; // else removed meanwhile
        });
        if (bytes !== undefined) expect([hashOf(bytes), bytes.length]).toEqual([sha256, size]);
      }
    }
  } finally {
    await store.close();
  }
}

/** What was acknowledged and never removed is there. */
async function checkKept(options: StoreOptions, numbers: ReadonlyMap<string, string>): Promise<void> {
  const store = await openStore(options);
  try {
    const { models } = await store.registry.snapshot();
    const there = new Map(
      models.flatMap(({ name, versions }) => versions.map(({ version, sha256 }) => [`${name} ${version}`, sha256])),
    );
    const kept = [...numbers].filter(([number]) => number.startsWith("kept"));
    expect(kept.length).toBeGreaterThan(0);
    expect(kept.filter(([number, sha256]) => there.get(number) !== sha256)).toEqual([]);
  } finally {
    await store.close();
  }
}

/** After a start there is nothing that no version names. */
async function checkNoOrphan(options: StoreOptions): Promise<void> {
  const store = await openStore(options);
  try {
    const { models } = await store.registry.snapshot();
    const named = new Set(models.flatMap(({ versions }) => versions.map(({ sha256 }) => sha256)));
    if (options.data.startsWith("postgres") && options.artifacts === undefined) {
      expect(await piecesOf(options.data)).toEqual([...named].sort());
      return;
    }
    const files = await readdir(options.artifacts ?? join(options.data, "artifacts"));
    expect(files.sort()).toEqual(["database", ...named].sort());
  } finally {
    await store.close();
  }
}

/** The artefacts that lie in a PostgreSQL database. */
async function piecesOf(url: string): Promise<string[]> {
  const client = new pg.Client(url);
  await client.connect();
  const { rows } = await client.query<{ sha256: string }>(
    "select distinct sha256 from artifact_chunks order by sha256",
  );
  await client.end();
  return rows.map(({ sha256 }) => sha256);
}

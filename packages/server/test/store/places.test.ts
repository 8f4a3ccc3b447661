import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { sql } from "kysely";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { folderArtifacts } from "../../src/store/artifacts_folder.ts";
import { Claims } from "../../src/store/claims.ts";
import { openDatabase } from "../../src/store/database.ts";
import { hashOf, openStore, type Store } from "../../src/store/index.ts";
import { newOwner } from "../../src/store/owner.ts";
import { DatabaseRegistry } from "../../src/store/registry.ts";
import { ABOUT } from "./fixture.ts";

let folder: string;
let data: string;
const stores: Store[] = [];
const open = async (options: Parameters<typeof openStore>[0]) => {
  const store = await openStore(options);
  stores.push(store);
  return store;
};

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "curtido-places-"));
  await chmod(folder, 0o755);
  data = join(folder, "data");
});

afterEach(async () => {
  await Promise.all(stores.splice(0).map((store) => store.close()));
  await chmod(folder, 0o755);
  await rm(folder, { recursive: true, force: true });
});

/** Runs as somebody whom permissions bind; they do not bind root. */
async function asNobody<T>(run: () => Promise<T>): Promise<T> {
  if (process.geteuid?.() !== 0) return await run();
  process.seteuid!(65_534);
  try {
    return await run();
  } finally {
    process.seteuid!(0);
  }
}

async function failure(run: Promise<unknown>): Promise<{ code: string; message: string }> {
  return await run.then(
    () => expect.fail("it succeeded"),
    (error) => error,
  );
}

describe("a place that will not do", () => {
  it("is a file", async () => {
    await writeFile(data, "no folder");
    const { code, message } = await failure(openStore({ data }));
    expect([code, message.startsWith(data)]).toEqual(["E_STORE", true]);
    expect(message).toMatch(/not a folder/);
  });

  it("may not be written", async () => {
    await (await openStore({ data })).close(); // what loads lazily is there
    await chmod(folder, 0o555);
    const fresh = await asNobody(() => failure(openStore({ data: join(folder, "other") })));
    expect(fresh).toMatchObject({ code: "E_STORE" });
    expect(fresh.message).toMatch(/permissions/);
    await chmod(join(data, "curtido.db"), 0o444);
    await chmod(data, 0o555);
    const old = await asNobody(() => failure(openStore({ data })));
    expect(old).toMatchObject({ code: "E_STORE" });
    expect(old.message).toMatch(/permissions/);
    await chmod(data, 0o755);
    await chmod(join(data, "curtido.db"), 0o666);
    await chmod(join(data, "curtido.db-shm"), 0o666).catch(() => undefined);
    await chmod(join(data, "curtido.db-wal"), 0o666).catch(() => undefined);
    const artifacts = await asNobody(() => failure(openStore({ data })));
    expect(artifacts).toMatchObject({ code: "E_STORE" });
    expect(artifacts.message).toMatch(/permissions/);
  });

  it("holds something else", async () => {
    await mkdir(data);
    await writeFile(join(data, "curtido.db"), randomBytes(8_192));
    expect(await failure(openStore({ data }))).toMatchObject({
      code: "E_STORE",
      message: expect.stringMatching(/no database of curtido/),
    });
  });

  it("was made by a newer curtido", async () => {
    const database = await openDatabase(data);
    await database.write((queries) =>
      queries.insertInto("migrations").values({ id: 999, name: "later", applied: 0 }).execute(),
    );
    await database.close();
    expect(await failure(openStore({ data }))).toMatchObject({
      code: "E_STORE",
      message: expect.stringMatching(/newer curtido/),
    });
  });

  it("holds the artefacts of another database", async () => {
    const first = await open({ data });
    const { version } = await first.registry.publish("m", randomBytes(10), ABOUT, null);
    const artifacts = join(data, "artifacts");
    expect(await failure(openStore({ data: join(folder, "other"), artifacts }))).toMatchObject({
      code: "E_STORE",
      message: expect.stringMatching(/another database/),
    });
    expect(await first.registry.artifact(version.sha256)).toHaveLength(10);
    expect(await failure(openStore({ data: join(folder, "other"), artifacts: "ftp://x/y" }))).toMatchObject({
      code: "E_STORE",
    });
  });
});

describe("a folder of artefacts", () => {
  it("refuses a damaged file, and publishing its bytes again heals it", async () => {
    const { registry } = await open({ data });
    const bytes = randomBytes(1_000);
    const { version } = await registry.publish("m", bytes, ABOUT, null);
    const path = join(data, "artifacts", version.sha256);
    await truncate(path, 999);
    expect(await failure(registry.artifact(version.sha256))).toMatchObject({
      code: "E_STORE",
      message: expect.stringMatching(/damaged/),
    });
    expect((await registry.publish("m", bytes, ABOUT, null)).outcome).toBe("same");
    expect(bytes.equals(await registry.artifact(version.sha256))).toBe(true);
  });

  it("is rid of what the dead left, not of what the living write", async () => {
    const store = await open({ data });
    const { version } = await store.registry.publish("m", randomBytes(10), ABOUT, null);
    const artifacts = join(data, "artifacts");
    const claimed = randomBytes(10);
    const { host, started } = newOwner();
    const dead = execFileSync(process.execPath, ["-p", "process.pid"], { encoding: "utf8" }).trim();
    const temporary = (owner: string) => join(artifacts, `.${owner}.${randomBytes(8).toString("hex")}.tmp`);
    const living = [`${host}-${process.pid}-${started}`, `${"0".repeat(16)}-1-1`].map(temporary);
    const left = [`${host}-${dead}-1`, ...(started === "" ? [] : [`${host}-${process.pid}-1`])].map(temporary);
    for (const path of [...living, ...left]) await writeFile(path, "half");
    const orphan = randomBytes(10);
    for (const bytes of [orphan, claimed]) await writeFile(join(artifacts, hashOf(bytes)), bytes);
    const database = await openDatabase(data);
    const claims = new Claims(database, newOwner());
    const claim = await claims.toWrite(hashOf(claimed));
    await database.write((queries) =>
      queries
        .insertInto("claims")
        .values({
          id: "dead",
          sha256: hashOf(orphan),
          kind: "write",
          owner: "x",
          host,
          pid: Number(dead),
          started: "1",
          beat: Date.now(),
        })
        .execute(),
    );
    await open({ data });
    const names = (paths: readonly string[]) => paths.map((path) => path.slice(artifacts.length + 1));
    const expected = [version.sha256, hashOf(claimed), "database", ...names(living)];
    expect((await readdir(artifacts)).sort()).toEqual(expected.sort());
    await claims.release(claim);
    await open({ data });
    expect((await readdir(artifacts)).sort()).toEqual(expected.filter((name) => name !== hashOf(claimed)).sort());
    claims.close();
    await database.close();
  });

  it("waits for a removal before it writes, but not for one of a process that died", async () => {
    const { registry } = await open({ data });
    const bytes = randomBytes(10);
    const database = await openDatabase(data);
    const claims = new Claims(database, newOwner());
    await writeFile(join(data, "artifacts", hashOf(bytes)), bytes);
    let removed = false;
    const removing = claims.toRemove(hashOf(bytes), async () => {
      await new Promise((resolve) => setTimeout(resolve, 200));
      await rm(join(data, "artifacts", hashOf(bytes)));
      removed = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 50));
    await registry.publish("m", bytes, ABOUT, null);
    expect(removed).toBe(true);
    await removing;
    expect(bytes.equals(await registry.artifact(hashOf(bytes)))).toBe(true);
    const row = {
      id: "r",
      sha256: "x",
      kind: "remove" as const,
      owner: "x",
      host: hostname(),
      pid: 1,
      started: "1",
      beat: Date.now() - 61_000,
    };
    await database.write((queries) => queries.insertInto("claims").values(row).execute());
    claims.forget(await claims.toWrite("x"));
    claims.close();
    await database.close();
  });
});

describe("no room", () => {
  it("on the disk of artefacts: nothing changes, nothing is left", () => {
    const script = fileURLToPath(new URL("limited.ts", import.meta.url));
    const node = `"$0" --conditions=curtido-source --import tsx "$1" "$2"`;
    const shell = `trap '' XFSZ; ulimit -f 2000; exec ${node}`; // no file may grow beyond a megabyte or two
    const output = execFileSync("sh", ["-c", shell, process.execPath, script, data], { encoding: "utf8" });
    expect(JSON.parse(output)).toEqual({ code: "E_FULL", versions: [1], files: 2, after: "added" });
  });

  it("in the database: nothing changes, nothing is left", async () => {
    const database = await openDatabase(data);
    const claims = new Claims(database, newOwner());
    const artifacts = await folderArtifacts(join(data, "artifacts"), newOwner());
    const registry = new DatabaseRegistry(database, artifacts, claims);
    const { rows } = await database.write((queries) => sql<{ page_count: number }>`pragma page_count`.execute(queries));
    const room = (pages: number) =>
      database.write((queries) => sql.raw(`pragma max_page_count = ${pages}`).execute(queries));
    await room(rows[0]!.page_count + 2);
    let published = 0;
    const fill = async () => {
      for (; published < 2_000; published += 1) await registry.publish(`m${published}`, randomBytes(8), ABOUT, null);
    };
    expect(await failure(fill())).toMatchObject({ code: "E_FULL" });
    expect(published).toBeGreaterThan(0);
    expect((await registry.snapshot()).models).toHaveLength(published);
    expect(await registry.revision()).toBe(published);
    await room(1_000_000);
    await registry.publish("more", randomBytes(8), ABOUT, null);
    await registry.removeOrphans();
    expect(await artifacts.list()).toHaveLength(published + 1);
    claims.close();
    await database.close();
  });
});

it("gives files no name that a request chose", async () => {
  const { registry } = await open({ data });
  await registry.publish("../../../evil", randomBytes(8), ABOUT, null);
  expect((await readdir(folder)).sort()).toEqual(["data"]);
  expect(await readFile(join(data, "artifacts", "database"), "utf8")).toMatch(/^[0-9a-f]{32}$/);
});

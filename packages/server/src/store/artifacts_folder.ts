/** @module Artefacts as files of a folder, named by their hash. */

import { randomBytes } from "node:crypto";
import { mkdir, open, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Artifacts, isHash, noArtifact, proved } from "./artifacts.ts";
import { asStoreError, codeOf } from "./errors.ts";
import { fillFrom } from "./files.ts";
import { isLive, type Owner } from "./owner.ts";

const MARK = "database";
/** A file that is being written: host, process and start of whose it is, and something that tells it from others. */
const TEMPORARY = /^\.([0-9a-f]+)-(\d+)-(\w*)\.[0-9a-f]{16}\.tmp$/;
/** A temporary file of another machine is left over when it is older than this, in milliseconds. */
const ABANDONED = 24 * 3_600_000;

/** A folder, made when it is not there. */
export async function folderArtifacts(folder: string, owner: Owner): Promise<Artifacts> {
  const attempt = async <T>(run: () => Promise<T>): Promise<T> => {
    try {
      return await run();
    } catch (error) {
      throw asStoreError(error, folder);
    }
  };
  await attempt(async () => {
    await mkdir(folder, { recursive: true });
    await rm(await writeTemporary(folder, new Uint8Array(1), owner)); // better to fail now than when somebody publishes
  });
  return {
    place: folder,
    inDatabase: false,
    put: (sha256, bytes) => attempt(() => write(folder, sha256, bytes, owner)),
    get: (sha256) =>
      attempt(async () => {
        try {
          return await proved(sha256, await readShared(join(folder, sha256)), folder);
        } catch (error) {
          throw codeOf(error) === "ENOENT" ? noArtifact(sha256, folder) : error;
        }
      }),
    remove: (sha256) =>
      attempt(async () => {
        await rm(join(folder, sha256), { force: true });
        await syncFolder(folder);
      }),
    list: () => attempt(async () => (await readdir(folder)).filter(isHash)),
    tidy: () => attempt(() => tidy(folder)),
    bind: (database) => attempt(() => bind(folder, database)),
  };
}

/** The bytes of a file in memory that threads can share. */
async function readShared(path: string): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const bytes = new Uint8Array(new SharedArrayBuffer((await file.stat()).size));
    await fillFrom(file, bytes);
    return bytes;
  } finally {
    await file.close();
  }
}

async function write(folder: string, name: string, bytes: Uint8Array, owner: Owner): Promise<void> {
  const temporary = await writeTemporary(folder, bytes, owner);
  try {
    await rename(temporary, join(folder, name));
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
  await syncFolder(folder);
}

/** Writes bytes to the disk under a name that tells whose they are; gives the path. */
async function writeTemporary(folder: string, bytes: Uint8Array, { host, pid, started }: Owner): Promise<string> {
  const path = join(folder, `.${host}-${pid}-${started}.${randomBytes(8).toString("hex")}.tmp`);
  try {
    await writeFile(path, bytes, { flag: "wx", flush: true, mode: 0o640 });
    return path;
  } catch (error) {
    await rm(path, { force: true }).catch(() => undefined);
    throw error;
  }
}

/** Makes names that were given or taken in a folder outlive a crash. Windows has no such thing. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function tidy(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const match = TEMPORARY.exec(name);
    if (match === null) continue;
    const path = join(folder, name);
    const owner = { host: match[1]!, pid: Number(match[2]), started: match[3]! };
    if (!isLive(owner, await ageOf(path), ABANDONED)) await rm(path, { force: true });
  }
}

async function ageOf(path: string): Promise<number> {
  try {
    const file = await open(path, "r");
    try {
      return Date.now() - (await file.stat()).mtimeMs;
    } finally {
      await file.close();
    }
  } catch (error) {
    if (codeOf(error) === "ENOENT") return 0; // it has just become an artefact
    throw error;
  }
}

async function bind(folder: string, database: string): Promise<string> {
  const path = join(folder, MARK);
  try {
    await writeFile(path, database, { flag: "wx", flush: true });
    return database;
  } catch (error) {
    if (codeOf(error) !== "EEXIST") throw error;
    return await readFile(path, "utf8");
  }
}

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { storeSuite } from "./suite.ts";

const folders: string[] = [];

storeSuite("SQLite and a folder", async () => {
  const folder = await mkdtemp(join(tmpdir(), "curtido-store-"));
  folders.push(folder);
  return { data: join(folder, "data") };
});

afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

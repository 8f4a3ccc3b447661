import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { s3Artifacts } from "../../src/store/artifacts_s3.ts";
import { hashOf, openStore } from "../../src/store/index.ts";
import { type FakeS3, startFakeS3 } from "./fake_s3.ts";
import { ABOUT } from "./fixture.ts";
import { storeSuite } from "./suite.ts";

let s3: FakeS3;
let folder: string;
const PREFIX = "a & b/ñ";
const PLACE = `s3://models/${PREFIX}`;

beforeEach(async () => {
  s3 = await startFakeS3();
  folder = await mkdtemp(join(tmpdir(), "curtido-s3-"));
  vi.stubEnv("AWS_ACCESS_KEY_ID", "id");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "secret");
  vi.stubEnv("AWS_REGION", "eu-north-1");
  vi.stubEnv("AWS_ENDPOINT_URL", s3.url);
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await s3.close();
  await rm(folder, { recursive: true, force: true });
});

storeSuite("SQLite and S3", async () => {
  s3.objects.clear();
  return { data: await mkdtemp(join(folder, "data-")), artifacts: PLACE };
});

const bytes = (content: number) => new TextEncoder().encode(`artefact ${content}`);

it("lists page after page, keeps to its prefix and removes what no version names", async () => {
  const store = await openStore({ data: folder, artifacts: PLACE });
  for (let content = 0; content < 5; content += 1) await store.registry.publish("m", bytes(content), ABOUT, null);
  await store.close();
  const elsewhere = `other/${hashOf(bytes(100))}`;
  s3.objects.set(elsewhere, Buffer.from("x"));
  s3.objects.set(`${PREFIX}/deeper/${hashOf(bytes(100))}`, Buffer.from("x"));
  for (let content = 5; content < 10; content += 1)
    s3.objects.set(`${PREFIX}/${hashOf(bytes(content))}`, Buffer.from("x"));
  await (await openStore({ data: folder, artifacts: PLACE })).close();
  const named = Array.from({ length: 5 }, (_, content) => `${PREFIX}/${hashOf(bytes(content))}`);
  const expected = [elsewhere, `${PREFIX}/deeper/${hashOf(bytes(100))}`, `${PREFIX}/database`, ...named];
  expect([...s3.objects.keys()].sort()).toEqual(expected.sort());
});

it("says what is wrong, and changes nothing", async () => {
  const store = await openStore({ data: folder, artifacts: PLACE });
  const { version } = await store.registry.publish("m", bytes(1), ABOUT, null);
  const failure = async (run: Promise<unknown>) =>
    await run.catch((error) => ({ code: error.code, message: error.message }));
  s3.failure = { status: 403, code: "SignatureDoesNotMatch" };
  expect(await failure(store.registry.publish("m", bytes(2), ABOUT, null))).toMatchObject({
    code: "E_STORE",
    message: expect.stringMatching(/SignatureDoesNotMatch.*AWS_/),
  });
  s3.failure = { status: 507, code: "XMinioStorageFull" };
  expect(await failure(store.registry.publish("m", bytes(2), ABOUT, null))).toMatchObject({ code: "E_FULL" });
  s3.failure = { status: 503, code: "SlowDown" };
  expect(await failure(store.registry.artifact(version.sha256))).toMatchObject({ code: "E_STORE" });
  s3.failure = undefined;
  s3.objects.set(`${PREFIX}/${version.sha256}`, Buffer.from("damaged"));
  expect(await failure(store.registry.artifact(version.sha256))).toMatchObject({
    message: expect.stringMatching(/damaged/),
  });
  expect((await store.registry.snapshot()).models[0]!.versions).toHaveLength(1);
  await s3.close();
  expect(await failure(store.registry.publish("m", bytes(2), ABOUT, null))).toMatchObject({ code: "E_STORE" });
  await store.close();
});

it("needs a bucket and credentials", async () => {
  const failure = (place: string, environment: Record<string, string>) => {
    try {
      return s3Artifacts(place, environment).place;
    } catch (error) {
      return (error as Error).message;
    }
  };
  expect(failure("s3://models", {})).toMatch(/AWS_ACCESS_KEY_ID/);
  expect(failure("s3:///x", { AWS_ACCESS_KEY_ID: "a", AWS_SECRET_ACCESS_KEY: "b" })).toMatch(/names no bucket/);
  expect(failure("s3://models", { AWS_ACCESS_KEY_ID: "a", AWS_SECRET_ACCESS_KEY: "b" })).toBe("s3://models");
  const unknown = openStore({ data: folder, artifacts: "s3://unknown/x" });
  await expect(unknown).rejects.toMatchObject({ code: "E_STORE", message: expect.stringMatching(/NoSuchBucket/) });
});

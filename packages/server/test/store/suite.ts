import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  type Conditions,
  CURRENT,
  hashOf,
  isStoreError,
  openStore,
  type Store,
  type StoreOptions,
} from "../../src/store/index.ts";
import { ABOUT } from "./fixture.ts";

export { ABOUT };

/** Bytes of an artefact, by its number. */
export function bytesOf(content: number | string): Uint8Array {
  return new TextEncoder().encode(`artefact ${content}`);
}

export function publish(store: Store, name: string, content: number | string, conditions?: Conditions) {
  return store.registry.publish(name, bytesOf(content), ABOUT, "someone", conditions);
}

/** What every store must do; `place` gives a new, empty one. */
export function storeSuite(name: string, place: () => Promise<StoreOptions>): void {
  describe(name, () => {
    let options: StoreOptions;
    let store: Store;
    const opened: Store[] = [];
    const open = async () => {
      const one = await openStore(options);
      opened.push(one);
      return one;
    };
    beforeEach(async () => {
      options = await place();
      store = await open();
    });
    afterEach(async () => {
      await Promise.all(opened.splice(0).map((one) => one.close()));
    });

    it("publishes, adds, moves back and says when nothing changed", async () => {
      const first = await publish(store, "Modelo", 1);
      expect(first).toMatchObject({
        outcome: "created",
        revision: 1,
        version: { version: 1, sha256: hashOf(bytesOf(1)) },
      });
      expect(first.version).toMatchObject({ ...ABOUT, size: bytesOf(1).length, createdBy: "someone" });
      expect(Date.now() - Date.parse(first.version.created)).toBeLessThan(10_000);
      expect(await publish(store, "modelo", 1)).toMatchObject({
        outcome: "same",
        revision: 1,
        model: { name: "Modelo" },
      });
      expect(await publish(store, "MODELO", 2)).toMatchObject({
        outcome: "added",
        revision: 2,
        version: { version: 2 },
      });
      const back = await publish(store, "modelo", 1);
      expect(back).toMatchObject({ outcome: "moved", revision: 3, version: { version: 1 } });
      expect(back.model.aliases).toEqual({ [CURRENT]: { split: { 1: 100 } } });
      expect(await store.registry.revision()).toBe(3);
      const { models, revision } = await store.registry.snapshot();
      expect(revision).toBe(3);
      expect(models).toEqual([back.model]);
      expect(models[0]!.versions.map(({ version }) => version)).toEqual([1, 2]);
      expect(await store.registry.snapshot()).toBe(await store.registry.snapshot());
      expect(new Uint8Array(await store.registry.artifact(hashOf(bytesOf(2))))).toEqual(bytesOf(2));
    });

    it("keeps names of any script, and names that objects have", async () => {
      for (const odd of ["__proto__", "constructor", "modèle", "模型", "o'clock; drop table models", "../../etc"]) {
        await publish(store, odd, odd);
        await store.registry.setAlias(odd, odd, { split: { 1: 100 } });
      }
      const { models } = await store.registry.snapshot();
      expect(models.map((model) => model.name).sort()).toEqual(
        ["__proto__", "constructor", "modèle", "模型", "o'clock; drop table models", "../../etc"].sort(),
      );
      for (const model of models) expect(Object.keys(model.aliases).sort()).toEqual([CURRENT, model.name].sort());
      expect(models[0]!.aliases["toString"]).toBeUndefined();
    });

    it("never uses a number twice", async () => {
      await publish(store, "m", 1);
      await publish(store, "m", 2);
      await publish(store, "m", 1);
      await store.registry.removeVersion("m", 2);
      expect((await publish(store, "m", 2)).version.version).toBe(3);
      await store.registry.removeModel("m");
      expect((await publish(store, "M", 1)).version.version).toBe(4);
    });

    it("keeps an artefact as long as a version has it", async () => {
      await publish(store, "a", 1);
      await publish(store, "b", 1);
      await store.registry.removeModel("a");
      expect(new Uint8Array(await store.registry.artifact(hashOf(bytesOf(1))))).toEqual(bytesOf(1));
      await store.registry.removeModel("b");
      await expect(store.registry.artifact(hashOf(bytesOf(1)))).rejects.toMatchObject({ code: "E_NOT_FOUND" });
      await expect(store.registry.artifact("../../secret")).rejects.toMatchObject({ code: "E_NOT_FOUND" });
    });

    it("checks conditions", async () => {
      const one = hashOf(bytesOf(1));
      const precondition = { code: "E_PRECONDITION" };
      await expect(publish(store, "m", 1, { match: "*" })).rejects.toMatchObject(precondition);
      await expect(publish(store, "m", 1, { match: [one] })).rejects.toMatchObject(precondition);
      expect((await publish(store, "m", 1, { noneMatch: "*" })).outcome).toBe("created");
      await expect(publish(store, "m", 2, { noneMatch: "*" })).rejects.toMatchObject(precondition);
      await expect(publish(store, "m", 2, { noneMatch: [one] })).rejects.toMatchObject(precondition);
      await expect(publish(store, "m", 2, { match: [hashOf(bytesOf(2))] })).rejects.toMatchObject(precondition);
      await expect(store.registry.artifact(hashOf(bytesOf(2)))).rejects.toMatchObject({ code: "E_NOT_FOUND" });
      expect((await publish(store, "m", 2, { match: [hashOf(bytesOf(2)), one] })).outcome).toBe("added");
      await expect(store.registry.removeModel("m", { match: [one] })).rejects.toMatchObject(precondition);
      await store.registry.removeModel("m", { match: "*" });
      await expect(store.registry.removeModel("m")).rejects.toMatchObject({ code: "E_NOT_FOUND" });
    });

    it("points aliases, splits them and keeps what they need", async () => {
      for (const content of [1, 2, 3, 4]) await publish(store, "m", content);
      const { registry } = store;
      expect(await registry.setAlias("m", "Canary", { split: { 1: 90, 2: 10 }, shadow: 3 })).toEqual({
        created: true,
        revision: 5,
      });
      expect(await registry.setAlias("m", "canary", { split: { 1: 90, 2: 10 }, shadow: 3 })).toEqual({
        created: false,
        revision: 5,
      });
      const [model] = (await registry.snapshot()).models;
      expect(model!.aliases).toEqual({
        canary: { split: { 1: 90, 2: 10 }, shadow: 3 },
        current: { split: { 4: 100 } },
      });
      for (const used of [1, 2, 3, 4])
        await expect(registry.removeVersion("m", used)).rejects.toMatchObject({ code: "E_CONFLICT" });
      for (const split of [{ 9: 100 }, { 1: 50 }, { 1: 150, 2: -50 }, { 1: Number.NaN }, {}]) {
        await expect(registry.setAlias("m", "x", { split: split as Record<number, number> })).rejects.toMatchObject({
          code: "E_TARGET",
        });
      }
      await expect(registry.setAlias("m", "x", { split: { 1: 100 }, shadow: 9 })).rejects.toMatchObject({
        code: "E_TARGET",
      });
      await expect(registry.setAlias("none", "x", { split: { 1: 100 } })).rejects.toMatchObject({
        code: "E_NOT_FOUND",
      });
      await expect(registry.removeAlias("m", CURRENT)).rejects.toMatchObject({ code: "E_CONFLICT" });
      await registry.removeAlias("m", "CANARY");
      await expect(registry.removeAlias("m", "canary")).rejects.toMatchObject({ code: "E_NOT_FOUND" });
      await registry.removeVersion("m", 2);
      await expect(registry.removeVersion("m", 2)).rejects.toMatchObject({ code: "E_NOT_FOUND" });
      await registry.setAlias("m", CURRENT, { split: { 1: 50, 3: 50 } });
      expect(await publish(store, "m", 1)).toMatchObject({
        outcome: "moved",
        model: { aliases: { current: { split: { 1: 100 } } } },
      });
    });

    it("serialises publishers of several stores", async () => {
      const other = await open();
      const contents = Array.from({ length: 24 }, (_, index) => index);
      const done = await Promise.all(contents.map((content) => publish(content % 2 ? store : other, "m", content)));
      expect(done.map(({ version }) => version.version).sort((a, b) => a - b)).toEqual(
        contents.map((index) => index + 1),
      );
      expect(done.map(({ revision }) => revision).sort((a, b) => a - b)).toEqual(contents.map((index) => index + 1));
      expect(await store.registry.snapshot()).toEqual(await other.registry.snapshot());
      const racing = await Promise.allSettled(
        contents.map((content) => publish(content % 2 ? store : other, "n", content, { noneMatch: "*" })),
      );
      expect(racing.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
      const same = await Promise.all(contents.map((n) => publish(n % 2 ? store : other, "p", "same")));
      expect(same.map(({ outcome }) => outcome).sort()).toEqual(["created", ...contents.slice(1).map(() => "same")]);
      expect(new Uint8Array(await store.registry.artifact(hashOf(bytesOf("same"))))).toEqual(bytesOf("same"));
    }, 20_000);

    it("never takes away what is published while its like is removed", async () => {
      const other = await open();
      for (let round = 0; round < 15; round += 1) {
        await publish(store, "old", "shared");
        await Promise.all([store.registry.removeModel("old"), publish(other, "new", "shared")]);
        expect(new Uint8Array(await store.registry.artifact(hashOf(bytesOf("shared"))))).toEqual(bytesOf("shared"));
        await other.registry.removeModel("new");
      }
    }, 20_000);

    it("makes keys, finds them by secret, revokes them everywhere", async () => {
      const other = await open();
      const { key, secret } = await store.keys.create({ name: "team", scopes: ["predict"], rateLimit: 60 });
      expect(secret).toMatch(/^curtido_[\w-]{43}$/);
      expect(key).toMatchObject({ name: "team", scopes: ["predict"], rateLimit: 60, expires: null, lastUsed: null });
      expect(await store.keys.find(secret)).toEqual(key);
      expect(await other.keys.find(secret)).toEqual(key);
      expect(await store.keys.get(key.id)).toEqual(key);
      expect(await store.keys.find(`${secret}x`)).toBeUndefined();
      expect(await store.keys.find("")).toBeUndefined();
      const admin = await store.keys.create({ name: "first", scopes: ["admin"], secret: "chosen" });
      expect((await other.keys.create({ name: "again", scopes: ["predict"], secret: "chosen" })).key).toEqual(
        admin.key,
      );
      expect((await store.keys.list()).map(({ id }) => id).sort()).toEqual([key.id, admin.key.id].sort());
      expect(await store.keys.revoke(key.id)).toBe(true);
      expect(await store.keys.revoke(key.id)).toBe(false);
      expect(await store.keys.find(secret)).toBeUndefined();
      await vi.waitFor(async () => expect(await other.keys.find(secret)).toBeUndefined(), {
        timeout: 2_500,
        interval: 50,
      });
      const late = await store.keys.create({
        name: "late",
        scopes: [],
        expires: new Date(Date.now() + 300).toISOString(),
      });
      await vi.waitFor(async () => expect(await other.keys.find(late.secret)).toEqual(late.key), {
        timeout: 250,
        interval: 10,
      });
      await new Promise((resolve) => setTimeout(resolve, 310));
      expect(await other.keys.find(late.secret)).toBeUndefined();
      await expect(store.keys.create({ name: "x", scopes: [], expires: "soon" })).rejects.toSatisfy(isStoreError);
      expect(await store.keys.signingSecret()).toBe(await other.keys.signingSecret());
      expect((await store.keys.signingSecret()).length).toBeGreaterThan(40);
    });

    it("notes when a key was used", async () => {
      const { key, secret } = await store.keys.create({ name: "k", scopes: ["predict"] });
      await store.keys.find(secret);
      await store.close();
      const other = await open();
      const used = (await other.keys.get(key.id))!.lastUsed!;
      expect(Math.abs(Date.parse(used) - Date.now())).toBeLessThan(10_000);
    });

    it("logs predictions and reads them by page, time and version", async () => {
      const start = Date.parse("2026-01-01T00:00:00.000Z");
      const count = 1_203;
      for (let index = 0; index < count; index += 1) {
        store.predictions.write({
          time: new Date(start + Math.floor(index / 3)).toISOString(),
          model: "Modelo",
          version: index % 2,
          requestId: `r${index}\0\uD800`,
          keyId: null,
          rows: 1,
          duration: 0.25,
          input: `[${index}]`,
          output: "{}",
        });
      }
      expect(store.predictions.waiting).toBeGreaterThan(0);
      await store.predictions.flush();
      expect(store.predictions).toMatchObject({ waiting: 0, dropped: 0 });
      const all: string[] = [];
      for (let before: string | undefined, page = 0; page < 50; page += 1) {
        const read = await store.predictions.query({ model: "modelo", limit: 100, ...(before && { before }) });
        all.push(...read.records.map(({ input }) => input));
        before = read.next;
        if (before === undefined) break;
      }
      expect(all).toEqual(Array.from({ length: count }, (_, index) => `[${count - 1 - index}]`));
      const range = { from: "2026-01-01T01:00:00.010+01:00", to: "2026-01-01T00:00:00.012Z" };
      const some = await store.predictions.query({ model: "Modelo", version: 1, limit: 100, ...range });
      expect(some.next).toBeUndefined();
      expect(some.records.map(({ input }) => input)).toEqual(["[35]", "[33]", "[31]"]);
      expect(some.records[0]).toMatchObject({
        requestId: "r35\uFFFD\uFFFD",
        duration: 0.25,
        rows: 1,
        keyId: null,
        version: 1,
        model: "Modelo",
      });
      expect(some.records[0]!.time).toBe("2026-01-01T00:00:00.011Z");
      for (const before of ["x", "1-'", "-"]) {
        await expect(store.predictions.query({ model: "m", limit: 1, before })).rejects.toSatisfy(isStoreError);
      }
      await expect(store.predictions.query({ model: "m", limit: 1, from: "x" })).rejects.toSatisfy(isStoreError);
    });

    it("opens many times at once, and closes twice", async () => {
      options = await place();
      const many = await Promise.all(Array.from({ length: 6 }, open));
      expect(await Promise.all(many.map((one) => one.healthy()))).toEqual(many.map(() => true));
      await Promise.all([many[0]!.close(), many[0]!.close()]);
      expect(await many[0]!.healthy()).toBe(false);
      await expect(many[0]!.registry.snapshot()).rejects.toMatchObject({ code: "E_STORE" });
      await expect(publish(many[0]!, "m", 1)).rejects.toMatchObject({ code: "E_STORE" });
    });
  });
}

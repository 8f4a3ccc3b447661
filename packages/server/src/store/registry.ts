/** @module The registry: models, versions and aliases in the database, artefacts beside or in it. */

import { type Artifacts, hashOf, isHash, noArtifact } from "./artifacts.ts";
import { type Claims, isNamed, lock } from "./claims.ts";
import type { Database } from "./database.ts";
import { storeError } from "./errors.ts";
import {
  checkConditions,
  checkTarget,
  currentVersion,
  pointsTo,
  readModel,
  readModels,
  versionRecord,
  versionsOf,
} from "./models.ts";
import { nameKey } from "./names.ts";
import type { Queries } from "./schema.ts";
import { clean } from "./text.ts";
import {
  type About,
  type AliasTarget,
  type Conditions,
  CURRENT,
  type ModelRecord,
  type Published,
  type Registry,
  type Snapshot,
  type VersionRecord,
} from "./types.ts";

/** How often an artefact is written again whose claim was lost while this process stood still. */
const ATTEMPTS = 3;

interface Publication {
  readonly name: string;
  readonly sha256: string;
  readonly size: number;
  readonly about: About;
  readonly by: string | null;
  readonly conditions: Conditions;
}

/** The registry of a database. */
export class DatabaseRegistry implements Registry {
  private readonly database: Database;
  private readonly artifacts: Artifacts;
  private readonly claims: Claims;
  private latest: Snapshot | undefined;

  constructor(database: Database, artifacts: Artifacts, claims: Claims) {
    this.database = database;
    this.artifacts = artifacts;
    this.claims = claims;
  }

  revision(): Promise<number> {
    return this.database.query(readRevision);
  }

  async snapshot(): Promise<Snapshot> {
    const known = this.latest;
    if (known !== undefined && (await this.revision()) === known.revision) return known;
    const read = await this.database.snapshot(async (queries) => ({
      revision: await readRevision(queries),
      models: await readModels(queries),
    }));
    if (this.latest === undefined || read.revision > this.latest.revision) this.latest = read;
    return read;
  }

  async publish(
    name: string,
    artifact: Uint8Array,
    about: About,
    by: string | null,
    conditions: Conditions = {},
  ): Promise<Published> {
    const sha256 = hashOf(artifact);
    const publication: Publication = { name, sha256, size: artifact.length, about, by, conditions };
    if (this.artifacts.inDatabase) {
      return await this.database.write(async (queries) => {
        await this.artifacts.put(sha256, artifact, queries); // long when it is large: others need not wait for it
        await lock(queries);
        if (!(await this.isKept(queries, sha256))) await this.artifacts.put(sha256, artifact, queries);
        return await record(queries, publication);
      });
    }
    for (let attempt = 1; ; attempt += 1) {
      const published = await this.publishBeside(publication, artifact);
      if (published !== undefined) return published;
      if (attempt === ATTEMPTS) throw storeError("E_STORE", `${this.artifacts.place}: the artefact was taken away`);
    }
  }

  /** The artefact first, durable, then the transaction; gives nothing when the artefact may be gone by then. */
  private async publishBeside(publication: Publication, artifact: Uint8Array): Promise<Published | undefined> {
    const { sha256 } = publication;
    const claim = await this.claims.toWrite(sha256);
    try {
      await this.artifacts.put(sha256, artifact);
      const published = await this.database.write(async (queries) => {
        await lock(queries);
        return (await this.claims.settle(queries, claim)) ? await record(queries, publication) : undefined;
      });
      this.claims.forget(claim);
      return published;
    } catch (error) {
      await this.claims.release(claim);
      await this.discard([sha256]);
      throw error;
    }
  }

  private async isKept(queries: Queries, sha256: string): Promise<boolean> {
    const piece = queries.selectFrom("artifact_chunks").select("part").where("sha256", "=", sha256);
    return (await piece.where("part", "=", 0).executeTakeFirst()) !== undefined;
  }

  async artifact(sha256: string): Promise<Uint8Array> {
    if (!isHash(sha256)) throw noArtifact(sha256, this.artifacts.place);
    return await this.artifacts.get(sha256);
  }

  async removeVersion(name: string, version: number): Promise<void> {
    const gone = await this.change(async (queries) => {
      const model = await existing(queries, name);
      const found = model.versions.find((known) => known.version === version);
      if (found === undefined) throw noVersion(name, version);
      const alias = Object.keys(model.aliases).find((key) => pointsTo(model.aliases[key]!, version));
      if (alias !== undefined) {
        const message = `version ${version} of '${name}' is in use: the alias '${alias}' points to it; point that elsewhere first`;
        throw storeError("E_CONFLICT", message, { name, version, alias });
      }
      await queries
        .deleteFrom("versions")
        .where("model_key", "=", nameKey(name))
        .where("version", "=", version)
        .execute();
      return [found.sha256];
    });
    await this.discard(gone);
  }

  async removeModel(name: string, conditions: Conditions = {}): Promise<void> {
    const gone = await this.change(async (queries) => {
      const key = nameKey(name);
      checkConditions(name, await readModel(queries, name), conditions);
      const model = await existing(queries, name);
      await queries.deleteFrom("aliases").where("model_key", "=", key).execute();
      await queries.deleteFrom("versions").where("model_key", "=", key).execute();
      await queries.deleteFrom("models").where("model_key", "=", key).execute();
      return model.versions.map(({ sha256 }) => sha256);
    });
    await this.discard(gone);
  }

  /** One transaction that removes versions; gives what is not needed any more, without what lay in the database. */
  private change(job: (queries: Queries) => Promise<readonly string[]>): Promise<readonly string[]> {
    return this.database.write(async (queries) => {
      const revision = await lock(queries);
      const hashes = await job(queries);
      await setRevision(queries, revision + 1);
      if (!this.artifacts.inDatabase) return hashes;
      for (const sha256 of hashes) {
        if (!(await isNamed(queries, sha256))) await this.artifacts.remove(sha256, queries);
      }
      return [];
    });
  }

  /** Removes artefacts that no version has. What fails is left for the next start. */
  private async discard(hashes: readonly string[]): Promise<void> {
    if (this.artifacts.inDatabase) return;
    for (const sha256 of hashes) {
      await this.claims.toRemove(sha256, () => this.artifacts.remove(sha256)).catch(() => undefined);
    }
  }

  /** Removes what processes that were killed left: artefacts that no version has, files half-written, claims. */
  async removeOrphans(): Promise<void> {
    if (this.artifacts.inDatabase) return;
    await this.claims.sweep();
    await this.artifacts.tidy();
    const found = await this.artifacts.list(); // before the versions: what is published meanwhile is not in it
    const rows = await this.database.query((queries) => queries.selectFrom("versions").select("sha256").execute());
    const named = new Set(rows.map(({ sha256 }) => sha256));
    await this.discard(found.filter((sha256) => !named.has(sha256)));
  }

  setAlias(name: string, alias: string, target: AliasTarget) {
    const key = nameKey(alias);
    return this.database.write(async (queries) => {
      const revision = await lock(queries);
      const model = await existing(queries, name);
      checkTarget(model, target);
      const known = model.aliases[key];
      if (known !== undefined && aliasText(known) === aliasText(target)) return { created: false, revision };
      await pointAlias(queries, name, key, target);
      await setRevision(queries, revision + 1);
      return { created: known === undefined, revision: revision + 1 };
    });
  }

  async removeAlias(name: string, alias: string): Promise<void> {
    const key = nameKey(alias);
    await this.database.write(async (queries) => {
      const revision = await lock(queries);
      const model = await existing(queries, name);
      if (key === CURRENT) {
        throw storeError("E_CONFLICT", `'${name}' cannot be without '${CURRENT}'; remove the model instead`, { name });
      }
      if (model.aliases[key] === undefined) {
        throw storeError("E_NOT_FOUND", `there is no alias '${alias}' of '${name}'`, { name, alias });
      }
      await queries.deleteFrom("aliases").where("model_key", "=", nameKey(name)).where("alias", "=", key).execute();
      await setRevision(queries, revision + 1);
    });
  }
}

async function readRevision(queries: Queries): Promise<number> {
  const row = await queries.selectFrom("state").select("revision").where("id", "=", 1).executeTakeFirstOrThrow();
  return row.revision;
}

async function setRevision(queries: Queries, revision: number): Promise<void> {
  await queries.updateTable("state").set({ revision }).where("id", "=", 1).execute();
}

async function existing(queries: Queries, name: string): Promise<ModelRecord> {
  const model = await readModel(queries, name);
  if (model === undefined) throw storeError("E_NOT_FOUND", `there is no model '${name}'`, { name });
  return model;
}

function noVersion(name: string, version: number) {
  return storeError("E_NOT_FOUND", `there is no version ${version} of '${name}'`, { name, version });
}

/** A target as the table holds it. */
function aliasText({ split, shadow }: AliasTarget): string {
  return JSON.stringify(shadow === undefined ? { split } : { split, shadow });
}

async function pointAlias(queries: Queries, name: string, alias: string, target: AliasTarget): Promise<void> {
  const text = aliasText(target);
  await queries
    .insertInto("aliases")
    .values({ model_key: nameKey(name), alias, target: text })
    .onConflict((on) => on.columns(["model_key", "alias"]).doUpdateSet({ target: text }))
    .execute();
}

/** Publishes an artefact that is kept: the rest of the transaction, once it holds the lock. */
async function record(queries: Queries, publication: Publication): Promise<Published> {
  const { name, sha256, conditions } = publication;
  const revision = await lock(queries);
  const before = await readModel(queries, name);
  checkConditions(name, before, conditions);
  const known = before?.versions.find((version) => version.sha256 === sha256);
  if (before !== undefined && known !== undefined && isAllOfCurrent(before, known.version)) {
    return { model: before, version: known, outcome: "same", revision };
  }
  if (before === undefined) {
    await queries
      .insertInto("models")
      .values({ model_key: nameKey(name), name, created: Date.now() })
      .execute();
  }
  const version = known ?? (await addVersion(queries, publication));
  await pointAlias(queries, name, CURRENT, { split: { [version.version]: 100 } });
  await setRevision(queries, revision + 1);
  const outcome = before === undefined ? "created" : known === undefined ? "added" : "moved";
  return { model: await existing(queries, name), version, outcome, revision: revision + 1 };
}

/** Whether all requests go to this version. */
function isAllOfCurrent(model: ModelRecord, version: number): boolean {
  return currentVersion(model)?.version === version && versionsOf(model.aliases[CURRENT]!).length === 1;
}

async function addVersion(queries: Queries, publication: Publication): Promise<VersionRecord> {
  const { name, sha256, size, about, by } = publication;
  const key = nameKey(name);
  const { next_version: next } = await queries
    .insertInto("counters")
    .values({ model_key: key, next_version: 2 })
    .onConflict((on) =>
      on.column("model_key").doUpdateSet((of) => ({ next_version: of("counters.next_version", "+", 1) })),
    )
    .returning("next_version")
    .executeTakeFirstOrThrow();
  const row = {
    model_key: key,
    version: next - 1,
    sha256,
    size,
    class_name: clean(about.className),
    python_name: clean(about.pythonName),
    trained_by: about.trainedBy === null ? null : clean(about.trainedBy),
    created: Date.now(),
    created_by: by,
  };
  await queries.insertInto("versions").values(row).execute();
  return versionRecord(row);
}

/** @module The registry: models, versions and aliases in the database, artefacts beside or in it. */

import { type Artifacts, hashInTurns, isHash, noArtifact } from "./artifacts.ts";
import { type Claims, isNamed, lock } from "./claims.ts";
import type { Database } from "./database.ts";
import { storeError } from "./errors.ts";
import { checkConditions, checkTarget, pointsTo, readModel, readModels } from "./models.ts";
import { nameKey } from "./names.ts";
import { aliasText, existing, type Publication, pointAlias, record, setRevision } from "./publication.ts";
import type { Queries } from "./schema.ts";
import {
  type AliasTarget,
  type Conditions,
  CURRENT,
  type Published,
  type Publishing,
  type Registry,
  type Snapshot,
} from "./types.ts";

/** How often an artefact is written again whose claim was lost while this process stood still. */
const ATTEMPTS = 3;

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
    about: Publishing,
    by: string | null,
    conditions: Conditions = {},
    known?: string,
  ): Promise<Published> {
    const sha256 = known ?? (await hashInTurns(artifact));
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

function noVersion(name: string, version: number) {
  return storeError("E_NOT_FOUND", `there is no version ${version} of '${name}'`, { name, version });
}

/** @module Publishing an artefact that is kept: its version, and where `current` points. */

import { createHash } from "node:crypto";
import { lock } from "./claims.ts";
import { storeError } from "./errors.ts";
import { checkConditions, currentVersion, readModel, versionRecord, versionsOf } from "./models.ts";
import { nameKey } from "./names.ts";
import type { Queries } from "./schema.ts";
import { clean } from "./text.ts";
import {
  type AliasTarget,
  type Conditions,
  CURRENT,
  type ModelRecord,
  type Published,
  type Publishing,
  type VersionRecord,
} from "./types.ts";

/** What is published. */
export interface Publication {
  readonly name: string;
  readonly sha256: string;
  readonly size: number;
  readonly about: Publishing;
  readonly by: string | null;
  readonly conditions: Conditions;
}

/** Publishes an artefact that is kept: the rest of the transaction, once it holds the lock. */
export async function record(queries: Queries, publication: Publication): Promise<Published> {
  const { name, sha256, conditions } = publication;
  const revision = await lock(queries);
  const before = await readModel(queries, name);
  checkConditions(name, before, conditions);
  const known = before === undefined ? undefined : likeIt(before, sha256, publication.about.card);
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

/** The version that is published already: the current one, where any with these bytes will do, else the newest. */
function likeIt(model: ModelRecord, sha256: string, card: string | null | undefined): VersionRecord | undefined {
  const alike = model.versions.filter((version) => version.sha256 === sha256);
  if (card !== undefined) return alike.find((version) => version.tag === tagOf(sha256, card));
  const current = currentVersion(model);
  return alike.find(({ version }) => version === current?.version) ?? alike.at(-1);
}

/** What tells a version from others of its model. */
export function tagOf(sha256: string, card: string | null): string {
  return card === null ? sha256 : createHash("sha256").update(`${sha256}\n${card}`).digest("hex");
}

/** Whether all requests go to this version. */
function isAllOfCurrent(model: ModelRecord, version: number): boolean {
  return currentVersion(model)?.version === version && versionsOf(model.aliases[CURRENT]!).length === 1;
}

async function addVersion(queries: Queries, publication: Publication): Promise<VersionRecord> {
  const { name, sha256, size, about, by } = publication;
  const key = nameKey(name);
  const { card = null } = about;
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
    card,
    tag: tagOf(sha256, card),
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

export async function setRevision(queries: Queries, revision: number): Promise<void> {
  await queries.updateTable("state").set({ revision }).where("id", "=", 1).execute();
}

export async function existing(queries: Queries, name: string): Promise<ModelRecord> {
  const model = await readModel(queries, name);
  if (model === undefined) throw storeError("E_NOT_FOUND", `there is no model '${name}'`, { name });
  return model;
}

/** A target as the table holds it. */
export function aliasText({ split, shadow }: AliasTarget): string {
  return JSON.stringify(shadow === undefined ? { split } : { split, shadow });
}

export async function pointAlias(queries: Queries, name: string, alias: string, target: AliasTarget): Promise<void> {
  const text = aliasText(target);
  await queries
    .insertInto("aliases")
    .values({ model_key: nameKey(name), alias, target: text })
    .onConflict((on) => on.columns(["model_key", "alias"]).doUpdateSet({ target: text }))
    .execute();
}

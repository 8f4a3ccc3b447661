/** @module Models, versions and aliases as the tables hold them. */

import { storeError } from "./errors.ts";
import { nameKey } from "./names.ts";
import type { Queries, Tables } from "./schema.ts";
import { type AliasTarget, type Conditions, CURRENT, type ModelRecord, type VersionRecord } from "./types.ts";

/** Percentages of a split may miss 100 by this much. */
const ROUNDING = 1e-6;

/** Every model, by name. */
export async function readModels(queries: Queries): Promise<ModelRecord[]> {
  const models = await queries.selectFrom("models").selectAll().execute();
  const versions = groupByModel(await queries.selectFrom("versions").selectAll().execute());
  const aliases = groupByModel(await queries.selectFrom("aliases").selectAll().execute());
  return models
    .map((model) => record(model, versions.get(model.model_key) ?? [], aliases.get(model.model_key) ?? []))
    .sort((a, b) => (nameKey(a.name) < nameKey(b.name) ? -1 : 1));
}

/** One model. */
export async function readModel(queries: Queries, name: string): Promise<ModelRecord | undefined> {
  const key = nameKey(name);
  const model = await queries.selectFrom("models").selectAll().where("model_key", "=", key).executeTakeFirst();
  if (model === undefined) return undefined;
  const versions = await queries.selectFrom("versions").selectAll().where("model_key", "=", key).execute();
  const aliases = await queries.selectFrom("aliases").selectAll().where("model_key", "=", key).execute();
  return record(model, versions, aliases);
}

function groupByModel<Row extends { model_key: string }>(rows: readonly Row[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(row.model_key);
    if (group === undefined) groups.set(row.model_key, [row]);
    else group.push(row);
  }
  return groups;
}

function record(
  { name, created }: Tables["models"],
  versions: readonly Tables["versions"][],
  aliases: readonly Tables["aliases"][],
): ModelRecord {
  const targets: Record<string, AliasTarget> = Object.create(null); // an alias may be called `constructor`
  for (const { alias, target } of [...aliases].sort((a, b) => (a.alias < b.alias ? -1 : 1))) {
    targets[alias] = JSON.parse(target) as AliasTarget;
  }
  const ascending = [...versions].sort((a, b) => a.version - b.version).map(versionRecord);
  return { name, created: new Date(created).toISOString(), versions: ascending, aliases: targets };
}

/** A row of the table of versions as the registry gives it. */
export function versionRecord(row: Tables["versions"]): VersionRecord {
  return {
    version: row.version,
    sha256: row.sha256,
    card: row.card,
    tag: row.tag,
    size: row.size,
    created: new Date(row.created).toISOString(),
    createdBy: row.created_by,
    className: row.class_name,
    pythonName: row.python_name,
    trainedBy: row.trained_by,
  };
}

/** The version that `current` points to: the first of a split. */
export function currentVersion(model: ModelRecord): VersionRecord | undefined {
  const target = model.aliases[CURRENT];
  const first = target === undefined ? undefined : versionsOf(target)[0];
  return model.versions.find(({ version }) => version === first);
}

/** The versions of a split, ascending. */
export function versionsOf(target: AliasTarget | undefined): number[] {
  return target === undefined ? [] : Object.keys(target.split).map(Number);
}

/** Whether an alias needs a version: in its split or in the shadow. */
export function pointsTo(target: AliasTarget, version: number): boolean {
  return version === target.shadow || versionsOf(target).includes(version);
}

/**
 * Refuses what does not hold.
 *
 * @throws StoreError E_PRECONDITION
 */
export function checkConditions(name: string, model: ModelRecord | undefined, conditions: Conditions): void {
  const { match, noneMatch } = conditions;
  const tag = model === undefined ? undefined : currentVersion(model)?.tag;
  const among = (hashes: readonly string[] | "*") =>
    hashes === "*" ? model !== undefined : tag !== undefined && hashes.includes(tag);
  const fields = { name, current: tag ?? null };
  if (match !== undefined && !among(match)) {
    const message =
      model === undefined ? `there is no model '${name}'` : `the current version of '${name}' is another one by now`;
    throw storeError("E_PRECONDITION", message, fields);
  }
  if (noneMatch !== undefined && among(noneMatch)) {
    const message =
      noneMatch === "*" ? `there is a model '${name}' already` : `the current version of '${name}' is just that one`;
    throw storeError("E_PRECONDITION", message, fields);
  }
}

/**
 * Refuses a target that points to nothing.
 *
 * @throws StoreError E_TARGET
 */
export function checkTarget(model: ModelRecord, target: AliasTarget): void {
  const fail = (what: string) => storeError("E_TARGET", `an alias of '${model.name}' ${what}`, { name: model.name });
  const percents = Object.values(target.split);
  if (percents.some((percent) => !(percent >= 0 && percent <= 100)))
    throw fail("has a share that is not between 0 and 100");
  const sum = percents.reduce((total, percent) => total + percent, 0);
  if (Math.abs(sum - 100) > ROUNDING) throw fail(`has shares that sum up to ${sum}, not to 100`);
  const wanted = [...versionsOf(target), ...(target.shadow === undefined ? [] : [target.shadow])];
  const missing = wanted.find((version) => !model.versions.some((known) => known.version === version));
  if (missing !== undefined) throw fail(`would point to version ${missing}, which there is not`);
}

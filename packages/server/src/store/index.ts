/**
 * What the service remembers: models and their artefacts, keys, predictions; in a folder (SQLite and files) or in PostgreSQL.
 *
 * - Several processes may open the same store; changes come one after the other, and `registry.revision()` tells of them.
 * - Every method rejects with a `StoreError` (errors.ts) within seconds when the database does not answer, and works again
 *   once it does. `keys.find` goes on from memory meanwhile for keys that were known.
 * - Names of models and aliases are compared by `nameKey`; aliases are given under that key.
 * - Names, the sizes of artefacts and who may do what are checked by who calls; SQL and paths are safe for any name.
 *
 * @module
 * @example
 * const store = await openStore({ data: "./curtido-data" });
 * const { version, outcome } = await store.registry.publish("modelo", bytes, about, null);
 * await store.close();
 */

import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Artifacts } from "./artifacts.ts";
import { databaseArtifacts } from "./artifacts_database.ts";
import { folderArtifacts } from "./artifacts_folder.ts";
import { Claims } from "./claims.ts";
import { type Database, openDatabase } from "./database.ts";
import { withDriver } from "./drivers.ts";
import { storeError } from "./errors.ts";
import { DatabaseKeys } from "./keys.ts";
import { newOwner, type Owner } from "./owner.ts";
import { DatabasePredictions } from "./predictions.ts";
import { DatabaseRegistry } from "./registry.ts";
import { keepFor } from "./retention.ts";
import type { Store, StoreOptions } from "./types.ts";

export { hashOf } from "./artifacts.ts";
export { isStoreError, type StoreError, type StoreErrorCode } from "./errors.ts";
export { currentVersion, pointsTo } from "./models.ts";
export type * from "./types.ts";
export { CURRENT, SCOPES } from "./types.ts";

const FOLDER = "artifacts";
/** Milliseconds within which a healthy database answers. */
const HEALTHY_WITHIN = 2_000;

/**
 * Opens a store, making it when it is not there, and removes what processes that were killed left behind.
 *
 * @throws StoreError E_STORE or E_FULL when it cannot be had: the message says why
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const database = await openDatabase(options.data);
  const owner = newOwner();
  const claims = new Claims(database, owner);
  try {
    const artifacts = await openArtifacts(options, database, owner);
    const registry = new DatabaseRegistry(database, artifacts, claims);
    await registry.removeOrphans();
    return assemble(database, claims, registry, options);
  } catch (error) {
    claims.close();
    await database.close();
    throw error;
  }
}

function assemble(database: Database, claims: Claims, registry: DatabaseRegistry, { retention }: StoreOptions): Store {
  const keys = new DatabaseKeys(database);
  const predictions = new DatabasePredictions(database);
  const stop = retention === undefined ? () => undefined : keepFor(database, retention);
  let closing: Promise<void> | undefined;
  const close = async () => {
    stop();
    keys.close();
    await predictions.close().catch(() => undefined);
    await keys.flush().catch(() => undefined);
    claims.close();
    await database.close();
  };
  return {
    registry,
    keys,
    predictions,
    healthy: () => isHealthy(database),
    close: () => (closing ??= close()),
  };
}

/** Where artefacts lie, once it is sure that they are this database's. */
async function openArtifacts({ data, artifacts }: StoreOptions, database: Database, owner: Owner): Promise<Artifacts> {
  const place = artifacts ?? (database.dialect === "sqlite" ? join(data, FOLDER) : undefined);
  if (place === undefined) return databaseArtifacts(database);
  const opened = await artifactsAt(place, owner);
  const id = await databaseId(database);
  if ((await opened.bind(id)) === id) return opened;
  const message = `${opened.place}: holds the artefacts of another database, which this one would remove; name another place`;
  throw storeError("E_STORE", message, { place: opened.place });
}

async function artifactsAt(place: string, owner: Owner): Promise<Artifacts> {
  if (/^s3:\/\//i.test(place)) {
    const { s3Artifacts } = await withDriver("aws4fetch", () => import("./artifacts_s3.ts"));
    return s3Artifacts(place, process.env);
  }
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(place)) {
    throw storeError("E_STORE", `${place}: artefacts lie in a folder or at s3://bucket/prefix`, { place });
  }
  return await folderArtifacts(place, owner);
}

async function databaseId(database: Database): Promise<string> {
  const { value } = await database.query((queries) =>
    queries.selectFrom("settings").select("value").where("key", "=", "database").executeTakeFirstOrThrow(),
  );
  return value;
}

/** Whether the database answers, and soon. */
async function isHealthy(database: Database): Promise<boolean> {
  const read = database.query((queries) => queries.selectFrom("state").select("revision").executeTakeFirstOrThrow());
  const answered = read.then(
    () => true,
    () => false,
  );
  return await Promise.race([answered, sleep(HEALTHY_WITHIN, false, { ref: false })]);
}

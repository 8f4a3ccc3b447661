/** @module How the tables came to be: a list that only grows; a database remembers how far it is. */

import { randomBytes } from "node:crypto";
import { sql } from "kysely";
import { lock } from "./claims.ts";
import type { Database } from "./database.ts";
import { storeError } from "./errors.ts";
import type { Queries } from "./schema.ts";

interface Migration {
  readonly name: string;
  up(queries: Queries, dialect: Database["dialect"]): Promise<void>;
}

const MIGRATIONS: readonly Migration[] = [
  { name: "registry", up: createRegistry },
  { name: "keys", up: createKeys },
  { name: "predictions", up: createPredictions },
  { name: "cards", up: addCards },
];

/** One number for all processes of curtido that migrate on one PostgreSQL database at once. */
const MIGRATION_LOCK = 7_267_884_836;
const MIGRATION_SECONDS = 60;

/**
 * Brings the tables up to date. Processes that start at once do it one after the other.
 *
 * @throws StoreError E_STORE when a newer curtido made the database
 */
export async function migrate(database: Database): Promise<void> {
  await database.write(async (queries) => {
    if (database.dialect === "postgres") {
      await sql.raw(`set local statement_timeout = '${MIGRATION_SECONDS}s'`).execute(queries);
      await sql`select pg_advisory_xact_lock(${sql.lit(MIGRATION_LOCK)})`.execute(queries);
    }
    await queries.schema
      .createTable("migrations")
      .ifNotExists()
      .addColumn("id", "integer", (column) => column.primaryKey())
      .addColumn("name", "text", (column) => column.notNull())
      .addColumn("applied", "bigint", (column) => column.notNull())
      .execute();
    const { done } = await queries
      .selectFrom("migrations")
      .select((of) => of.fn.coalesce(of.fn.max("id"), sql<number>`0`).as("done"))
      .executeTakeFirstOrThrow();
    if (done > MIGRATIONS.length) throw newer(database.place, done);
    for (const [index, { name, up }] of MIGRATIONS.entries()) {
      if (index < done) continue;
      await up(queries, database.dialect);
      await queries
        .insertInto("migrations")
        .values({ id: index + 1, name, applied: Date.now() })
        .execute();
    }
    await lock(queries); // a write: what may only be read is refused now, not when somebody publishes
  });
}

function newer(place: string, done: number) {
  const message = `${place}: was made by a newer curtido (its tables are at step ${done}, this one knows ${MIGRATIONS.length}); update curtido`;
  return storeError("E_STORE", message, { place });
}

async function createRegistry(queries: Queries, dialect: Database["dialect"]): Promise<void> {
  const { schema } = queries;
  await schema
    .createTable("state")
    .addColumn("id", "integer", (column) => column.primaryKey())
    .addColumn("revision", "bigint", (column) => column.notNull())
    .addColumn("keys", "bigint", (column) => column.notNull())
    .execute();
  await queries.insertInto("state").values({ id: 1, revision: 0, keys: 0 }).execute();
  await schema
    .createTable("settings")
    .addColumn("key", "text", (column) => column.primaryKey())
    .addColumn("value", "text", (column) => column.notNull())
    .execute();
  await queries
    .insertInto("settings")
    .values([
      { key: "database", value: randomBytes(16).toString("hex") },
      { key: "signing", value: randomBytes(32).toString("base64url") },
    ])
    .execute();
  await schema
    .createTable("counters")
    .addColumn("model_key", "text", (column) => column.primaryKey())
    .addColumn("next_version", "integer", (column) => column.notNull())
    .execute();
  await createModels(queries);
  await schema
    .createTable("claims")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("sha256", "text", (column) => column.notNull())
    .addColumn("kind", "text", (column) => column.notNull())
    .addColumn("owner", "text", (column) => column.notNull())
    .addColumn("host", "text", (column) => column.notNull())
    .addColumn("pid", "integer", (column) => column.notNull())
    .addColumn("started", "text", (column) => column.notNull())
    .addColumn("beat", "bigint", (column) => column.notNull())
    .execute();
  if (dialect === "postgres") {
    await schema
      .createTable("artifact_chunks")
      .addColumn("sha256", "text", (column) => column.notNull())
      .addColumn("part", "integer", (column) => column.notNull())
      .addColumn("bytes", "bytea", (column) => column.notNull())
      .addPrimaryKeyConstraint("artifact_chunks_key", ["sha256", "part"])
      .execute();
  }
}

async function createModels({ schema }: Queries): Promise<void> {
  await schema
    .createTable("models")
    .addColumn("model_key", "text", (column) => column.primaryKey())
    .addColumn("name", "text", (column) => column.notNull())
    .addColumn("created", "bigint", (column) => column.notNull())
    .execute();
  await schema
    .createTable("versions")
    .addColumn("model_key", "text", (column) => column.notNull().references("models.model_key"))
    .addColumn("version", "integer", (column) => column.notNull())
    .addColumn("sha256", "text", (column) => column.notNull())
    .addColumn("size", "bigint", (column) => column.notNull())
    .addColumn("class_name", "text", (column) => column.notNull())
    .addColumn("python_name", "text", (column) => column.notNull())
    .addColumn("trained_by", "text")
    .addColumn("created", "bigint", (column) => column.notNull())
    .addColumn("created_by", "text")
    .addPrimaryKeyConstraint("versions_key", ["model_key", "version"])
    .addUniqueConstraint("versions_bytes", ["model_key", "sha256"])
    .execute();
  await schema.createIndex("versions_sha256").on("versions").column("sha256").execute();
  await schema
    .createTable("aliases")
    .addColumn("model_key", "text", (column) => column.notNull().references("models.model_key"))
    .addColumn("alias", "text", (column) => column.notNull())
    .addColumn("target", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("aliases_key", ["model_key", "alias"])
    .execute();
}

/** Versions may have the same bytes with other cards. The table is made anew: SQLite keeps a constraint as long as its table. */
async function addCards(queries: Queries): Promise<void> {
  const { schema } = queries;
  await schema.alterTable("versions").renameTo("versions_before").execute();
  await schema
    .createTable("versions")
    .addColumn("model_key", "text", (column) => column.notNull().references("models.model_key"))
    .addColumn("version", "integer", (column) => column.notNull())
    .addColumn("sha256", "text", (column) => column.notNull())
    .addColumn("card", "text")
    .addColumn("tag", "text", (column) => column.notNull())
    .addColumn("size", "bigint", (column) => column.notNull())
    .addColumn("class_name", "text", (column) => column.notNull())
    .addColumn("python_name", "text", (column) => column.notNull())
    .addColumn("trained_by", "text")
    .addColumn("created", "bigint", (column) => column.notNull())
    .addColumn("created_by", "text")
    .addPrimaryKeyConstraint("versions_number", ["model_key", "version"])
    .addUniqueConstraint("versions_tag", ["model_key", "tag"])
    .execute();
  const kept = sql.raw("version, sha256, size, class_name, python_name, trained_by, created, created_by");
  await sql`insert into versions (model_key, tag, ${kept}) select model_key, sha256, ${kept} from versions_before`.execute(
    queries,
  );
  await schema.dropTable("versions_before").execute();
  await schema.createIndex("versions_artifact").on("versions").column("sha256").execute();
}

async function createKeys({ schema }: Queries): Promise<void> {
  await schema
    .createTable("access_keys")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("name", "text", (column) => column.notNull())
    .addColumn("scopes", "text", (column) => column.notNull())
    .addColumn("hash", "text", (column) => column.notNull().unique())
    .addColumn("created", "bigint", (column) => column.notNull())
    .addColumn("expires", "bigint")
    .addColumn("rate_limit", "double precision")
    .addColumn("last_used", "bigint")
    .execute();
}

async function createPredictions({ schema }: Queries, dialect: Database["dialect"]): Promise<void> {
  const table = schema
    .createTable("predictions")
    .addColumn("model_key", "text", (column) => column.notNull())
    .addColumn("time", "bigint", (column) => column.notNull())
    .addColumn("id", "text", (column) => column.notNull())
    .addColumn("model", "text", (column) => column.notNull())
    .addColumn("version", "integer")
    .addColumn("request_id", "text", (column) => column.notNull())
    .addColumn("key_id", "text")
    .addColumn("rows", "bigint", (column) => column.notNull())
    .addColumn("duration", "double precision", (column) => column.notNull())
    .addColumn("input", "text", (column) => column.notNull())
    .addColumn("output", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("predictions_key", ["model_key", "time", "id"]);
  // One tree for a table that is written on the busiest path: the rows stand where their keys are.
  await (dialect === "sqlite" ? table.modifyEnd(sql`without rowid`) : table).execute();
}

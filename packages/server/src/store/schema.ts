/** @module The tables, the same for SQLite and PostgreSQL. Times are milliseconds since 1970. */

import type { Kysely } from "kysely";

export interface Tables {
  /** One row, `id` 1: locked by every change, so that changes come one after the other. `keys` grows when keys change. */
  state: { id: number; revision: number; keys: number };
  /** What was made once, when the database was. */
  settings: { key: string; value: string };
  /** The next version's number by name; outlives the model. */
  counters: { model_key: string; next_version: number };
  models: { model_key: string; name: string; created: number };
  versions: {
    model_key: string;
    version: number;
    sha256: string;
    /** The card beside the artefact, and the hash of both. */
    card: string | null;
    tag: string;
    size: number;
    class_name: string;
    python_name: string;
    trained_by: string | null;
    created: number;
    created_by: string | null;
  };
  /** `target` is an AliasTarget as JSON. */
  aliases: { model_key: string; alias: string; target: string };
  /** Who is writing or removing an artefact that lies outside of the database. */
  claims: {
    id: string;
    sha256: string;
    kind: "write" | "remove";
    owner: string;
    host: string;
    pid: number;
    started: string;
    beat: number;
  };
  access_keys: {
    id: string;
    name: string;
    /** JSON. */
    scopes: string;
    hash: string;
    created: number;
    expires: number | null;
    rate_limit: number | null;
    last_used: number | null;
  };
  predictions: {
    model_key: string;
    time: number;
    /** Unique, and ascending within one process. */
    id: string;
    model: string;
    version: number | null;
    request_id: string;
    key_id: string | null;
    rows: number;
    duration: number;
    input: string;
    output: string;
  };
  /** Artefacts in the database, in pieces; on PostgreSQL only. */
  artifact_chunks: { sha256: string; part: number; bytes: Uint8Array };
  migrations: { id: number; name: string; applied: number };
}

/** What a query is asked of: the database, or a transaction. */
export type Queries = Kysely<Tables>;

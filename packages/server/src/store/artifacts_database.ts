/** @module Artefacts in PostgreSQL, in pieces. */

import { type Artifacts, noArtifact, proved } from "./artifacts.ts";
import type { Database } from "./database.ts";
import { storeError } from "./errors.ts";
import type { Queries } from "./schema.ts";

/** Bytes of a piece: one statement each. */
const PIECE = 1 << 20;

/** The table of artefacts of a PostgreSQL database. */
export function databaseArtifacts(database: Database): Artifacts {
  const { place } = database;
  return {
    place,
    inDatabase: true,
    async put(sha256, bytes, within) {
      if (within === undefined) await database.write((queries) => put(queries, sha256, bytes));
      else await put(within, sha256, bytes);
    },
    async get(sha256) {
      const pieces: Uint8Array[] = [];
      for (let part = 0; ; part += 1) {
        const piece = await database.query((queries) =>
          queries
            .selectFrom("artifact_chunks")
            .select("bytes")
            .where("sha256", "=", sha256)
            .where("part", "=", part)
            .executeTakeFirst(),
        );
        if (piece === undefined) break;
        pieces.push(piece.bytes);
      }
      if (pieces.length === 0) throw noArtifact(sha256, place);
      return await proved(sha256, joined(pieces), place);
    },
    async remove(sha256, within) {
      const remove = (queries: Queries) => queries.deleteFrom("artifact_chunks").where("sha256", "=", sha256).execute();
      await (within === undefined ? database.write(remove) : remove(within));
    },
    async list() {
      const rows = await database.query((queries) =>
        queries.selectFrom("artifact_chunks").select("sha256").where("part", "=", 0).execute(),
      );
      return rows.map(({ sha256 }) => sha256);
    },
    async tidy() {},
    async bind(id) {
      return id;
    },
  };
}

/** Pieces behind one another, in memory that threads can share. */
function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(new SharedArrayBuffer(pieces.reduce((sum, { length }) => sum + length, 0)));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

async function put(queries: Queries, sha256: string, bytes: Uint8Array): Promise<void> {
  if (bytes.length === 0) throw storeError("E_STORE", "an artefact of no bytes cannot be kept");
  for (let part = 0; part * PIECE < bytes.length; part += 1) {
    const piece = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).subarray(
      part * PIECE,
      (part + 1) * PIECE,
    );
    await queries
      .insertInto("artifact_chunks")
      .values({ sha256, part, bytes: piece })
      .onConflict((on) => on.columns(["sha256", "part"]).doNothing()) // another has just put it: that row is not locked
      .execute();
  }
}

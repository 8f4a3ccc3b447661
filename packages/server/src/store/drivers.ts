/** @module Drivers that only some services need: they are installed by who needs them, and imported when they are. */

import { codeOf, storeError } from "./errors.ts";

/** What a package is needed for. */
const FOR = { pg: "PostgreSQL", aws4fetch: "S3", libsql: "a folder as database (SQLite)" } as const;

/**
 * Imports what needs a driver.
 *
 * @throws StoreError E_STORE that names the package to install, when it is not there
 * @example
 * const { openPostgres } = await withDriver("pg", () => import("./postgres.ts"));
 */
export async function withDriver<T>(driver: keyof typeof FOR, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    const missing = /^(ERR_)?MODULE_NOT_FOUND$/.test(codeOf(error)) && (error as Error).message.includes(driver);
    if (!missing) throw error;
    const part = /'(@libsql\/[^']+)'/.exec((error as Error).message)?.[1];
    const message =
      part === undefined
        ? `${FOR[driver]} needs the package '${driver}', which is not installed: npm install ${driver}`
        : `${FOR[driver]} needs '${part}', the part of '${driver}' for this machine, which was left out: npm install ${part}`;
    throw storeError("E_STORE", message, { driver }, error);
  }
}

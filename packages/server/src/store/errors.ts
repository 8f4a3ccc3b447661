/** @module The one error of the store, and how other errors become it. */

import { CurtidoError, type ErrorRest, isCurtidoError, type StoreErrors } from "@curtido/pickle";

/** What a method of the store can end with; {@link StoreError}. */
export type StoreErrorCode = keyof StoreErrors;
const STORE_CODES: Readonly<Record<StoreErrorCode, true>> = {
  E_NOT_FOUND: true,
  E_PRECONDITION: true,
  E_CONFLICT: true,
  E_TARGET: true,
  E_STORE: true,
  E_FULL: true,
};
/** An error of the store: `code` says what happened, the message what to do. */
export type StoreError<Code extends StoreErrorCode = StoreErrorCode> = CurtidoError<Code>;

/** A new {@link StoreError}. */
export function storeError<Code extends StoreErrorCode>(
  code: Code,
  message: string,
  ...rest: ErrorRest<Code>
): StoreError<Code> {
  return new CurtidoError(code, message, ...rest);
}

/** Whether this is an error of the store, and one with this code when one is given. */
export function isStoreError(error: unknown, code?: StoreErrorCode): error is StoreError {
  if (!isCurtidoError(error)) return false;
  return code === undefined ? Object.hasOwn(STORE_CODES, error.code) : error.code === code;
}

/** The code that Node, SQLite and PostgreSQL put on their errors. */
export function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === "string" ? code : "";
}

/** No room: of Node, of SQLite, of PostgreSQL. */
const FULL = new Set(["ENOSPC", "EDQUOT", "EFBIG", "SQLITE_FULL", "53100"]);
/** A file stands where a folder should. */
const NO_FOLDER = new Set(["EEXIST", "ENOTDIR"]);
/** Nothing may be written there. */
const READ_ONLY = /^(EROFS|EACCES|EPERM|SQLITE_READONLY.*|SQLITE_CANTOPEN.*|25006)$/;

/**
 * What failed at `place`, as an error of the store: E_FULL when there was no room, else E_STORE.
 *
 * @param place The database, folder or bucket, for people; holds no password
 */
export function asStoreError(error: unknown, place: string): StoreError {
  if (isStoreError(error)) return error;
  const code = codeOf(error);
  const fields = { place, reason: code };
  if (FULL.has(code))
    return storeError("E_FULL", `${place}: there is no room left; nothing was changed`, fields, error);
  if (READ_ONLY.test(code)) {
    return storeError(
      "E_STORE",
      `${place}: cannot be opened or written; check who owns it and its permissions`,
      fields,
      error,
    );
  }
  if (NO_FOLDER.has(code)) {
    return storeError("E_STORE", `${place}: is or lies in a file, not a folder; name another one`, fields, error);
  }
  if (code === "SQLITE_NOTADB") {
    return storeError("E_STORE", `${place}: is no database of curtido; name another folder`, fields, error);
  }
  const message = error instanceof Error && error.message !== "" ? error.message : code || "no answer";
  return storeError("E_STORE", `${place}: ${message}`, fields, error);
}

/** @module Where errors go that nobody asked for: standard error, for the people who run the server. */

/** Says an unexpected error on standard error, with its stack. */
export function reportError(error: unknown): void {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`${text}\n`);
}

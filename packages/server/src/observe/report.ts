/** @module Where errors go that nobody asked for: standard error or the log, for the people who run the server. */

import { inspect } from "node:util";
import { printable } from "@curtido/pickle";

let report: (error: unknown) => void = (error) => {
  process.stderr.write(`${printable(inspect(error), "\n")}\n`);
};

/** Says an unexpected error, with its stack and its causes. */
export function reportError(error: unknown): void {
  report(error);
}

/** Has unexpected errors said elsewhere: a process has one log. */
export function reportTo(to: (error: unknown) => void): void {
  report = to;
}

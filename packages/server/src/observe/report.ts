/** @module Where errors go that nobody asked for: standard error or the log, for the people who run the server. */

import { inspect } from "node:util";
import { printable } from "@curtido/pickle";

let report: (error: unknown) => void = (error) => {
  process.stderr.write(`${printable(inspect(error), "\n")}\n`);
};

let warn: (message: string) => void = (message) => {
  process.stderr.write(`note: ${printable(message)}\n`);
};

/** Says an unexpected error, with its stack and its causes. */
export function reportError(error: unknown): void {
  report(error);
}

/** Says what whoever runs the server should know. */
export function reportWarning(message: string): void {
  warn(message);
}

/** Has unexpected errors and warnings said elsewhere: a process has one log. */
export function reportTo(errors: (error: unknown) => void, warnings: (message: string) => void): void {
  report = errors;
  warn = warnings;
}

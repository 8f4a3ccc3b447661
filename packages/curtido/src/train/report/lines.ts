/** @module The lines that serve a model and ask it. */

import { basename } from "node:path";
import { nameOfFile } from "@curtido/server";
import { quoted } from "../quoting.ts";

/** The port of `curtido serve`. */
const PORT = 5000;

/** The command that serves a file. */
export function serveLine(path: string): string {
  return `npx curtido serve ${quoted(path)}`;
}

/** The request that asks it about a row. */
export function askLine(path: string, row: Readonly<Record<string, unknown>>): string {
  const uri = `localhost:${PORT}/${encodeURIComponent(nameOfFile(basename(path)))}`;
  return `curl -X POST ${quoted(uri)} -H 'content-type: application/json' -d ${quoted(JSON.stringify(row))}`;
}

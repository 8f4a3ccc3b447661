/** @module What a handler notes about its request for those who count and log. */

import type { Context } from "hono";
import type { Served } from "../models/served.ts";

/** The model that was asked, and how many rows. */
export interface Noted {
  readonly served: Served;
  readonly version: number | undefined;
  rows: number;
  /** Whether the answer comes in parts, so that its rows are counted when it ends. */
  streams: boolean;
}

const notes = new WeakMap<Context, Noted>();

export function note(context: Context, noted: Noted): void {
  notes.set(context, noted);
}

export function notedOf(context: Context): Noted | undefined {
  return notes.get(context);
}

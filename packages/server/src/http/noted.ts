/** @module Which request to a model a handler is answering, for those who count. */

import type { Context } from "hono";
import type { Asking } from "../serving/ask.ts";

const notes = new WeakMap<Context, Asking>();

export function note(context: Context, asking: Asking): void {
  notes.set(context, asking);
}

export function notedOf(context: Context): Asking | undefined {
  return notes.get(context);
}

/** @module Small pieces of an OpenAPI document. */

import type { Format } from "@curtido/tables";
import { JSON_TYPE, mediaOf } from "../http/headers.ts";
import type { Schema } from "../models/schema.ts";

/** One operation. `scope` is what a key must have; it is turned into the document's own words. */
export interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly scope?: "publish" | "admin";
  readonly responses: Readonly<Record<string, unknown>>;
  readonly [more: string]: unknown;
}

/** Text of any kind. */
export const text = { schema: { type: "string" } };

/** Bytes of any kind. */
export const bytes = { schema: {} };

/** What may be sent or answered in formats: what is said of one by its name, else a text or bytes. */
export function contentIn(formats: readonly Format[], said: Readonly<Record<string, unknown>> = {}): Schema {
  return Object.fromEntries(
    formats.map((format) => [mediaOf(format), said[format.name] ?? (format.text === true ? text : bytes)]),
  );
}

/** A reference to a component. */
export function ref(to: string): Schema {
  return { $ref: `#/components/${to}` };
}

/** An answer in JSON. */
export function json(description: string, schema: Schema): Schema {
  return { description, content: { [JSON_TYPE]: { schema } } };
}

/** Problem documents with these statuses. */
export function problems(...statuses: readonly number[]): Record<string, unknown> {
  return Object.fromEntries(statuses.map((status) => [status, ref("responses/Problem")]));
}

/** An answer without a body. */
export function nothing(description: string): Schema {
  return { description };
}

/** A part of a path. */
export function inPath(name: string, schema: Schema = { type: "string" }): Schema {
  return { name, in: "path", required: true, schema };
}

/** A header or a part of the query that may be left out. */
export function optional(
  place: "header" | "query",
  name: string,
  description: string,
  schema: Schema = { type: "string" },
): Schema {
  return { name, in: place, description, schema };
}

/** @module `/openapi.json`: the service as OpenAPI 3.1, with every model's own rows and answers. */

import { COOKIE } from "../auth/session.ts";
import { PROBLEM_TYPE } from "../http/problem.ts";
import type { Entry } from "../models/entry.ts";
import { PublishedEntry } from "../models/published.ts";
import type { Schema } from "../models/schema.ts";
import { lengthOfRows, modelPath } from "./openapi_model.ts";
import { json, type Operation, problems, ref, text } from "./openapi_parts.ts";
import { PROTOCOL_PATHS } from "./openapi_protocols.ts";
import { ROW_PARAMETERS } from "./openapi_query.ts";
import { KEY_PATHS, REGISTRY_PATHS, REGISTRY_SCHEMAS } from "./openapi_registry.ts";
import { answerJson, type Methods } from "./resource.ts";
import type { Settings } from "./settings.ts";

/** What the document has to know of a service. */
export type Described = Pick<Settings, "catalog" | "access" | "publisher"> & { readonly title: string };

/** The document, made anew when asked for: models come and go. */
export function openApiResource(service: Described): Methods {
  return { GET: (context) => answerJson(context, openApi(service)) };
}

/**
 * The OpenAPI document of a service.
 *
 * @example
 * openApi(app.parts).paths["/modelo"].post;
 */
export function openApi({ catalog, access, publisher, title }: Described): Record<string, unknown> {
  const secured = access !== undefined;
  const paths = {
    ...SERVICE_PATHS,
    ...modelPaths(catalog.entries, secured),
    ...(publisher === undefined ? {} : REGISTRY_PATHS),
    ...PROTOCOL_PATHS,
    ...(secured ? KEY_PATHS : {}),
  };
  return {
    openapi: "3.1.0",
    info: { title, version: "1", description: "Models that Python pickled, served without Python." },
    servers: [{ url: "/" }],
    paths: secured ? withKeys(paths, access.open === "nothing") : paths,
    components: {
      schemas: { Problem: PROBLEM, ...(publisher === undefined ? {} : REGISTRY_SCHEMAS) },
      responses: {
        Problem: {
          description: "What is wrong, as RFC 9457 has it",
          content: { [PROBLEM_TYPE]: { schema: ref("schemas/Problem") } },
        },
      },
      parameters: ROW_PARAMETERS,
      ...(secured ? { securitySchemes: SCHEMES } : {}),
    },
  };
}

/** How much is said of the rows of all models together, in characters. */
const MOST_ROWS = 2_000_000;

function modelPaths(entries: readonly Entry[], secured: boolean): Record<string, Record<string, Operation>> {
  const paths: Record<string, Record<string, Operation>> = {};
  let left = MOST_ROWS;
  for (const [at, entry] of entries.entries()) {
    const served = entry.ready;
    if (served === undefined) continue;
    const length = lengthOfRows(served);
    const room = length <= left;
    if (room) left -= length;
    paths[`/${encodeURIComponent(served.name)}`] = modelPath(
      served,
      at,
      entry instanceof PublishedEntry,
      secured,
      room,
    );
  }
  return paths;
}

const SCHEMES = {
  key: { type: "http", scheme: "bearer", description: "A key with the scope that an operation needs" },
  session: { type: "apiKey", in: "cookie", name: COOKIE, description: "Who signed in at /login" },
};

/** What needs a key everywhere, beside what `x-scope` says. */
const FREE = new Set(["/healthz", "/readyz", "/login", "/logout", "/v2/health/live", "/v2/health/ready"]);

/** The operations, each with what it asks of who asks, and the answers to those who may not. */
function withKeys(
  paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>,
  closed: boolean,
): Record<string, unknown> {
  const keys = [{ key: [] }, { session: [] }];
  const secure = (path: string, { scope, ...operation }: Operation): Operation => {
    if (FREE.has(path)) return { ...operation, security: [] };
    const needed = closed || scope === "publish" || scope === "admin";
    return {
      ...operation,
      security: needed ? keys : [{}, ...keys],
      responses: { ...operation.responses, ...problems(401, 403, 429) },
    };
  };
  return Object.fromEntries(
    Object.entries(paths).map(([path, methods]) => [
      path,
      Object.fromEntries(
        Object.entries(methods).map(([method, found]) => [
          method,
          method === "parameters" ? found : secure(path, found),
        ]),
      ),
    ]),
  );
}

const MODELS: Schema = {
  type: "object",
  properties: {
    models: {
      type: "array",
      items: { type: "object", properties: { name: { type: "string" }, uri: { type: "string" } } },
    },
  },
};

const ANY: Schema = { type: "object" };

const SERVICE_PATHS: Readonly<Record<string, Readonly<Record<string, Operation>>>> = {
  "/": {
    get: {
      operationId: "models",
      summary: "The models",
      responses: { 200: json("The models by name", MODELS), ...problems(406) },
    },
  },
  "/healthz": {
    get: { operationId: "health", summary: "Whether the service is alive", responses: { 200: json("It is", ANY) } },
  },
  "/readyz": {
    get: {
      operationId: "ready",
      summary: "Whether the service can answer",
      responses: { 200: json("It can", ANY), 503: json("It cannot, and why", ANY) },
    },
  },
  "/metrics": {
    get: {
      operationId: "metrics",
      summary: "Numbers for Prometheus",
      responses: { 200: { description: "The numbers", content: { "text/plain": text } } },
    },
  },
};

const PROBLEM: Schema = {
  type: "object",
  properties: {
    type: { type: "string" },
    title: { type: "string" },
    status: { type: "integer" },
    detail: { type: "string" },
    code: { type: "string" },
    errors: {
      type: "array",
      items: {
        type: "object",
        properties: { pointer: { type: "string" }, detail: { type: "string" } },
        required: ["pointer", "detail"],
      },
    },
  },
  required: ["title", "status", "detail"],
};

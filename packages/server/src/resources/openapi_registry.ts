/** @module Publishing, versions, aliases, the log and keys in the OpenAPI document: the same for every model. */

import { cardSchema } from "@curtido/estimators";
import { ANSWER_FORMATS, FORM_TYPE, JSON_TYPE, TABLE_FORMATS } from "../http/headers.ts";
import { HTML_TYPE } from "../http/html.ts";
import type { Schema } from "../models/schema.ts";
import { SCOPES } from "../store/types.ts";
import { BODY_FORMATS } from "../work/formats.ts";
import {
  bytes,
  contentIn,
  inPath,
  json,
  nothing,
  type Operation,
  optional,
  problems,
  ref,
  text,
} from "./openapi_parts.ts";

type Paths = Readonly<Record<string, Readonly<Record<string, Operation>>>>;

const FILE = "application/octet-stream";
const ANY: Schema = { type: "object" };
const TEXT: Schema = { type: "string" };
const VERSION = ref("schemas/Version");
const ALIAS = ref("schemas/Alias");
const IF_MATCH = optional("header", "If-Match", "Only when one of these tags is of the current version");
const CHANGE = optional("query", "change", "Also a version that clients of the current one could not ask", {
  enum: ["signature"],
});
const ALLOW = optional("query", "allow", "Python names that the file may hold: `mymodule.MyClass`, `mymodule.*`");
const CARD: Schema = cardSchema;
/** A file, and the card beside it. */
const BOTH: Schema = { type: "object", properties: { model: { type: "string" }, card: CARD }, required: ["model"] };
const IF_NONE_MATCH = optional("header", "If-None-Match", "`*`: only when there is none yet");

/** Publishes at the path of a model. */
export const REPLACE_MODEL: Operation = {
  operationId: "publish",
  summary: "Publish a version: the bytes of a file, or those and a card",
  scope: "publish",
  parameters: [CHANGE, ALLOW, IF_MATCH, IF_NONE_MATCH],
  requestBody: { required: true, content: { [FILE]: bytes, "multipart/form-data": { schema: BOTH } } },
  responses: {
    200: json("A version was added, or these bytes are one already: Content-Location names it", VERSION),
    201: json("A new model", VERSION),
    ...problems(400, 405, 409, 412, 413, 415, 422, 503),
  },
};

/** Removes a model. */
export const REMOVE_MODEL: Operation = {
  operationId: "remove",
  summary: "Remove the model with all its versions",
  scope: "publish",
  parameters: [IF_MATCH],
  responses: { 204: nothing("It is gone"), ...problems(404, 405, 412, 503) },
};

const MODEL = inPath("model");
const NUMBER = inPath("version", { type: "integer", minimum: 1 });
const ALIAS_NAME = inPath("alias");
const PREDICTION = {
  requestBody: { required: true, content: contentIn(BODY_FORMATS, { json: { schema: {} } }) },
  responses: {
    200: { description: "As the model itself answers", content: contentIn(ANSWER_FORMATS, { json: { schema: ANY } }) },
    ...problems(400, 404, 406, 413, 415, 422, 503),
  },
};
const read = (operationId: string, summary: string, parameters: readonly Schema[], found: Schema): Operation => ({
  operationId,
  summary,
  parameters,
  responses: { 200: json(summary, found), 304: nothing("The client has it already"), ...problems(404, 406, 412) },
});

const QUERY = [
  optional("query", "version", "Only of this version", { type: "integer", minimum: 1 }),
  optional("query", "from", "From this moment on, ISO 8601"),
  optional("query", "to", "Up to but not including this moment"),
  optional("query", "limit", "At most so many", { type: "integer", minimum: 1, maximum: 10000, default: 100 }),
  optional("query", "before", "Only what is older: `next` of an answer"),
];

/** The paths of a service with a store. */
export const REGISTRY_PATHS: Paths = {
  "/{model}": {
    put: { ...REPLACE_MODEL, operationId: "publish_new", parameters: [MODEL, CHANGE, ALLOW, IF_MATCH, IF_NONE_MATCH] },
  },
  "/{model}/card": {
    get: read("card", "What people say of the model", [MODEL], CARD),
    put: {
      operationId: "put_card",
      summary: "A version of the same bytes with another card",
      scope: "publish",
      parameters: [MODEL, CHANGE, IF_MATCH],
      requestBody: {
        required: true,
        content: { [JSON_TYPE]: { schema: CARD, example: { title: "Prices", round: 2 } } },
      },
      responses: { 200: json("The version", VERSION), ...problems(400, 404, 405, 409, 412, 413, 422, 503) },
    },
    delete: {
      operationId: "remove_card",
      summary: "A version of the same bytes without a card",
      scope: "publish",
      parameters: [MODEL, CHANGE, IF_MATCH],
      responses: { 200: json("The version", VERSION), ...problems(404, 405, 409, 412, 422, 503) },
    },
  },
  "/{model}/versions": { get: read("versions", "The versions, newest first", [MODEL], ANY) },
  "/{model}/versions/{version}": {
    get: {
      ...read("version", "A version: its card, its page or the file", [MODEL, NUMBER], ANY),
      responses: {
        200: {
          description: "The version",
          content: { [JSON_TYPE]: { schema: ANY }, [HTML_TYPE]: text, [FILE]: bytes },
        },
        304: nothing("The client has it already"),
        ...problems(404, 406, 412, 503),
      },
    },
    post: { operationId: "ask_version", summary: "Ask a version", parameters: [MODEL, NUMBER], ...PREDICTION },
    delete: {
      operationId: "remove_version",
      summary: "Remove a version that no alias points to",
      scope: "publish",
      parameters: [MODEL, NUMBER],
      responses: { 204: nothing("It is gone"), ...problems(404, 409, 503) },
    },
  },
  "/{model}/aliases": { get: read("aliases", "The aliases and where they lead", [MODEL], ANY) },
  "/{model}/aliases/{alias}": {
    get: read("alias", "Where an alias leads", [MODEL, ALIAS_NAME], ALIAS),
    post: {
      operationId: "ask_alias",
      summary: "Ask where an alias leads",
      parameters: [MODEL, ALIAS_NAME],
      ...PREDICTION,
    },
    put: {
      operationId: "point_alias",
      summary: "Point an alias to a version, or split it",
      scope: "publish",
      parameters: [MODEL, ALIAS_NAME, IF_MATCH, IF_NONE_MATCH],
      requestBody: {
        required: true,
        content: { [JSON_TYPE]: { schema: ALIAS, example: { split: { 1: 90, 2: 10 }, shadow: 3 } } },
      },
      responses: {
        200: json("It was moved", ALIAS),
        201: json("It is new", ALIAS),
        ...problems(400, 404, 409, 412, 413, 415, 422, 503),
      },
    },
    delete: {
      operationId: "remove_alias",
      summary: "Remove an alias; `current` stays",
      scope: "publish",
      parameters: [MODEL, ALIAS_NAME, IF_MATCH],
      responses: { 204: nothing("It is gone"), ...problems(404, 409, 412, 503) },
    },
  },
  "/{model}/predictions": {
    get: {
      operationId: "predictions",
      summary: "The log, newest first",
      parameters: [MODEL, ...QUERY],
      responses: {
        200: {
          description: "What was asked and answered",
          content: { [JSON_TYPE]: { schema: ANY }, ...contentIn(TABLE_FORMATS) },
        },
        ...problems(400, 404, 406, 503),
      },
    },
  },
};

/** The schemas that those paths name. */
export const REGISTRY_SCHEMAS: Readonly<Record<string, Schema>> = {
  Version: {
    type: "object",
    properties: {
      uri: TEXT,
      name: TEXT,
      version: { type: "integer" },
      class: TEXT,
      pythonName: TEXT,
      trainedBy: { type: ["string", "null"] },
      sha256: TEXT,
      card: CARD,
      size: { type: "integer" },
      created: { type: "string", format: "date-time" },
      createdBy: { type: ["string", "null"] },
      aliases: { type: "array", items: TEXT },
    },
    required: ["uri", "name", "version", "class", "sha256", "size", "created", "aliases"],
  },
  Alias: {
    type: "object",
    description: "Either `version`, or `split`: percentages by version that sum up to 100",
    properties: {
      uri: TEXT,
      alias: TEXT,
      version: { type: "integer", minimum: 1 },
      split: { type: "object", additionalProperties: { type: "number", minimum: 0, maximum: 100 } },
      shadow: { type: "integer", minimum: 1, description: "Asked too; its answers are compared, not given" },
    },
  },
};

const KEY: Schema = {
  type: "object",
  properties: {
    name: { type: "string", minLength: 1, maxLength: 100 },
    scopes: { type: "array", items: { enum: SCOPES }, minItems: 1 },
    expires: { type: ["string", "null"], format: "date-time" },
    rateLimit: { type: ["integer", "null"], minimum: 1, description: "Requests per minute" },
  },
  required: ["name", "scopes"],
};
const ID = inPath("id");
const SIGN_IN: Schema = { type: "object", properties: { key: TEXT, next: TEXT }, required: ["key"] };

/** The paths of a service with keys. */
export const KEY_PATHS: Paths = {
  "/keys": {
    get: {
      operationId: "keys",
      summary: "The keys, without secrets",
      scope: "admin",
      responses: { 200: json("The keys", ANY), ...problems(406, 503) },
    },
    post: {
      operationId: "create_key",
      summary: "Make a key; its secret is in this answer only",
      scope: "admin",
      requestBody: { required: true, content: { [JSON_TYPE]: { schema: KEY } } },
      responses: { 201: json("The key and its secret", ANY), ...problems(400, 406, 413, 415, 422, 503) },
    },
  },
  "/keys/{id}": {
    get: {
      operationId: "key",
      summary: "A key",
      scope: "admin",
      parameters: [ID],
      responses: { 200: json("The key", ANY), ...problems(404, 503) },
    },
    delete: {
      operationId: "revoke_key",
      summary: "Take a key away",
      scope: "admin",
      parameters: [ID],
      responses: { 204: nothing("It is gone"), ...problems(404, 503) },
    },
  },
  "/login": {
    get: {
      operationId: "sign_in_page",
      summary: "The form to sign in",
      responses: { 200: { description: "The form", content: { [HTML_TYPE]: text } } },
    },
    post: {
      operationId: "sign_in",
      summary: "A key for a cookie",
      requestBody: { required: true, content: { [FORM_TYPE]: { schema: SIGN_IN } } },
      responses: {
        303: nothing("Signed in"),
        403: { description: "A wrong key, or a page of another site", content: { [HTML_TYPE]: text } },
        ...problems(400, 413, 415, 422, 429, 503),
      },
    },
  },
  "/logout": {
    post: {
      operationId: "sign_out",
      summary: "Give the cookie back",
      responses: { 303: nothing("Signed out"), ...problems(400, 403, 413, 415, 422) },
    },
  },
};

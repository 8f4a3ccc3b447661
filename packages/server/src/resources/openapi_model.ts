/** @module One model in the OpenAPI document: its own rows, answers and examples. */

import { FORMATS, type Format, type Kept, writeJson } from "@curtido/tables";
import { ANSWER_FORMATS, JSON_TYPE } from "../http/headers.ts";
import { HTML_TYPE } from "../http/html.ts";
import { inShort } from "../models/brief.ts";
import type { Described } from "../models/described.ts";
import { exampleRow } from "../models/example.ts";
import { answerSchemas, formSchema, rowsSchema } from "../models/schema.ts";
import type { NamedRow } from "../rows/rows.ts";
import { BODY_FORMATS } from "../work/formats.ts";
import { bytes, contentIn, type Operation, problems, ref, text } from "./openapi_parts.ts";
import { ROW_PARAMETERS } from "./openapi_query.ts";
import { REMOVE_MODEL, REPLACE_MODEL } from "./openapi_registry.ts";

/** How long what is said of a model's rows is, in characters of JSON. */
export function lengthOfRows(served: Described): number {
  let length = lengths.get(served);
  if (length === undefined) {
    length = writeJson(remembered(requests, served, requestOf)).length;
    lengths.set(served, length);
  }
  return length;
}

const lengths = new WeakMap<Described, number>();

/** What may be asked of a model; of its rows, nothing but that they are some where there is no room for more. */
export function modelPath(
  served: Described,
  at: number,
  published: boolean,
  secured: boolean,
  room: boolean,
): Record<string, Operation> {
  const { name, className } = served;
  const read = {
    operationId: `describe_${at + 1}`,
    summary: `What ${name} is: a ${className}`,
    responses: {
      200: {
        description: published ? "The model: a card, a page, or the file itself" : "The model: a card or a page",
        content: {
          [JSON_TYPE]: { schema: { type: "object" } },
          [HTML_TYPE]: text,
          ...(published ? { "application/octet-stream": bytes } : {}),
        },
      },
      304: { description: "The client has it already: If-None-Match" },
      // Another client may remove a published model at any moment.
      ...problems(...(published ? [404] : []), 406, 412, 503),
    },
  };
  const numbered = (operation: Operation): Operation => ({
    ...operation,
    operationId: `${operation.operationId}_${at + 1}`,
  });
  return {
    get: read,
    post: {
      operationId: `${served.method}_${at + 1}`,
      summary: `Ask ${name}`,
      parameters: [
        ...(served.includes.length === 0 ? [] : [includeParameter(served)]),
        ...Object.keys(ROW_PARAMETERS).map((name) => ref(`parameters/${name}`)),
      ],
      requestBody: room ? remembered(requests, served, requestOf) : ROWS,
      responses: remembered(published ? publishedResponses : responses, served, (each) => responsesOf(each, published)),
    },
    ...(published && secured ? { put: numbered(REPLACE_MODEL), delete: numbered(REMOVE_MODEL) } : {}),
  };
}

/** What `curl -F file=@rows.csv` sends. */
const FILE = {
  type: "object",
  properties: { file: { type: "string", format: "binary", description: "Rows, as a file in any format of a body." } },
};

/** What is said of rows where there is no room. */
const ROWS = { required: true, content: contentIn(BODY_FORMATS, { json: { schema: {} }, form: { schema: {} } }) };

type Said = Record<string, unknown>;
/** What is said of models, while they are there: versions do not change. */
const [requests, responses, publishedResponses] = [
  new WeakMap<Described, Said>(),
  new WeakMap<Described, Said>(),
  new WeakMap<Described, Said>(),
] as const;

function remembered(known: WeakMap<Described, Said>, served: Described, make: (served: Described) => Said): Said {
  const said = known.get(served) ?? make(served);
  known.set(served, said);
  return said;
}

function requestOf(served: Described): Record<string, unknown> {
  const signature = inShort(served.signature);
  const example = exampleRow(signature);
  const whole = signature.featureCount === undefined; // a part of a row is none that may be sent
  const keep = { columns: Object.keys(example), rows: [Object.values(example)] };
  const tables = FORMATS.filter(({ keeps, text }) => keeps === true && text === true).map((format) => [
    format.name,
    { schema: { ...TABLE, description: HEADERS }, ...(whole ? { example: exampleIn(format, keep) } : {}) },
  ]);
  const said = {
    ...Object.fromEntries(tables),
    json: {
      schema: rowsSchema(served),
      ...(whole ? { examples: examplesOf(example) } : {}),
    },
    form: { schema: formSchema(served) },
    multipart: { schema: FILE },
  };
  return { required: true, content: contentIn(BODY_FORMATS, said) };
}

function examplesOf(row: NamedRow): Said {
  return { one: { summary: "One row", value: row }, many: { summary: "Many rows", value: [row, row] } };
}

const TABLE = { type: "string", minLength: 1 } as const;
const HEADERS = "A row on each line, under the names of the features or with them";

/** A row as a text of a format. */
function exampleIn(format: Format, keep: Kept): string {
  const bytes = format.answer?.({}, { single: true, keep });
  return bytes instanceof Uint8Array ? new TextDecoder().decode(bytes) : "";
}

function responsesOf(served: Described, published: boolean): Record<string, unknown> {
  const { one, many } = answerSchemas(served);
  const content = {
    ...contentIn(ANSWER_FORMATS, { json: { schema: { anyOf: [one, many] } } }),
    [HTML_TYPE]: text,
  };
  const headers = { "Curtido-Version": { description: "The version that answered", schema: { type: "integer" } } };
  return {
    200: { description: "One value for one row, an array for many", content, ...(published ? { headers } : {}) },
    ...problems(400, ...(published ? [404] : []), 406, 413, 415, 422, 503),
  };
}

function includeParameter(served: Described): Record<string, unknown> {
  return {
    name: "include",
    in: "query",
    description: "What to add to the answer",
    style: "form",
    explode: false,
    schema: { type: "array", items: { enum: served.includes } },
  };
}

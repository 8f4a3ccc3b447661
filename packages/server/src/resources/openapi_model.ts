/** @module One model in the OpenAPI document: its own rows, answers and examples. */

import { HTML_TYPE } from "../http/html.ts";
import { exampleRow } from "../models/example.ts";
import { answerSchemas, formSchema, rowsSchema } from "../models/schema.ts";
import type { Served } from "../models/served.ts";
import { ARROW_TYPE } from "../representations/arrow.ts";
import { CSV_TYPE, writeCsv } from "../representations/csv.ts";
import { FORM_TYPE } from "../representations/form.ts";
import { JSON_TYPE } from "../representations/json.ts";
import { LINES_TYPE } from "../representations/lines.ts";
import { PARQUET_TYPE } from "../representations/parquet.ts";
import { XLSX_TYPE } from "../representations/xlsx.ts";
import { bytes, type Operation, problems, ref, text } from "./openapi_parts.ts";
import { REMOVE_MODEL, REPLACE_MODEL } from "./openapi_registry.ts";

/** What may be asked of a model. */
export function modelPath(served: Served, at: number, published: boolean, secured: boolean): Record<string, Operation> {
  const { name, estimator } = served;
  const read = {
    operationId: `describe_${at + 1}`,
    summary: `What ${name} is: a ${estimator.className}`,
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
      parameters: [...(served.includes.length === 0 ? [] : [includeParameter(served)]), ref("parameters/unexpected")],
      requestBody: requestOf(served),
      responses: responsesOf(served, published),
    },
    ...(published && secured ? { put: numbered(REPLACE_MODEL), delete: numbered(REMOVE_MODEL) } : {}),
  };
}

function requestOf(served: Served): Record<string, unknown> {
  const example = exampleRow(served.signature);
  const columns = Object.keys(example);
  const table = { columns, rows: [Object.values(example).map(String)] };
  return {
    required: true,
    content: {
      [JSON_TYPE]: {
        schema: rowsSchema(served),
        examples: {
          one: { summary: "One row", value: example },
          many: { summary: "Many rows", value: [example, example] },
        },
      },
      [CSV_TYPE]: {
        schema: { type: "string", minLength: 1, description: "With a header of the names of the features" },
        example: writeCsv({}, true, table),
      },
      [FORM_TYPE]: { schema: formSchema(served) },
      [LINES_TYPE]: { ...text, example: `${JSON.stringify(example)}\n` },
      [ARROW_TYPE]: bytes,
      [PARQUET_TYPE]: bytes,
      [XLSX_TYPE]: bytes,
    },
  };
}

function responsesOf(served: Served, published: boolean): Record<string, unknown> {
  const { one, many } = answerSchemas(served);
  const content = {
    [JSON_TYPE]: { schema: { anyOf: [one, many] } },
    [CSV_TYPE]: text,
    [HTML_TYPE]: text,
    [LINES_TYPE]: text,
    [ARROW_TYPE]: bytes,
  };
  const headers = { "Curtido-Version": { description: "The version that answered", schema: { type: "integer" } } };
  return {
    200: { description: "One value for one row, an array for many", content, ...(published ? { headers } : {}) },
    ...problems(400, ...(published ? [404] : []), 406, 413, 415, 422, 503),
  };
}

function includeParameter(served: Served): Record<string, unknown> {
  return {
    name: "include",
    in: "query",
    description: "What to add to the answer",
    style: "form",
    explode: false,
    schema: { type: "array", items: { enum: served.includes } },
  };
}

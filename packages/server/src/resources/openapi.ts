/** @module `/openapi.json`: the service as OpenAPI 3.1, with every model's own rows and answers. */

import type { Entry } from "../entry.ts";
import { CSV_TYPE, writeCsv } from "../representations/csv.ts";
import { FORM_TYPE } from "../representations/form.ts";
import { HTML_TYPE } from "../representations/html.ts";
import { JSON_TYPE } from "../representations/json.ts";
import { PROBLEM_TYPE } from "../representations/problem.ts";
import { exampleRow } from "../serving/example.ts";
import { answerSchemas, formSchema, rowsSchema, type Schema } from "../serving/schema.ts";
import type { Served } from "../serving/served.ts";
import { answerJson, type Methods } from "./resource.ts";

/** The document, made anew when asked for: models may arrive later than the service. */
export function openApiResource(entries: readonly Entry[], title: string): Methods {
  return {
    GET: (context) =>
      answerJson(
        context,
        openApi(
          entries.flatMap((entry) => entry.ready ?? []),
          title,
        ),
      ),
  };
}

/**
 * The OpenAPI document of some models.
 *
 * @example
 * openApi([served], "Models").paths["/modelo"].post;
 */
export function openApi(models: readonly Served[], title: string): Record<string, unknown> {
  return {
    openapi: "3.1.0",
    info: { title, version: "1", description: "Models that Python pickled, served without Python." },
    servers: [{ url: "/" }],
    paths: {
      "/": {
        get: { operationId: "models", summary: "The models", responses: { 200: json("The models by name", MODELS) } },
      },
      "/healthz": {
        get: {
          operationId: "health",
          summary: "Whether the service is alive",
          responses: { 200: json("It is", { type: "object" }) },
        },
      },
      ...Object.fromEntries(models.map((served, at) => [`/${encodeURIComponent(served.name)}`, pathOf(served, at)])),
    },
    components: {
      schemas: { Problem: PROBLEM },
      responses: {
        Problem: {
          description: "What is wrong, as RFC 9457 has it",
          content: { [PROBLEM_TYPE]: { schema: ref("schemas/Problem") } },
        },
      },
      parameters: { unexpected: UNEXPECTED },
    },
  };
}

function pathOf(served: Served, at: number): Record<string, unknown> {
  const { name, estimator } = served;
  const text = { schema: { type: "string" } };
  return {
    get: {
      operationId: `describe_${at + 1}`,
      summary: `What ${name} is: a ${estimator.className}`,
      responses: {
        200: { description: "The model", content: { [JSON_TYPE]: { schema: { type: "object" } }, [HTML_TYPE]: text } },
        406: ref("responses/Problem"),
      },
    },
    post: {
      operationId: `${served.method}_${at + 1}`,
      summary: `Ask ${name}`,
      parameters: [...(served.includes.length === 0 ? [] : [includeParameter(served)]), ref("parameters/unexpected")],
      requestBody: requestOf(served),
      responses: responsesOf(served),
    },
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
    },
  };
}

function responsesOf(served: Served): Record<string, unknown> {
  const { one, many } = answerSchemas(served);
  const text = { schema: { type: "string" } };
  const description = "One value for one row, an array for many";
  const statuses = [400, 406, 413, 415, 422].map((status) => [status, ref("responses/Problem")]);
  return {
    200: {
      description,
      content: { [JSON_TYPE]: { schema: { anyOf: [one, many] } }, [CSV_TYPE]: text, [HTML_TYPE]: text },
    },
    ...Object.fromEntries(statuses),
  };
}

function includeParameter(served: Served): Record<string, unknown> {
  const description = "What to add to the answer";
  return {
    name: "include",
    in: "query",
    description,
    style: "form",
    explode: false,
    schema: { type: "array", items: { enum: served.includes } },
  };
}

const UNEXPECTED = {
  name: "unexpected",
  in: "query",
  description: "Whether features that the model does not have are refused or ignored",
  schema: { enum: ["refuse", "ignore"], default: "refuse" },
};

const MODELS: Schema = {
  type: "object",
  properties: {
    models: {
      type: "array",
      items: { type: "object", properties: { name: { type: "string" }, uri: { type: "string" } } },
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

function ref(to: string): Schema {
  return { $ref: `#/components/${to}` };
}

function json(description: string, schema: Schema): Schema {
  return { description, content: { [JSON_TYPE]: { schema } } };
}

/** @module MLflow's and SageMaker's: `POST /invocations`, `GET /ping`, `/health`, `/version`. */

import type { Context } from "hono";
import { readBody } from "../../http/body.ts";
import { CSV_TYPE, contentType, JSON_TYPE, mediaType, preferred } from "../../http/headers.ts";
import { HttpProblem } from "../../http/problem.ts";
import { type Batch, batchOfJson } from "../../rows/rows.ts";
import { answerBytes, batchOf as batchIn, MAIN_LIMITS } from "../../work/formats.ts";
import { asked, formulasOf } from "../exchange.ts";
import { type Methods, permit } from "../resource.ts";
import type { Settings } from "../settings.ts";
import { inForm, jsonAnswer, jsonBody, onlyModel, type ProtocolSettings, problemWords, valuesOf } from "./common.ts";

const CODES: Readonly<Record<number, string>> = {
  404: "RESOURCE_DOES_NOT_EXIST",
  401: "UNAUTHENTICATED",
  403: "PERMISSION_DENIED",
};
const form = (problem: HttpProblem) => ({
  error_code: CODES[problem.status] ?? (problem.status >= 500 ? "TEMPORARILY_UNAVAILABLE" : "BAD_REQUEST"),
  message: problemWords(problem),
});

const FORMS = ["dataframe_split", "dataframe_records", "inputs", "instances"] as const;

/** `/invocations`. */
export function invocationsResource(settings: ProtocolSettings): Methods {
  return {
    POST: inForm(form, async (context) => {
      const who = await permit(settings, context, "predict");
      const entry = onlyModel(settings);
      return asked(context, entry, await entry.chosen(), settings, who, async (asking) => {
        // SageMaker's clients say that they take CSV; MLflow's get JSON.
        const wanted = preferred(context.req.header("accept"), [JSON_TYPE, CSV_TYPE]);
        const { type, charset } = mediaType(context.req.header("content-type"));
        if (wanted === CSV_TYPE && type === CSV_TYPE) {
          const body = await readBody(context.req, settings.maxBody);
          const options = formulasOf(context.req);
          const bytes = await asking.body({ bytes: body, format: "csv", charset, wanted: "csv", options });
          return context.body(bytes as Uint8Array<ArrayBuffer>, 200, { "Content-Type": contentType(wanted) });
        }
        const answer = await asking.answer(await readBatch(context, settings, asking.served.features), {});
        if (wanted === CSV_TYPE) {
          const bytes = await answerBytes(answer, false, "csv", formulasOf(context.req));
          return context.body(bytes as Uint8Array<ArrayBuffer>, 200, { "Content-Type": contentType(wanted) });
        }
        return jsonAnswer(context, { predictions: valuesOf(answer, asking.rows) });
      });
    }),
  };
}

/** @throws HttpProblem 400, 413, 415 */
async function readBatch(context: Context, settings: Settings, features: number | undefined): Promise<Batch> {
  const { type, charset } = mediaType(context.req.header("content-type"));
  if (type === CSV_TYPE)
    return batchIn(await readBody(context.req, settings.maxBody), "csv", charset, features, MAIN_LIMITS);
  if (type === JSON_TYPE || type === "") return batchOf(await jsonBody(context, settings), features);
  throw new HttpProblem(415, `the body is ${type}; send ${JSON_TYPE} or ${CSV_TYPE}`);
}

/** `/ping` and `/health`: 200 once the models are there. */
export function pingResource(settings: ProtocolSettings): Methods {
  return {
    GET: (context) => {
      const ready = settings.catalog.entries.every((entry) => entry.ready !== undefined);
      return context.body("{}\n", ready ? 200 : 503, { "Content-Type": JSON_TYPE });
    },
  };
}

/** `/version`. */
export function serverVersionResource(version: string): Methods {
  return { GET: (context) => context.body(version, 200, { "Content-Type": "text/plain; charset=utf-8" }) };
}

/** @throws HttpProblem 400 unless exactly one of the forms is there */
function batchOf(body: Readonly<Record<string, unknown>>, features: number | undefined): Batch {
  const given = FORMS.filter((name) => body[name] !== undefined);
  const [name] = given;
  if (name === undefined || given.length > 1) throw new HttpProblem(400, `expected exactly one of ${FORMS.join(", ")}`);
  const value = body[name];
  if (name === "dataframe_split") return splitBatch(value);
  if (name === "inputs" && isColumns(value)) return columnsBatch(value);
  if (!Array.isArray(value)) throw new HttpProblem(400, `'${name}' must be an array of rows`);
  const batch = batchOfJson(value, features);
  return batch.single ? { ...batch, single: false } : batch;
}

function splitBatch(value: unknown): Batch {
  const { columns, data } = (value ?? {}) as { columns?: unknown; data?: unknown };
  if (!Array.isArray(data) || !data.every((row) => Array.isArray(row)))
    throw new HttpProblem(400, "'dataframe_split' must have 'data': an array of arrays");
  if (columns === undefined) return { rows: data, single: false };
  if (!Array.isArray(columns) || !columns.every((name) => typeof name === "string"))
    throw new HttpProblem(400, "'columns' of 'dataframe_split' must be texts");
  return { rows: data, columns: columns as string[], single: false };
}

/** Named tensors: a column for each name. */
function isColumns(value: unknown): value is Readonly<Record<string, unknown[]>> {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every((each) => Array.isArray(each))
  );
}

function columnsBatch(value: Readonly<Record<string, unknown[]>>): Batch {
  const columns = Object.keys(value);
  const length = columns.reduce((most, name) => Math.max(most, value[name]!.length), 0);
  if (columns.some((name) => value[name]!.length !== length))
    throw new HttpProblem(400, "the tensors of 'inputs' must be of one length");
  const cell = (item: unknown) => (Array.isArray(item) && item.length === 1 ? item[0] : item);
  const rows = Array.from({ length }, (_, at) => columns.map((name) => cell(value[name]![at])));
  return { rows, columns, single: false };
}

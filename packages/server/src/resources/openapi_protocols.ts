/** @module The protocols of other servers in the OpenAPI document. */

import { CSV_TYPE, JSON_TYPE } from "../http/headers.ts";
import type { Schema } from "../models/schema.ts";
import { inPath, json, type Operation, text } from "./openapi_parts.ts";

const ANY: Schema = { type: "object" };
const MODEL = inPath("model");
const VERSION = inPath("version", { type: "integer", minimum: 1 });

/** Answers in a protocol's own form. */
function errors(...statuses: readonly number[]): Record<string, unknown> {
  return Object.fromEntries(statuses.map((status) => [status, json("What is wrong, in the protocol's own form", ANY)]));
}

function read(operationId: string, summary: string, parameters: readonly Schema[] = []): Operation {
  return { operationId, summary, parameters, responses: { 200: json(summary, ANY), ...errors(404, 503) } };
}

function ask(operationId: string, summary: string, parameters: readonly Schema[], content: Schema): Operation {
  return {
    operationId,
    summary,
    parameters,
    requestBody: { required: true, content },
    responses: { 200: json("The predictions", ANY), ...errors(400, 404, 413, 415, 422, 501, 503) },
  };
}

const BODY: Schema = { [JSON_TYPE]: { schema: ANY } };

/** The paths of the protocols. */
export const PROTOCOL_PATHS: Readonly<Record<string, Readonly<Record<string, Operation>>>> = {
  "/v2": { get: read("v2_server", "Open Inference: the server") },
  "/v2/health/live": { get: read("v2_live", "Open Inference: whether it lives") },
  "/v2/health/ready": { get: read("v2_ready", "Open Inference: whether it can answer") },
  "/v2/models/{model}": { get: read("v2_model", "Open Inference: what a model takes and gives", [MODEL]) },
  "/v2/models/{model}/ready": { get: read("v2_model_ready", "Open Inference: whether a model can answer", [MODEL]) },
  "/v2/models/{model}/infer": { post: ask("v2_infer", "Open Inference: ask a model", [MODEL], BODY) },
  "/v2/models/{model}/versions/{version}/infer": {
    post: ask("v2_infer_version", "Open Inference: ask a version", [MODEL, VERSION], BODY),
  },
  "/v1/models": { get: read("v1_models", "KServe V1: the models") },
  "/v1/models/{model}": { get: read("v1_model", "KServe V1: whether a model can answer", [MODEL]) },
  "/v1/models/{model}:predict": { post: ask("v1_predict", "KServe V1: ask a model", [MODEL], BODY) },
  "/invocations": {
    post: ask("invocations", "MLflow and SageMaker: ask the only model, or the default", [], {
      ...BODY,
      [CSV_TYPE]: text,
    }),
  },
};

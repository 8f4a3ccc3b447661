/** @module Open Inference V2 over REST: health, models and `infer`. Binary tensors are refused with 501. */

import { type CurtidoError, isCurtidoError } from "@curtido/pickle";
import type { Context } from "hono";
import { HttpProblem } from "../../http/problem.ts";
import { inShort } from "../../models/brief.ts";
import type { Described } from "../../models/described.ts";
import type { Entry } from "../../models/entry.ts";
import { PublishedEntry } from "../../models/published.ts";
import { OUTPUTS, type Output } from "../../rows/answer.ts";
import { BINARY_SIZE } from "../../rows/forms/tensors.ts";
import { asked } from "../exchange.ts";
import { type Methods, permit } from "../resource.ts";
import {
  answerTo,
  choiceFor,
  inForm,
  jsonAnswer,
  jsonBody,
  modelNamed,
  type ProtocolSettings,
  problemWords,
} from "./common.ts";

/** What is not understood, also a row that does not fit, is 400 here. */
const form = (problem: HttpProblem) => ({ error: problemWords(problem) });

/** `/v2`. */
export function v2Resource(version: string): Methods {
  return { GET: (context) => jsonAnswer(context, { name: "curtido", version, extensions: ["model_repository"] }) };
}

/** `/v2/health/live`, `/v2/health/ready`. */
export function v2HealthResource(settings: ProtocolSettings): Methods {
  return {
    GET: (context) => {
      const live = context.req.path.endsWith("/live");
      const ready = settings.catalog.entries.every((entry) => entry.ready !== undefined);
      return jsonAnswer(context, { live: true, ready }, live || ready ? 200 : 503);
    },
  };
}

/** `/v2/models/M` and `/v2/models/M/versions/V`: what it takes and gives. */
export function v2ModelResource(settings: ProtocolSettings): Methods {
  return {
    GET: inForm(form, async (context) => {
      await permit(settings, context, "read");
      const entry = modelNamed(settings, context.req.param("model") ?? "");
      const { served } = await choiceFor(settings, entry, context.req.param("version"));
      return jsonAnswer(context, metadataOf(entry, served));
    }),
  };
}

/** `.../ready`. */
export function v2ReadyResource(settings: ProtocolSettings): Methods {
  return {
    GET: inForm(form, async (context) => {
      await permit(settings, context, "read");
      const entry = modelNamed(settings, context.req.param("model") ?? "");
      if (context.req.param("version") !== undefined) await choiceFor(settings, entry, context.req.param("version"));
      const ready = entry.ready !== undefined;
      return jsonAnswer(context, { name: entry.name, ready }, ready ? 200 : 503);
    }),
  };
}

/** `.../infer`. */
export function v2InferResource(settings: ProtocolSettings): Methods {
  return {
    POST: inForm(form, async (context) => {
      const who = await permit(settings, context, "predict");
      const entry = modelNamed(settings, context.req.param("model") ?? "");
      const choice = await choiceFor(settings, entry, context.req.param("version"));
      return asked(context, entry, choice, settings, who, async (asking) => {
        if (!["", "0"].includes(context.req.header("inference-header-content-length") ?? ""))
          throw new HttpProblem(501, "binary tensors are not read; send JSON");
        const sent = { format: "open_inference", reading: {}, wanted: "open_inference" };
        try {
          return await answerTo(asking, context, settings, sent);
        } catch (error) {
          throw isBinary(error) ? new HttpProblem(501, error.message) : error;
        }
      });
    }),
  };
}

/** `POST /v2/repository/index`. */
export function v2RepositoryResource(settings: ProtocolSettings): Methods {
  return {
    POST: inForm(form, async (context: Context) => {
      await permit(settings, context, "read");
      const wanted = context.req.header("content-length") === "0" ? {} : await jsonBody(context);
      const models = settings.catalog.entries.filter((entry) => wanted["ready"] !== true || entry.ready !== undefined);
      return jsonAnswer(context, models.map(stateOf));
    }),
  };
}

/** What else can be asked for by name. */
function moreOutputs({ includes, signature: { classes = [] } }: Described): readonly Record<string, unknown>[] {
  const labels = classes.reduce((sum, each) => sum + each.length, 0);
  const width = { predict_proba: labels, decision_function: labels === 2 ? 1 : labels };
  return (Object.keys(OUTPUTS) as Output[])
    .filter((name) => includes.includes(OUTPUTS[name]))
    .map((name) => ({ name, datatype: "FP64", shape: [-1, width[name] === 0 ? -1 : width[name]] }));
}

function stateOf(entry: Entry): Record<string, string> {
  const version = entry instanceof PublishedEntry ? entry.currentVersion?.version : undefined;
  const state = entry.ready === undefined ? "UNAVAILABLE" : "READY";
  return { name: entry.name, ...(version === undefined ? {} : { version: String(version) }), state, reason: "" };
}

/** Whether a body has tensors behind its JSON. */
function isBinary(error: unknown): error is CurtidoError {
  return isCurtidoError(error, "E_UNSUPPORTED") && error.fields["path"] === BINARY_SIZE;
}

function metadataOf(entry: Entry, served: Described): Record<string, unknown> {
  const { features, classes, outputs } = served.signature;
  const listed = inShort(served.signature).features;
  const datatype = { number: "FP64", string: "BYTES", boolean: "BOOL", any: "BYTES" };
  const alike = features.every(({ type }) => type === "number");
  const label = typeof classes?.[0]?.[0];
  return {
    name: entry.name,
    versions: entry instanceof PublishedEntry ? entry.record.versions.map(({ version }) => String(version)) : [],
    platform: "sklearn_pickle",
    inputs: alike
      ? [{ name: "rows", datatype: "FP64", shape: [-1, features.length === 0 ? -1 : features.length] }]
      : listed.map(({ name, type }) => ({ name, datatype: datatype[type], shape: [-1, 1] })),
    outputs: [
      {
        name: served.method,
        datatype: label === "string" ? "BYTES" : label === "boolean" ? "BOOL" : "FP64",
        shape: [-1, served.method === "transform" ? -1 : outputs],
      },
      ...moreOutputs(served),
    ],
  };
}

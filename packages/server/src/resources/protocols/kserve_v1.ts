/** @module KServe V1: `GET /v1/models`, `/v1/models/M`, `POST /v1/models/M:predict`; Vertex asks alike. */

import { HttpProblem } from "../../http/problem.ts";
import type { Described } from "../../models/described.ts";
import { batchOfJson } from "../../rows/rows.ts";
import { asked } from "../exchange.ts";
import { type Methods, permit } from "../resource.ts";
import { inForm, jsonAnswer, jsonBody, modelNamed, type ProtocolSettings, problemWords, valuesOf } from "./common.ts";

const form = (problem: HttpProblem) => ({ error: problemWords(problem) });

/** `/v1/models`. */
export function v1ModelsResource(settings: ProtocolSettings): Methods {
  return {
    GET: inForm(form, async (context) => {
      await permit(settings, context, "read");
      return jsonAnswer(context, { models: settings.catalog.entries.map(({ name }) => name) });
    }),
  };
}

/** `/v1/models/M` and `/v1/models/M:predict`: one segment, so one resource. */
export function v1ModelResource(settings: ProtocolSettings): Methods {
  return {
    GET: inForm(form, async (context) => {
      await permit(settings, context, "read");
      const entry = modelNamed(settings, context.req.param("model") ?? "");
      const ready = entry.ready !== undefined;
      return jsonAnswer(context, { name: entry.name, ready }, ready ? 200 : 503);
    }),
    POST: inForm(form, async (context) => {
      const who = await permit(settings, context, "predict");
      const [, name, verb] = /^(.*):([a-z]+)$/s.exec(context.req.param("model") ?? "") ?? [];
      if (name === undefined || verb !== "predict") throw new HttpProblem(404, "only :predict is answered here");
      const entry = modelNamed(settings, name);
      return asked(context, entry, await entry.chosen(), settings, who, async (asking) => {
        const { instances, inputs } = await jsonBody(context, settings);
        const rows = instances ?? inputs;
        if (!Array.isArray(rows)) throw new HttpProblem(400, "expected 'instances' (or 'inputs'): an array of rows");
        const batch = { ...batchOfJson(rows.map(unwrapped), asking.served.features), single: false };
        const answer = await asking.answer(asMany(batch, rows, asking.served), {});
        return jsonAnswer(context, { predictions: valuesOf(answer, asking.rows) });
      });
    }),
  };
}

/** One row that is no array of rows is still one of an array here. */
function asMany<Batch extends { rows: readonly unknown[] }>(
  batch: Batch,
  rows: readonly unknown[],
  served: Described,
): Batch {
  if (rows.length > 0 && batch.rows.length !== rows.length && served.features !== 1)
    throw new HttpProblem(422, "every instance must be an object or an array");
  return batch;
}

/** Its clients may send each value of a row as a list of one. */
function unwrapped(row: unknown): unknown {
  if (typeof row !== "object" || row === null || Array.isArray(row)) return row;
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, Array.isArray(value) && value.length === 1 ? value[0] : value]),
  );
}

/** @module KServe V1: `GET /v1/models`, `/v1/models/M`, `POST /v1/models/M:predict`; Vertex asks alike. */

import { HttpProblem } from "../../http/problem.ts";
import { asked } from "../exchange.ts";
import { type Methods, permit } from "../resource.ts";
import { answerTo, inForm, jsonAnswer, modelNamed, type ProtocolSettings, problemWords } from "./common.ts";

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
      return asked(context, entry, await entry.chosen(), settings, who, (asking) =>
        answerTo(asking, context, settings, { format: "kserve_v1", reading: {}, wanted: "kserve_v1" }),
      );
    }),
  };
}

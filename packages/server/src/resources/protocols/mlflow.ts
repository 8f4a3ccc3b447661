/** @module MLflow's and SageMaker's: `POST /invocations`, `GET /ping`, `/health`, `/version`. */

import { CSV_TYPE, JSON_TYPE, mediaType, preferred } from "../../http/headers.ts";
import { HttpProblem } from "../../http/problem.ts";
import { bodyReading } from "../../http/reading.ts";
import { asked } from "../exchange.ts";
import { formulasOf } from "../options.ts";
import { type Methods, permit } from "../resource.ts";
import { answerTo, inForm, onlyModel, type ProtocolSettings, problemWords } from "./common.ts";

const CODES: Readonly<Record<number, string>> = {
  404: "RESOURCE_DOES_NOT_EXIST",
  401: "UNAUTHENTICATED",
  403: "PERMISSION_DENIED",
};
const form = (problem: HttpProblem) => ({
  error_code: CODES[problem.status] ?? (problem.status >= 500 ? "TEMPORARILY_UNAVAILABLE" : "BAD_REQUEST"),
  message: problemWords(problem),
});

/** `/invocations`. */
export function invocationsResource(settings: ProtocolSettings): Methods {
  return {
    POST: inForm(form, async (context) => {
      const who = await permit(settings, context, "predict");
      const entry = onlyModel(settings);
      // SageMaker's clients say that they take CSV; MLflow's get JSON.
      const wanted = preferred(context.req.header("accept"), [JSON_TYPE, CSV_TYPE]) === CSV_TYPE ? "csv" : "mlflow";
      const { type } = mediaType(context.req.header("content-type"));
      const format = type === CSV_TYPE ? "csv" : "mlflow";
      if (format !== "csv" && type !== JSON_TYPE && type !== "")
        throw new HttpProblem(415, `the body is ${type}; send ${JSON_TYPE} or ${CSV_TYPE}`);
      const sent = { format, wanted, reading: format === "csv" ? bodyReading(context.req) : {} };
      return asked(context, entry, await entry.chosen(), settings, who, (asking) =>
        answerTo(asking, context, settings, { ...sent, options: formulasOf(context.req) }),
      );
    }),
  };
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

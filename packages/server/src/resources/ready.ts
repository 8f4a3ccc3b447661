/** @module `/readyz`: whether the service can answer. */

import type { Entry } from "../models/entry.ts";
import type { Runtime } from "../serving/runtime.ts";
import { answerJson, type Methods } from "./resource.ts";

/**
 * 200 while predictions are answered, with a warning when something else is not as it should be; 503 and why when a model is
 * missing or the service is about to stop.
 */
export function readyResource(entries: () => readonly Entry[], runtime: Runtime): Methods {
  return {
    GET: async (context) => {
      const reason = await notReady(entries(), runtime);
      return reason === undefined
        ? answerJson(context, { status: "ready", ...warned(runtime) })
        : answerJson(context, { status: "not ready", reason }, 503);
    },
  };
}

function warned({ warnings }: Runtime): { readonly warning?: string } {
  const found = warnings.map((look) => look()).find((warning) => warning !== undefined);
  return found === undefined ? {} : { warning: found };
}

async function notReady(entries: readonly Entry[], runtime: Runtime): Promise<string | undefined> {
  if (runtime.draining) return "the service is stopping";
  const missing = entries.find((entry) => entry.ready === undefined);
  if (missing !== undefined) return `the model '${missing.name}' is not loaded`;
  for (const check of runtime.checks) {
    const reason = await check();
    if (reason !== undefined) return reason;
  }
  return undefined;
}

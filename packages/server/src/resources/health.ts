/** @module `/healthz`: whether the service is alive. */

import type { Entry } from "../models/entry.ts";
import { answerJson, type Methods } from "./resource.ts";

/** 200 as long as the process answers. */
export function healthResource(entries: () => readonly Entry[]): Methods {
  return {
    GET: (context) => answerJson(context, { status: "ok", models: entries().length }),
  };
}

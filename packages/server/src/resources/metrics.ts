/** @module `/metrics`: the numbers of the service, for Prometheus. */

import { METRICS_TYPE } from "../observe/metrics.ts";
import type { Methods } from "./resource.ts";

/** The metrics that `text` gathers: of this process, or of all that serve together. */
export function metricsResource(text: () => Promise<string>): Methods {
  return { GET: async (context) => context.body(await text(), 200, { "Content-Type": METRICS_TYPE }) };
}

/**
 * Pickled models as web resources.
 *
 * @module
 * @example
 * import { listen, service } from "@curtido/server";
 * await listen(service({ models: ["modelo.pkl"] })); // POST http://localhost:5000/modelo
 */
export { type Answer, INCLUDES, type Include } from "./answer.ts";
export {
  type ModelOptions,
  model,
  type Service,
  type ServiceModel,
  type ServiceOptions,
  type ServingOptions,
  service,
} from "./app.ts";
export { curlOf } from "./curl.ts";
export type { After, Before } from "./entry.ts";
export { isLoopback } from "./hosts.ts";
export { fileError, load, loadNow, partsBeside, readModelFile, type Source } from "./load.ts";
export { checkName, nameClash, nameKey, nameOfFile } from "./names.ts";
export { type App, DEFAULT_PORT, type Listening, type ListenOptions, listen } from "./node.ts";
export { type CsvTable, parseCsv, writeCsv } from "./representations/csv.ts";
export { parseJson, writeJson } from "./representations/json.ts";
export { type Batch, batchOfJson, type NamedRow } from "./serving/batch.ts";
export { type Card, cardOf } from "./serving/card.ts";
export type { Unexpected } from "./serving/rows.ts";
export { type AnswerOptions, Served } from "./serving/served.ts";

/**
 * Pickled models as web resources.
 *
 * @module
 * @example
 * import { listen, service } from "@curtido/server";
 * await listen(service({ models: ["modelo.pkl"] })); // POST http://localhost:5000/modelo
 */

export {
  type After,
  type Before,
  type ModelOptions,
  model,
  openService,
  openStore,
  type Service,
  type ServiceModel,
  type ServiceOptions,
  type ServingOptions,
  service,
} from "./app.ts";
export type { Open as OpenTo } from "./auth/access.ts";
export { isOrigin } from "./auth/cors.ts";
export { MemoryKeys } from "./auth/memory_keys.ts";
export { announce, isPrimary, join, serveTogether, sharedPort, Together, tellListening } from "./listen/cluster.ts";
export { isLoopback } from "./listen/hosts.ts";
export { type App, DEFAULT_PORT, type Listening, type ListenOptions, listen } from "./listen/node.ts";
export { type Card, cardOf } from "./models/card.ts";
export { type Note, type NotedColumn, noteOf } from "./models/note.ts";
export { type AnswerOptions, Served } from "./models/served.ts";
export { joined, type Metrics } from "./observe/metrics.ts";
export { LOG_LEVELS, type LogLevel, type RequestLogOptions } from "./observe/observer.ts";
export { curlOf } from "./resources/curl.ts";
export { type Answer, INCLUDES, type Include } from "./rows/answer.ts";
export type { ReadOptions, Unexpected } from "./rows/headings.ts";
export { type Batch, batchOfJson, batchOfRows, type NamedRow } from "./rows/rows.ts";
export type { RuntimeOptions } from "./serving/runtime.ts";
export { checkName, nameClash, nameKey, nameOfFile } from "./store/names.ts";
export { type KeyRecord, type Keys, SCOPES, type Scope, type Store, type StoreOptions } from "./store/types.ts";
export { type Kept, keptOf } from "./values/value.ts";
export type { PredictionLogOptions } from "./watch/prediction_log.ts";

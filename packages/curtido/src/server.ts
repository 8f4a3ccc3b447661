/**
 * Models as a service: one to mount in a Hono app, or a whole service with its registry.
 *
 * @module
 * @example
 * import { listen, service } from "curtido/server";
 * await listen(service({ models: ["modelo.pkl"] })); // POST http://localhost:5000/modelo
 */
export {
  type After,
  type Answer,
  type AnswerOptions,
  type App,
  type Before,
  type Card,
  cardOf,
  type KeyRecord,
  type Keys,
  type Listening,
  type ListenOptions,
  listen,
  MemoryKeys,
  type ModelOptions,
  model,
  type OpenTo,
  openService,
  openStore,
  type PredictionLogOptions,
  type RequestLogOptions,
  type RuntimeOptions,
  type Scope,
  type Service,
  type ServiceModel,
  type ServiceOptions,
  type ServingOptions,
  type Store,
  type StoreOptions,
  service,
} from "@curtido/server";

/** @module The protocols of other servers, each at the paths that its clients know. */

import type { Hono } from "hono";
import { resource } from "../resource.ts";
import type { ProtocolSettings } from "./common.ts";
import { v1ModelResource, v1ModelsResource } from "./kserve_v1.ts";
import { invocationsResource, pingResource, serverVersionResource } from "./mlflow.ts";
import {
  v2HealthResource,
  v2InferResource,
  v2ModelResource,
  v2ReadyResource,
  v2RepositoryResource,
  v2Resource,
} from "./open_inference.ts";

/** What `/version` and `/v2` answer. */
const VERSION = "0.1.0";

/** Puts the protocols where their clients look. */
export function routeProtocols(app: Hono, settings: ProtocolSettings): void {
  resource(app, "/v1/models", v1ModelsResource(settings));
  resource(app, "/v1/models/:model", v1ModelResource(settings));
  resource(app, "/v2", v2Resource(VERSION));
  resource(app, "/v2/health/live", v2HealthResource(settings));
  resource(app, "/v2/health/ready", v2HealthResource(settings));
  resource(app, "/v2/repository/index", v2RepositoryResource(settings));
  for (const path of ["/v2/models/:model", "/v2/models/:model/versions/:version"]) {
    resource(app, path, v2ModelResource(settings));
    resource(app, `${path}/ready`, v2ReadyResource(settings));
    resource(app, `${path}/infer`, v2InferResource(settings));
  }
  resource(app, "/invocations", invocationsResource(settings));
  resource(app, "/ping", pingResource(settings));
  resource(app, "/health", pingResource(settings));
  resource(app, "/version", serverVersionResource(VERSION));
}

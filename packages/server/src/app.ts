/** @module Models as a Hono app: one of them to mount, or a whole service. */

import type { ReviveOptions } from "@curtido/estimators";
import { Hono } from "hono/tiny";
import { MOST_BODY } from "./body.ts";
import { type After, type Before, Entry } from "./entry.ts";
import { pathOf, type Source } from "./load.ts";
import { checkName, nameClash, nameKey, nameOfFile } from "./names.ts";
import { Pages } from "./representations/html.ts";
import { HttpProblem } from "./representations/problem.ts";
import { healthResource } from "./resources/health.ts";
import { indexResource } from "./resources/index.ts";
import { modelResource } from "./resources/model.ts";
import { openApiResource } from "./resources/openapi.ts";
import { answerError, resource } from "./resources/resource.ts";

/** What models and services share. */
export interface ServingOptions extends ReviveOptions {
  /** A folder whose templates stand in for ours; docs/templates.md says which there are. */
  readonly templates?: string;
  /** The largest body that is read, in bytes; 64 MiB unless told otherwise. */
  readonly maxBody?: number;
}

/** How one model is served. */
export interface ModelOptions extends ServingOptions {
  /** Its name on its page; the file's stem unless told otherwise. */
  readonly name?: string;
  /** May change a row before it is validated, by returning another or in place. */
  readonly before?: Before;
  /** May change the answer before it is sent. */
  readonly after?: After;
}

/** One model of a service: where it comes from, or that and its functions. */
export type ServiceModel = Source | { readonly source: Source; readonly before?: Before; readonly after?: After };

/** How a service is made. */
export interface ServiceOptions extends ServingOptions {
  /** The models by name: `{ modelo: "modelo.pkl" }`; or files, which are named after their stems. */
  readonly models: Readonly<Record<string, ServiceModel>> | readonly (string | URL)[];
  /** The title of its OpenAPI document. */
  readonly title?: string;
}

/** A Hono app that serves models; `entries` are they, in the order of their names' first mention. */
export class Service extends Hono {
  readonly entries: readonly Entry[];
  readonly maxBody: number;
  private readonly byName: ReadonlyMap<string, Entry>;

  constructor(entries: readonly Entry[], maxBody: number) {
    super({ getPath: plainPath });
    this.entries = entries;
    this.maxBody = maxBody;
    this.byName = new Map(entries.map((entry) => [nameKey(entry.name), entry]));
  }

  /** The model of this name, whatever its case. */
  find(name: string): Entry | undefined {
    return this.byName.get(nameKey(name));
  }
}

/** The path of a request without doubled or trailing slashes. */
function plainPath(request: Request): string {
  const { pathname } = new URL(request.url);
  const single = pathname.replace(/\/{2,}/g, "/");
  return single.length > 1 && single.endsWith("/") ? single.slice(0, -1) : single;
}

/**
 * One model as a Hono app, to be mounted at any path: GET describes it, POST predicts.
 *
 * A local file is read at once.
 *
 * @throws CurtidoError when the file cannot be read or holds no model
 * @example
 * const app = new Hono();
 * app.route("/modelo", model("modelo.pkl", { after: (answer) => ({ ...answer, currency: "EUR" }) }));
 */
export function model(source: Source, options: ModelOptions = {}): Hono {
  const name =
    options.name ?? (typeof source === "string" || source instanceof URL ? nameOfFile(place(source)) : "model");
  const entry = new Entry(name, source, { before: options.before, after: options.after }, reviveOptions(options));
  const pages = new Pages(options.templates);
  const app = new Hono();
  app.onError((error, context) => answerError(context, error, pages));
  resource(
    app,
    "/",
    modelResource(() => entry, { pages, maxBody: options.maxBody ?? MOST_BODY }),
  );
  return app;
}

function place(source: string | URL): string {
  const url = source instanceof URL ? source : /^https?:\/\//i.test(source) ? new URL(source) : undefined;
  return url === undefined || url.protocol === "file:" ? pathOf(source) : decodeURIComponent(url.pathname);
}

function reviveOptions({ names }: ServingOptions): ReviveOptions {
  return names === undefined ? {} : { names };
}

/**
 * A whole service as a Hono app: `/` lists the models, `/{name}` is one of them, `/openapi.json` and `/healthz` beside.
 *
 * @throws CurtidoError when a file holds no model; E_NAME when a name is not possible, or two are the same
 * @example
 * const app = service({ models: { modelo: "modelo.pkl" } });
 * await app.request("/modelo", { method: "POST", body: '{"feature1": 1}' });
 */
export function service(options: ServiceOptions): Service {
  const pages = new Pages(options.templates);
  const maxBody = options.maxBody ?? MOST_BODY;
  const app = new Service(entriesOf(options), maxBody);
  app.onError((error, context) => answerError(context, error, pages));
  app.notFound((context) => answerError(context, notFound(context.req.path), pages));
  resource(app, "/", indexResource(app.entries, pages));
  resource(app, "/healthz", healthResource(app.entries));
  resource(app, "/openapi.json", openApiResource(app.entries, options.title ?? "Models"));
  resource(app, "/favicon.ico", { GET: () => new Response(null, { status: 204 }) });
  const find = (name: string) => {
    const entry = app.find(name);
    if (entry === undefined) throw notFound(`/${name}`);
    return entry;
  };
  app.use("/:model", async (context, next) => {
    find(context.req.param("model"));
    await next();
  });
  resource(
    app,
    "/:model",
    modelResource((context) => find(context.req.param("model") ?? ""), { pages, maxBody, home: "/" }),
  );
  return app;
}

function notFound(path: string): HttpProblem {
  return new HttpProblem(404, `there is nothing at ${path}; / lists the models`);
}

function entriesOf(options: ServiceOptions): Entry[] {
  const models = Array.isArray(options.models)
    ? (options.models as readonly (string | URL)[]).map((source): [string, ServiceModel] => [
        nameOfFile(place(source)),
        source,
      ])
    : Object.entries(options.models as Readonly<Record<string, ServiceModel>>);
  const seen = new Map<string, string>();
  return models.map(([name, given]) => {
    const key = nameKey(checkName(name));
    const { source, ...hooks } = isConfigured(given) ? given : { source: given };
    const where = typeof source === "string" || source instanceof URL ? String(source) : name;
    const first = seen.get(key);
    if (first !== undefined) throw nameClash(name, first, where);
    seen.set(key, where);
    return new Entry(name, source, hooks, reviveOptions(options));
  });
}

function isConfigured(given: ServiceModel): given is Exclude<ServiceModel, Source> {
  return typeof given === "object" && "source" in given;
}

/** @module Models as a Hono app: one of them to mount, or a whole service. */

import type { ReviveOptions } from "@curtido/estimators";
import { pathOf, type Source } from "@curtido/estimators/node";
import type { Context } from "hono";
import { Hono } from "hono/tiny";
import { Access, type Open } from "./auth/access.ts";
import { MOST_BODY } from "./http/body.ts";
import { Pages } from "./http/html.ts";
import { Catalog } from "./models/catalog.ts";
import { type After as AfterHook, type Before as BeforeHook, type Entry, GivenEntry } from "./models/entry.ts";
import { reportError } from "./observe/report.ts";
import { mountedResource } from "./resources/model.ts";
import { Publisher } from "./resources/publishing.ts";
import { answerError, resource } from "./resources/resource.ts";
import { MOST_ARTIFACT } from "./resources/upload.ts";
import { Service } from "./service.ts";
import { Asker } from "./serving/ask.ts";
import { modelLimits, Runtime, type RuntimeOptions } from "./serving/runtime.ts";
import { checkName, nameClash, nameKey, nameOfFile } from "./store/names.ts";
import type { Keys, Store, StoreOptions } from "./store/types.ts";
import { type Kept, keptOf } from "./values/value.ts";
import { PredictionLogger, type PredictionLogOptions } from "./watch/prediction_log.ts";
import { Shadows } from "./watch/shadow.ts";
import { Watch } from "./watch/watch.ts";

export { Service };

/** May change a row before it is validated, by returning another or in place; throwing refuses the request. */
export type Before = BeforeHook<Context>;
/** May change the answer before it is sent. */
export type After = AfterHook<Context>;

/** What models and services share. */
export interface ServingOptions extends Omit<ReviveOptions, keyof ModelReading | "file">, RuntimeOptions {
  /** A folder whose templates stand in for ours; docs/templates.md says which there are. */
  readonly templates?: string;
  /** The largest body that is read, in bytes; 64 MiB unless told otherwise. */
  readonly maxBody?: number;
}

/** What is read of one file: a part of it, names of its features, a card. */
export type ModelReading = Pick<ReviveOptions, "features" | "at" | "card">;

/** How one model is served. */
export interface ModelOptions extends ServingOptions, ModelReading {
  /** Its name on its page; the file's stem unless told otherwise. */
  readonly name?: string;
  /** May change a row before it is validated, by returning another or in place. */
  readonly before?: Before;
  /** May change the answer before it is sent. */
  readonly after?: After;
}

/** One model of a service: where it comes from, or that, what is read of it, and its functions. */
export type ServiceModel =
  | Source
  | ({ readonly source: Source; readonly before?: Before; readonly after?: After } & ModelReading);

/** How a service is made. */
export interface ServiceOptions extends ServingOptions {
  /** The models by name: `{ modelo: "modelo.pkl" }`; or files, which are named after their stems. */
  readonly models: Readonly<Record<string, ServiceModel>> | readonly (string | URL)[];
  /** Values that are no models, by name, as `loads` gives them: tables, arrays, dicts and lists to look things up in. */
  readonly values?: Readonly<Record<string, unknown>>;
  /** The title of its OpenAPI document. */
  readonly title?: string;
  /** Where models are published to, and what else is remembered; the service closes it. */
  readonly store?: Store;
  /** Who has a key: those of the store unless told otherwise. Without any, everybody may read and predict. */
  readonly keys?: Keys;
  /** What needs no key: reading what a model is, and predicting (`local`, `public`), or `nothing`. */
  readonly open?: Open;
  /** The largest artefact that is published, in bytes; 2 GiB unless told otherwise. */
  readonly maxArtifact?: number;
  /** Python names that may stand in any file that is published: `mymodule.MyClass`, `mymodule.*`. */
  readonly allow?: readonly string[];
  /** Origins whose pages may ask; none unless told otherwise. */
  readonly cors?: readonly string[];
  /** The model of `/invocations` and its like, when there are several. */
  readonly defaultModel?: string;
  /** What of the predictions is logged in the store; nothing unless told otherwise. */
  readonly log?: PredictionLogOptions;
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
  const { before, after } = options;
  const reading = { ...reviveOptions(options), ...readingOf(options) };
  const entry = new GivenEntry(name, source, { before, after }, reading);
  const pages = new Pages(options.templates);
  const app = new Hono();
  app.onError((error, context) => answerError(context, error, pages));
  resource(
    app,
    "/",
    mountedResource(entry, {
      pages,
      maxBody: options.maxBody ?? MOST_BODY,
      asker: new Asker(new Runtime(options), undefined),
    }),
  );
  return app;
}

function place(source: string | URL): string {
  const url = source instanceof URL ? source : /^https?:\/\//i.test(source) ? new URL(source) : undefined;
  return url === undefined || url.protocol === "file:" ? pathOf(source) : decodeURIComponent(url.pathname);
}

function reviveOptions({ names, ...options }: ServingOptions): ReviveOptions {
  const limits = { ...options.limits, ...modelLimits(options) };
  return { limits, ...(names === undefined ? {} : { names }) };
}

/** What is asked for of one file. */
function readingOf({ features, at, card }: ModelReading): ModelReading {
  return { ...(features && { features }), ...(at !== undefined && { at }), ...(card && { card }) };
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
  const { store } = options;
  const keys = options.keys ?? store?.keys;
  const runtime = new Runtime(options);
  const loading = { looker: runtime.looking.look, longestRevive: options.longestRevive };
  const catalog = new Catalog(entriesOf(options), store?.registry, reviveOptions(options), loading);
  return new Service({
    pages: new Pages(options.templates),
    maxBody: options.maxBody ?? MOST_BODY,
    home: "/",
    asker: new Asker(runtime, store === undefined ? undefined : new Watch(loggerOf(store, options.log), new Shadows())),
    catalog,
    access: keys === undefined ? undefined : new Access(keys, options.open ?? "local"),
    publisher:
      store === undefined
        ? undefined
        : new Publisher(catalog, store.registry, options.maxArtifact ?? MOST_ARTIFACT, options.allow),
    store,
    cors: options.cors ?? [],
    values: valuesOf(options),
    title: options.title ?? "Models",
    defaultModel: options.defaultModel,
  });
}

/**
 * A store, made when it is not there. What it needs is imported now: a service without one does without.
 *
 * @throws StoreError when it cannot be had
 * @example
 * const store = await openStore({ data: "./curtido-data" });
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  return (await import("./store/index.ts")).openStore(options);
}

/**
 * {@link service} with a store: opens it, loads what is published there, and follows it.
 *
 * @throws StoreError when the store cannot be had
 * @example
 * const app = await openService({ data: "./curtido-data", models: [] });
 * const server = await listen(app);
 */
export async function openService(options: Omit<ServiceOptions, "store"> & StoreOptions): Promise<Service> {
  const store = await openStore(options);
  const app = service({ ...options, store });
  try {
    await app.refresh();
  } catch (error) {
    reportError(error); // one bad version stops no other; it is tried again
  }
  app.catalog.follow();
  return app;
}

function loggerOf(store: Store, log: PredictionLogOptions | undefined): PredictionLogger | undefined {
  return log === undefined ? undefined : new PredictionLogger(store.predictions, log, () => store.keys.signingSecret());
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
    const { source, before, after, ...reading }: Exclude<ServiceModel, Source> = isConfigured(given)
      ? given
      : { source: given };
    const where = typeof source === "string" || source instanceof URL ? String(source) : name;
    const first = seen.get(key);
    if (first !== undefined) throw nameClash(name, first, where);
    seen.set(key, where);
    return new GivenEntry(name, source, { before, after }, { ...reviveOptions(options), ...readingOf(reading) });
  });
}

/** Values by name; none is called as a model is. @throws CurtidoError E_NAME */
function valuesOf({ values = {}, models }: ServiceOptions): Map<string, Kept> {
  const taken = new Set(Array.isArray(models) ? [] : Object.keys(models).map(nameKey));
  return new Map(
    Object.entries(values).map(([name, value]) => {
      if (taken.has(nameKey(checkName(name)))) throw nameClash(name, name, name);
      return [name, keptOf(value)];
    }),
  );
}

function isConfigured(given: ServiceModel): given is Exclude<ServiceModel, Source> {
  return typeof given === "object" && "source" in given;
}

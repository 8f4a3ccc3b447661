/** @module A whole service as a Hono app: its models, its routes, and what goes on beside its requests. */

import { type CardInput, type Estimator, readCard } from "@curtido/estimators";
import { CurtidoError } from "@curtido/pickle";
import { writeJson } from "@curtido/tables";
import type { Context } from "hono";
import { Hono } from "hono/tiny";
import type { Access } from "./auth/access.ts";
import { cors } from "./auth/cors.ts";
import { counted, plainPath, secured } from "./http/every.ts";
import type { Pages } from "./http/html.ts";
import type { Catalog } from "./models/catalog.ts";
import { type Entry, GivenEntry } from "./models/entry.ts";
import { PublishedEntry } from "./models/published.ts";
import { Metrics } from "./observe/metrics.ts";
import { aliasesResource, aliasResource } from "./resources/aliases.ts";
import { cardResource } from "./resources/card.ts";
import { assetsResource, docsResource } from "./resources/docs.ts";
import { healthResource } from "./resources/health.ts";
import { indexResource } from "./resources/index.ts";
import { keyResource, keysResource } from "./resources/keys.ts";
import { loginResource, logoutResource } from "./resources/login.ts";
import { metricsResource } from "./resources/metrics.ts";
import { modelResource, nothingAt } from "./resources/model.ts";
import { openApiResource } from "./resources/openapi.ts";
import { predictionsResource } from "./resources/predictions.ts";
import { routeProtocols } from "./resources/protocols/index.ts";
import type { Sent } from "./resources/publishing.ts";
import { readyResource } from "./resources/ready.ts";
import { answerError, resource } from "./resources/resource.ts";
import type { Settings } from "./resources/settings.ts";
import { entryResource, valueResource } from "./resources/values.ts";
import { versionResource, versionsResource } from "./resources/versions.ts";
import type { Asker } from "./serving/ask.ts";
import type { Runtime } from "./serving/runtime.ts";
import { hashInTurns } from "./store/artifacts.ts";
import { checkName } from "./store/names.ts";
import { tagOf } from "./store/publication.ts";
import type { Published, Store, VersionRecord } from "./store/types.ts";
import { type Kept, keptOf } from "./values/value.ts";

/** What a service is made of. */
export interface Parts extends Settings {
  readonly store: Store | undefined;
  /** Values that are no models, by name. */
  readonly values: Map<string, Kept>;
  /** The origins whose pages may ask. */
  readonly cors: readonly string[];
  readonly title: string;
  /** The model that `/invocations` and its like mean, when there are several. */
  readonly defaultModel: string | undefined;
}

/** A Hono app that serves models; `entries` are they: given ones in the order of their names' first mention, then published ones. */
export class Service extends Hono {
  readonly catalog: Catalog;
  readonly access: Access | undefined;
  readonly maxBody: number;
  readonly asker: Asker;
  readonly runtime: Runtime;
  readonly metrics: Metrics;
  /** How it was made. */
  readonly parts: Parts;
  /** Gathers what `/metrics` answers; where several processes serve together, of all. */
  metricsText: () => Promise<string>;
  private closing: Promise<void> | undefined;

  constructor(parts: Parts) {
    super({ getPath: plainPath });
    this.parts = parts;
    this.catalog = parts.catalog;
    this.access = parts.access;
    this.maxBody = parts.maxBody;
    this.asker = parts.asker;
    this.runtime = parts.asker.runtime;
    this.metrics = new Metrics(this.runtime);
    this.metricsText = () => this.metrics.text();
    const { asker, store, catalog } = parts;
    const { runtime, watch } = asker;
    if (parts.publisher !== undefined) parts.publisher.draining = () => runtime.draining;
    runtime.checks.push(() => (catalog.begun ? undefined : UNSETTLED));
    runtime.warnings.push(() => (catalog.settled ? undefined : UNSETTLED));
    if (watch !== undefined)
      runtime.beside = {
        shadows: () => watch.shadows.counts,
        dropped: () => (watch.log?.dropped ?? 0) + (store?.predictions.dropped ?? 0),
      };
    route(this, parts);
  }

  /** Every model there is now. */
  get entries(): readonly Entry[] {
    return this.catalog.entries;
  }

  /** The model of this name, whatever its case. */
  find(name: string): Entry | undefined {
    return this.catalog.find(name);
  }

  /**
   * Publishes a model as `PUT /{name}` does, on behalf of nobody.
   *
   * @throws HttpProblem 422 when the bytes are no model; StoreError
   */
  async publish(name: string, bytes: Uint8Array, card?: CardInput): Promise<Published> {
    if (this.parts.publisher === undefined) throw new CurtidoError("E_STORE", "there is no store to publish to", {});
    const published = await this.parts.publisher.publish(checkName(name), async () => sentOf(bytes, card), null);
    await this.catalog.refresh(published.revision);
    return published;
  }

  /** {@link publish}, unless these bytes are a version already: a start must not undo what was published since. */
  async publishNew(name: string, bytes: Uint8Array, card?: CardInput): Promise<void> {
    const entry = this.catalog.find(name);
    const sha256 = await hashInTurns(bytes);
    const { card: text } = sentOf(bytes, card);
    const tag = text === undefined ? undefined : tagOf(sha256, text);
    const known = (version: VersionRecord) => (tag === undefined ? version.sha256 === sha256 : version.tag === tag);
    if (entry instanceof PublishedEntry && entry.record.versions.some(known)) return;
    await this.publish(name, bytes, card);
  }

  /** Puts another model in the place of a given one. @throws CurtidoError when it cannot be served */
  replace(name: string, estimator: Estimator): void {
    const entry = this.catalog.find(name);
    if (!(entry instanceof GivenEntry))
      throw new CurtidoError("E_NAME", `'${name}' is no model that was given`, { name });
    entry.replace(estimator);
  }

  /** Puts another value in the place of a given one. */
  replaceValue(name: string, value: unknown): void {
    this.parts.values.set(name, keptOf(value));
  }

  /** Follows the registry at least up to a revision: another process changed it. */
  refresh(revision?: number): Promise<void> {
    return this.catalog.refresh(revision);
  }

  /** Ends what goes on beside requests: looks at the registry, the log; closes the store. */
  close(): Promise<void> {
    this.closing ??= this.end();
    return this.closing;
  }

  private async end(): Promise<void> {
    this.catalog.close();
    await this.asker.watch?.log?.flush().catch(() => undefined);
    await this.runtime.close();
    await this.parts.store?.close();
  }
}

/** What `/readyz` says when the last look at the registry failed. */
const UNSETTLED = "the registry does not answer, or a version in it cannot be loaded; the server's log says why";

/** Paths that everybody may ask for, wherever the service listens. */
const ALWAYS_OPEN =
  /^\/(healthz|readyz|ping|health|login|logout|favicon\.ico|robots\.txt|assets\/[^/]*|v2\/health\/(live|ready))$/;

function route(app: Service, parts: Parts): void {
  const { pages, access, store } = parts;
  const { runtime } = parts.asker;
  app.use("*", secured);
  if (parts.cors.length > 0) app.use("*", cors(parts.cors));
  app.use("*", counted(runtime.traffic));
  if (access !== undefined) app.use("*", gate(access));
  app.onError((error, context) => answerError(context, error, pages));
  app.notFound((context) => answerError(context, nothingAt(context), pages));
  const entries = () => app.entries;
  resource(app, "/", indexResource(entries, parts.values, pages));
  resource(app, "/healthz", healthResource(entries));
  resource(app, "/readyz", readyResource(entries, runtime));
  resource(
    app,
    "/metrics",
    metricsResource(() => app.metricsText()),
  );
  resource(app, "/openapi.json", openApiResource(parts));
  resource(app, "/docs", docsResource());
  resource(app, "/assets/:file", assetsResource());
  resource(app, "/favicon.ico", { GET: () => new Response(null, { status: 204 }) });
  if (access !== undefined) routeKeys(app, access, pages);
  routeProtocols(app, parts);
  routeModels(app, parts, store);
}

function routeKeys(app: Service, access: Access, pages: Pages): void {
  resource(app, "/login", loginResource(access, pages));
  resource(app, "/logout", logoutResource(access));
  resource(app, "/keys", keysResource(access, pages));
  resource(app, "/keys/:id", keyResource(access));
}

function routeModels(app: Service, parts: Parts, store: Store | undefined): void {
  if (store !== undefined) {
    resource(app, "/:model/versions", versionsResource(parts));
    resource(app, "/:model/versions/:version", versionResource(parts));
    resource(app, "/:model/aliases", aliasesResource(parts));
    resource(app, "/:model/aliases/:alias", aliasResource(parts));
    resource(
      app,
      "/:model/predictions",
      predictionsResource(parts, (query) => store.predictions.query(query)),
    );
  }
  for (const name of parts.values.keys()) routeValue(app, name, parts);
  resource(app, "/:model/card", cardResource(parts));
  resource(app, "/:model", modelResource(parts));
}

/** A file and the card beside it, as they are published. */
function sentOf(model: Uint8Array, card: CardInput | undefined): Sent {
  return card === undefined ? { model } : { model, card: writeJson(readCard(card)) };
}

function routeValue(app: Service, name: string, { values, access }: Parts): void {
  const find = () => values.get(name)!;
  for (const path of new Set([`/${name}`, `/${encodeURIComponent(name)}`])) {
    resource(app, path, valueResource(name, find, { access }));
    resource(app, `${path}/:key`, entryResource(name, find, { access }));
  }
}

/** Nothing is answered to whom nothing is open; what a resource needs beyond that it asks for itself. */
function gate(access: Access) {
  return async (context: Context, next: () => Promise<void>): Promise<void> => {
    if (!ALWAYS_OPEN.test(context.req.path)) await access.require(context, "read");
    await next();
  };
}

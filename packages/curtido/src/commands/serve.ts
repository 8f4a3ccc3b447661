/** @module `curtido serve`: models over HTTP. */

import type { ReviveOptions } from "@curtido/estimators";
import {
  curlOf,
  isLoopback,
  isOrigin,
  isPrimary,
  listen,
  MemoryKeys,
  type OpenTo,
  openService,
  type Service,
  type ServiceOptions,
  serveTogether,
  service,
  sharedPort,
  tellListening,
} from "@curtido/server";
import { type ModelOptions, modelReading, openModel, publishedOf, valueAt } from "../model.ts";
import { allowedName } from "../scan/allowed.ts";
import { firstKey, keyOfEnvironment, newSecret } from "../serve/keys.ts";
import { type Found, isFolder, modelsIn, type Names } from "../serve/models.ts";
import { modelLimits, runtimeOf, startTraffic, type TrafficOptions } from "../serve/traffic.ts";
import { watchFiles } from "../serve/watching.ts";
import { print, say, styled, UsageError, warn } from "../terminal.ts";

/** The options of the command. */
export interface ServeOptions extends TrafficOptions, ModelOptions {
  readonly port?: number;
  readonly host?: string;
  readonly name?: string;
  readonly templates?: string;
  readonly maxBody?: number;
  readonly maxArtifact?: number;
  /** Python names that published files may hold. */
  readonly allow?: readonly string[];
  readonly allowHost?: readonly string[];
  readonly publicPredict?: true;
  readonly data?: string;
  readonly artifacts?: string;
  readonly watch?: true;
  readonly cors?: readonly string[];
  /** How long requests in flight may take when the server stops, in seconds. */
  readonly grace?: number;
  readonly defaultModel?: string;
  readonly logPredictions?: number;
  readonly logHash?: readonly string[];
  readonly logOmit?: readonly string[];
  readonly logRetention?: number;
}

/** Serves until a signal comes. */
export async function serve(places: readonly string[], options: ServeOptions): Promise<number> {
  checkOptions(options);
  const workers = options.workers ?? 1;
  if (workers > 1 && isPrimary()) {
    shareKey(options);
    return serveTogether(workers);
  }
  const reading = await readingOf(options);
  const models =
    places.length === 0 && options.data !== undefined
      ? []
      : modelsIn(places.length === 0 ? ["."] : places, options.name, reading);
  for (const option of ["features", "card"] as const)
    if (options[option] !== undefined && models.length > 1)
      throw new UsageError(`--${option} is for one model, and there are more`);
  const app = await appOf(models, reading, options);
  try {
    await startTraffic(app, options);
    const port = sharedPort() ?? options.port;
    const server = await listen(app, {
      ...(port === undefined ? {} : { port }),
      ...(options.host === undefined ? {} : { host: options.host }),
      hosts: options.allowHost ?? [],
      ...(options.grace === undefined ? {} : { grace: options.grace * 1000 }),
    });
    tellListening(server.port, port);
    if (sharedPort() === undefined) {
      if (server.moved) warn(`port 5000 is taken: listening on ${server.port} instead`);
      await print(welcome(app, server.url));
    }
    const unwatch =
      options.watch === true ? watchFiles(models, (model) => changed(app, model, reading)) : () => undefined;
    await server.closed;
    unwatch();
  } finally {
    await app.close();
  }
  return 0;
}

function checkOptions(options: ServeOptions): void {
  const { templates, data, cors, features } = options;
  if (features !== undefined && data !== undefined)
    throw new UsageError("--features is for a model that is served from its file, without --data");
  const wrong = cors?.find((origin) => !isOrigin(origin));
  if (wrong !== undefined) throw new UsageError(`--cors ${wrong}: is no origin such as https://app.example, nor *`);
  if (templates !== undefined && !isFolder(templates))
    throw new UsageError(`${templates}: is no folder with templates`);
  if (data !== undefined) return;
  for (const [name, value] of Object.entries({
    "--artifacts": options.artifacts,
    "--log-predictions": options.logPredictions,
  }))
    if (value !== undefined) throw new UsageError(`${name} needs --data, which says where things are kept`);
}

/** The service: with a store, with keys alone, or open to everybody on this machine. */
async function appOf(models: readonly Found[], reading: ReviveOptions, options: ServeOptions): Promise<Service> {
  const given = Object.fromEntries(
    models.flatMap(({ name, estimator }) => (estimator === undefined ? [] : [[name, estimator] as const])),
  );
  const values = Object.fromEntries(models.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]])));
  const common = { ...commonOf(reading.names, options), values };
  if (options.data === undefined) {
    const keys = await keysAlone(options);
    return service({ models: given, ...common, ...(keys === undefined ? {} : { keys }) });
  }
  const app = await openService({
    ...common,
    models: {},
    data: options.data,
    ...(options.artifacts === undefined ? {} : { artifacts: options.artifacts }),
    ...(options.logRetention === undefined ? {} : { retention: options.logRetention }),
  });
  try {
    if (sharedPort() !== undefined) return app; // the first worker has seen to it
    for (const { name, source, estimator } of models) {
      if (estimator === undefined) continue;
      const { bytes, card } = publishedOf(source, reading);
      await app.publishNew(name, bytes, card);
    }
    tell(await firstKey(app.access!.keys));
    return app;
  } catch (error) {
    await app.close();
    throw error;
  }
}

function commonOf(names: Names, options: ServeOptions): Omit<ServiceOptions, "models"> {
  const { templates, maxBody, maxArtifact, allow, cors, defaultModel, logPredictions } = options;
  return {
    ...runtimeOf(options),
    open: openTo(options),
    ...(names === undefined ? {} : { names }),
    ...(templates === undefined ? {} : { templates }),
    ...(maxBody === undefined ? {} : { maxBody }),
    ...(maxArtifact === undefined ? {} : { maxArtifact }),
    ...(allow === undefined ? {} : { allow: allow.map(allowedName) }),
    ...(cors === undefined ? {} : { cors }),
    ...(defaultModel === undefined ? {} : { defaultModel }),
    ...(logPredictions === undefined
      ? {}
      : { log: { rate: logPredictions, hash: options.logHash ?? [], omit: options.logOmit ?? [] } }),
  };
}

function openTo({ host, publicPredict }: ServeOptions): OpenTo {
  if (host === undefined || isLoopback(host)) return "local";
  return publicPredict === true ? "public" : "nothing";
}

/** Keys of a service without a store: needed where others can reach it, or when CURTIDO_KEY says so. */
async function keysAlone(options: ServeOptions): Promise<MemoryKeys | undefined> {
  if (openTo(options) !== "nothing" && keyOfEnvironment() === undefined) return undefined;
  const keys = new MemoryKeys(keyOfEnvironment());
  tell(await firstKey(keys));
  return keys;
}

/** Workers without a store get the one key that they share from the process that starts them. */
function shareKey(options: ServeOptions): void {
  if (options.data !== undefined || openTo(options) !== "nothing" || keyOfEnvironment() !== undefined) return;
  const secret = newSecret();
  process.env["CURTIDO_KEY"] = secret;
  tell(secret);
}

function tell(secret: string | undefined): void {
  if (secret !== undefined)
    say(
      `The first key, which may do everything; it is shown this once:\n  ${secret}\nSend it as 'Authorization: Bearer KEY', or sign in with it at /login.`,
    );
}

/** How files are read. */
async function readingOf(options: ServeOptions): Promise<ReviveOptions> {
  return { limits: modelLimits(options), ...(await modelReading(options)) };
}

/** A file became another: loaded and checked before it takes the place of the old one. */
async function changed(app: Service, { name, source, value }: Found, reading: ReviveOptions): Promise<void> {
  if (value !== undefined) {
    app.replaceValue(name, valueAt(source));
    return;
  }
  if (app.parts.publisher === undefined) app.replace(name, openModel(source, reading));
  else {
    const { bytes, card } = publishedOf(source, reading);
    await app.publish(name, bytes, card);
  }
}

/** Each model's address, and a line that asks it. */
function welcome(app: Service, url: string): string {
  const lines = app.entries.flatMap(({ name, ready }) => {
    const address = `${url}/${encodeURIComponent(name)}`;
    if (ready === undefined) return [`${styled(process.stdout, "bold", address)}  not ready`];
    const what = `${ready.className}, ${ready.signature.task}`;
    return [
      `${styled(process.stdout, "bold", address)}  ${what}`,
      `  ${curlOf(address, ready.signature, process.platform === "win32" ? "windows" : "posix")}`,
    ];
  });
  for (const [name, { what }] of app.parts.values)
    lines.push(`${styled(process.stdout, "bold", `${url}/${encodeURIComponent(name)}`)}  ${what}`);
  const count = app.entries.length;
  return `${[...lines, `${count === 1 ? "1 model" : `${count} models`} at ${url}; stop with Ctrl+C`].join("\n")}\n`;
}

/** @module `/{model}`: a model's description, its page, the artefact itself, and its predictions; publishing and removing it. */

import { writeJson } from "@curtido/tables";
import type { Context } from "hono";
import { JSON_TYPE } from "../http/headers.ts";
import { HTML_TYPE } from "../http/html.ts";
import { HttpProblem } from "../http/problem.ts";
import type { ValuePage } from "../models/brief.ts";
import { briefCardOf } from "../models/card.ts";
import type { Catalog } from "../models/catalog.ts";
import type { Choice, Entry } from "../models/entry.ts";
import { PublishedEntry } from "../models/published.ts";
import { listedOf } from "../serving/forward.ts";
import type { VersionRecord } from "../store/types.ts";
import type { Threads } from "../work/threads.ts";
import { answerTagged, tagOf } from "./conditional.ts";
import { answerModelPage, type ModelSettings, predictWith } from "./exchange.ts";
import { rowOfQuery } from "./options.ts";
import { answerJson, type Methods, negotiate, pageHeaders, permit } from "./resource.ts";
import type { Settings } from "./settings.ts";

/** The media type of an artefact. */
export const ARTIFACT_TYPE = "application/octet-stream";

/** One model of a program's own, wherever it is mounted: GET describes it, POST predicts. */
export function mountedResource(entry: Entry, settings: ModelSettings): Methods {
  return {
    async GET(context) {
      const choice = await entry.chosen();
      if (rowOfQuery(context.req, choice.served) !== undefined) return predictWith(context, entry, choice, settings);
      return describe(context, entry, choice, settings);
    },
    POST: async (context) => predictWith(context, entry, await entry.chosen(), settings),
  };
}

/** The resource of the model that a request names. */
export function modelResource(settings: Settings): Methods {
  const nameOf = (context: Context) => context.req.param("model") ?? "";
  const { publisher, catalog } = settings;
  const publishing: Methods =
    publisher === undefined
      ? {}
      : {
          async PUT(context) {
            const { key } = await permit(settings, context, "publish");
            return publisher.put(context, nameOf(context), key?.id ?? null);
          },
          async DELETE(context) {
            await permit(settings, context, "publish");
            return publisher.removeModel(context, nameOf(context));
          },
        };
  return {
    async GET(context) {
      const asks = await asksByQuery(settings, context);
      if (asks !== undefined) return asks;
      await permit(settings, context, "read");
      const entry = findModel(settings, context);
      const choice = currentOf(entry) ?? (await entry.chosen());
      return entry instanceof PublishedEntry
        ? answerVersion(context, entry, choice, entry.version(choice.version!), settings)
        : describe(context, entry, choice, settings);
    },
    async POST(context) {
      const who = await permit(settings, context, "predict");
      const entry = findModel(settings, context);
      return predictWith(context, entry, await entry.chosen(), settings, who);
    },
    ...publishing,
    hint(method) {
      if (method !== "PUT" && method !== "DELETE") return undefined;
      return publisher === undefined
        ? "to publish and remove models, start the service with --data FOLDER"
        : "this model was given when the service started, and is not in its registry: publish under another name";
    },
    only(context) {
      const entry = entryAt(catalog, nameOf(context));
      if (entry instanceof PublishedEntry) return ALL;
      if (entry !== undefined) return READ_ONLY;
      if (publisher !== undefined && context.req.method === "PUT") return ALL;
      throw nothingAt(context);
    },
  };
}

const ALL: ReadonlySet<string> = new Set(["GET", "POST", "PUT", "DELETE"]);
const READ_ONLY: ReadonlySet<string> = new Set(["GET", "POST"]);

/** The answer to the row that the query of a GET is, when it is one. */
async function asksByQuery(settings: Settings, context: Context): Promise<Response | undefined> {
  const entry = context.req.url.includes("?") ? entryAt(settings.catalog, context.req.param("model") ?? "") : undefined;
  if (entry === undefined) return undefined;
  const choice = await entry.chosen();
  if (rowOfQuery(context.req, choice.served) === undefined) return undefined;
  const who = await permit(settings, context, "predict");
  return predictWith(context, entry, choice, settings, who);
}

/** The model of a name; most ask for one that nothing stands before, letter by letter. */
function entryAt(catalog: Catalog, name: string): Entry | undefined {
  return catalog.direct.get(`/${name}`) ?? catalog.find(name);
}

/** The model that a request names. @throws HttpProblem 404 */
export function findModel({ catalog }: Pick<Settings, "catalog">, context: Context): Entry {
  const entry = entryAt(catalog, context.req.param("model") ?? "");
  if (entry === undefined) throw nothingAt(context);
  return entry;
}

/** The error for a path that leads nowhere. */
export function nothingAt(context: Context): HttpProblem {
  return new HttpProblem(404, `there is nothing at ${context.req.path}; / lists the models`);
}

/** What a published model is described by: the first version of `current`, whatever else the split asks. */
function currentOf(entry: Entry): Choice | undefined {
  if (!(entry instanceof PublishedEntry)) return undefined;
  const { ready, currentVersion } = entry;
  return ready === undefined || currentVersion === undefined
    ? undefined
    : { served: entry.loaded.get(currentVersion.version) ?? ready, version: currentVersion.version };
}

/** A version: its card, its page or its artefact. */
export async function answerVersion(
  context: Context,
  entry: PublishedEntry,
  choice: Choice,
  version: VersionRecord,
  settings: Settings,
): Promise<Response> {
  const type = negotiate(context, [JSON_TYPE, HTML_TYPE, ARTIFACT_TYPE]);
  context.header("Curtido-Version", String(version.version));
  if (type !== ARTIFACT_TYPE) return describe(context, entry, choice, settings, version);
  await permit(settings, context, "artifact");
  const bytes = await settings.catalog.registry!.artifact(version.sha256);
  return answerTagged(context, pieces(bytes), tagOf(version.tag, "bin"), {
    "Content-Type": ARTIFACT_TYPE,
    "Content-Length": String(bytes.length),
    "Content-Disposition": `attachment; filename*=UTF-8''${encodeURIComponent(entry.name)}.pkl`,
  });
}

/** How much of a file is sent at once, in bytes. */
const PIECE = 1 << 20;

/** A file in pieces of its own: an answer takes no memory that is shared, and a copy of a large file would take a while. */
function pieces(bytes: Uint8Array): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      controller.enqueue(bytes.slice(at, at + PIECE));
      at += PIECE;
      if (at >= bytes.length) controller.close();
    },
  });
}

/** How many values a page of them has unless it is told, and at most. */
const [VALUES, MOST_VALUES] = [1_000, 10_000];

/**
 * Some of the names of the features (`?features=names`), of the categories of a feature (`?categories=NAME`), or of the classes
 * of an output (`?classes=1`), from `offset` on, as many as `limit`; `undefined` when the query asks for none of them.
 *
 * @throws HttpProblem 400, 404
 */
async function listedValues(
  { req }: Context,
  served: Choice["served"],
  threads: Threads,
): Promise<ValuePage | undefined> {
  const [feature, output, names] = [req.query("categories"), req.query("classes"), req.query("features") === "names"];
  if (feature === undefined && output === undefined && !names) return undefined;
  const number = (name: string, usual: number) => {
    const text = req.query(name) ?? String(usual);
    if (!/^\d{1,9}$/.test(text)) throw new HttpProblem(400, `${name}=${text} is no whole number`);
    return Number(text);
  };
  const limit = Math.min(MOST_VALUES, Math.max(1, number("limit", VALUES)));
  const found = await listedOf(served, threads, {
    names,
    feature,
    output: Number(output),
    offset: number("offset", 0),
    limit,
  });
  if (found === undefined)
    throw new HttpProblem(
      404,
      feature === undefined ? `there are no classes of output ${output}` : `'${feature}' is no feature with categories`,
    );
  const end = found.offset + found.values.length;
  const query = names
    ? "features=names"
    : feature === undefined
      ? `classes=${output}`
      : `categories=${encodeURIComponent(feature)}`;
  return end < found.count ? { ...found, next: `?${query}&offset=${end}&limit=${limit}` } : found;
}

/** A card or a page. */
async function describe(
  context: Context,
  entry: Entry,
  choice: Choice,
  settings: ModelSettings,
  version?: VersionRecord,
): Promise<Response> {
  const type = negotiate(context, [JSON_TYPE, HTML_TYPE]);
  const { served } = choice;
  const listed = await listedValues(context, served, settings.asker.runtime.threads);
  if (listed !== undefined) return answerJson(context, listed);
  if (type === JSON_TYPE) {
    const published =
      version === undefined ? {} : { number: version.version, sha256: version.sha256, published: version.created };
    const body = writeJson({ uri: new URL(context.req.url).pathname, ...briefCardOf(served), ...published });
    return answerTagged(context, body, tagOf(version?.tag, "json", body), { "Content-Type": JSON_TYPE });
  }
  const page = await answerModelPage(context, entry, served, settings);
  const html = await page.text();
  return answerTagged(context, html, tagOf(version?.tag, "html", html), pageHeaders(settings.pages));
}

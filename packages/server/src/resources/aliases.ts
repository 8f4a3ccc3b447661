/** @module `/{model}/aliases` and `/{model}/aliases/{alias}`. */

import { parseJson, writeJson } from "@curtido/tables";
import type { Context } from "hono";
import { readText } from "../http/body.ts";
import { JSON_TYPE } from "../http/headers.ts";
import { HttpProblem } from "../http/problem.ts";
import type { PublishedEntry } from "../models/published.ts";
import { nameKey } from "../store/names.ts";
import type { AliasTarget } from "../store/types.ts";
import { answerTagged, requireTag, tagOf } from "./conditional.ts";
import { predictWith } from "./exchange.ts";
import { publishedIn } from "./publishing.ts";
import { answerJson, type Methods, negotiate, permit } from "./resource.ts";
import type { Settings } from "./settings.ts";
import { uriOf } from "./version_card.ts";

/** What an alias may be called. */
const NAME = /^[\p{L}\p{M}\p{Nd}_-][\p{L}\p{M}\p{Nd}._-]{0,99}$/u;
/** The largest body of an alias, in bytes. */
const MOST_BODY = 16 * 1024;
/** How many versions a split may have. */
const MOST_SPLIT = 100;

/** The aliases of a model. */
export function aliasesResource(settings: Settings): Methods {
  return {
    async GET(context) {
      await permit(settings, context, "read");
      negotiate(context, [JSON_TYPE]);
      const entry = publishedIn(settings.catalog, context.req.param("model") ?? "");
      const aliases = Object.keys(entry.record.aliases).map((alias) => aliasCard(entry, alias));
      const body = writeJson({ name: entry.name, aliases });
      return answerTagged(context, body, tagOf(undefined, "json", body), { "Content-Type": JSON_TYPE });
    },
  };
}

/** One alias. */
export function aliasResource(settings: Settings): Methods {
  return {
    async GET(context) {
      await permit(settings, context, "read");
      negotiate(context, [JSON_TYPE]);
      const { entry, alias } = aliasOf(settings, context);
      const body = cardText(entry, alias);
      if (body === undefined) throw noAlias(entry, alias);
      return answerTagged(context, body, tagOf(undefined, "json", body), { "Content-Type": JSON_TYPE });
    },
    async POST(context) {
      const who = await permit(settings, context, "predict");
      const { entry, alias } = aliasOf(settings, context);
      return predictWith(context, entry, await entry.chosen(alias), settings, who);
    },
    async PUT(context) {
      await permit(settings, context, "publish");
      const { entry, alias } = aliasOf(settings, context);
      if (!NAME.test(alias)) throw new HttpProblem(422, `'${alias}' is no name for an alias`);
      const target = targetOf(parseJson(await readText(context.req, MOST_BODY)));
      await settings.catalog.refresh();
      requireTag(context.req, currentTag(entry, alias));
      const created = await settings.publisher!.setAlias(entry, alias, target);
      const now = publishedIn(settings.catalog, entry.name);
      const uri = `${uriOf(entry.name)}/aliases/${encodeURIComponent(alias)}`;
      return answerJson(context, aliasCard(now, alias), created ? 201 : 200, created ? { Location: uri } : {});
    },
    async DELETE(context) {
      await permit(settings, context, "publish");
      const { entry, alias } = aliasOf(settings, context);
      await settings.catalog.refresh();
      requireTag(context.req, currentTag(entry, alias));
      await settings.publisher!.removeAlias(entry.name, alias);
      return new Response(null, { status: 204 });
    },
  };
}

function aliasOf(settings: Settings, context: Context): { entry: PublishedEntry; alias: string } {
  const entry = publishedIn(settings.catalog, context.req.param("model") ?? "");
  return { entry, alias: nameKey(context.req.param("alias") ?? "") };
}

function noAlias(entry: PublishedEntry, alias: string): HttpProblem {
  return new HttpProblem(404, `there is no alias '${alias}' of '${entry.name}'`);
}

function cardText(entry: PublishedEntry, alias: string): string | undefined {
  return Object.hasOwn(entry.record.aliases, alias) ? writeJson(aliasCard(entry, alias)) : undefined;
}

function currentTag(entry: PublishedEntry, alias: string): string | undefined {
  const body = cardText(entry, alias);
  return body === undefined ? undefined : tagOf(undefined, "json", body);
}

function aliasCard(entry: PublishedEntry, alias: string): Record<string, unknown> {
  const { split, shadow } = entry.record.aliases[alias]!;
  const versions = Object.keys(split);
  return {
    uri: `${uriOf(entry.name)}/aliases/${encodeURIComponent(alias)}`,
    alias,
    ...(versions.length === 1 ? { version: Number(versions[0]) } : { split }),
    ...(shadow === undefined ? {} : { shadow }),
  };
}

/**
 * What a body points an alias to: `{"version": 2}` or `{"split": {"1": 90, "2": 10}}`, either with `"shadow": 3`.
 *
 * @throws HttpProblem 422 with what is wrong where
 */
function targetOf(body: unknown): AliasTarget {
  const errors: { pointer: string; detail: string }[] = [];
  const wrong = (pointer: string, detail: string) => errors.push({ pointer, detail });
  const fields =
    typeof body === "object" && body !== null && !Array.isArray(body) ? (body as Record<string, unknown>) : {};
  const { version, split, shadow } = fields;
  for (const name of Object.keys(fields))
    if (!["version", "split", "shadow", "uri", "alias"].includes(name)) wrong(`#/${name}`, `'${name}' is not known`);
  if ((version === undefined) === (split === undefined)) wrong("#", "expected either 'version' or 'split'");
  const parts = split === undefined ? { [String(version)]: 100 } : split;
  if (version !== undefined && !isVersion(version)) wrong("#/version", "'version' must be the number of a version");
  if (shadow !== undefined && !isVersion(shadow)) wrong("#/shadow", "'shadow' must be the number of a version");
  if (split !== undefined && !isSplit(split))
    wrong("#/split", '\'split\' must be percentages by version that sum up to 100, such as {"1": 90, "2": 10}');
  if (errors.length > 0) throw new HttpProblem(422, errors[0]!.detail, { errors });
  return { split: parts as Record<number, number>, ...(shadow === undefined ? {} : { shadow: shadow as number }) };
}

function isVersion(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) > 0;
}

function isSplit(value: unknown): boolean {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const parts = Object.entries(value);
  const sum = parts.reduce((total, [, percent]) => total + (typeof percent === "number" ? percent : Number.NaN), 0);
  return (
    parts.length > 0 &&
    parts.length <= MOST_SPLIT &&
    parts.every(([version, percent]) => /^[1-9]\d{0,8}$/.test(version) && percent >= 0) &&
    Math.abs(sum - 100) < 1e-6
  );
}

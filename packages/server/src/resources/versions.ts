/** @module `/{model}/versions` and `/{model}/versions/{n}`. */

import { writeJson } from "@curtido/tables";
import type { Context } from "hono";
import { JSON_TYPE } from "../http/headers.ts";
import { HttpProblem } from "../http/problem.ts";
import type { Choice } from "../models/entry.ts";
import type { PublishedEntry } from "../models/published.ts";
import type { VersionRecord } from "../store/types.ts";
import { answerTagged, tagOf } from "./conditional.ts";
import { predictWith } from "./exchange.ts";
import { answerVersion } from "./model.ts";
import { publishedIn } from "./publishing.ts";
import { type Methods, negotiate, permit } from "./resource.ts";
import type { Settings } from "./settings.ts";
import { versionCard } from "./version_card.ts";

/** The versions of a model, newest first. */
export function versionsResource(settings: Settings): Methods {
  return {
    async GET(context) {
      await permit(settings, context, "read");
      negotiate(context, [JSON_TYPE]);
      const { record } = publishedIn(settings.catalog, context.req.param("model") ?? "");
      const versions = record.versions.map((version) => versionCard(record, version)).reverse();
      const body = writeJson({ name: record.name, versions });
      return answerTagged(context, body, tagOf(undefined, "json", body), { "Content-Type": JSON_TYPE });
    },
  };
}

/** One version. */
export function versionResource(settings: Settings): Methods {
  return {
    async GET(context) {
      await permit(settings, context, "read");
      const { entry, version } = versionOf(settings, context);
      return answerVersion(context, entry, await choiceOf(settings, entry, version), version, settings);
    },
    async POST(context) {
      const who = await permit(settings, context, "predict");
      const { entry, version } = versionOf(settings, context);
      return predictWith(context, entry, await choiceOf(settings, entry, version), settings, who);
    },
    async DELETE(context) {
      await permit(settings, context, "publish");
      const { entry, version } = versionOf(settings, context);
      return settings.publisher!.removeVersion(entry.name, version.version);
    },
  };
}

async function choiceOf(settings: Settings, entry: PublishedEntry, version: VersionRecord): Promise<Choice> {
  return { served: await settings.catalog.version(entry, version), version: version.version };
}

function versionOf(settings: Settings, context: Context): { entry: PublishedEntry; version: VersionRecord } {
  const entry = publishedIn(settings.catalog, context.req.param("model") ?? "");
  const text = context.req.param("version") ?? "";
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new HttpProblem(404, `'${text}' is no number of a version`);
  return { entry, version: entry.version(Number(text)) };
}

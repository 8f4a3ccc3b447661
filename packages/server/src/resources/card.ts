/** @module `/{model}/card`: what people say of a model. Putting another one makes a version of the same bytes. */

import { mergeCards, parseCard } from "@curtido/estimators";
import { writeJson } from "@curtido/tables";
import type { Context } from "hono";
import { readText } from "../http/body.ts";
import { JSON_TYPE } from "../http/headers.ts";
import { PublishedEntry } from "../models/published.ts";
import { answerTagged, tagOf } from "./conditional.ts";
import { findModel } from "./model.ts";
import { type Methods, negotiate, permit } from "./resource.ts";
import type { Settings } from "./settings.ts";

/** The largest body of a card, in bytes. */
const MOST_BODY = 4_000_000;

/** The card of a model. */
export function cardResource(settings: Settings): Methods {
  const { publisher } = settings;
  const publishing: Methods =
    publisher === undefined
      ? {}
      : {
          async PUT(context) {
            const { key } = await permit(settings, context, "publish");
            const card = writeJson(mergeCards({}, parseCard(await readText(context.req, MOST_BODY))));
            return publisher.putCard(context, nameOf(context), card, key?.id ?? null);
          },
          async DELETE(context) {
            const { key } = await permit(settings, context, "publish");
            return publisher.putCard(context, nameOf(context), null, key?.id ?? null);
          },
        };
  return {
    async GET(context) {
      await permit(settings, context, "read");
      negotiate(context, [JSON_TYPE]);
      const entry = findModel(settings, context);
      const { card } = await entry.served();
      const body = writeJson(card);
      const tag = entry instanceof PublishedEntry ? entry.currentVersion?.tag : undefined;
      return answerTagged(context, body, tagOf(tag, "card", body), { "Content-Type": JSON_TYPE });
    },
    ...publishing,
    hint: (method) =>
      method !== "PUT" && method !== "DELETE"
        ? undefined
        : publisher === undefined
          ? "to publish cards, start the service with --data FOLDER"
          : "this model was given when the service started: its card lies beside its file",
    only: (context) => (findModel(settings, context) instanceof PublishedEntry ? ALL : READ_ONLY),
  };
}

const nameOf = (context: Context) => context.req.param("model") ?? "";
const ALL: ReadonlySet<string> = new Set(["GET", "PUT", "DELETE"]);
const READ_ONLY: ReadonlySet<string> = new Set(["GET"]);

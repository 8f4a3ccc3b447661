/** @module `/`: the models of a service. */

import { JSON_TYPE } from "../http/headers.ts";
import { HTML_TYPE, type Pages } from "../http/html.ts";
import type { Entry } from "../models/entry.ts";
import type { Kept } from "../values/value.ts";
import { answerJson, answerPage, type Methods, negotiate } from "./resource.ts";
import { uriOf } from "./version_card.ts";

/** The models by name, as JSON or as a page. */
export function indexResource(entries: () => readonly Entry[], kept: ReadonlyMap<string, Kept>, pages: Pages): Methods {
  return {
    async GET(context) {
      const type = negotiate(context, [JSON_TYPE, HTML_TYPE]);
      const models = entries().map(summary);
      const values = [...kept].map(([name, { what }]) => ({ name, uri: uriOf(name), what }));
      const all = values.length === 0 ? { models } : { models, values };
      return type === JSON_TYPE
        ? answerJson(context, all)
        : answerPage(context, pages, await pages.render("index.html", all));
    },
  };
}

function summary(entry: Entry): Record<string, unknown> {
  const served = entry.ready;
  const uri = `/${encodeURIComponent(entry.name)}`;
  if (served === undefined) return { name: entry.name, uri };
  const { className, signature } = served;
  return { name: entry.name, uri, class: className, task: signature.task, features: served.features ?? null };
}

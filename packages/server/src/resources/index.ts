/** @module `/`: the models of a service. */

import { JSON_TYPE } from "../http/headers.ts";
import { HTML_TYPE, type Pages } from "../http/html.ts";
import type { Entry } from "../models/entry.ts";
import { answerJson, answerPage, type Methods, negotiate } from "./resource.ts";

/** The models by name, as JSON or as a page. */
export function indexResource(entries: () => readonly Entry[], pages: Pages): Methods {
  return {
    async GET(context) {
      const type = negotiate(context, [JSON_TYPE, HTML_TYPE]);
      const models = entries().map(summary);
      return type === JSON_TYPE
        ? answerJson(context, { models })
        : answerPage(context, pages, await pages.render("index.html", { models }));
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

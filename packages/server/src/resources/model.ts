/** @module `/{model}`: a model's description, its page, and its predictions. */

import type { Context } from "hono";
import type { Entry } from "../entry.ts";
import { HTML_TYPE } from "../representations/html.ts";
import { JSON_TYPE } from "../representations/json.ts";
import { cardOf } from "../serving/card.ts";
import { Exchange, type ModelSettings } from "./exchange.ts";
import { answerJson, type Methods, negotiate } from "./resource.ts";

/** The resource of the model that a request names. */
export function modelResource(find: (context: Context) => Entry, settings: ModelSettings): Methods {
  return {
    async GET(context) {
      const served = await find(context).served();
      const type = negotiate(context, [JSON_TYPE, HTML_TYPE]);
      if (type === JSON_TYPE) return answerJson(context, { uri: new URL(context.req.url).pathname, ...cardOf(served) });
      return new Exchange(context, find(context), served, settings).page({});
    },
    async POST(context) {
      const entry = find(context);
      const exchange = new Exchange(context, entry, await entry.served(), settings);
      return exchange.run();
    },
  };
}

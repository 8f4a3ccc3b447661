/** @module What the resources of a service share. */

import type { Context } from "hono";
import type { Access, Need, Who } from "../auth/access.ts";
import { note } from "../http/noted.ts";
import type { Catalog } from "../models/catalog.ts";
import type { Choice, Entry } from "../models/entry.ts";
import { requestIdIn } from "../observe/request_id.ts";
import type { Asking } from "../serving/ask.ts";
import { Exchange, type ModelSettings } from "./exchange.ts";
import type { Publisher } from "./publishing.ts";

/** How the resources of a service are served. */
export interface Settings extends ModelSettings {
  readonly catalog: Catalog;
  /** Who may do what; without it everybody may do all that there is. */
  readonly access: Access | undefined;
  /** Changes the registry, when there is one. */
  readonly publisher: Publisher | undefined;
}

/** Lets a request pass, or throws 401, 403, 429. */
export async function permit(settings: Pick<Settings, "access">, context: Context, need: Need): Promise<Who> {
  return settings.access === undefined ? { key: undefined } : settings.access.require(context, need);
}

/** What a body of unknown length counts for where bytes underway are counted. */
const UNKNOWN_LENGTH = 8 * 1024 * 1024;

/**
 * Asks a model on behalf of a request: lets it in, has it counted, and names the version in the answer. Everything that
 * predicts over HTTP comes through here, or through the fast lane.
 *
 * @throws CurtidoError E_BUSY when there is no room
 */
export async function asked(
  context: Context,
  entry: Entry,
  choice: Choice,
  settings: ModelSettings,
  who: Who,
  answer: (asking: Asking) => Promise<Response>,
): Promise<Response> {
  const requestId = requestIdIn(context);
  const asking = settings.asker.of({ entry, choice, keyId: who.key?.id ?? null, requestId, context });
  note(context, asking);
  const declared = Number(context.req.header("content-length") ?? UNKNOWN_LENGTH);
  asking.admit(Math.min(declared, settings.maxBody));
  if (choice.version !== undefined) context.header("Curtido-Version", String(choice.version));
  try {
    return await answer(asking);
  } finally {
    if (!asking.streams) asking.leave();
  }
}

/** A prediction of what was chosen, as `POST /{model}` gives it. */
export function predictWith(
  context: Context,
  entry: Entry,
  choice: Choice,
  settings: ModelSettings,
  who: Who = { key: undefined },
): Promise<Response> {
  return asked(context, entry, choice, settings, who, (asking) => new Exchange(context, asking, settings).run());
}

/** @module What the resources of a service share. */

import type { Context } from "hono";
import type { Access, Need, Who } from "../auth/access.ts";
import type { Catalog } from "../models/catalog.ts";
import type { Choice, Entry } from "../models/entry.ts";
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

/** A prediction of what was chosen; the answer names its version. */
export async function predictWith(
  context: Context,
  entry: Entry,
  choice: Choice,
  settings: ModelSettings,
  who: Who = { key: undefined },
): Promise<Response> {
  if (choice.version !== undefined) context.header("Curtido-Version", String(choice.version));
  settings.watch?.begin(context, entry, choice, who.key?.id ?? null);
  return new Exchange(context, entry, choice.served, settings, choice.version).run();
}

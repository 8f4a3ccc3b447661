/** @module What the resources of a service share. */

import type { Access } from "../auth/access.ts";
import type { Catalog } from "../models/catalog.ts";
import type { ModelSettings } from "./exchange.ts";
import type { Publisher } from "./publishing.ts";

/** How the resources of a service are served. */
export interface Settings extends ModelSettings {
  readonly catalog: Catalog;
  /** Who may do what; without it everybody may do all that there is. */
  readonly access: Access | undefined;
  /** Changes the registry, when there is one. */
  readonly publisher: Publisher | undefined;
}

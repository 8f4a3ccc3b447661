/** @module A model that is too large to be revived beside requests: threads have it, and what it says of itself is here. */

import type { Origin } from "@curtido/estimators/node";
import { Described, type Description } from "./described.ts";
import type { Served } from "./served.ts";

/** A model in service that only threads hold. */
export class Distant extends Described {
  /** It is not: it answers on threads. */
  readonly here = false;
  override readonly origin: Origin;

  constructor(name: string, description: Description, origin: Origin) {
    super(name, description);
    this.origin = origin;
  }
}

/** A model in service, wherever it is. */
export type Model = Served | Distant;

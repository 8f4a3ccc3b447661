/** @module What an estimator costs, and how much it may: numbers from its state, known before anything is allocated. */

import { estimatorError } from "./errors.ts";
import type { State } from "./state.ts";

/** What a model costs. One operation is a multiplication with an addition, about a nanosecond. */
export interface Cost {
  /** Bytes that it holds once it is loaded, beside those of its file. */
  readonly memory: number;
  /** Operations of a call, however few its rows: every estimator in it is called once. */
  readonly perCall: number;
  /** Operations of a row. */
  readonly perRow: number;
  /** Bytes that a row's outputs take while it is answered. */
  readonly perRowMemory: number;
  /** Operations of a character of a text; 0 for models that read none. */
  readonly perCharacter: number;
}

/** What a class costs beside its parts: what its row in `entries` says where arrays alone do not tell. */
export interface OwnCost {
  readonly memory?: number;
  readonly perRow?: number;
  readonly perRowMemory?: number;
  readonly perCharacter?: number;
  /** The attributes that count; every one unless told otherwise. */
  readonly parts?: readonly string[];
  /** How often each row goes through its parts; once unless told otherwise. */
  readonly times?: number;
  /** Whether its parts are prepared into one, and not called. */
  readonly flat?: boolean;
}

/** What a class costs, by its state. What it throws is thrown again when the state is revived: until then nothing counts. */
export type CostOf = (state: State) => OwnCost;

/** How much a model may cost. */
export interface Limits {
  /** Bytes that a model may hold, or a row's outputs take. */
  readonly memory: number;
  /** Operations that a row may take, calls counted with it: see {@link Cost}. */
  readonly operationsPerRow: number;
}

/**
 * What is allowed unless somebody says otherwise. Half of the machine's memory stands for `memory` where Node tells it. The
 * neighbours of a row among a million of a hundred numbers, a Gaussian process of 20,000 rows and a forest of 10,000 deep
 * trees stay far below so many operations.
 */
export const DEFAULT_LIMITS: Limits = { memory: 2 ** 32, operationsPerRow: 5e8 };

/** What a call of an estimator costs whatever it does: checks, arrays around its rows. */
export const CALL = 2000;

/** More features than are listed one by one in a signature. */
export const MOST_FEATURES = 2 ** 20;

/** A number as people read it: `1.3e+12`, `4096`. */
function figure(value: number): string {
  return value < 1e6 ? `${value}` : value.toExponential(1);
}

/** The part of a model that a message is about. */
export interface Part {
  /** Its class, and where it stands: `FeatureUnion 'steps[0][1]'`. */
  readonly what: string;
  readonly path: string;
}

/**
 * Refuses a part that costs more than is allowed.
 *
 * @throws CurtidoError E_LIMIT with the figures
 */
export function refuseBeyond(limit: keyof Limits, needed: number, limits: Limits, { what, path }: Part): void {
  const most = limits[limit];
  if (needed <= most) return;
  const unit = limit === "memory" ? "bytes of memory" : "operations for a row";
  const message = `${what} needs ${figure(needed)} ${unit}, more than the ${figure(most)} that are allowed`;
  throw estimatorError("E_LIMIT", message, { limit, most, needed, path });
}

/** {@link refuseBeyond} of everything that a model costs; `part` is what costs most. */
export function refuseCost({ memory, perRowMemory, perCall, perRow }: Cost, limits: Limits, part: Part): void {
  refuseBeyond("memory", Math.max(memory, perRowMemory), limits, part);
  refuseBeyond("operationsPerRow", perCall + perRow, limits, part);
}

/** @module A card that lies in a pickle, as the attribute `_curtido` of the outermost estimator. */

import { NdArray } from "@curtido/arrays";
import { Dict, Float, Tuple, typeName } from "@curtido/pickle";
import { type Card, readCard } from "./card.ts";
import { estimatorError } from "./errors.ts";
import { plainOf } from "./plain.ts";

/** How many values a card within a pickle has, and how deeply they lie in one another. */
const MOST_VALUES = 200_000;
const MOST_DEEP = 16;

/**
 * The card that an inert value is.
 *
 * @throws CurtidoError E_CARD naming the key that is wrong
 * @example
 * innerCard(new Dict([["title", "Prices"]])); // { title: "Prices" }
 */
export function innerCard(value: unknown): Card {
  return readCard(new Plainer().plain(value, "", 0));
}

class Plainer {
  private values = 0;

  plain(inert: unknown, path: string, deep: number): unknown {
    if (++this.values > MOST_VALUES || deep > MOST_DEEP)
      throw estimatorError("E_CARD", "the card of the file holds too much, or lies too deep", { path });
    const value = plainOf(inert);
    if (value instanceof Dict)
      return Object.fromEntries(
        [...value].map(([key, item]) => [String(key), this.plain(item, `${path}.${String(key)}`, deep + 1)]),
      );
    if (value instanceof Tuple) return value.items.map((item, at) => this.plain(item, `${path}[${at}]`, deep + 1));
    if (Array.isArray(value)) return value.map((item, at) => this.plain(item, `${path}[${at}]`, deep + 1));
    if (value instanceof NdArray) return this.plain(value.ndim === 0 ? value.item() : value.tolist(), path, deep + 1);
    if (value instanceof Float) return value.value;
    if (typeof value === "bigint") return Number(value);
    if (value === null || ["string", "number", "boolean"].includes(typeof value)) return value;
    throw estimatorError("E_CARD", `the card of the file: '${path.replace(/^\./, "")}' is a ${typeName(value)}`, {
      path,
    });
  }
}

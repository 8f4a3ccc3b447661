/** @module The ratings that an algorithm of Surprise was trained on, and what users and items are called there. */

import { pairwiseSum } from "@curtido/kernels";
import { type Dict, typeName } from "@curtido/pickle";
import type { State } from "../base/state.ts";

/** Who rated something, or what somebody rated, in the order of the file. */
export interface Ratings {
  readonly ids: Int32Array;
  readonly ratings: Float64Array;
}

const NONE: Ratings = { ids: new Int32Array(0), ratings: new Float64Array(0) };

/** The ids of users or of items, as their owner writes them. */
export class Ids {
  /** The type of feature that they are. */
  readonly type: "number" | "string" | "any";
  private readonly inner: Dict;

  constructor(inner: Dict) {
    this.inner = inner;
    const keys = [...inner.keys()];
    const is = (type: string) => keys.length > 0 && keys.every((key) => typeof key === type);
    this.type = is("number") ? "number" : is("string") ? "string" : "any";
  }

  /** The place of an id, or -1 for one that training did not see. Texts of numbers are those where ids are numbers. */
  find(id: unknown): number {
    const found = this.inner.get(
      this.type === "number" && typeof id === "string" && id.trim() !== "" ? Number(id) : id,
    );
    return typeof found === "number" ? found : -1;
  }
}

/** `surprise.Trainset`. */
export class Trainset {
  readonly users: Ids;
  readonly items: Ids;
  readonly least: number;
  readonly most: number;
  /** Releases before 1.1 shifted ratings so that none was below 0. */
  readonly offset: number;
  private readonly state: State;
  private mean: number | undefined;

  constructor(state: State) {
    this.state = state;
    this.users = new Ids(state.dict("_raw2inner_id_users"));
    this.items = new Ids(state.dict("_raw2inner_id_items"));
    const [least, most] = state
      .list("rating_scale")
      .map((value, at) => state.floatsFrom(value, `rating_scale[${at}]`)[0]);
    if (least === undefined || most === undefined) throw state.fail("rating_scale", "must be the least and the most");
    this.least = least;
    this.most = most;
    this.offset = state.given("offset") ? state.number("offset") : 0;
  }

  /** The mean of all ratings; an algorithm that never asked for it did not write it down. */
  get globalMean(): number {
    this.mean ??= this.state.given("_global_mean") ? this.state.number("_global_mean") : this.meanRating();
    return this.mean;
  }

  private meanRating(): number {
    const all = [...readRatings(this.state, "ur").values()].flatMap(({ ratings }) => [...ratings]);
    return pairwiseSum(Float64Array.from(all)) / all.length;
  }

  ratingsOf(name: "ur" | "ir"): ReadonlyMap<number, Ratings> {
    return readRatings(this.state, name);
  }
}

/** Ratings by user or by item. @throws CurtidoError E_STATE for what is no pair of an id and a rating */
export function readRatings(state: State, name: string): ReadonlyMap<number, Ratings> {
  const value = state.raw(name);
  if (!(typeof value === "object" && value !== null && Symbol.iterator in value))
    return state.fail(name, `must be a dict, not ${typeName(value)}`);
  const found = new Map<number, Ratings>();
  for (const [id, pairs] of value as Iterable<readonly [unknown, unknown]>) {
    if (!Array.isArray(pairs)) return state.fail(name, "must hold lists of ratings");
    const flat = pairs.flatMap((pair) =>
      [...(pair as Iterable<unknown>)].map((item) => plainNumber(state, item, name)),
    );
    const count = pairs.length;
    if (flat.length !== 2 * count) return state.fail(name, "must hold pairs of an id and a rating");
    found.set(Number(id), {
      ids: Int32Array.from({ length: count }, (_, at) => flat[2 * at]!),
      ratings: Float64Array.from({ length: count }, (_, at) => flat[2 * at + 1]!),
    });
  }
  return found;
}

function plainNumber(state: State, item: unknown, name: string): number {
  return typeof item === "number" ? item : state.floatsFrom(item, name)[0]!;
}

/** The ratings of one, none where there are none. */
export function of(ratings: ReadonlyMap<number, Ratings>, at: number): Ratings {
  return ratings.get(at) ?? NONE;
}

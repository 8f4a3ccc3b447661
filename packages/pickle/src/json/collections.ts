/** @module Collections of Python's library while typed JSON is read: they may lie in themselves. */

import type { Dict } from "../dict.ts";
import { Counter, DefaultDict, Deque, OrderedDict } from "../standard/collections.ts";
import { Global, Instance } from "../values.ts";
import { early, OpenList, OpenPairs, OpenValue, Pending, shown } from "./open_values.ts";
import { jsonError } from "./types.ts";

type Collection = OrderedDict | DefaultDict | Counter | Deque;

/** Whether a tag is one of a collection. */
export function isCollection(tag: string): boolean {
  return /^\$(ordereddict|defaultdict|counter|deque)$/.test(tag);
}

/**
 * What stands behind the tag of a collection: `factory` or `maxlen` first, where there is one, then `entries` or `items`,
 * then `attributes`.
 */
export class OpenCollection extends OpenValue {
  private readonly tag: string;
  private collection: Collection | undefined;
  private factory: unknown = null;
  private maxlen: unknown = null;
  private current = "";
  /** Called as soon as there is a collection. */
  onMade: ((collection: Collection) => void) | undefined;

  constructor(tag: string) {
    super();
    this.tag = tag;
  }

  override key(key: string): void {
    const begins = this.collection === undefined;
    const fits =
      key === "attributes" ||
      (this.tag === "$deque" ? key === "items" || (key === "maxlen" && begins) : key === "entries") ||
      (this.tag === "$defaultdict" && key === "factory" && begins);
    if (!fits) throw jsonError(`a ${this.tag} has '${shown(key)}' where it cannot have it`);
    this.current = key;
    if (key !== "factory" && key !== "maxlen") this.make();
  }

  override array(): OpenValue {
    const { collection, current } = this;
    if (current === "entries") return new OpenPairs(collection as Dict);
    return new OpenList(current === "items" ? (collection as Deque).items : []);
  }

  add(value: unknown): void {
    const { collection, current } = this;
    if (current === "attributes") {
      collection!.attributes = value instanceof Pending ? null : value;
      if (value instanceof Pending)
        value.slots.push((later) => {
          collection!.attributes = later;
        });
    } else if (value instanceof Pending) throw early();
    else if (current === "factory") this.factory = value;
    else if (current === "maxlen") this.maxlen = value;
    else if (value !== collection && value !== (collection as Deque).items)
      throw jsonError(`a ${this.tag} has malformed '${current}'`);
  }

  end(): unknown {
    const collection = this.make();
    if (collection instanceof Deque) collection.extend([]);
    return collection;
  }

  override get shell(): unknown {
    return this.collection;
  }

  private make(): Collection {
    if (this.collection !== undefined) return this.collection;
    this.collection = this.made();
    this.onMade?.(this.collection);
    return this.collection;
  }

  private made(): Collection {
    const { factory, maxlen } = this;
    if (this.tag === "$ordereddict") return new OrderedDict();
    if (this.tag === "$counter") return new Counter();
    if (this.tag === "$defaultdict") {
      if (factory === null || factory instanceof Global || factory instanceof Instance) return new DefaultDict(factory);
      throw jsonError("a $defaultdict has a malformed 'factory'");
    }
    if (maxlen === null) return new Deque();
    const most = Number(maxlen);
    if ((typeof maxlen !== "number" && typeof maxlen !== "bigint") || !(Number.isSafeInteger(most) && most >= 0))
      throw jsonError("a $deque has a malformed 'maxlen'");
    return new Deque([], most);
  }
}

/** @module Containers of JSON while they are read: lists, tuples, sets, dicts, and what refers to them. */

import { Dict } from "../dict.ts";
import { PySet, Tuple } from "../values.ts";
import { jsonError } from "./types.ts";

/** Something that is referred to before it is complete: where it has to be put. */
export class Pending {
  readonly slots: ((value: unknown) => void)[] = [];
}

/** A container that is being read. */
export abstract class OpenValue {
  /** The number that it is referred to by. */
  id: number | undefined;
  /** A value of it; a {@link Pending} one must be put into the same place later. */
  abstract add(value: unknown): void;
  abstract end(): unknown;
  key(_key: string): void {
    throw jsonError("a key stands in an array");
  }
  array(): OpenValue {
    return new OpenList([]);
  }
  object(): OpenValue {
    return new OpenObject();
  }
  /** What it can be referred to while it is read. */
  get shell(): unknown {
    return undefined;
  }
}

export class OpenList extends OpenValue {
  readonly items: unknown[];
  private readonly kept: boolean;

  /** @param kept - whether what is made of the items keeps this very array */
  constructor(items: unknown[], kept = true) {
    super();
    this.items = items;
    this.kept = kept;
  }

  add(value: unknown): void {
    if (value instanceof Pending) {
      if (!this.kept) throw early();
      const at = this.items.length;
      value.slots.push((later) => {
        this.items[at] = later;
      });
      this.items.push(null);
    } else this.items.push(value);
  }

  end(): unknown {
    return this.items;
  }
  override get shell(): unknown {
    return this.kept ? this.items : undefined;
  }
}

export class OpenTuple extends OpenList {
  private readonly tuple = new Tuple(this.items);
  override end(): unknown {
    return this.tuple;
  }
  override get shell(): unknown {
    return this.tuple;
  }
}

export class OpenSet extends OpenValue {
  private readonly set = new PySet();
  add(value: unknown): void {
    // A member that is made from the very set it lies in.
    if (value instanceof Pending) value.slots.push((later) => this.set.add(later));
    else this.set.add(value);
  }
  end(): unknown {
    return this.set;
  }
  override get shell(): unknown {
    return this.set;
  }
}

/** `$dict`: a list of pairs. */
export class OpenPairs extends OpenValue {
  private readonly dict: Dict;
  private readonly pairs: (readonly unknown[])[] = [];

  constructor(dict = new Dict()) {
    super();
    this.dict = dict;
  }

  add(value: unknown): void {
    if (!Array.isArray(value) || value.length !== 2) throw jsonError("a dict is a list of pairs");
    this.pairs.push(value);
    if (!(value[0] instanceof Pending)) this.dict.set(value[0], value[1]);
  }

  /** Sets all pairs again: one of them changed, and their order counts. */
  again(): void {
    this.dict.clear();
    for (const [key, value] of this.pairs) if (!(key instanceof Pending)) this.dict.set(key, value);
  }

  override array(): OpenValue {
    return new OpenPair(this);
  }
  end(): unknown {
    return this.dict;
  }
  override get shell(): unknown {
    return this.dict;
  }
}

class OpenPair extends OpenList {
  private readonly owner: OpenPairs;
  constructor(owner: OpenPairs) {
    super([]);
    this.owner = owner;
  }
  override add(value: unknown): void {
    const at = this.items.length;
    if (value instanceof Pending) {
      value.slots.push((later) => {
        this.items[at] = later;
        this.owner.again();
      });
    }
    this.items.push(value instanceof Pending && at > 0 ? null : value);
  }
  override get shell(): unknown {
    return undefined;
  }
}

/** An object before its first key. */
export class OpenObject extends OpenValue {
  add(): void {}
  end(): unknown {
    return new Dict();
  }
}

export class OpenDict extends OpenValue {
  private readonly dict = new Dict();
  private readonly plain: boolean;
  private current = "";
  constructor(plain: boolean) {
    super();
    this.plain = plain;
  }
  override key(key: string): void {
    if (!this.plain && key.startsWith("$")) {
      if (!key.startsWith("$$")) throw jsonError(`the tag '${shown(key)}' stands among other keys`);
      this.current = key.slice(1);
    } else this.current = key;
  }
  add(value: unknown): void {
    const key = this.current;
    if (value instanceof Pending) value.slots.push((later) => this.dict.set(key, later));
    this.dict.set(key, value instanceof Pending ? null : value);
  }
  end(): unknown {
    return this.dict;
  }
  override get shell(): unknown {
    return this.dict;
  }
}

/** Refuses what cannot be put right later. */
export function early(): Error {
  return jsonError("something refers to a value that can only be made after it");
}

/** A key for a message. */
export function shown(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}...` : text;
}

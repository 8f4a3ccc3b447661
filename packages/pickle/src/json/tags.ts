/** @module Tagged values of JSON while they are read: types of the table, instances, references. */

import { Dict } from "../dict.ts";
import { Deque } from "../standard/collections.ts";
import { Global, Instance, type InstanceForm, PySet, Tuple } from "../values.ts";
import { isCollection, OpenCollection } from "./collections.ts";
import { RECONSTRUCTED } from "./describe.ts";
import { early, OpenList, OpenPairs, OpenSet, OpenTuple, OpenValue, Pending, shown } from "./open_values.ts";
import { type JsonType, jsonError } from "./types.ts";

const FORMS: ReadonlySet<unknown> = new Set<InstanceForm>(["reduce", "newobj", "newobj_ex", "inst", "obj"]);

/** `{"$tag": parts}`. */
export class OpenTag extends OpenValue {
  private readonly type: JsonType | undefined;
  private readonly tag: string;
  private readonly exact: boolean;
  private parts: unknown;
  private made = false;

  constructor(tag: string, type: JsonType | undefined, exact: boolean) {
    super();
    this.tag = tag;
    this.type = type;
    this.exact = exact;
  }
  override key(key: string): void {
    if (key !== this.tag || this.made) throw jsonError(`the key '${shown(key)}' stands beside the tag '${this.tag}'`);
    this.made = true;
  }
  override array(): OpenValue {
    if (this.tag === "$tuple") return new OpenTuple([]);
    if (this.tag === "$set") return new OpenSet();
    if (this.tag === "$dict") return new OpenPairs();
    return new OpenList([], false);
  }
  override object(): OpenValue {
    if (isCollection(this.tag)) return new OpenCollection(this.tag);
    return this.tag === "$instance" ? new OpenInstance() : new OpenRecord();
  }
  add(value: unknown): void {
    if (value instanceof Pending) throw early();
    this.parts = value;
  }
  end(): unknown {
    const { parts } = this;
    if (this.isWhole(parts)) return parts;
    const value = this.type?.read(parts, this.exact);
    if (value === undefined) throw jsonError(`what stands behind '${this.tag}' is malformed`, { tag: this.tag });
    return value;
  }

  /** Whether the value below made the value itself. */
  private isWhole(parts: unknown): boolean {
    if (isCollection(this.tag)) return parts instanceof Dict || parts instanceof Deque;
    return parts instanceof Tuple || parts instanceof PySet || parts instanceof Dict || parts instanceof Instance;
  }
}

/** Values by name, behind a tag. */
class OpenRecord extends OpenValue {
  private readonly fields = new Map<string, unknown>();
  private current = "";
  override key(key: string): void {
    this.current = key;
  }
  add(value: unknown): void {
    if (value instanceof Pending) throw early();
    this.fields.set(this.current, value);
  }
  end(): unknown {
    return this.fields;
  }
}

/** `{"$instance": ...}`: it can be referred to once its class and its arguments are known. */
export class OpenInstance extends OpenValue {
  private readonly fields = new Map<string, unknown>();
  private instance: Instance | undefined;
  private current = "";
  /** Called as soon as there is an instance. */
  onMade: ((instance: Instance) => void) | undefined;

  override key(key: string): void {
    this.current = key;
    if (/^(states?|items|entries)$/.test(key)) this.make();
    else if (!/^(class|form|args|kwargs)$/.test(key) || this.instance !== undefined)
      throw jsonError(`an $instance has '${shown(key)}' where it cannot have it`);
  }
  override array(): OpenValue {
    const lists: Readonly<Record<string, unknown>> = {
      states: this.instance?.states,
      items: this.instance?.items,
      entries: this.instance?.entries,
    };
    return new OpenList((lists[this.current] as unknown[] | undefined) ?? []);
  }
  add(value: unknown): void {
    const { current, instance } = this;
    if (current === "state") {
      if (value instanceof Pending)
        value.slots.push((later) => {
          instance!.states[0] = later;
        });
      instance!.states[0] = value instanceof Pending ? null : value;
    } else if (value instanceof Pending) throw early();
    else this.fields.set(current, value);
  }
  end(): unknown {
    const instance = this.make();
    const pairs: readonly unknown[] = instance.entries;
    if (!pairs.every((pair) => Array.isArray(pair) && pair.length === 2))
      throw jsonError("the entries of an $instance are a list of pairs");
    for (const name of ["states", "items", "entries"])
      if (this.fields.has(name) && !Array.isArray(this.fields.get(name))) throw this.malformed(name);
    return instance;
  }
  override get shell(): unknown {
    return this.instance;
  }

  private malformed(name: string): Error {
    return jsonError(`an $instance has a malformed '${name}'`);
  }

  private make(): Instance {
    if (this.instance !== undefined) return this.instance;
    const { fields } = this;
    const cls = fields.get("class");
    const told = fields.get("form") ?? "reduce";
    const form = told === RECONSTRUCTED ? "newobj" : told;
    const args = fields.get("args") ?? [];
    const kwargs = fields.get("kwargs");
    if (!(cls instanceof Global || cls instanceof Instance)) throw this.malformed("class");
    if (!FORMS.has(form)) throw this.malformed("form");
    if (!Array.isArray(args)) throw this.malformed("args");
    if (kwargs !== undefined && !(kwargs instanceof Dict)) throw this.malformed("kwargs");
    this.instance = new Instance(cls, args, form as InstanceForm, kwargs, told === RECONSTRUCTED);
    this.onMade?.(this.instance);
    return this.instance;
  }
}

/** `{"$id": 1, "$value": ...}` and `{"$ref": 1}`. */
export class OpenReference extends OpenValue {
  private current = "";
  number: number | undefined;
  value: unknown;
  ended = false;
  override key(key: string): void {
    const fits = key === "$id" || key === "$ref" ? this.current === "" : key === "$value" && this.current === "$id";
    if (!fits) throw jsonError(`the key '${shown(key)}' stands where it cannot`);
    this.current = key;
  }
  /** Whether the value that comes next is the one that has the number. */
  get defines(): boolean {
    return this.current === "$value";
  }
  get refers(): boolean {
    return this.current === "$ref";
  }
  add(value: unknown): void {
    if (this.defines) {
      if (value instanceof Pending) throw early();
      this.value = value;
      this.ended = true;
    } else if (typeof value === "bigint" || typeof value === "number") this.number = Number(value);
    else throw jsonError("a reference is no number");
  }
  end(): unknown {
    if (!this.refers && !this.ended) throw jsonError("an $id has no $value");
    return this.value;
  }
}

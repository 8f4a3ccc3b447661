/** @module JSON to values: tags, references and cycles, without a stack of its own depth. */

import { parseIntegerLiteral } from "../numbers.ts";
import { OpenCollection } from "./collections.ts";
import { libraryTypes } from "./library.ts";
import { OpenDict, OpenList, OpenObject, type OpenValue, Pending, shown } from "./open_values.ts";
import type { JsonEvents } from "./parse.ts";
import { OpenInstance, OpenReference, OpenTag } from "./tags.ts";
import { builtinTypes, type JsonType, jsonError } from "./types.ts";

/** How to read. */
export interface ReadJsonOptions {
  /** `"typed"` (the default) reads tags, and plain JSON as it is; `"plain"` takes keys that begin with `$` for keys. */
  readonly form?: "plain" | "typed";
  /** What is given was parsed already, also where it is a string, which is taken for a text of JSON otherwise. */
  readonly parsed?: boolean;
  /** Ints are `bigint`, as `loads` with `exact` gives them. */
  readonly exact?: boolean;
  /** Types beside Python's own. */
  readonly types?: readonly JsonType[];
}

/** Decimal digits of one integer, as for `loads`. */
const MOST_DIGITS = 4300;

/** Makes values of events. */
export class JsonReader implements JsonEvents {
  private readonly exact: boolean;
  private readonly plain: boolean;
  private readonly types: ReadonlyMap<string, JsonType>;
  private readonly open: OpenValue[] = [];
  private readonly numbered = new Map<number, unknown>();
  private root: unknown;

  constructor(options: ReadJsonOptions) {
    this.exact = options.exact ?? false;
    this.plain = options.form === "plain";
    this.types = new Map([...builtinTypes, ...libraryTypes, ...(options.types ?? [])].map((type) => [type.tag, type]));
  }

  /** The value, once all events came. */
  get value(): unknown {
    return this.root;
  }

  startArray(): void {
    this.push(this.open.at(-1)?.array() ?? new OpenList([]));
  }
  endArray(): void {
    this.pop();
  }
  startObject(): void {
    const parent = this.open.at(-1);
    if (this.plain) this.push(new OpenDict(true));
    else this.push(parent?.object() ?? new OpenObject());
  }
  endObject(): void {
    this.pop();
  }

  key(key: string): void {
    let top = this.open.at(-1)!;
    if (top instanceof OpenObject) {
      const { id } = top;
      top = this.decided(key);
      this.open[this.open.length - 1] = top;
      this.identify(top, id);
    }
    top.key(key);
    if (top instanceof OpenReference && top.defines) this.announce(top.number);
  }

  atom(value: string | boolean | null): void {
    this.add(value);
  }
  integer(text: string): void {
    const number = Number(text);
    if (!this.exact && Number.isSafeInteger(number)) this.add(Object.is(number, -0) ? 0 : number);
    else this.add(parseIntegerLiteral(text, MOST_DIGITS));
  }
  float(value: number): void {
    this.add(value);
  }

  private decided(key: string): OpenValue {
    if (!key.startsWith("$") || key.startsWith("$$")) return new OpenDict(false);
    if (key === "$id" || key === "$ref") return new OpenReference();
    const type = this.types.get(key);
    if (type === undefined && key !== "$dict" && key !== "$instance") {
      const message = `'${shown(key)}' is no tag that is known here; as a key of typed JSON it is written '$${shown(key)}', or read the file as plain JSON`;
      throw jsonError(message, { tag: key });
    }
    return new OpenTag(key, type, this.exact);
  }

  private push(top: OpenValue): void {
    const parent = this.open.at(-1);
    this.open.push(top);
    if (parent instanceof OpenReference && parent.defines) this.identify(top, parent.number);
    else if (parent instanceof OpenTag) this.identify(top, parent.id);
  }

  /** Says which number a value goes by, and puts what it makes where it is referred to, once that exists. */
  private identify(top: OpenValue, id: number | undefined): void {
    if (id === undefined) return;
    top.id = id;
    if (top instanceof OpenInstance || top instanceof OpenCollection)
      top.onMade = (value: object) => this.complete(id, value);
    else if (top.shell !== undefined) this.complete(id, top.shell);
  }

  private announce(id: number | undefined): void {
    if (id === undefined || this.numbered.has(id)) throw jsonError("an $id is missing, or there twice");
    this.numbered.set(id, new Pending());
  }

  private complete(id: number, value: unknown): void {
    const pending = this.numbered.get(id);
    if (!(pending instanceof Pending)) return;
    this.numbered.set(id, value);
    for (const put of pending.slots) put(value);
  }

  private pop(): void {
    const top = this.open.pop()!;
    let value = top.end();
    if (top instanceof OpenReference) {
      const id = top.number;
      if (top.refers) {
        if (id === undefined || !this.numbered.has(id)) throw jsonError(`there is no $id ${id} before the $ref to it`);
        value = this.numbered.get(id);
      } else this.complete(id!, value);
    }
    this.add(value);
  }

  private add(value: unknown): void {
    const top = this.open.at(-1);
    if (top === undefined) this.root = value;
    else top.add(value);
  }
}

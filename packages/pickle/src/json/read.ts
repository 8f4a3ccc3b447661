/** @module JSON to values: tags, references and cycles, without a stack of its own depth. */

import { parseIntegerLiteral } from "../numbers.ts";
import { CollectionFrame } from "./collections.ts";
import { DictFrame, type Frame, ListFrame, ObjectFrame, Pending, shown } from "./frames.ts";
import { libraryTypes } from "./library.ts";
import type { JsonEvents } from "./parse.ts";
import { InstanceFrame, ReferenceFrame, TagFrame } from "./tags.ts";
import { builtinTypes, type JsonType, jsonError } from "./types.ts";

/** How to read. */
export interface ReadJsonOptions {
  /** `"typed"` (the default) reads tags, and plain JSON as it is; `"plain"` takes keys that begin with `$` for keys. */
  readonly form?: "plain" | "typed";
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
  private readonly frames: Frame[] = [];
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
    this.push(this.frames.at(-1)?.array() ?? new ListFrame([]));
  }
  endArray(): void {
    this.pop();
  }
  startObject(): void {
    const parent = this.frames.at(-1);
    if (this.plain) this.push(new DictFrame(true));
    else this.push(parent?.object() ?? new ObjectFrame());
  }
  endObject(): void {
    this.pop();
  }

  key(key: string): void {
    let frame = this.frames.at(-1)!;
    if (frame instanceof ObjectFrame) {
      const { id } = frame;
      frame = this.decided(key);
      this.frames[this.frames.length - 1] = frame;
      this.identify(frame, id);
    }
    frame.key(key);
    if (frame instanceof ReferenceFrame && frame.defines) this.announce(frame.number);
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

  private decided(key: string): Frame {
    if (!key.startsWith("$") || key.startsWith("$$")) return new DictFrame(false);
    if (key === "$id" || key === "$ref") return new ReferenceFrame();
    const type = this.types.get(key);
    if (type === undefined && key !== "$dict" && key !== "$instance") {
      const message = `'${shown(key)}' is no tag that is known here; as a key of typed JSON it is written '$${shown(key)}', or read the file as plain JSON`;
      throw jsonError(message, { tag: key });
    }
    return new TagFrame(key, type, this.exact);
  }

  private push(frame: Frame): void {
    const parent = this.frames.at(-1);
    this.frames.push(frame);
    if (parent instanceof ReferenceFrame && parent.defines) this.identify(frame, parent.number);
    else if (parent instanceof TagFrame) this.identify(frame, parent.id);
  }

  /** Says which number a frame goes by, and puts what it makes where it is referred to, once that exists. */
  private identify(frame: Frame, id: number | undefined): void {
    if (id === undefined) return;
    frame.id = id;
    if (frame instanceof InstanceFrame || frame instanceof CollectionFrame)
      frame.onMade = (value: object) => this.complete(id, value);
    else if (frame.shell !== undefined) this.complete(id, frame.shell);
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
    const frame = this.frames.pop()!;
    let value = frame.end();
    if (frame instanceof ReferenceFrame) {
      const id = frame.number;
      if (frame.refers) {
        if (id === undefined || !this.numbered.has(id)) throw jsonError(`there is no $id ${id} before the $ref to it`);
        value = this.numbered.get(id);
      } else this.complete(id!, value);
    }
    this.add(value);
  }

  private add(value: unknown): void {
    const frame = this.frames.at(-1);
    if (frame === undefined) this.root = value;
    else frame.add(value);
  }
}

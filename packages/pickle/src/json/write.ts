/** @module Values to JSON text, plain or typed, without a stack of its own depth. */

import { CurtidoError } from "../errors.ts";
import { floatRepr } from "../numbers.ts";
import { Float } from "../values.ts";
import { type Analysis, type Describer, type Description, entriesOf } from "./describe.ts";
import {
  floatTag,
  floatText,
  integerText,
  intTag,
  isPlainInteger,
  JsonLiteral,
  type JsonType,
  jsonError,
} from "./types.ts";

/** How to write. */
export interface WriteJsonOptions {
  /**
   * `"typed"` is lossless, `"plain"` is what other programs expect and loses what JSON cannot say, `"auto"` (the default)
   * is plain where nothing is lost, else typed.
   */
  readonly form?: "auto" | "plain" | "typed";
  /** `number` is always a float and `bigint` an int, as `loads` with `exact` gives them. */
  readonly exact?: boolean;
  /** Types beside Python's own. */
  readonly types?: readonly JsonType[];
  /** Spaces per level; everything stands on one line when it is not given. */
  readonly indent?: number;
}

/** The longest text that JavaScript can hold, nearly. */
const LONGEST = 2 ** 29 - 2 ** 10;
/** Plain JSON repeats a value wherever it is; so many values may be repeats before it is refused. */
const MOST_REPEATED = 1_000_000;

/** A container that is being written. */
interface Unfinished {
  readonly values: readonly unknown[];
  readonly keys: readonly string[] | undefined;
  readonly close: string;
  /** Whether its values stand on lines of their own. */
  readonly lines: boolean;
  /** Of plain JSON: the value that must not lie in itself. */
  readonly object: object | undefined;
  /** Whether it was written before. */
  readonly repeated: boolean;
  at: number;
}

/** Writes one value. */
export class JsonWriter {
  private readonly exact: boolean;
  private readonly plain: boolean;
  private readonly indent: number;
  private readonly describer: Describer;
  private readonly shared: ReadonlySet<object>;
  private readonly numbers = new Map<object, number>();
  private readonly written = new Set<object>();
  private readonly open = new Set<object>();
  private readonly unfinished: Unfinished[] = [];
  private repeated = 0;
  private out = "";

  constructor(options: WriteJsonOptions, describer: Describer, analysis: Analysis | undefined) {
    this.exact = options.exact ?? false;
    this.indent = options.indent ?? 0;
    this.plain = analysis === undefined || (options.form !== "typed" && analysis.plain);
    this.describer = describer;
    this.shared = analysis?.shared ?? new Set();
  }

  /** @throws CurtidoError E_JSON for what plain JSON cannot say, E_LIMIT for what is too large */
  run(root: unknown): string {
    this.value(root);
    const { unfinished } = this;
    for (let top = unfinished.at(-1); top !== undefined; top = unfinished.at(-1)) {
      if (top.at < top.values.length) this.next(top);
      else this.finish(top);
      if (this.out.length > LONGEST)
        throw new CurtidoError("E_LIMIT", `the JSON is longer than ${LONGEST} characters`, {
          limit: "jsonCharacters",
          most: LONGEST,
        });
    }
    return this.out;
  }

  private next(top: Unfinished): void {
    const { at, keys } = top;
    if (at > 0) this.out += top.lines || this.indent === 0 ? "," : ", ";
    if (top.lines) this.line();
    if (keys !== undefined) this.out += this.indent === 0 ? `${quoted(keys[at]!)}:` : `${quoted(keys[at]!)}: `;
    top.at++;
    this.value(top.values[at]);
  }

  private finish(top: Unfinished): void {
    this.unfinished.pop();
    if (top.lines && top.values.length > 0) this.line();
    this.out += top.close;
    if (top.object !== undefined) this.open.delete(top.object);
  }

  private line(): void {
    this.out += `\n${" ".repeat(this.indent * this.unfinished.length)}`;
  }

  private value(value: unknown): void {
    if (this.plain) this.plainValue(value);
    else if (typeof value !== "object" || value === null || value instanceof Float) this.out += this.atom(value);
    else this.typedObject(value);
  }

  /** A value that is no container, as a token; in typed JSON with a tag where its token could be taken for another. */
  private atom(value: unknown): string {
    switch (typeof value) {
      case "string":
        return quoted(value);
      case "boolean":
        return String(value);
      case "bigint":
        return this.integer(value);
      case "number": {
        const integer = !this.exact && Number.isSafeInteger(value) && !Object.is(value, -0);
        return integer ? String(value) : this.float(value);
      }
      default:
        if (value === null) return "null";
        if (value instanceof Float) return this.float(value.value);
        throw jsonError(`a value of type ${typeof value} has no JSON form (at ${this.path()})`, { path: this.path() });
    }
  }

  private integer(value: bigint): string {
    if (this.plain && !isPlainInteger(value))
      throw new CurtidoError(
        "E_LIMIT",
        `an int has too many digits for plain JSON (at ${this.path()}): write typed JSON`,
      );
    const safe = value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER);
    return this.plain || safe ? integerText(value) : `{"${intTag}":"${integerText(value)}"}`;
  }

  private float(value: number): string {
    if (this.plain) return Number.isFinite(value) ? floatRepr(value) : "null";
    return Number.isFinite(value) && !Number.isInteger(value) ? String(value) : `{"${floatTag}":"${floatText(value)}"}`;
  }

  private typedObject(value: object): void {
    let before = "";
    let after = "";
    if (this.shared.has(value)) {
      const known = this.numbers.get(value);
      if (known !== undefined) {
        this.out += `{"$ref":${known}}`;
        return;
      }
      const number = this.numbers.size + 1;
      this.numbers.set(value, number);
      before = `{"$id":${number},"$value":`;
      after = "}";
    }
    const description = this.describer.describe(value);
    if (description.tag !== undefined) {
      before += `{"${description.tag}":`;
      after += "}";
    }
    this.out += before;
    this.container(description, after, undefined, false);
  }

  private plainValue(value: unknown): void {
    let object = value;
    let repeated = this.unfinished.at(-1)?.repeated ?? false;
    if (typeof value === "object" && value !== null && !(value instanceof Float)) {
      if (this.open.has(value)) throw jsonError(`a value lies in itself (at ${this.path()}): write typed JSON`);
      repeated ||= this.written.has(value);
      this.written.add(value);
      object = this.substitute(value);
    }
    if (repeated && ++this.repeated > MOST_REPEATED) {
      const message = `values that are there more than once would be repeated more than ${MOST_REPEATED} times: write typed JSON`;
      throw new CurtidoError("E_LIMIT", message, { limit: "repeatedValues", most: MOST_REPEATED, path: this.path() });
    }
    if (object instanceof JsonLiteral) this.out += JSON.stringify(object.value);
    else if (typeof object !== "object" || object === null || object instanceof Float) this.out += this.atom(object);
    else {
      this.open.add(value as object);
      this.container(this.plainDescription(object), "", value as object, repeated);
    }
  }

  /** What plain JSON has instead of a value. */
  private substitute(value: object): unknown {
    if (Array.isArray(value)) return value;
    const type = this.describer.typeOf(value);
    if (type === undefined && entriesOf(value) !== undefined) return value;
    const instead = type?.plain?.(value);
    if (instead !== undefined) return instead;
    const { tag = "an object" } = this.describer.describe(value);
    throw jsonError(`a value has no plain JSON form (at ${this.path()}): ${tag.replace("$", "")}; write typed JSON`, {
      path: this.path(),
    });
  }

  private plainDescription(value: object): Description {
    if (Array.isArray(value)) return { values: value };
    const entries = entriesOf(value) ?? [];
    return { keys: entries.map(([key]) => this.plainKey(key)), values: entries.map(([, item]) => item) };
  }

  /** As Python's `json` has keys that are no texts. */
  private plainKey(key: unknown): string {
    if (typeof key === "string") return key;
    if (typeof key !== "object" || key === null || key instanceof Float) return this.atom(key);
    throw jsonError(`a key is neither a text nor a number (at ${this.path()}): write typed JSON`, {
      path: this.path(),
    });
  }

  private container(description: Description, after: string, object: object | undefined, repeated: boolean): void {
    const { literal, keys, values } = description;
    if (literal !== undefined) {
      this.out += JSON.stringify(literal instanceof JsonLiteral ? literal.value : literal) + after;
      return;
    }
    this.out += keys === undefined ? "[" : "{";
    const lines = this.indent > 0 && values.some((each) => typeof each === "object" && each !== null);
    this.unfinished.push({
      values,
      keys,
      close: (keys === undefined ? "]" : "}") + after,
      lines,
      object,
      repeated,
      at: 0,
    });
  }

  /** Where the writer is: `$.steps[1]`. */
  private path(): string {
    const steps = this.unfinished.map(({ keys, at }) => (keys === undefined ? `[${at - 1}]` : `.${keys[at - 1]}`));
    return `$${steps.join("")}`;
  }
}

/** A text as JSON has it; lone surrogates are escaped. */
function quoted(text: string): string {
  return JSON.stringify(text);
}

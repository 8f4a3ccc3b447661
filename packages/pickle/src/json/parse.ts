/** @module JSON text to events, without a stack of its own depth: the reader of JSON that keeps ints, floats and order. */

import { CurtidoError, isCurtidoError } from "../errors.ts";
import { jsonError } from "./types.ts";

/** What JSON text is made into. */
export interface JsonEvents {
  startArray(): void;
  endArray(): void;
  startObject(): void;
  endObject(): void;
  key(key: string): void;
  /** A text, `true`, `false`, `null`. */
  atom(value: string | boolean | null): void;
  /** An integer's digits. */
  integer(text: string): void;
  float(value: number): void;
}

const NUMBER = /^-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;
/** Characters of one number. */
const LONGEST_NUMBER = 10_000;
/** JSON's own, and what Python's `json` writes for floats that JSON does not have. */
const WORDS = /true|false|null|NaN|-?Infinity/y;
const FLOATS: Readonly<Record<string, number>> = {
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  "-Infinity": Number.NEGATIVE_INFINITY,
};
const BOM = 0xfeff;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Reads one text. */
export class JsonParser {
  private readonly text: string;
  private readonly events: JsonEvents;
  /** Whether each open container is an object. */
  private readonly stack: boolean[] = [];
  private at = 0;

  constructor(text: string, events: JsonEvents) {
    this.text = text;
    this.events = events;
    if (text.charCodeAt(0) === BOM) this.at = 1;
  }

  /** @throws CurtidoError E_JSON with the place of what is malformed */
  run(): void {
    const { stack } = this;
    try {
      this.value();
      while (stack.length > 0) {
        if (stack[stack.length - 1]) this.afterObjectValue();
        else this.afterArrayValue();
      }
      this.space();
      if (this.at < this.text.length) throw this.wrong("something follows the value");
    } catch (error) {
      if (!isCurtidoError(error) || error.fields["offset"] !== undefined) throw error;
      const { place, fields } = this.place();
      throw new CurtidoError(error.code, `${error.message} (${place})`, { ...error.fields, ...fields }, error);
    }
  }

  private place() {
    const { text, at } = this;
    const line = text.slice(0, at).split("\n").length;
    const column = at - text.lastIndexOf("\n", at - 1);
    return { place: `line ${line}, column ${column}`, fields: { offset: at, line, column } };
  }

  private wrong(problem: string): CurtidoError {
    const { place, fields } = this.place();
    return jsonError(`the JSON is malformed: ${problem} (${place})`, fields);
  }

  private space(): void {
    const { text } = this;
    for (;;) {
      const code = text.charCodeAt(this.at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
      this.at++;
    }
  }

  private take(character: string): boolean {
    this.space();
    if (this.text[this.at] !== character) return false;
    this.at++;
    return true;
  }

  private afterArrayValue(): void {
    if (this.take(",")) this.value();
    else if (this.take("]")) this.close();
    else throw this.wrong("an array lacks , or ]");
  }

  private afterObjectValue(): void {
    if (this.take(",")) {
      this.memberKey();
      this.value();
    } else if (this.take("}")) this.close();
    else throw this.wrong("an object lacks , or }");
  }

  private close(): void {
    if (this.stack.pop()) this.events.endObject();
    else this.events.endArray();
  }

  private memberKey(): void {
    this.space();
    if (this.text.charCodeAt(this.at) !== QUOTE) throw this.wrong("a key is no text");
    this.events.key(this.string());
    if (!this.take(":")) throw this.wrong("a key lacks :");
  }

  /** A value, or the beginning of one and of its first value. */
  private value(): void {
    for (let open = true; open; ) {
      this.space();
      const character = this.text[this.at];
      if (character === "[") open = this.array();
      else if (character === "{") open = this.object();
      else {
        this.token(character);
        open = false;
      }
    }
  }

  /** Whether a value follows. */
  private array(): boolean {
    this.at++;
    this.stack.push(false);
    this.events.startArray();
    if (!this.take("]")) return true;
    this.close();
    return false;
  }

  private object(): boolean {
    this.at++;
    this.stack.push(true);
    this.events.startObject();
    if (this.take("}")) {
      this.close();
      return false;
    }
    this.memberKey();
    return true;
  }

  private token(character: string | undefined): void {
    if (character === undefined) throw this.wrong("it ends too early");
    if (character === '"') {
      this.events.atom(this.string());
      return;
    }
    const number = this.number();
    if (number !== null) {
      this.at += number[0].length;
      if (number[1] === undefined && number[2] === undefined) this.events.integer(number[0]);
      else this.events.float(Number(number[0]));
      return;
    }
    WORDS.lastIndex = this.at;
    const word = WORDS.exec(this.text)?.[0];
    if (word === undefined) throw this.wrong("there is no value");
    this.at += word.length;
    const float = FLOATS[word];
    if (float !== undefined) this.events.float(float);
    else this.events.atom(word === "null" ? null : word === "true");
  }

  private number(): RegExpExecArray | null {
    const { text, at } = this;
    let end = at;
    while (isNumeric(text.charCodeAt(end))) end++;
    if (end - at > LONGEST_NUMBER) throw this.wrong(`a number has more than ${LONGEST_NUMBER} characters`);
    return NUMBER.exec(text.slice(at, end));
  }

  private string(): string {
    const { text } = this;
    const from = this.at;
    let escapes = false;
    for (let at = from + 1; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === QUOTE) {
        this.at = at + 1;
        return escapes ? this.unescaped(text.slice(from, at + 1)) : text.slice(from + 1, at);
      }
      if (code === BACKSLASH) {
        escapes = true;
        at++;
      } else if (code < 0x20) {
        this.at = at;
        throw this.wrong("a text holds a control character");
      }
    }
    throw this.wrong("a text does not end");
  }

  private unescaped(literal: string): string {
    try {
      return JSON.parse(literal) as string;
    } catch {
      throw this.wrong("a text holds an escape that JSON does not have");
    }
  }
}

/** Digits, signs, the point and the e of exponents. */
function isNumeric(code: number): boolean {
  return (code >= 0x30 && code <= 0x39) || code === 0x2d || code === 0x2e || code === 0x2b || (code | 0x20) === 0x65;
}

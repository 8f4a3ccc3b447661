/** @module The Python literals that a npy header is made of: dicts, tuples, lists, texts, integers, True, False, None. */

import { arrayError } from "../errors.ts";

/** Nesting of structured dtypes, with room to spare. */
const DEEPEST = 32;
const TOKEN =
  /\s*(?:([{}()[\],:])|([+-]?\d+)[lL]?|[uUbB]?'((?:[^'\\]|\\[\s\S])*)'|[uUbB]?"((?:[^"\\]|\\[\s\S])*)"|(True|False|None)\b)/y;
const CLOSERS: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

/** A value of a literal: dicts are `Map`s, tuples and lists are arrays. */
export type Literal = string | number | boolean | null | readonly Literal[] | ReadonlyMap<Literal, Literal>;

class Parser {
  private readonly text: string;
  private at = 0;
  private token: Literal | { readonly mark: string } | undefined;

  constructor(text: string) {
    this.text = text;
    this.advance();
  }

  whole(): Literal {
    const value = this.value(0);
    if (this.token !== undefined) throw this.wrong();
    return value;
  }

  private wrong() {
    return arrayError("E_CONTAINER", `the header of a npy file is malformed (at its character ${this.at})`, {
      offset: this.at,
    });
  }

  private advance(): void {
    if (/^\s*$/.test(this.text.slice(this.at))) {
      this.token = undefined;
      return;
    }
    TOKEN.lastIndex = this.at;
    const match = TOKEN.exec(this.text);
    if (match === null) throw this.wrong();
    this.at = TOKEN.lastIndex;
    const [, mark, digits, single, double, name] = match;
    if (mark !== undefined) this.token = { mark };
    else if (digits !== undefined) this.token = Number(digits);
    else if (name !== undefined) this.token = name === "None" ? null : name === "True";
    else this.token = unescaped((single ?? double)!);
  }

  private take(mark: string): boolean {
    const found = isMark(this.token) && this.token.mark === mark;
    if (found) this.advance();
    return found;
  }

  private value(depth: number): Literal {
    const { token } = this;
    if (token === undefined || depth > DEEPEST) throw this.wrong();
    if (!isMark(token)) {
      this.advance();
      return token;
    }
    const closer = CLOSERS[token.mark];
    if (closer === undefined) throw this.wrong();
    this.advance();
    return closer === "}" ? this.dict(depth) : this.items(closer, depth);
  }

  private items(closer: string, depth: number): Literal {
    const items: Literal[] = [];
    while (!this.take(closer)) {
      items.push(this.value(depth + 1));
      if (this.take(",")) continue;
      if (!this.take(closer)) throw this.wrong();
      // Round brackets around one value without a comma make no tuple.
      return closer === ")" && items.length === 1 ? items[0]! : items;
    }
    return items;
  }

  private dict(depth: number): Literal {
    const entries = new Map<Literal, Literal>();
    while (!this.take("}")) {
      const key = this.value(depth + 1);
      if (!this.take(":")) throw this.wrong();
      entries.set(key, this.value(depth + 1));
      if (this.take(",")) continue;
      if (!this.take("}")) throw this.wrong();
      break;
    }
    return entries;
  }
}

function isMark(token: unknown): token is { readonly mark: string } {
  return typeof token === "object" && token !== null && "mark" in token;
}

function unescaped(body: string): string {
  return body.replace(
    /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|([\s\S]))/g,
    (_, two?: string, four?: string, one?: string) =>
      one === undefined ? String.fromCharCode(Number.parseInt((two ?? four)!, 16)) : one === "n" ? "\n" : one,
  );
}

/**
 * Reads one literal.
 *
 * @throws CurtidoError E_CONTAINER when the text is none
 * @example
 * parseLiteral("{'descr': '<f8', 'shape': (3,)}"); // Map { "descr" => "<f8", "shape" => [3] }
 */
export function parseLiteral(text: string): Literal {
  return new Parser(text).whole();
}

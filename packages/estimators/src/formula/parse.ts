/** @module The expressions of formulas, read by a parser of our own: nothing of them is ever run as Python. */

import { estimatorError } from "../base/errors.ts";

/** An expression. */
export type Expression =
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "text"; readonly value: string }
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "list"; readonly items: readonly Expression[] }
  | { readonly kind: "unary"; readonly operator: string; readonly of: Expression }
  | { readonly kind: "binary"; readonly operator: string; readonly left: Expression; readonly right: Expression }
  | Call;

/** A call: what is called is named, as `np.log` is. */
export interface Call {
  readonly kind: "call";
  readonly name: string;
  readonly args: readonly Expression[];
  readonly keywords: ReadonlyMap<string, Expression>;
}

/** How long an expression may be, and how deeply nested. */
const LONGEST = 4000;
const DEEPEST = 50;

const TOKEN =
  /\s*(?:((?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|([\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)*)|("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|`([^`]*)`|(\*\*|\/\/|[<>=!]=|[-+*/%(),[\]<>&|~{}=]))/uy;

interface Token {
  readonly kind: "number" | "name" | "text" | "column" | "mark" | "end";
  readonly text: string;
}

/** How tightly each operator binds, as Python has it. */
const BINDING: Readonly<Record<string, number>> = {
  "|": 1,
  "&": 2,
  "<": 3,
  ">": 3,
  "<=": 3,
  ">=": 3,
  "==": 3,
  "!=": 3,
  "+": 4,
  "-": 4,
  "*": 5,
  "/": 5,
  "//": 5,
  "%": 5,
  "**": 7,
};
const UNARY = 6;

/**
 * An expression of Python as formulas have them: names, numbers, texts, lists, arithmetic, comparisons and calls.
 *
 * @throws CurtidoError E_STATE for anything else
 * @example
 * parseExpression("np.log(x + 1)").kind; // "call"
 */
export function parseExpression(text: string): Expression {
  const reader = new Reader(text);
  const expression = reader.expression(0, 0);
  reader.expect("end", "");
  return expression;
}

/** Refuses an expression. */
export function refuseExpression(text: string, why: string): never {
  const shown = text.length > 80 ? `${text.slice(0, 80)}...` : text;
  throw estimatorError("E_STATE", `the formula's '${shown}' ${why}`, { path: "formula" });
}

class Reader {
  private readonly text: string;
  private readonly tokens: readonly Token[];
  private at = 0;

  constructor(text: string) {
    this.text = text;
    if (text.length > LONGEST) refuseExpression(text, `is longer than ${LONGEST} characters`);
    this.tokens = tokensOf(text);
  }

  private get next(): Token {
    return this.tokens[this.at]!;
  }

  private take(text: string): boolean {
    if (this.next.kind !== "mark" || this.next.text !== text) return false;
    this.at++;
    return true;
  }

  expect(kind: Token["kind"], text: string): void {
    const { next } = this;
    if (next.kind !== kind || next.text !== text) refuseExpression(this.text, `cannot be read at '${next.text}'`);
    this.at++;
  }

  expression(least: number, depth: number): Expression {
    if (depth > DEEPEST) refuseExpression(this.text, "is nested too deeply");
    let left = this.operand(depth);
    for (;;) {
      const operator = this.next.text;
      const binding = this.next.kind === "mark" ? BINDING[operator] : undefined;
      if (binding === undefined || binding < least) return left;
      this.at++;
      // A power binds to its right.
      const right = this.expression(operator === "**" ? binding : binding + 1, depth + 1);
      left = { kind: "binary", operator, left, right };
    }
  }

  private operand(depth: number): Expression {
    const token = this.next;
    this.at++;
    if (token.kind === "number") return { kind: "number", value: Number(token.text) };
    if (token.kind === "text") return { kind: "text", value: token.text };
    if (token.kind === "column") return { kind: "name", name: token.text };
    if (token.kind === "name")
      return this.take("(") ? this.call(token.text, depth) : { kind: "name", name: token.text };
    if (token.kind === "mark" && (token.text === "-" || token.text === "+" || token.text === "~"))
      return { kind: "unary", operator: token.text, of: this.expression(UNARY, depth + 1) };
    const closing = token.kind === "mark" ? CLOSING[token.text] : undefined;
    if (closing === undefined) return refuseExpression(this.text, `cannot be read at '${token.text}'`);
    const items = this.items(closing, depth);
    return token.text === "[" || items.length !== 1 ? { kind: "list", items } : items[0]!;
  }

  private items(closing: string, depth: number): Expression[] {
    const items: Expression[] = [];
    while (!this.take(closing)) {
      items.push(this.expression(0, depth + 1));
      if (this.take(",")) continue;
      this.expect("mark", closing);
      break;
    }
    return items;
  }

  private call(name: string, depth: number): Call {
    const args: Expression[] = [];
    const keywords = new Map<string, Expression>();
    while (!this.take(")")) {
      const { next } = this;
      const after = this.tokens[this.at + 1];
      if (next.kind === "name" && after?.kind === "mark" && after.text === "=") {
        this.at += 2;
        keywords.set(next.text, this.expression(0, depth + 1));
      } else args.push(this.expression(0, depth + 1));
      if (this.take(",")) continue;
      this.expect("mark", ")");
      break;
    }
    return { kind: "call", name, args, keywords };
  }
}

const CLOSING: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const end = text.trimEnd().length;
  while (at < end) {
    TOKEN.lastIndex = at;
    const found = TOKEN.exec(text);
    if (found === null) return refuseExpression(text, `cannot be read at '${text.slice(at, at + 10)}'`);
    const [, number, name, quoted, column, mark] = found;
    if (number !== undefined) tokens.push({ kind: "number", text: number });
    else if (name !== undefined) tokens.push({ kind: "name", text: name });
    else if (quoted !== undefined) tokens.push({ kind: "text", text: unquoted(quoted) });
    else if (column !== undefined) tokens.push({ kind: "column", text: column });
    else tokens.push({ kind: "mark", text: mark! });
    at = TOKEN.lastIndex;
  }
  tokens.push({ kind: "end", text: "" });
  return tokens;
}

/** A text of Python without its quotes; what stands behind a backslash stands for itself. */
function unquoted(text: string): string {
  return text.slice(1, -1).replace(/\\(.)/g, "$1");
}

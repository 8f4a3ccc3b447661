/** @module Values of expressions over columns: a walk over what the parser read, and nothing else is called. */

import { featureError } from "../base/errors.ts";
import { functionOf, knownFunctions, OPERATORS, TRUTHS } from "./functions.ts";
import { type Call, type Expression, parseExpression, refuseExpression } from "./parse.ts";
import { basis, knotsOf, type Memory, polynomials, recurrence, scaling } from "./stateful.ts";
import type { Constant, Factor, Labels, Numbers, Truths, Value } from "./values.ts";
import { CONSTANTS, CONTRASTS, MOST_DEGREE, MOST_KNOTS, TRANSFORMS } from "./words.ts";

/** The languages of formulas; few functions differ. */
export type Language = "patsy" | "formulaic";

/** A column by its name. */
export type Lookup = (name: string) => Numbers | Truths | Labels | undefined;

/** A factor's expression, with what its transforms remember of training. */
export class Evaluator {
  private readonly text: string;
  private readonly expression: Expression;
  private readonly language: Language;
  private readonly memories = new Map<Expression, Memory>();
  private columns: Lookup = () => undefined;
  private rows = 0;
  private training = true;
  /** The names of the columns that it reads. */
  readonly reads = new Set<string>();

  /** @throws CurtidoError E_STATE for an expression that cannot be read */
  constructor(text: string, language: Language) {
    this.text = text;
    this.language = language;
    this.expression = parseExpression(text);
  }

  /**
   * Its value over some rows; the first time, transforms learn from them.
   *
   * @throws CurtidoError E_STATE naming a function that is not known
   */
  over(columns: Lookup, rows: number): Value {
    this.columns = columns;
    this.rows = rows;
    const value = this.value(this.expression);
    this.training = false;
    return value.kind === "constant" ? this.numbers(value) : value;
  }

  private refuse(why: string): never {
    return refuseExpression(this.text, why);
  }

  private value(expression: Expression): Value {
    switch (expression.kind) {
      case "number":
      case "text":
        return { kind: "constant", value: expression.value };
      case "list":
        return { kind: "list", items: expression.items.map((item) => this.value(item)) };
      case "name":
        return this.named(expression.name);
      case "unary":
        return this.unary(expression.operator, this.value(expression.of));
      case "binary":
        return this.binary(expression.operator, this.value(expression.left), this.value(expression.right));
      default:
        return this.called(expression);
    }
  }

  private named(name: string): Value {
    const column = this.columns(name);
    if (column !== undefined) {
      this.reads.add(name);
      return column;
    }
    if (Object.hasOwn(CONSTANTS, name)) return { kind: "constant", value: CONSTANTS[name] };
    return this.refuse(`names '${name}', which is no column of the data`);
  }

  /** Values as numbers, one for each row. */
  private numbers(value: Value): Numbers {
    if (value.kind === "numbers") return value;
    if (value.kind === "truths") return { kind: "numbers", data: value.data, whole: true };
    if (value.kind === "constant" && typeof value.value === "number")
      return {
        kind: "numbers",
        data: new Float64Array(this.rows).fill(value.value),
        whole: Number.isInteger(value.value),
      };
    return this.refuse("takes texts for numbers");
  }

  private unary(operator: string, value: Value): Value {
    if (value.kind === "constant" && typeof value.value === "number" && operator === "-")
      return { kind: "constant", value: -value.value };
    const { data, whole } = this.numbers(value);
    if (operator === "~") return { kind: "truths", data: data.map((each) => 1 - each) };
    return operator === "-"
      ? { kind: "numbers", data: data.map((each) => -each), whole }
      : { kind: "numbers", data, whole };
  }

  private binary(operator: string, left: Value, right: Value): Value {
    const of = OPERATORS[operator]!;
    if (left.kind === "constant" && right.kind === "constant") {
      if (typeof left.value === "number" && typeof right.value === "number")
        return { kind: "constant", value: of(left.value, right.value) };
      return this.refuse("computes with texts");
    }
    if (left.kind === "labels" || right.kind === "labels") return this.compared(operator, left, right);
    const [a, b] = [this.numbers(left), this.numbers(right)];
    const data = a.data.map((each, row) => of(each, b.data[row]!));
    return TRUTHS.has(operator)
      ? { kind: "truths", data }
      : { kind: "numbers", data, whole: operator !== "/" && a.whole && b.whole };
  }

  /** Labels that are, or are not, a text. */
  private compared(operator: string, left: Value, right: Value): Truths {
    const [labels, other] = left.kind === "labels" ? [left, right] : [right as Labels, left];
    if ((operator !== "==" && operator !== "!=") || other.kind !== "constant")
      return this.refuse("computes with texts");
    const wanted = operator === "==";
    const same = labels.data.map((label) => (label === null ? Number.NaN : Number((label === other.value) === wanted)));
    return { kind: "truths", data: Float64Array.from(same) };
  }

  private called(call: Call): Value {
    const { args } = call;
    if (call.name === "I") return this.value(this.argument(call, 0, ""));
    if (call.name === "Q") return this.quoted(this.argument(call, 0, "name"));
    if (call.name === "C") return this.categorical(call);
    if (TRANSFORMS.has(call.name)) return this.transform(call);
    const known = functionOf(call.name);
    if (known === undefined) {
      return this.refuse(
        `calls '${call.name}', which is not among the functions that are computed here: ${knownFunctions()}`,
      );
    }
    const [count, of] = known;
    if (args.length !== count || call.keywords.size > 0)
      return this.refuse(`calls '${call.name}' otherwise than with ${count} arguments`);
    const [a, b = a, c = a] = args.map((arg) => this.numbers(this.value(arg)).data);
    return { kind: "numbers", data: a!.map((each, row) => of(each, b![row]!, c![row]!)), whole: false };
  }

  private quoted(name: Expression): Value {
    return name.kind === "text" ? this.named(name.value) : this.refuse("quotes something else than a text");
  }

  private categorical(call: Call): Factor {
    const given = this.value(this.argument(call, 0, "data"));
    if (given.kind !== "numbers" && given.kind !== "truths" && given.kind !== "labels")
      return this.refuse("makes categories of something else than a column");
    const { contrast, apart } = this.contrast(
      this.maybe(call, 1, this.language === "patsy" ? "contrast" : "contrasts"),
    );
    const levels = this.maybe(call, 2, "levels");
    if (levels !== undefined && levels.kind !== "list") return this.refuse("lists its levels in another way");
    const texts = levels?.items.map((item) => this.levelAs(this.value(item)));
    return { kind: "factor", of: given, contrast, apart, levels: texts };
  }

  private contrast(asked: Expression | undefined): Pick<Factor, "contrast" | "apart"> {
    if (asked === undefined) return { contrast: undefined, apart: undefined };
    if (asked.kind !== "name" && asked.kind !== "call") return this.refuse("has a contrast of its own");
    const kind = CONTRASTS[asked.name.replace(/^contr\./, "").toLowerCase()];
    if (kind === undefined) return this.refuse(`has the contrast '${asked.name}', which is not known`);
    const argument = asked.kind === "call" ? (asked.args[0] ?? [...asked.keywords.values()][0]) : undefined;
    if (argument === undefined) return { contrast: { kind }, apart: undefined };
    const value = this.value(argument);
    if (kind === "poly" && value.kind === "list") {
      const scores = Float64Array.from(value.items, (item) => Number((item as Constant).value));
      return { contrast: { kind, scores }, apart: undefined };
    }
    if (value.kind !== "constant") return this.refuse("has a contrast of its own");
    return { contrast: { kind }, apart: value.value };
  }

  private levelAs(value: Value): string {
    return value.kind === "constant" ? String(value.value) : this.refuse("lists its levels in another way");
  }

  private transform(call: Call): Value {
    const { data } = this.numbers(this.value(this.argument(call, 0, "x")));
    if (call.name === "bs") return this.spline(call, data);
    if (call.name === "poly") return this.polynomial(call, data);
    const [center, rescale] =
      call.name === "center"
        ? [true, false]
        : [
            this.option(call, 1, "center", 1) !== 0,
            this.option(
              call,
              2,
              this.language === "patsy" ? "rescale" : call.name === "scale" ? "scale" : "rescale",
              1,
            ) !== 0,
          ];
    const ddof = this.option(call, 3, "ddof", call.name === "scale" && this.language === "formulaic" ? 1 : 0);
    const [mean, deviation] = this.remembered(call, () => scaling(this.seen(data), ddof)) as unknown as [
      number,
      number,
    ];
    const scaled = data.map((value) => (value - (center ? mean : 0)) / (rescale ? deviation : 1));
    return { kind: "numbers", data: scaled, whole: false };
  }

  private polynomial(call: Call, x: Float64Array): Value {
    const degree = this.option(call, 1, "degree", 1);
    if (!(degree >= 1 && degree <= MOST_DEGREE))
      return this.refuse(`has a degree that is none from 1 to ${MOST_DEGREE}`);
    if (this.option(call, 2, "raw", 0) === 0)
      return polynomials(
        x,
        this.remembered(call, () => recurrence(this.seen(x), degree)),
      );
    const data = Array.from({ length: degree }, (_, at) => x.map((value) => value ** (at + 1)));
    return { kind: "columns", names: data.map((_, at) => `${at}`), data };
  }

  private spline(call: Call, x: Float64Array): Value {
    const degree = this.option(call, 3, "degree", 3);
    const df = this.option(call, 1, "df", Number.NaN);
    if (!(degree >= 0 && degree <= MOST_DEGREE) || df > MOST_KNOTS) return this.refuse("has too many degrees");
    const intercept = this.option(call, 4, "include_intercept", 0) !== 0;
    const outside = call.keywords.get("extrapolation");
    if (outside !== undefined && !(outside.kind === "text" && /^(raise|clip)$/.test(outside.value)))
      return this.refuse("goes beyond its knots in a way that is not known");
    const bound = (at: number, name: string) => {
      const value = this.option(call, at, name, Number.NaN);
      return Number.isNaN(value) ? undefined : value;
    };
    const knots = this.remembered(call, () => {
      const options = { degree, intercept, lower: bound(5, "lower_bound"), upper: bound(6, "upper_bound") };
      return knotsOf(x, { ...options, df: Number.isNaN(df) ? undefined : df, knots: this.knots(call) });
    });
    const clip = outside?.kind === "text" && outside.value === "clip";
    const [low, high] = [knots[0]!, knots.at(-1)!];
    const row = clip ? -1 : x.findIndex((value) => value < low || value > high);
    if (row >= 0 && !this.training) {
      const detail = `${x[row]} is outside the bounds ${low} and ${high} of '${this.text}'`;
      throw featureError([{ row, feature: [...this.reads][0]!, detail }]);
    }
    const points = clip ? x.map((value) => Math.min(Math.max(value, low), high)) : x;
    return basis(points, knots, degree, intercept, this.language === "formulaic" && !intercept ? 1 : 0);
  }

  private knots(call: Call): readonly number[] | undefined {
    const asked = this.maybe(call, 2, "knots");
    if (asked === undefined) return undefined;
    const value = this.value(asked);
    if (value.kind !== "list" || value.items.length > MOST_KNOTS) return this.refuse("lists its knots in another way");
    return value.items.map((item) => Number((item as Constant).value));
  }

  /** What a transform remembers: of training, the first time. */
  private remembered(call: Call, learn: () => Memory): Memory {
    const known = this.memories.get(call) ?? learn();
    this.memories.set(call, known);
    return known;
  }

  /** The values that training has seen, but those that are missing. */
  private seen(data: Float64Array): Float64Array {
    return data.filter((value) => !Number.isNaN(value));
  }

  private maybe(call: Call, at: number, keyword: string): Expression | undefined {
    const found = call.args[at] ?? call.keywords.get(keyword);
    return found?.kind === "name" && found.name === "None" ? undefined : found;
  }

  private argument(call: Call, at: number, keyword: string): Expression {
    return this.maybe(call, at, keyword) ?? this.refuse(`calls '${call.name}' without an argument`);
  }

  /** A number that is the same for all rows. */
  private option(call: Call, at: number, keyword: string, fallback: number): number {
    const asked = this.maybe(call, at, keyword);
    if (asked === undefined) return fallback;
    const value = this.value(asked);
    return value.kind === "constant" && typeof value.value === "number"
      ? value.value
      : this.refuse(`has no number for '${keyword}'`);
  }
}

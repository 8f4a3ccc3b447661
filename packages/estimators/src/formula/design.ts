/** @module The matrix that a formula makes of rows: each column by its name, and what it is by the data of training. */

import type { DataFrame } from "@curtido/arrays";
import { estimatorError, featureError } from "../base/errors.ts";
import type { FeatureShape } from "../base/signature.ts";
import { columnsOf, type DataColumn } from "./columns.ts";
import { type Contrast, type Weights, weightsOf } from "./contrasts.ts";
import { Evaluator, type Language } from "./evaluate.ts";
import { ONES, partsOf } from "./names.ts";
import { type Columns, type Factor, labelsOf, levelsOf, type Value } from "./values.ts";

/** A factor of a design. */
interface Prepared {
  readonly evaluator: Evaluator;
  /** Its levels, where it is categorical. */
  readonly levels: readonly string[] | undefined;
  /** What is picked of it, by the text in brackets. */
  readonly picks: Map<string, Weights>;
}

/** A column: the factors that it is the product of, and what of each. */
type Product = readonly { readonly factor: string; readonly level: string | undefined }[];

/**
 * A design that is known by the names of its columns and the data of training: nothing of the formula is run as Python.
 *
 * @example
 * new Design(["Intercept", "C(g)[T.b]", "np.log(x)"], frame, "patsy").matrix(rows); // [rows, 3]
 */
export class Design {
  /** The columns of the data that it reads, in the order in which it does. */
  readonly reads: readonly DataColumn[];
  readonly width: number;
  private readonly products: readonly Product[];
  private readonly factors = new Map<string, Prepared>();

  /** @throws CurtidoError E_STATE for what is not known in a formula */
  constructor(names: readonly string[], frame: DataFrame, language: Language) {
    const data = columnsOf(frame);
    const known = new Set(data.keys());
    const parts = names.map((name) => (ONES.has(name) && !known.has(name) ? [] : partsOf(name, known)));
    for (const { factor } of parts.flat()) {
      if (this.factors.has(factor)) continue;
      const siblings = new Set(parts.flat().flatMap((part) => (part.factor === factor ? (part.level ?? []) : [])));
      this.factors.set(factor, prepare(factor, siblings, data, frame.length, language));
    }
    this.products = parts;
    this.width = names.length;
    const reads = [...this.factors.values()].flatMap(({ evaluator }) => [...evaluator.reads]);
    this.reads = [...new Set(reads)].map((name) => data.get(name)!);
  }

  /** What each column that it reads may hold. */
  get shapes(): readonly FeatureShape[] {
    return this.reads.map(({ name, type, levels }): FeatureShape => {
      const closed = this.factors.get(name)?.levels ?? this.factors.get(`C(${name})`)?.levels;
      if (type !== "string") return { type, missing: true };
      return { type, missing: true, categories: closed ?? levels ?? [], ...(closed && { closed: true }) };
    });
  }

  /**
   * The matrix of some rows, `[rows, width]` in C order: NaN throughout a row in which something is missing.
   *
   * @param frame - the columns of {@link reads}, and no matter what others
   * @throws CurtidoError E_FEATURES for levels that training has not seen
   */
  matrix(frame: DataFrame): Float64Array {
    const given = columnsOf(frame, this.reads);
    const rows = frame.length;
    const values = new Map<string, ReadonlyMap<string, Float64Array>>();
    for (const [name, factor] of this.factors) {
      const value = factor.evaluator.over((column) => given.get(column)?.value, rows);
      values.set(name, picked(value, factor));
    }
    const out = new Float64Array(rows * this.width).fill(1);
    this.products.forEach((product, column) => {
      for (const { factor, level } of product) {
        const numbers = values.get(factor)!.get(level ?? "")!;
        for (let row = 0; row < rows; row++) out[row * this.width + column]! *= numbers[row]!;
      }
    });
    return this.withoutGaps(out, rows);
  }

  private withoutGaps(out: Float64Array, rows: number): Float64Array {
    for (let row = 0; row < rows; row++) {
      const cells = out.subarray(row * this.width, (row + 1) * this.width);
      if (cells.some(Number.isNaN)) cells.fill(Number.NaN);
    }
    return out;
  }
}

/** What is picked of a factor over some rows, by the text in brackets. */
function picked(value: Value, { levels, picks, evaluator }: Prepared): ReadonlyMap<string, Float64Array> {
  if (value.kind === "columns") return new Map(value.names.map((name, at) => [name, value.data[at]!]));
  if (levels === undefined) return new Map([["", (value as { data: Float64Array }).data]]);
  const places = new Map(levels.map((level, at) => [level, at]));
  const labels = labelsOf(plain(value));
  const codes = labels.map((label, row) => {
    if (label === null) return -1;
    const code = places.get(label);
    if (code !== undefined) return code;
    const feature = [...evaluator.reads][0]!;
    const detail = `'${feature}' is ${JSON.stringify(label)}, which training has not seen: it is one of ${levels.slice(0, 20).join(", ")}`;
    throw featureError([{ row, feature, detail }]);
  });
  return new Map(
    [...picks].map(([name, weights]) => [
      name,
      Float64Array.from(codes, (code) => (code < 0 ? Number.NaN : weights[code]!)),
    ]),
  );
}

function plain(value: Value): Factor["of"] {
  return value.kind === "factor" ? value.of : (value as Factor["of"]);
}

function prepare(
  text: string,
  siblings: ReadonlySet<string>,
  data: ReadonlyMap<string, DataColumn>,
  rows: number,
  language: Language,
): Prepared {
  // A column may have a name that is no expression.
  const evaluator = new Evaluator(data.has(text) ? `\`${text}\`` : text, language);
  const value = evaluator.over((name) => data.get(name)?.value, rows);
  if (siblings.size === 0) return number(text, value, evaluator);
  if (value.kind === "columns") return { evaluator, levels: undefined, picks: columnsPicked(text, value, siblings) };
  if (value.kind === "constant" || value.kind === "list") return refuse(text, "is no column");
  const of = plain(value);
  const levels = (value.kind === "factor" ? value.levels : undefined) ?? levelsOf(of);
  const contrast = contrastOf(value, levels);
  const picks = new Map<string, Weights>();
  for (const name of siblings) {
    const weights = weightsOf(name, levels, contrast, siblings);
    if (weights === undefined) return refuse(`${text}[${name}]`, "is no column of a known contrast");
    picks.set(name, weights);
  }
  return { evaluator, levels, picks };
}

function number(text: string, value: Value, evaluator: Evaluator): Prepared {
  if (value.kind === "numbers" || value.kind === "truths") return { evaluator, levels: undefined, picks: new Map() };
  return refuse(text, "is no number");
}

function columnsPicked(text: string, { names }: Columns, siblings: ReadonlySet<string>): Map<string, Weights> {
  for (const name of siblings) if (!names.includes(name)) refuse(`${text}[${name}]`, "is no column of it");
  return new Map();
}

function contrastOf(value: Value, levels: readonly string[]): Contrast {
  if (value.kind !== "factor" || value.contrast === undefined) return { kind: "treatment" };
  const { apart, contrast } = value;
  if (apart === undefined) return contrast;
  const named = levels.indexOf(String(apart));
  const place = named >= 0 ? named : Number(apart);
  return { ...contrast, apart: place < 0 ? levels.length + place : place };
}

function refuse(text: string, why: string): never {
  throw estimatorError("E_STATE", `the formula's column '${text.slice(0, 80)}' ${why}`, { path: "formula" });
}

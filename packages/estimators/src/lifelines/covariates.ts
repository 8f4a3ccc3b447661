/** @module The covariates of lifelines' regressions: columns by name, or what a formula makes of them. */

import { DataFrame, NdArray, Series } from "@curtido/arrays";
import { Dict, Instance, Tuple } from "@curtido/pickle";
import type { FeatureShape } from "../base/signature.ts";
import type { State } from "../base/state.ts";
import { Design } from "../formula/design.ts";
import { ONES, partsOf } from "../formula/names.ts";

/** What a parameter is a linear function of. */
export class Covariates {
  /** The columns of the data, and what they may hold. */
  readonly columns: ReadonlyMap<string, FeatureShape>;
  private readonly names: readonly string[];
  private readonly design: Design | undefined;

  /**
   * @param mapping - how rows become covariates: names of columns, or formulaic's account of a formula
   * @param names - the covariates, in the order of their coefficients
   */
  constructor(state: State, mapping: unknown, names: readonly string[]) {
    this.names = names;
    const number: FeatureShape = { type: "number", missing: true };
    if (mapping instanceof Instance) {
      this.design = new Design(names, examplesOf(state.childFrom(mapping, "regressors"), names), "formulaic");
      const { reads, shapes } = this.design;
      this.columns = new Map(reads.map(({ name }, at) => [name, shapes[at]!]));
    } else this.columns = new Map(names.filter((name) => name !== INTERCEPT).map((name) => [name, number]));
  }

  /** The covariates of some rows, `[rows, names]`. */
  matrix(frame: DataFrame): Float64Array {
    if (this.design !== undefined) return this.design.matrix(frame);
    const places = this.names.map((name) => frame.columns.indexOf(name));
    const columns = places.map((place) => (place < 0 ? undefined : frame.series[place]!.values.toFloat64()));
    const width = this.names.length;
    return Float64Array.from(
      { length: frame.length * width },
      (_, at) => columns[at % width]?.[Math.floor(at / width)] ?? 1,
    );
  }
}

const INTERCEPT = "Intercept";

/**
 * Data that has every category which training has seen: the account of a formula has those, and not the data itself.
 *
 * @throws CurtidoError E_STATE for transforms that remember what the data was like
 */
function examplesOf(spec: State, names: readonly string[]): DataFrame {
  if (spec.dict("transform_state").size > 0)
    spec.fail("transform_state", "remembers what training was like, in a way that is not read here");
  const seen = new Map<string, readonly unknown[]>();
  for (const [factor, state] of spec.dict("encoder_state")) {
    const held = state instanceof Tuple ? state.items[1] : state;
    const categories = held instanceof Dict ? held.get("categories") : undefined;
    if (Array.isArray(categories)) seen.set(columnIn(String(factor)), categories);
  }
  const rows = [...seen.values()].reduce((most, { length }) => Math.max(most, length), 2);
  if (rows > MOST_CATEGORIES) spec.fail("encoder_state", "has too many categories");
  const columns = new Set(
    names
      .filter((name) => !ONES.has(name))
      .flatMap((name) => partsOf(name, new Set()).flatMap(({ factor }) => namesIn(factor))),
  );
  for (const name of seen.keys()) columns.add(name);
  const series = [...columns].map((name) => exampleSeries(name, seen.get(name) ?? [0.5], rows));
  return new DataFrame(series, undefined, rows);
}

const MOST_CATEGORIES = 1_000_000;

function exampleSeries(name: string, values: readonly unknown[], rows: number): Series {
  const items = Array.from({ length: rows }, (_, row) => values[row % values.length]);
  const numbers = items.every((item) => typeof item === "number" || typeof item === "bigint");
  if (!numbers) return new Series({ name, values: NdArray.objects(items, [rows]), dtype: "object" });
  const whole = values.every((value) => Number.isInteger(Number(value)));
  const data = items.map(Number);
  return new Series({
    name,
    values: NdArray.of(whole ? Int32Array.from(data) : Float64Array.from(data)),
    dtype: "float64",
  });
}

/** The column that a categorical factor is of: `C(g, contr.sum)` is of `g`. */
function columnIn(factor: string): string {
  return /^C\(\s*`?([^,()`]+?)`?\s*[,)]/.exec(factor)?.[1] ?? factor;
}

/** Every name that an expression may mean a column by. */
function namesIn(factor: string): readonly string[] {
  if (/^[\p{L}_][\p{L}\p{N}_. ]*$/u.test(factor)) return [factor];
  return (
    factor
      .replace(/"[^"]*"|'[^']*'/g, "")
      .match(/(?<![\p{L}\p{N}_.])[\p{L}_][\p{L}\p{N}_]*(?![\p{L}\p{N}_.]|\s*[(=])/gu) ?? []
  );
}

/** @module Vector autoregressions: each series from the last values of all (`statsmodels.tsa.vector_ar`). */

import { type Ahead, Forecaster } from "../base/forecaster.ts";
import type { State } from "../base/state.ts";
import { exogNames } from "./exog.ts";
import { resultsOf } from "./results.ts";

/** The future of several series: `y_t = c + A_1 y_(t-1) + ... + A_p y_(t-p)`, with a trend and further columns. */
export class VectorAutoregression extends Forecaster {
  private readonly width: number;
  private readonly order: number;
  /** `[order, width, width]` */
  private readonly coefficients: Float64Array;
  /** `[width, terms]`: constant, trend, further columns. */
  private readonly terms: Float64Array;
  /** The last values, `[order, width]`, the newest last. */
  private readonly last: Float64Array;
  private readonly powers: readonly number[];
  private readonly total: number;

  constructor(state: State) {
    const results = resultsOf(state);
    const { data: endog, rows, columns } = results.matrix("endog");
    const order = results.integer("k_ar", undefined, 0, rows);
    const trend = results.string("trend", "c");
    const powers = [
      ...(trend.startsWith("c") ? [0] : []),
      ...(trend.includes("t") ? [1] : []),
      ...(trend.includes("tt") ? [2] : []),
    ];
    const terms = results.has("coefs_exog") ? results.matrix("coefs_exog") : undefined;
    const exog = (terms?.columns ?? powers.length) - powers.length;
    if (exog < 0) results.fail("coefs_exog", `has ${terms?.columns} columns for a trend of ${powers.length}`);
    super(state, exog === 0 ? [] : exogNames(results.child("model").child("data"), exog), columns);
    this.width = columns;
    this.order = order;
    this.coefficients = results.floats("coefs", [order, columns, columns]);
    this.terms = terms === undefined ? results.floats("intercept", [columns]) : terms.data;
    if (this.terms.length !== columns * (powers.length + exog))
      results.fail("coefs_exog", `holds ${this.terms.length} numbers for ${columns} series`);
    this.last = endog.slice((rows - order) * columns);
    this.powers = powers;
    this.total = rows;
  }

  override forecast({ steps, known }: Ahead): Float64Array {
    const { width, order, powers } = this;
    const count = powers.length + this.known.length;
    const path = new Float64Array((order + steps) * width);
    path.set(this.last);
    for (let step = 0; step < steps; step++) {
      const time = this.total + 1 + step;
      for (let series = 0; series < width; series++) {
        let sum = 0;
        powers.forEach((power, term) => (sum += this.terms[series * count + term]! * time ** power));
        for (let column = 0; column < this.known.length; column++)
          sum += this.terms[series * count + powers.length + column]! * known[step * this.known.length + column]!;
        for (let lag = 1; lag <= order; lag++) {
          const [from, before] = [((lag - 1) * width + series) * width, (order + step - lag) * width];
          for (let k = 0; k < width; k++) sum += this.coefficients[from + k]! * path[before + k]!;
        }
        path[(order + step) * width + series] = sum;
      }
    }
    return path.slice(order * width);
  }
}

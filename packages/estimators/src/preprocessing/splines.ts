/** @module SplineTransformer: each feature as B-splines over knots (`sklearn.preprocessing._polynomial`). */

import { Csr, NdArray } from "@curtido/arrays";
import { Instance, Tuple } from "@curtido/pickle";
import { featureError } from "../base/errors.ts";
import type { InputRules } from "../base/estimator.ts";
import type { State } from "../base/state.ts";
import { NumericTransformer } from "./scalers.ts";

/** A degree beyond which nobody fits, and no limit of memory is reached. */
const MOST_DEGREES = 64;

/** A vector-valued spline (`scipy.interpolate.BSpline`): at each x a combination of the rows of its coefficients. */
class BSpline {
  readonly knots: Float64Array;
  readonly degree: number;
  readonly outputs: number;
  private readonly coefficients: Float64Array;
  private readonly extrapolate: boolean;
  private readonly bases: Float64Array;
  private readonly before: Float64Array;

  constructor(state: State) {
    this.degree = state.integer("k", undefined, 0, MOST_DEGREES);
    this.knots = state.floats(state.named("t", "_t"), [undefined]);
    const count = this.knots.length - this.degree - 1;
    const { data, columns } = state.matrix(state.named("c", "_c"), count);
    if (count <= this.degree) state.fail("t", `holds too few knots for degree ${this.degree}`);
    this.coefficients = data;
    this.outputs = columns;
    this.extrapolate = state.boolean("extrapolate", true);
    this.bases = new Float64Array(this.degree + 1);
    this.before = new Float64Array(this.degree + 1);
  }

  /** The first knot of the interval that x is in, or -1 beyond the ends. */
  private interval(x: number): number {
    const { knots, degree } = this;
    const last = knots.length - degree - 2;
    if (Number.isNaN(x)) return -1;
    if ((x < knots[degree]! || x > knots[last + 1]!) && !this.extrapolate) return -1;
    let at = degree;
    while (at !== last && x >= knots[at + 1]!) at++;
    return at;
  }

  /** The basis functions that are not 0 on an interval, or their first derivatives (de Boor's recursion). */
  private evaluateBases(x: number, interval: number, derivative: boolean): void {
    const { bases, before, knots, degree } = this;
    bases.fill(0);
    bases[0] = 1;
    for (let order = 1; order <= degree; order++) {
      before.set(bases);
      bases[0] = 0;
      const differentiate = derivative && order === degree;
      for (let n = 1; n <= order; n++) {
        const right = knots[interval + n]!;
        const left = knots[interval + n - order]!;
        if (right === left) {
          bases[differentiate ? 1 : n] = 0;
          continue;
        }
        if (differentiate) {
          const slope = (order * before[n - 1]!) / (right - left);
          bases[n - 1]! -= slope;
          bases[n] = slope;
        } else {
          const weight = before[n - 1]! / (right - left);
          bases[n - 1]! += weight * (right - x);
          bases[n] = weight * (x - left);
        }
      }
    }
    if (derivative && degree === 0) bases[0] = 0;
  }

  /** Writes the values at x, or the slopes there; NaN beyond the ends where it does not extrapolate. */
  at(x: number, out: Float64Array, to: number, derivative = false): void {
    const { outputs, degree, coefficients, bases } = this;
    const interval = this.interval(x);
    if (interval < 0) {
      out.fill(Number.NaN, to, to + outputs);
      return;
    }
    this.evaluateBases(x, interval, derivative);
    out.fill(0, to, to + outputs);
    for (let a = 0; a <= degree; a++) {
      const row = (interval + a - degree) * outputs;
      for (let k = 0; k < outputs; k++) out[to + k]! += coefficients[row + k]! * bases[a]!;
    }
  }
}

/** A spline as scipy keeps it: from 1.18 on inside of another object. */
function splineState(state: State, value: unknown, place: string): State {
  const outer = state.childFrom(value, place);
  const whole = outer.instance.state;
  const inner = whole instanceof Tuple ? whole.at(0) : undefined;
  return inner instanceof Instance ? state.childFrom(inner, place) : outer;
}

/** What becomes of values beyond the outermost knots. */
type Extrapolation = "error" | "constant" | "linear" | "continue" | "periodic";

/** The values and slopes of a feature's splines at both ends of its knots. */
interface Ends {
  readonly low: number;
  readonly high: number;
  readonly lowValues: Float64Array;
  readonly highValues: Float64Array;
  readonly lowSlopes: Float64Array;
  readonly highSlopes: Float64Array;
  /** How many of the first (and last) splines go on beyond the end. */
  readonly reach: number;
}

/** SplineTransformer. */
export class SplineTransformer extends NumericTransformer {
  private readonly splines: readonly BSpline[];
  private readonly ends: readonly Ends[];
  private readonly count: number;
  private readonly bias: boolean;
  private readonly extrapolation: Extrapolation;
  private readonly sparse: boolean;
  private readonly missingIsZero: boolean;

  constructor(state: State) {
    super(state);
    this.splines = state
      .list("bsplines_")
      .map((value, at) => new BSpline(splineState(state, value, `bsplines_[${at}]`)));
    this.n_features_in_ ??= this.splines.length;
    this.count = this.splines[0]?.outputs ?? 0;
    const odd = this.splines.some(
      (spline) => spline.outputs !== this.count || spline.degree !== this.splines[0]!.degree,
    );
    if (this.splines.length !== this.n_features_in_ || odd)
      state.fail("bsplines_", `does not hold ${this.n_features_in_} splines of one kind`);
    const kinds = ["error", "constant", "linear", "continue", "periodic"] as const;
    this.extrapolation = state.oneOf("extrapolation", kinds, "constant");
    this.bias = state.boolean("include_bias", true);
    this.sparse = state.boolean("sparse_output", false);
    this.missingIsZero = state.has("handle_missing") && state.plain("handle_missing") === "zeros";
    this.ends = this.readEnds();
  }

  protected override inputRules(): InputRules {
    return { kind: "numbers", missing: this.missingIsZero, sparse: false };
  }

  private readEnds(): readonly Ends[] {
    let { degree } = this.splines[0] ?? { degree: 0 };
    return this.splines.map((spline): Ends => {
      const low = spline.knots[degree]!;
      const high = spline.knots[spline.knots.length - 1 - degree]!;
      const at = (x: number, derivative: boolean) => {
        const values = new Float64Array(this.count);
        spline.at(x, values, 0, derivative);
        return values;
      };
      // scikit-learn raises a low degree once and for all, so that later features have their ends further inside.
      if (this.extrapolation === "linear" && degree <= 1) degree++;
      return {
        low,
        high,
        lowValues: at(low, false),
        highValues: at(high, false),
        lowSlopes: at(low, true),
        highSlopes: at(high, true),
        reach: Math.min(degree, this.count),
      };
    });
  }

  protected doTransform(X: NdArray): NdArray | Csr {
    const { count, splines } = this;
    const [rows, features] = X.shape as readonly [number, number];
    const data = X.data as Float64Array;
    const kept = count - (this.bias ? 0 : 1);
    const out = new Float64Array(rows * features * kept);
    const values = new Float64Array(count);
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < features; column++) {
        this.evaluate(splines[column]!, this.ends[column]!, data[row * features + column]!, values);
        if (this.extrapolation === "error" && values.some(Number.isNaN)) throw this.beyond(row, column);
        out.set(values.subarray(0, kept), (row * features + column) * kept);
      }
    }
    const width = features * kept;
    if (this.sparse) return Csr.fromDense(out, rows, width);
    return NdArray.of(X.data instanceof Float32Array ? Float32Array.from(out) : out, [rows, width]);
  }

  private evaluate(spline: BSpline, ends: Ends, x: number, out: Float64Array): void {
    if (Number.isNaN(x)) out.fill(0);
    else if (this.extrapolation === "periodic") spline.at(intoPeriod(x, spline), out, 0);
    else if (this.extrapolation === "error" || this.extrapolation === "continue") spline.at(x, out, 0);
    else if (x >= ends.low && x <= ends.high) spline.at(x, out, 0);
    else this.beyondEnd(ends, x, out);
  }

  /** Values stay as they are at the end, or go on with the slope there. */
  private beyondEnd(ends: Ends, x: number, out: Float64Array): void {
    const { low, high, reach } = ends;
    const linear = this.extrapolation === "linear" ? 1 : 0;
    out.fill(0);
    // Ends that lie further inside may have changed places: a value is then beyond both.
    for (let at = 0; at < reach; at++) {
      if (x < low) out[at] = ends.lowValues[at]! + linear * (x - low) * ends.lowSlopes[at]!;
      const k = this.count - 1 - at;
      if (x > high) out[k] = ends.highValues[k]! + linear * (x - high) * ends.highSlopes[k]!;
    }
  }

  private beyond(row: number, column: number): Error {
    const feature = this.featureName(column);
    return featureError([{ row, feature, detail: `'${feature}' lies beyond the knots of its spline` }]);
  }
}

/** The same place in the first period: Python's remainder has the sign of the divisor. */
function intoPeriod(x: number, { knots, degree }: BSpline): number {
  const start = knots[degree]!;
  const length = knots[knots.length - degree - 1]! - start;
  if (!(length > 0)) return 0;
  const rest = (x - start) % length;
  return start + (rest < 0 ? rest + length : rest);
}

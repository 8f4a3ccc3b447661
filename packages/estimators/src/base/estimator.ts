/** @module What every estimator is: a fitted state that was read once, and methods over rows. */

import { type Csr, type DataFrame, NdArray } from "@curtido/arrays";
import type { Card } from "./card.ts";
import { type Cost, MOST_FEATURES } from "./cost.ts";
import { estimatorError } from "./errors.ts";
import { asTable, type Input, type Rows, toInput } from "./input.ts";
import {
  type DecisionPath,
  HOOKS,
  type InputRules,
  METHODS,
  type Method,
  type MethodHooks,
  type Neighbors,
  type RadiusNeighbors,
} from "./methods.ts";
import { givesFrames, withNames } from "./names_out.ts";
import { RowChecker } from "./row_checker.ts";
import type { Downstream, Feature, FeatureShape, Signature } from "./signature.ts";
import { featuresAlike, numberFeature } from "./signature.ts";
import type { State } from "./state.ts";
import type { Version } from "./version.ts";

export { type DecisionPath, type InputRules, METHODS, type Method, type Neighbors, type RadiusNeighbors };

/** The names of what was learned: they end in one underscore. */
export const LEARNED = /^[^_](.*[^_])?_$/;

/**
 * A fitted estimator. It is prepared once, when it is read; its methods never change their input.
 *
 * Every method takes rows as arrays, as objects by feature name (any order), or as `NdArray`, `DataFrame` or `Csr`, and
 * throws a `CurtidoError`: E_FEATURES when rows do not fit, E_NO_METHOD when the fitted object has no such method in
 * Python.
 *
 * @example
 * const model = revive(bytes);
 * model.predict([[0.1, 0.2]]).tolist();
 */
export abstract class Estimator extends RowChecker {
  /** The class as the file spells it. */
  readonly pythonName: string;
  /** The release of scikit-learn that trained it. */
  readonly version: Version;
  /** Class labels of a classifier. */
  readonly classes_?: NdArray | readonly NdArray[];
  /** What people mean by it: what its file and who loads it say beside the numbers. */
  card: Card | undefined;
  /** Where each key of the card comes from: the pickle itself, what lies beside the model in a bundle, who loads it. */
  cardFrom: Readonly<Record<string, "file" | "bundle" | "given">> | undefined;
  /** Which part of its file it is: `pipe`; `undefined` for the whole. */
  part: string | undefined;
  /** The fitted state it was read from. */
  protected readonly state: State;

  constructor(state: State) {
    super(state);
    this.state = state;
    this.pythonName = state.className;
    this.version = state.version;
  }

  /** Whether Python's object has this method too, and it would not raise. */
  offers(method: Method): boolean {
    return typeof (this as unknown as MethodHooks)[HOOKS[method]] === "function";
  }

  /** Every method that {@link offers} grants. */
  get methods(): readonly Method[] {
    return METHODS.filter((method) => this.offers(method));
  }

  /** Regression values or labels: `[rows]`, or `[rows, outputs]`. */
  predict(rows: Rows): NdArray {
    return this.call("predict", rows) as NdArray;
  }
  /**
   * {@link predict} of one row of numbers: the value, or an array of them when there are several outputs. A model whose
   * rows cost less than the arrays around them does without those; the numbers are the same to the bit.
   *
   * @param row - `[features]`; not kept
   * @example
   * model.predictRow(Float64Array.of(1, 0, 1, 1)); // 5423.1426779786
   */
  predictRow(row: Float64Array): unknown {
    const found = this.predict(NdArray.of(row, [1, row.length]));
    return found.size === 1 ? found.item(0) : (found.tolist() as unknown[])[0];
  }
  /** Probabilities by class, `[rows, classes]`; one such array per output of a multi-output classifier. */
  predictProba(rows: Rows): NdArray | NdArray[] {
    return this.call("predictProba", rows) as NdArray;
  }
  /** The natural logarithm of {@link predictProba}. */
  predictLogProba(rows: Rows): NdArray | NdArray[] {
    return this.call("predictLogProba", rows) as NdArray;
  }
  /** Signed distances or scores: `[rows]` for two classes, else `[rows, classes]`. */
  decisionFunction(rows: Rows): NdArray {
    return this.call("decisionFunction", rows) as NdArray;
  }
  /** The transformed rows; sparse where Python's are, with named columns where `set_output` asked for them. */
  transform(rows: Rows): NdArray | Csr | DataFrame {
    const answer = this.transformed(rows);
    const names = answer instanceof NdArray && givesFrames(this.state) ? this.namesOut() : undefined;
    return names === undefined ? answer : withNames(answer as NdArray, names, toInput(rows));
  }
  /** {@link transform} for the next step of a whole, which goes by position: without names that were asked for. */
  transformed(rows: Rows): NdArray | Csr | DataFrame {
    return this.call("transform", rows) as NdArray;
  }
  /** The names of the columns that {@link transform} gives; `undefined` where only Python knows them. */
  namesOut(): readonly string[] | undefined {
    return undefined;
  }
  /** Wide rows that stay sparse are computed with, not listed column by column. */
  private refuseToList(): void {
    const needed = this.n_features_in_ ?? 0;
    if (needed <= MOST_FEATURES) return;
    const message = `${this.className} takes ${needed} features, more than the ${MOST_FEATURES} that are listed: it answers sparse rows as a part of a pipeline, and is not served alone`;
    throw estimatorError("E_LIMIT", message, { limit: "features", most: MOST_FEATURES, needed });
  }
  /** The names of the features as Python makes them up where there are none: `x0`, `x1` ... */
  protected namesIn(): readonly string[] {
    this.refuseToList();
    return this.feature_names_in_ ?? Array.from({ length: this.n_features_in_ ?? 0 }, (_, column) => `x${column}`);
  }
  /** Back from transformed rows. */
  inverseTransform(rows: Rows): NdArray | Csr {
    this.require("inverseTransform");
    return this.guard("inverseTransform", () =>
      (this as unknown as Required<MethodHooks>).doInverseTransform(asTable(toInput(rows))),
    );
  }
  /** Log-likelihood or normality of each row. */
  scoreSamples(rows: Rows): NdArray {
    return this.call("scoreSamples", rows) as NdArray;
  }
  /** The `k` nearest training rows of each row. */
  kneighbors(rows: Rows, k?: number): Neighbors {
    this.require("kneighbors");
    const X = this.check(rows);
    return this.guard("kneighbors", () => (this as unknown as Required<MethodHooks>).doKneighbors(X, k));
  }
  /** The training rows within `radius` of each row. */
  radiusNeighbors(rows: Rows, radius?: number): RadiusNeighbors {
    this.require("radiusNeighbors");
    const X = this.check(rows);
    return this.guard("radiusNeighbors", () => (this as unknown as Required<MethodHooks>).doRadiusNeighbors(X, radius));
  }
  /** Squared distances from the middle, in units of the covariance. */
  mahalanobis(rows: Rows): NdArray {
    return this.call("mahalanobis", rows) as NdArray;
  }
  /** The leaf that each row ends in, per tree. */
  apply(rows: Rows): NdArray {
    return this.call("apply", rows) as NdArray;
  }
  /** The nodes of the trees that each row goes through. */
  decisionPath(rows: Rows): DecisionPath {
    return this.call("decisionPath", rows) as DecisionPath;
  }
  /** {@link predict} after each step of boosting; made one by one as they are asked for. */
  stagedPredict(rows: Rows): Iterable<NdArray> {
    return this.staged("stagedPredict", rows);
  }
  /** {@link predictProba} after each step of boosting. */
  stagedPredictProba(rows: Rows): Iterable<NdArray> {
    return this.staged("stagedPredictProba", rows);
  }
  /** {@link decisionFunction} after each step of boosting. */
  stagedDecisionFunction(rows: Rows): Iterable<NdArray> {
    return this.staged("stagedDecisionFunction", rows);
  }
  /** The standard deviation of each {@link predict}ion (`predict(X, return_std=True)` in Python). */
  predictStd(rows: Rows): NdArray {
    return this.call("predictStd", rows) as NdArray;
  }
  /** The covariance of all {@link predict}ions, `[rows, rows]` or `[rows, rows, outputs]` (`return_cov=True` in Python). */
  predictCov(rows: Rows): NdArray {
    return this.call("predictCov", rows) as NdArray;
  }
  /** What a forecast is the sum of, a column for each part: trend, seasonalities, holidays (`prophet`). */
  predictComponents(rows: Rows): DataFrame {
    return this.call("predictComponents", rows) as DataFrame;
  }
  /** The probability to survive each time that training has seen, a column for each time (`lifelines`). */
  survivalFunction(rows: Rows): DataFrame {
    return this.call("survivalFunction", rows) as DataFrame;
  }

  /** Rows are checked at once; each stage is guarded when it is asked for. */
  private staged(method: Method, rows: Rows): Iterable<NdArray> {
    const stages = (this.call(method, rows) as Iterable<NdArray>)[Symbol.iterator]();
    return { [Symbol.iterator]: () => ({ next: () => this.guard(method, () => stages.next()) }) };
  }

  private call(method: Method, rows: Rows): unknown {
    this.require(method);
    const X = this.check(rows);
    return this.guard(method, () => (this as unknown as Record<string, (X: Input) => unknown>)[HOOKS[method]]!(X));
  }

  /** Parts that were fitted apart from each other, or tampered with, may not fit together: that is the file's fault. */
  private guard<T>(method: Method, run: () => T): T {
    try {
      return run();
    } catch (error) {
      if (!(error instanceof TypeError || error instanceof RangeError)) throw error;
      const { path } = this.state;
      const where = path === "" ? this.className : `${this.className} ('${path}')`;
      throw estimatorError(
        "E_STATE",
        `${where}: its fitted state does not fit together, ${method} failed`,
        { path, method },
        error,
      );
    }
  }
  private require(method: Method): void {
    if (this.offers(method)) return;
    const { methods } = this;
    throw estimatorError("E_NO_METHOD", `${this.className} has no ${method}; ${this.instead()}`, { method, methods });
  }
  /** What it has, for messages about a method that is not there. */
  instead(): string {
    const { methods } = this;
    return `it has ${methods.length === 0 ? "no method that answers" : methods.join(", ")}`;
  }

  /**
   * What it learned, as the file has it: every attribute that ends in an underscore. Arrays are `NdArray` or `Csr`, parts
   * that are estimators themselves are those; other objects are inert.
   *
   * @throws CurtidoError E_STATE naming an array that is malformed
   * @example
   * model.attributes.get("labels_"); // what DBSCAN found in training
   */
  get attributes(): ReadonlyMap<string, unknown> {
    const names = this.state.keys.filter((name) => LEARNED.test(name));
    return new Map(names.map((name) => [name, this.state.attribute(name)]));
  }

  /**
   * What it costs, summed up from its state: what it holds, what a call and a row take.
   *
   * @example
   * const { perCall, perRow } = model.cost;
   * perCall + 1000 * perRow; // operations that a thousand rows take, about a nanosecond each
   */
  get cost(): Cost {
    return this.state.context.costOf(this.state.instance);
  }

  /**
   * What the model wants and gives, for validation, forms and documents.
   *
   * @throws CurtidoError E_LIMIT for more features than anybody lists one by one
   */
  get signature(): Signature {
    this.refuseToList();
    const shapes = this.features({ missing: !this.offers("predict") });
    const features = shapes.map((shape, column): Feature => ({ name: this.featureName(column), ...shape }));
    return {
      features,
      named: this.feature_names_in_ !== undefined,
      task: this.task(),
      outputs: this.outputs(),
      ...(this.takesMore ? { more: true as const } : {}),
      ...(this.labelLists() === undefined ? {} : { classes: this.labelLists()! }),
    };
  }
  /** Each feature, given what stands behind this estimator; see {@link Downstream}. */
  features(_downstream: Downstream): readonly FeatureShape[] {
    const { missing } = this.inputRules();
    return featuresAlike(this.n_features_in_, numberFeature(missing));
  }
  /** Whether several rows cost much less together than one by one, because the model waits for memory. */
  get gathers(): boolean {
    return false;
  }
  /** What kind of question it answers. */
  task(): Signature["task"] {
    if (this.classes_ !== undefined) return "classification";
    if (this.offers("predict")) return "regression";
    return this.offers("transform") ? "transformation" : "other";
  }
  /** Numbers or labels per row of `predict`. */
  outputs(): number {
    return Array.isArray(this.classes_) ? this.classes_.length : 1;
  }

  private labelLists(): readonly (readonly unknown[])[] | undefined {
    if (this.classes_ === undefined) return undefined;
    const lists: readonly NdArray[] =
      this.classes_ instanceof NdArray ? [this.classes_] : (this.classes_ as readonly NdArray[]);
    return lists.map((list) => list.flat());
  }
}

/** @module What every estimator is: a fitted state that was read once, and methods over rows. */

import { Csr, DataFrame, NdArray } from "@curtido/arrays";
import { estimatorError, type FeatureProblem, featureError, MOST_PROBLEMS } from "./errors.ts";
import { type Input, type NumberRules, type Rows, shapeOf, tableOf, toInput, toNumbers } from "./input.ts";
import {
  type DecisionPath,
  HOOKS,
  type Hooks,
  type InputRules,
  METHODS,
  type Method,
  type Neighbors,
  type RadiusNeighbors,
} from "./methods.ts";
import { framed, givesFrames } from "./names_out.ts";
import type { Downstream, Feature, FeatureShape, Signature } from "./signature.ts";
import { numberFeature } from "./signature.ts";
import { type State, shortName } from "./state.ts";
import type { Version } from "./version.ts";

export { type DecisionPath, type InputRules, METHODS, type Method, type Neighbors, type RadiusNeighbors };

/** The names of what was learned: they end in one underscore. */
export const LEARNED = /^[^_](.*[^_])?_$/;

const NUMBERS: InputRules = { kind: "numbers", missing: false, sparse: false };

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
export abstract class Estimator {
  /** The class by its short name, `LinearRegression`, and as the file spells it. */
  readonly className: string;
  readonly pythonName: string;
  /** The release of scikit-learn that trained it. */
  readonly version: Version;
  /** How many features a row has; `undefined` when the model does not say. */
  n_features_in_: number | undefined;
  /** The names of the features, when it was fitted on named columns. */
  feature_names_in_: readonly string[] | undefined;
  /** Class labels of a classifier. */
  readonly classes_?: NdArray | readonly NdArray[];
  /** The fitted state it was read from. */
  protected readonly state: State;
  /** The part that rows are for, when it is the part that knows how to read them. */
  private reader: Estimator | undefined;
  /** {@link inputRules}, and what follows from them: made once, because predicting one row takes less time than making them. */
  private checking: { readonly rules: InputRules; readonly numbers: NumberRules } | undefined;

  constructor(state: State) {
    this.state = state;
    this.pythonName = state.className;
    this.className = shortName(state.className);
    this.version = state.version;
    this.n_features_in_ = state.given("n_features_in_") ? state.integer("n_features_in_") : undefined;
    this.feature_names_in_ = state.given("feature_names_in_") ? namesOf(state) : undefined;
  }

  /** Takes over what a part says of its features, where the file says nothing of the whole's; rows are read as it reads them. */
  protected takeFeaturesOf(part: Estimator | undefined): void {
    this.reader = part;
    this.n_features_in_ ??= part?.n_features_in_;
    this.feature_names_in_ ??= part?.feature_names_in_;
  }

  /** How rows are checked before a hook sees them. */
  protected inputRules(): InputRules {
    return NUMBERS;
  }

  /** Whether Python's object has this method too, and it would not raise. */
  offers(method: Method): boolean {
    return typeof (this as unknown as Hooks)[HOOKS[method]] === "function";
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
    return names === undefined ? answer : framed(answer as NdArray, names, toInput(rows));
  }
  /** {@link transform} for the next step of a whole, which goes by position: without names that were asked for. */
  transformed(rows: Rows): NdArray | Csr | DataFrame {
    return this.call("transform", rows) as NdArray;
  }
  /** The names of the columns that {@link transform} gives; `undefined` where only Python knows them. */
  protected namesOut(): readonly string[] | undefined {
    return undefined;
  }
  /** The names of the features as Python makes them up where there are none: `x0`, `x1` ... */
  protected namesIn(): readonly string[] {
    return this.feature_names_in_ ?? Array.from({ length: this.n_features_in_ ?? 0 }, (_, column) => `x${column}`);
  }
  /** Back from transformed rows. */
  inverseTransform(rows: Rows): NdArray | Csr {
    this.require("inverseTransform");
    return this.guard("inverseTransform", () =>
      (this as unknown as Required<Hooks>).doInverseTransform(tableOf(toInput(rows))),
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
    return this.guard("kneighbors", () => (this as unknown as Required<Hooks>).doKneighbors(X, k));
  }
  /** The training rows within `radius` of each row. */
  radiusNeighbors(rows: Rows, radius?: number): RadiusNeighbors {
    this.require("radiusNeighbors");
    const X = this.check(rows);
    return this.guard("radiusNeighbors", () => (this as unknown as Required<Hooks>).doRadiusNeighbors(X, radius));
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

  /** The name of a feature, in messages and signatures. */
  featureName(column: number): string {
    return this.feature_names_in_?.[column] ?? `feature${column + 1}`;
  }

  /** Rows as one of the array types. Text vectorizers take lists of texts, and so does what begins with one. */
  readRows(rows: Rows): Input {
    return this.reader === undefined ? toInput(rows) : this.reader.readRows(rows);
  }

  /** Rows with their columns in the model's order, checked as {@link inputRules} says. */
  protected check(rows: Rows): Input {
    const X = this.inOrder(this.readRows(rows));
    this.checking ??= this.howToCheck();
    const { rules, numbers } = this.checking;
    if (rules.kind === "any" || (X instanceof Csr && rules.sparse)) return X;
    return toNumbers(X instanceof Csr ? X.toDense() : X, numbers);
  }

  private howToCheck(): { readonly rules: InputRules; readonly numbers: NumberRules } {
    const rules = this.inputRules();
    const names = (column: number) => this.featureName(column);
    return { rules, numbers: { missing: rules.missing, infinite: rules.infinite ?? false, names } };
  }

  /** Whether rows need not be tables: only the estimator that they are for knows their columns. */
  get readsOwnRows(): boolean {
    return this.reader?.readsOwnRows ?? false;
  }

  /** Columns by name where there are names, and as many as the model wants. */
  protected inOrder(X: Input): Input {
    if (this.readsOwnRows) return X;
    if (X instanceof DataFrame) {
      const names = this.feature_names_in_ ?? generatedNames(this.n_features_in_, X);
      if (names !== undefined) return byName(X, names);
    }
    const [rows, columns] = shapeOf(X);
    if (this.n_features_in_ === undefined || columns === this.n_features_in_) return X;
    if (rows === 0) return NdArray.of(new Float64Array(0), [0, this.n_features_in_]);
    throw featureError([
      { detail: `${this.className} expects ${count(this.n_features_in_, "feature")} per row, found ${columns}` },
    ]);
  }

  /** What the model wants and gives, for validation, forms and documents. */
  get signature(): Signature {
    const shapes = this.features({ missing: !this.offers("predict") });
    const features = shapes.map((shape, column): Feature => ({ name: this.featureName(column), ...shape }));
    return {
      features,
      named: this.feature_names_in_ !== undefined,
      task: this.task(),
      outputs: this.outputs(),
      ...(this.labelLists() === undefined ? {} : { classes: this.labelLists()! }),
    };
  }

  /** Each feature, given what stands behind this estimator; see {@link Downstream}. */
  features(_downstream: Downstream): readonly FeatureShape[] {
    const { missing } = this.inputRules();
    return Array.from({ length: this.n_features_in_ ?? 0 }, () => numberFeature(missing));
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

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? "" : "s"}`;
}

function namesOf(state: State): readonly string[] {
  return state.array("feature_names_in_").flat().map(String);
}

/** `feature1` ... `featureN`, when the columns of `X` are named that way and the model has no names of its own. */
function generatedNames(features: number | undefined, X: DataFrame): readonly string[] | undefined {
  if (
    features === undefined ||
    !X.columns.every((column) => typeof column === "string" && /^feature[1-9][0-9]*$/.test(column))
  )
    return undefined;
  return Array.from({ length: features }, (_, column) => `feature${column + 1}`);
}

/** The columns of `X` in the order of `names`. */
export function byName(X: DataFrame, names: readonly string[], unexpected: "refuse" | "ignore" = "refuse"): DataFrame {
  const position = new Map(X.columns.map((column, at) => [String(column), at]));
  const problems: FeatureProblem[] = [];
  for (const name of names) if (!position.has(name)) problems.push({ feature: name, detail: `'${name}' is missing` });
  if (unexpected === "refuse" && X.columns.length > names.length - problems.length) {
    const known = new Set(names);
    for (const name of position.keys())
      if (!known.has(name)) problems.push({ feature: name, detail: `'${name}' is not a feature of this model` });
  }
  if (problems.length > 0 && X.length > 0) throw featureError(problems.slice(0, MOST_PROBLEMS));
  if (problems.length > 0)
    return new DataFrame(names.map((name) => ({ name, values: NdArray.of(new Float64Array(0)), dtype: "float64" })));
  return new DataFrame(
    names.map((name) => X.series[position.get(name)!]!),
    X.index,
    X.length,
  );
}

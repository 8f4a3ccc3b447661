/** @module How an estimator reads rows: columns by name or by position, checked, in the form that it computes with. */

import { Csr, DataFrame, NdArray } from "@curtido/arrays";
import { byName, generatedNames } from "./columns.ts";
import { featureError } from "./errors.ts";
import { type Input, type NumberRules, type Rows, shapeOf, toInput, toNumbers } from "./input.ts";
import type { InputRules } from "./methods.ts";
import { type State, shortName } from "./state.ts";

const NUMBERS: InputRules = { kind: "numbers", missing: false, sparse: false };

/** What takes rows. */
export abstract class RowChecker {
  /** The class by its short name, `LinearRegression`. */
  readonly className: string;
  /** How many features a row has; `undefined` when the model does not say. */
  n_features_in_: number | undefined;
  /** The names of the features, when it was fitted on named columns. */
  feature_names_in_: readonly string[] | undefined;
  /** The part that rows are for, when it is the part that knows how to read them. */
  private reader: RowChecker | undefined;
  /** {@link inputRules}, and what follows from them: made once, because predicting one row takes less time than making them. */
  private checking: { readonly rules: InputRules; readonly numbers: NumberRules } | undefined;

  constructor(state: State) {
    this.className = shortName(state.className);
    this.n_features_in_ = state.given("n_features_in_") ? state.integer("n_features_in_") : undefined;
    this.feature_names_in_ = state.given("feature_names_in_") ? namesIn(state) : undefined;
  }

  /** Takes over what a part says of its features, where the file says nothing of the whole's; rows are read as it reads them. */
  protected takeFeaturesOf(part: RowChecker | undefined): void {
    this.reader = part;
    this.n_features_in_ ??= part?.n_features_in_;
    this.feature_names_in_ ??= part?.feature_names_in_;
  }

  /** How rows are checked before a hook sees them. */
  protected inputRules(): InputRules {
    return NUMBERS;
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
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? "" : "s"}`;
}

function namesIn(state: State): readonly string[] {
  return state.array("feature_names_in_").flat().map(String);
}

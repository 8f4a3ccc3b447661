/** @module How an estimator reads rows: columns by name or by position, checked, in the form that it computes with. */

import { Csr, DataFrame, NdArray } from "@curtido/arrays";
import { byName, generatedNames } from "./columns.ts";
import { featureError } from "./errors.ts";
import { checkSparse, type Input, type NumberRules, type Rows, shapeOf, toInput, toNumbers } from "./input.ts";
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

  /**
   * Names the features of a model whose file does not: from then on it takes rows by name, in any order of their keys.
   *
   * @throws CurtidoError E_FEATURES when the file names others, or tells another number of them
   * @example
   * model.declareFeatures(["age", "fare"]);
   */
  declareFeatures(names: readonly string[]): void {
    const { n_features_in_: number = names.length, feature_names_in_: known = names } = this;
    if (number !== names.length || known.some((name, at) => name !== names[at])) throw otherFeatures(this, names);
    this.reader?.declareFeatures(names);
    this.n_features_in_ = names.length;
    this.feature_names_in_ = names;
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
    this.refuseKeys(rows);
    const X = this.inOrder(this.readRows(rows));
    this.checking ??= this.howToCheck();
    const { rules, numbers } = this.checking;
    if (rules.kind === "any") return X;
    if (X instanceof Csr && rules.sparse) return checkSparse(X, numbers);
    return toNumbers(X instanceof Csr ? X.toDense() : X, numbers);
  }

  /** Objects have their keys in an order that nobody chose: a model that knows no names cannot tell which is which. */
  private refuseKeys(rows: Rows): void {
    if (this.feature_names_in_ !== undefined || !this.goesByPosition) return;
    if (!Array.isArray(rows) || !rows.every(isRecord)) return;
    const numbered = (row: object) => Object.keys(row).every((name) => /^feature[1-9][0-9]*$/.test(name));
    if (this.n_features_in_ === undefined || !rows.every(numbered)) throw featureError([{ detail: NO_NAMES }]);
  }

  /** Whether columns that come under names are told apart by where they stand, when the file names none. */
  protected get goesByPosition(): boolean {
    return !this.readsOwnRows;
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

  /** Whether rows may have features that training has not seen: they are left out, as Python leaves them out. */
  get takesMore(): boolean {
    return this.reader?.takesMore ?? false;
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

function isRecord(row: unknown): boolean {
  return typeof row === "object" && row !== null && !Array.isArray(row) && !ArrayBuffer.isView(row);
}

const NO_NAMES =
  'the model does not tell the names of its features, and keys of objects have no order: send arrays, or name its features in their order when it is loaded (features: ["a", "b"], --features a,b)';

function otherFeatures(
  { feature_names_in_: known, n_features_in_: number, className }: RowChecker,
  names: readonly string[],
) {
  const has = known === undefined ? `${number} features` : `the features ${known.slice(0, 8).join(", ")}`;
  return featureError([{ detail: `${className} has ${has}, not ${names.slice(0, 8).join(", ")}` }]);
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? "" : "s"}`;
}

function namesIn(state: State): readonly string[] {
  return state.array("feature_names_in_").flat().map(String);
}

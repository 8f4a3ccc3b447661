/** @module What a model wants and what it gives, read from the fitted state alone. */

import { MOST_FEATURES } from "./cost.ts";

/** What may stand in a feature: a number, a text, a boolean, or anything (columns that the model drops). */
export type FeatureType = "number" | "string" | "boolean" | "any";

/** One input of a model. */
export interface Feature {
  readonly name: string;
  readonly type: FeatureType;
  /** Whether a missing value (`null`, NaN) is allowed. */
  readonly missing: boolean;
  /** The values that were seen in training, when they are a closed list. */
  readonly categories?: readonly unknown[];
  /** Whether other categories than those are refused. */
  readonly closed?: boolean;
  /** What a missing value becomes: the fill of the imputer that sees it first. */
  readonly default?: unknown;
  /** What people call it, what they have to know of it, and its unit: its card says so. */
  readonly label?: string;
  readonly help?: string;
  readonly unit?: string;
  /** What is plausible: the least and the most, and a value that a row could have. */
  readonly min?: number;
  readonly max?: number;
  readonly typical?: unknown;
  /** What may be chosen, where the model itself would take more; and what people call each. */
  readonly options?: readonly unknown[];
  readonly labels?: Readonly<Record<string, string>>;
  /** Whether a row may leave it out altogether. */
  readonly optional?: boolean;
  /** Where the model learned a number from dates: what it counts since 1970, and which of two numbers the day is. */
  readonly date?: { readonly unit: "days"; readonly order?: "dmy" | "mdy" };
  /** Of which other feature, a date, it is a part: a row that leaves it out has it there. */
  readonly of?: { readonly name: string; readonly part: "month" | "weekday" };
  /** Where it learned numbers from texts such as `1.200 €`: how they are written. */
  readonly numerals?: { readonly decimal: "." | ","; readonly thousands?: string };
  /** Texts that stood for another one in training, or, `null`, for a missing value. */
  readonly spellings?: Readonly<Record<string, string | null>>;
}

/** A feature before it has a name. */
export type FeatureShape = Omit<Feature, "name">;

/** What a model takes and gives. */
export interface Signature {
  readonly features: readonly Feature[];
  /** Whether the names come from the file (`feature_names_in_`), else they are `feature1` ... `featureN`. */
  readonly named: boolean;
  readonly task:
    | "classification"
    | "regression"
    | "clustering"
    | "transformation"
    | "outlier detection"
    | "forecasting"
    | "other";
  /** The labels a classifier answers with; one list per output. */
  readonly classes?: readonly (readonly unknown[])[];
  /** Numbers or labels per row of `predict`. */
  readonly outputs: number;
  /** Whether rows may have other features, which are left out. */
  readonly more?: true;
  /** Of a model that forecasts: how far. */
  readonly horizon?: Horizon;
}

/** How far a forecast goes. */
export interface Horizon {
  readonly most: number;
  /** Whether a row is a forecast, and says how many steps it has, or all rows together are one, and each is a step. */
  readonly by: "steps" | "rows";
}

/** What stands behind an estimator in a pipeline, for what it lets through. */
export interface Downstream {
  /** Whether a missing value that comes through is allowed there. */
  readonly missing: boolean;
  /** What it asks of each column, where that is known. */
  readonly features?: readonly FeatureShape[];
}

/** Whether what stands behind takes nothing but numbers. */
export function wantsNumbers({ features = [] }: Downstream): boolean {
  return features.length > 0 && features.every(({ type }) => type === "number");
}

/** Any number; missing ones where `missing` says so. */
export function numberFeature(missing: boolean): FeatureShape {
  return { type: "number", missing };
}

/** So many features of one shape; none where there are more than are listed one by one, as of rows that stay sparse. */
export function featuresAlike(count: number | undefined, shape: FeatureShape): readonly FeatureShape[] {
  return count === undefined || count > MOST_FEATURES ? [] : new Array<FeatureShape>(count).fill(shape);
}

/** What two readers of the same features ask for together. */
export function mergeFeatures(left: readonly FeatureShape[], right: readonly FeatureShape[]): readonly FeatureShape[] {
  if (left.length === 0) return right;
  return left.map((feature, at) => {
    const other = right[at];
    return other === undefined ? feature : mergeFeature(feature, other);
  });
}

/** What two readers of one feature ask for together: the stricter of both. */
export function mergeFeature(a: FeatureShape, b: FeatureShape): FeatureShape {
  const strict =
    a.closed === true || b.type === "any" || (a.categories !== undefined && b.categories === undefined) ? a : b;
  const { optional: _, default: __, ...rest } = strict;
  const fill = a.default !== undefined && a.default === b.default ? { default: a.default } : {};
  return { ...rest, missing: a.missing && b.missing, ...fill, ...(a.optional && b.optional ? { optional: true } : {}) };
}

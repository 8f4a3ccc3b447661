/** @module The pipeline that is trained: columns become what an estimator learns from, and the estimator. */

import {
  type ColumnPart,
  ColumnTransformer,
  OneHotEncoder,
  OrdinalEncoder,
  Pipeline,
  SimpleImputer,
  StandardScaler,
  type Trainer,
} from "@curtido/estimators/fit";
import { MOST_NATIVE, widthOf } from "./encoding.ts";
import { dataError } from "./errors.ts";
import type { FeatureColumn } from "./feature.ts";
import { option } from "./quoting.ts";

/** The most numbers that the encoded table may have: 4 GiB of doubles. */
const MOST_NUMBERS = 2 ** 29;

/** How columns are encoded. */
export interface Encoding {
  /** Rows to learn from. */
  readonly rows: number;
  /** The most categories of one column that get columns of their own. */
  readonly maxCategories?: number | undefined;
  /** Whether estimators that know categories themselves are given them; releases before 1.4 cannot read it. */
  readonly native: boolean;
}

/** Whether an estimator takes categories as such. */
function takesCategories({ parameters }: Trainer): boolean {
  return parameters.get("categoricalFeatures") === "from_dtype";
}

/**
 * An estimator behind what its columns need. All of it is one object of scikit-learn, which takes the columns as they are.
 *
 * @throws CurtidoError E_DATA when categories would make the table too large
 */
export function pipelineOf(features: readonly FeatureColumn[], encoding: Encoding, model: Trainer): Pipeline {
  const named = (type: FeatureColumn["type"]) =>
    features.filter((feature) => feature.type === type).map(({ name }) => name);
  const columns = { numbers: named("numeric"), texts: named("categorical") };
  const native = encoding.native && takesCategories(model) && columns.texts.length > 0;
  const transformers = native ? nativeParts(features, columns) : encodedParts(features, columns, encoding);
  const { numbers, texts } = columns;
  const categoricalFeatures = texts.map((_, at) => numbers.length + at);
  return new Pipeline({
    steps: [
      ["columns", new ColumnTransformer({ transformers: transformers.filter(([, , names]) => names.length > 0) })],
      ["model", native ? model.with({ categoricalFeatures }) : model],
    ],
  });
}

interface Columns {
  readonly numbers: readonly string[];
  readonly texts: readonly string[];
}

/** Numbers as they are, and categories as numbers that the estimator knows for what they are. */
function nativeParts(features: readonly FeatureColumn[], { numbers, texts }: Columns): ColumnPart[] {
  const grouped = features.some(({ categories = 0 }) => categories > MOST_NATIVE);
  const encoder = new OrdinalEncoder({
    handleUnknown: "use_encoded_value",
    unknownValue: Number.NaN,
    encodedMissingValue: Number.NaN,
    ...(grouped ? { maxCategories: MOST_NATIVE } : {}),
  });
  return [
    ["numeric", "passthrough", numbers],
    ["categorical", encoder, texts],
  ];
}

/** Missing numbers are filled in and all are scaled; a column for each category. */
function encodedParts(
  features: readonly FeatureColumn[],
  { numbers, texts }: Columns,
  { rows, maxCategories }: Encoding,
): ColumnPart[] {
  const { columns, mostCategories } = widthOf(features, rows, maxCategories);
  if (columns * rows > MOST_NUMBERS) {
    const [worst] = [...features].sort((one, other) => (other.categories ?? 1) - (one.categories ?? 1));
    throw dataError(
      `${rows} rows of ${columns} encoded columns are too many; '${worst!.name}' alone has ${worst!.categories ?? 1} categories: add ${option("--drop", worst!.name)}`,
    );
  }
  const numeric = new Pipeline({
    steps: [
      ["impute", new SimpleImputer({ strategy: "median" })],
      ["scale", new StandardScaler()],
    ],
  });
  const unknown =
    mostCategories === undefined
      ? { handleUnknown: "ignore" }
      : { handleUnknown: "infrequent_if_exist", maxCategories: mostCategories };
  return [
    ["numeric", numeric, numbers],
    ["categorical", new OneHotEncoder({ ...unknown, sparseOutput: false }), texts],
  ];
}

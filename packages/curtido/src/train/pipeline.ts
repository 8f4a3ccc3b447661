/** @module The pipeline that is trained: missing numbers are filled in and scaled, categories encoded, and an estimator. */

import {
  ColumnTransformer,
  OneHotEncoder,
  Pipeline,
  SimpleImputer,
  StandardScaler,
  type Trainer,
} from "@curtido/estimators/fit";
import type { FeatureColumn } from "./columns.ts";
import { dataError } from "./errors.ts";

/** The most numbers that the encoded table may have: 4 GiB of doubles. */
const MOST_NUMBERS = 2 ** 29;

/**
 * An estimator behind what its columns need. All of it is one object of scikit-learn, which takes the columns as they are.
 *
 * @throws CurtidoError E_DATA when categories would make the table too large
 */
export function pipelineOf(features: readonly FeatureColumn[], rows: number, model: Trainer): Pipeline {
  const named = (type: FeatureColumn["type"]) =>
    features.filter((feature) => feature.type === type).map(({ name }) => name);
  const [numbers, texts] = [named("numeric"), named("categorical")];
  const width = features.reduce((sum, { categories = 1 }) => sum + categories, 0);
  if (width * rows > MOST_NUMBERS) {
    const [worst] = [...features].sort((one, other) => (other.categories ?? 1) - (one.categories ?? 1));
    throw dataError(
      `${rows} rows of ${width} encoded columns are too many; '${worst!.name}' alone has ${worst!.categories ?? 1} categories: add --drop ${worst!.name}`,
    );
  }
  const numeric = new Pipeline({
    steps: [
      ["impute", new SimpleImputer({ strategy: "median" })],
      ["scale", new StandardScaler()],
    ],
  });
  const encoder = new OneHotEncoder({ handleUnknown: "ignore", sparseOutput: false });
  const columns = new ColumnTransformer({
    transformers: [
      ...(numbers.length > 0 ? [["numeric", numeric, numbers] as const] : []),
      ...(texts.length > 0 ? [["categorical", encoder, texts] as const] : []),
    ],
  });
  return new Pipeline({
    steps: [
      ["columns", columns],
      ["model", model],
    ],
  });
}

/**
 * `sklearn.preprocessing`: its rows for {@link revive} of `@curtido/estimators/core`, and its classes.
 *
 * @module
 * @example
 * import { revive } from "@curtido/estimators/core";
 * import { entries } from "@curtido/estimators/preprocessing";
 * revive(bytes, { entries }).methods;
 */

export { FittedOneHotEncoder, FittedOrdinalEncoder } from "./encoders.ts";
export { preprocessingEntries as entries } from "./entries.ts";
export { KBinsDiscretizer, PolynomialFeatures } from "./features.ts";
export { FunctionTransformer } from "./function_transformer.ts";
export { KernelCenterer } from "./kernel_centerer.ts";
export { LabelBinarizer, LabelEncoder } from "./labels.ts";
export { LegacyOneHotEncoder } from "./legacy_one_hot.ts";
export { MultiLabelBinarizer } from "./multi_labels.ts";
export { PowerTransformer } from "./power.ts";
export { QuantileTransformer } from "./quantile.ts";
export { Binarizer, CenterScaler, FittedMinMaxScaler, Normalizer } from "./scalers.ts";
export { SplineTransformer } from "./splines.ts";
export { TargetEncoder } from "./target_encoder.ts";

import type { Entries } from "../base/entry.ts";
import { FittedOneHotEncoder, FittedOrdinalEncoder } from "./encoders.ts";
import { costOfPolynomial, KBinsDiscretizer, PolynomialFeatures } from "./features.ts";
import { FunctionTransformer } from "./function_transformer.ts";
import { KernelCenterer } from "./kernel_centerer.ts";
import { LabelBinarizer, LabelEncoder } from "./labels.ts";
import { LegacyOneHotEncoder } from "./legacy_one_hot.ts";
import { MultiLabelBinarizer } from "./multi_labels.ts";
import { PowerTransformer } from "./power.ts";
import { QuantileTransformer } from "./quantile.ts";
import { Binarizer, CenterScaler, FittedMinMaxScaler, Normalizer } from "./scalers.ts";
import { SplineTransformer } from "./splines.ts";
import { TargetEncoder } from "./target_encoder.ts";

/** Preprocessing. */
export const preprocessingEntries: Entries = [
  {
    name: "sklearn.preprocessing.StandardScaler",
    revive: (state) =>
      new CenterScaler(state, {
        center: "mean_",
        centered: state.boolean("with_mean", true),
        scaled: state.boolean("with_std", true),
        // From 1.8 on rows of float32 meet numbers of float32.
        single: state.version.atLeast(1, 8),
      }),
  },
  {
    name: "sklearn.preprocessing.RobustScaler",
    revive: (state) =>
      new CenterScaler(state, {
        center: "center_",
        centered: state.boolean("with_centering", true),
        scaled: state.boolean("with_scaling", true),
      }),
  },
  {
    name: "sklearn.preprocessing.MaxAbsScaler",
    revive: (state) => new CenterScaler(state, { centered: false, scaled: true }),
  },
  { name: "sklearn.preprocessing.MinMaxScaler", revive: (state) => new FittedMinMaxScaler(state) },
  { name: "sklearn.preprocessing.Normalizer", revive: (state) => new Normalizer(state) },
  { name: "sklearn.preprocessing.Binarizer", revive: (state) => new Binarizer(state) },
  {
    name: "sklearn.preprocessing.OneHotEncoder",
    revive: (state) =>
      state.has("n_values_") || state.raw("_legacy_mode") === true
        ? new LegacyOneHotEncoder(state)
        : new FittedOneHotEncoder(state),
  },
  { name: "sklearn.preprocessing.OrdinalEncoder", revive: (state) => new FittedOrdinalEncoder(state) },
  { name: "sklearn.preprocessing.LabelEncoder", revive: (state) => new LabelEncoder(state) },
  { name: "sklearn.preprocessing.LabelBinarizer", revive: (state) => new LabelBinarizer(state) },
  { name: "sklearn.preprocessing.MultiLabelBinarizer", revive: (state) => new MultiLabelBinarizer(state) },
  { name: "sklearn.preprocessing.KernelCenterer", revive: (state) => new KernelCenterer(state) },
  {
    name: "sklearn.preprocessing.PolynomialFeatures",
    revive: (state) => new PolynomialFeatures(state),
    cost: costOfPolynomial,
  },
  { name: "sklearn.preprocessing.KBinsDiscretizer", revive: (state) => new KBinsDiscretizer(state) },
  { name: "sklearn.preprocessing.PowerTransformer", revive: (state) => new PowerTransformer(state) },
  { name: "sklearn.preprocessing.QuantileTransformer", revive: (state) => new QuantileTransformer(state) },
  { name: "sklearn.preprocessing.SplineTransformer", revive: (state) => new SplineTransformer(state) },
  { name: "sklearn.preprocessing.TargetEncoder", revive: (state) => new TargetEncoder(state) },
  { name: "sklearn.preprocessing.FunctionTransformer", revive: (state) => new FunctionTransformer(state) },
];

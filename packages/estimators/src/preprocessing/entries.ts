import type { Entries } from "../base/entry.ts";
import { OneHotEncoder, OrdinalEncoder } from "./encoders.ts";
import { KBinsDiscretizer, PolynomialFeatures } from "./features.ts";
import { FunctionTransformer } from "./function_transformer.ts";
import { KernelCenterer } from "./kernel_centerer.ts";
import { LabelBinarizer, LabelEncoder } from "./labels.ts";
import { LegacyOneHotEncoder } from "./legacy_one_hot.ts";
import { MultiLabelBinarizer } from "./multi_labels.ts";
import { PowerTransformer } from "./power.ts";
import { QuantileTransformer } from "./quantile.ts";
import { Binarizer, CenterScaler, MinMaxScaler, Normalizer } from "./scalers.ts";
import { SplineTransformer } from "./splines.ts";
import { TargetEncoder } from "./target_encoder.ts";

/** Preprocessing. */
export const preprocessingEntries: Entries = {
  "sklearn.preprocessing.StandardScaler": (state) =>
    new CenterScaler(state, {
      center: "mean_",
      centered: state.boolean("with_mean", true),
      scaled: state.boolean("with_std", true),
    }),
  "sklearn.preprocessing.RobustScaler": (state) =>
    new CenterScaler(state, {
      center: "center_",
      centered: state.boolean("with_centering", true),
      scaled: state.boolean("with_scaling", true),
    }),
  "sklearn.preprocessing.MaxAbsScaler": (state) => new CenterScaler(state, { centered: false, scaled: true }),
  "sklearn.preprocessing.MinMaxScaler": (state) => new MinMaxScaler(state),
  "sklearn.preprocessing.Normalizer": (state) => new Normalizer(state),
  "sklearn.preprocessing.Binarizer": (state) => new Binarizer(state),
  "sklearn.preprocessing.OneHotEncoder": (state) =>
    state.has("n_values_") || state.raw("_legacy_mode") === true
      ? new LegacyOneHotEncoder(state)
      : new OneHotEncoder(state),
  "sklearn.preprocessing.OrdinalEncoder": (state) => new OrdinalEncoder(state),
  "sklearn.preprocessing.LabelEncoder": (state) => new LabelEncoder(state),
  "sklearn.preprocessing.LabelBinarizer": (state) => new LabelBinarizer(state),
  "sklearn.preprocessing.MultiLabelBinarizer": (state) => new MultiLabelBinarizer(state),
  "sklearn.preprocessing.KernelCenterer": (state) => new KernelCenterer(state),
  "sklearn.preprocessing.PolynomialFeatures": (state) => new PolynomialFeatures(state),
  "sklearn.preprocessing.KBinsDiscretizer": (state) => new KBinsDiscretizer(state),
  "sklearn.preprocessing.PowerTransformer": (state) => new PowerTransformer(state),
  "sklearn.preprocessing.QuantileTransformer": (state) => new QuantileTransformer(state),
  "sklearn.preprocessing.SplineTransformer": (state) => new SplineTransformer(state),
  "sklearn.preprocessing.TargetEncoder": (state) => new TargetEncoder(state),
  "sklearn.preprocessing.FunctionTransformer": (state) => new FunctionTransformer(state),
};

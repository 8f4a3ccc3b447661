/** @module Histogram-based gradient boosting as older releases pickle it. */

import { bytesOf, type DType, NdArray } from "@curtido/arrays";
import { Dict, Global, Instance, Tuple } from "@curtido/pickle";
import { estimatorError } from "../../base/errors.ts";
import type { LayoutChange, Layouts } from "./layout.ts";

function refused(path: string, why: string) {
  return estimatorError("E_UNSUPPORTED", `'${path}' ${why}`, { path });
}

/** Names of attributes that changed: from newer ones to older ones. */
function rename(state: Dict<unknown>, names: Readonly<Record<string, string>>): void {
  for (const [newer, older] of Object.entries(names)) {
    if (!state.has(newer)) continue;
    state.set(older, state.get(newer));
    state.delete(newer);
  }
}

/** `check_array(..., ensure_all_finite=False)` was `force_all_finite`. */
function olderCheck(state: Dict<unknown>): undefined {
  const func = state.get("func");
  if (!(func instanceof Instance) || func.className !== "functools.partial" || !(func.state instanceof Tuple))
    return undefined;
  const keywords = func.state.items[2];
  if (keywords instanceof Dict) rename(keywords, { ensure_all_finite: "force_all_finite" });
  return undefined;
}

/** Categories were not encoded, and features not drawn. */
function withoutEncoder(state: Dict<unknown>): undefined {
  if (state.get("is_categorical_") instanceof NdArray)
    throw refused("categoricalFeatures", "is encoded by the model only from scikit-learn 1.4 on");
  if (state.get("categorical_features") === "from_dtype") state.set("categorical_features", null);
  for (const name of ["_preprocessor", "_is_categorical_remapped", "_feature_subsample_rng", "max_features"])
    state.delete(name);
  return undefined;
}

const uint32: DType = { kind: "u", itemsize: 4, littleEndian: true };

/** The records of nodes with fields narrowed, renamed or left out. */
function convertNodes(nodes: NdArray, fields: readonly (readonly [older: string, newer: string, dtype?: DType])[]) {
  const { dtype, size } = nodes;
  let offset = 0;
  const plan = fields.map(([name, newer, narrow]) => {
    const field = dtype.fields!.find((each) => each.name === newer)!;
    const own = { name, dtype: narrow ?? field.dtype, offset, from: field.offset };
    offset += own.dtype.itemsize;
    return own;
  });
  const from = bytesOf(nodes);
  const bytes = new Uint8Array(size * offset);
  for (let node = 0; node < size; node++) {
    for (const field of plan) {
      const at = node * dtype.itemsize + field.from;
      // Whole numbers are narrowed by leaving out their upper bytes.
      bytes.set(from.subarray(at, at + field.dtype.itemsize), node * offset + field.offset);
    }
  }
  const record: DType = {
    kind: "V",
    itemsize: offset,
    littleEndian: true,
    fields: plan.map(({ name, dtype: own, offset: at }) => ({ name, dtype: own, offset: at })),
  };
  return NdArray.fromBytes(bytes, record, [size]);
}

/** Features were numbered with 32 bits. */
function narrowFeatures(state: Dict<unknown>): undefined {
  const nodes = state.get("nodes") as NdArray;
  const fields = nodes.dtype.fields!.map(({ name }) =>
    name === "feature_idx" ? ([name, name, uint32] as const) : ([name, name] as const),
  );
  state.set("nodes", convertNodes(nodes, fields));
  return undefined;
}

/** Thresholds had another name, and there were no categories. */
function withoutCategories(state: Dict<unknown>): undefined {
  const nodes = state.get("nodes") as NdArray;
  const fields = nodes.dtype
    .fields!.filter(({ name }) => name !== "is_categorical" && name !== "bitset_idx")
    .map(({ name }) => [name === "num_threshold" ? "threshold" : name, name] as const);
  state.set("nodes", convertNodes(nodes, fields));
  for (const name of ["binned_left_cat_bitsets", "raw_left_cat_bitsets"]) state.delete(name);
  return undefined;
}

/** Losses of 1.0 and before, by their names of 1.1. */
const OLDER_LOSSES: Readonly<Record<string, string>> = {
  HalfSquaredError: "LeastSquares",
  AbsoluteError: "LeastAbsoluteDeviation",
  HalfPoissonLoss: "Poisson",
  HalfBinomialLoss: "BinaryCrossEntropy",
  HalfMultinomialLoss: "CategoricalCrossEntropy",
};

/** Losses were classes of this module, and the baseline a number, or a column of one for each label. */
function olderLoss(state: Dict<unknown>): undefined {
  const loss = state.get("_loss");
  if (state.get("loss") === "log_loss") state.set("loss", "auto");
  if (!(loss instanceof Instance)) return undefined;
  const name = OLDER_LOSSES[(loss.class as Global).name];
  if (name === undefined) throw refused("loss", `is one that scikit-learn knows only from 1.1 on`);
  const made = new Instance(new Global("sklearn.ensemble._hist_gradient_boosting.loss", name), [], "newobj");
  const constant = (loss.state as Dict<unknown>).get("constant_hessian");
  made.states.push(
    new Dict<unknown>([
      ["hessians_are_constant", constant],
      ["n_threads", 1],
    ]),
  );
  state.set("_loss", made);
  const baseline = state.get("_baseline_prediction") as NdArray;
  const column = NdArray.of(baseline.toFloat64(), baseline.size === 1 ? [] : [baseline.size, 1]);
  state.set("_baseline_prediction", column);
  return undefined;
}

/** Losses had other names still. */
function oldestNames(state: Dict<unknown>): undefined {
  const names: Readonly<Record<string, string>> = {
    squared_error: "least_squares",
    absolute_error: "least_absolute_deviation",
  };
  const loss = state.get("loss") as string;
  state.set("loss", names[loss] ?? loss);
  return undefined;
}

function withoutPoisson(state: Dict<unknown>): undefined {
  if (state.get("loss") === "poisson") throw refused("loss", "is one that scikit-learn knows only from 0.23 on");
  return undefined;
}

function oldestAttributes(state: Dict<unknown>): undefined {
  rename(state, { _loss: "loss_", _bin_mapper: "bin_mapper_", _scorer: "scorer_", _n_features: "n_features_" });
  return undefined;
}

const ESTIMATOR: readonly LayoutChange[] = [
  { before: "1.4", change: withoutEncoder },
  { before: "1.1", change: olderLoss },
  { before: "1.0", change: oldestNames },
  { before: "0.24", change: oldestAttributes },
  { before: "0.23", change: withoutPoisson },
];
/** Histogram boosting, and what it is made of. */
export const HIST_GRADIENT_BOOSTING_LAYOUTS: Layouts = {
  "sklearn.ensemble.HistGradientBoostingClassifier": { changes: ESTIMATOR },
  "sklearn.ensemble.HistGradientBoostingRegressor": { changes: ESTIMATOR },
  "sklearn.ensemble.TreePredictor": {
    changes: [
      { before: "1.3", change: narrowFeatures },
      { before: "0.24", change: withoutCategories },
    ],
  },
  "sklearn.preprocessing.FunctionTransformer": { changes: [{ before: "1.6", change: olderCheck }] },
};

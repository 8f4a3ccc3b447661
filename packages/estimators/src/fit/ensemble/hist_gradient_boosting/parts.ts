/** @module What scikit-learn 1.9.1 pickles beside the trees: loss, bin mapper, generator of random numbers, encoder of labels. */

import { type DType, float64, NdArray } from "@curtido/arrays";
import type { Pcg64 } from "@curtido/kernels";
import { Dict, float, Global, Instance } from "@curtido/pickle";
import { instanceOf } from "../../base/trainer.ts";
import type { BinMapper } from "./binning.ts";
import type { HistLoss, HistLossName } from "./loss.ts";

const uint8: DType = { kind: "u", itemsize: 1, littleEndian: true };
const uint32: DType = { kind: "u", itemsize: 4, littleEndian: true };
/** Rows from which thresholds are found at most. */
const SUBSAMPLE = 200_000;

/** An object whose state is a dict. */
export function objectOf(module: string, name: string, state?: Readonly<Record<string, unknown>>): Instance {
  const made = new Instance(new Global(module, name), [], "newobj");
  if (state !== undefined) made.states.push(new Dict<unknown>(Object.entries(state)));
  return made;
}

const LINKS: Readonly<Record<HistLossName, string>> = {
  HalfSquaredError: "IdentityLink",
  AbsoluteError: "IdentityLink",
  PinballLoss: "IdentityLink",
  HalfPoissonLoss: "LogLink",
  HalfGammaLoss: "LogLink",
  HalfBinomialLoss: "LogitLink",
  HalfMultinomialLoss: "MultinomialLogit",
};

type Bounds = readonly [low: unknown, high: unknown, lowIncluded: boolean, highIncluded: boolean];
const FREE: Bounds = [float(Number.NEGATIVE_INFINITY), float(Number.POSITIVE_INFINITY), false, false];
const POSITIVE: Bounds = [0, float(Number.POSITIVE_INFINITY), false, false];
const FROM_ZERO: Bounds = [0, float(Number.POSITIVE_INFINITY), true, false];
const SHARE: Bounds = [0, 1, false, false];
/** What targets and answers may be. */
const INTERVALS: Readonly<Record<HistLossName, readonly [targets: Bounds, answers: Bounds]>> = {
  HalfSquaredError: [FREE, FREE],
  AbsoluteError: [FREE, FREE],
  PinballLoss: [FREE, FREE],
  HalfPoissonLoss: [FROM_ZERO, POSITIVE],
  HalfGammaLoss: [POSITIVE, POSITIVE],
  HalfBinomialLoss: [[0, 1, true, true], SHARE],
  HalfMultinomialLoss: [FROM_ZERO, SHARE],
};

function interval([low, high, low_inclusive, high_inclusive]: Bounds): Instance {
  return objectOf("sklearn._loss.link", "Interval", { low, high, low_inclusive, high_inclusive });
}

/** `sklearn._loss.loss.*` */
export function histLossInstance(loss: HistLoss, quantile: number): Instance {
  const { name } = loss;
  const [targets, answers] = INTERVALS[name];
  const args = name === "PinballLoss" ? [float(quantile)] : [];
  const classes = name === "HalfBinomialLoss" ? 2 : name === "HalfMultinomialLoss" ? loss.outputs : null;
  return objectOf("sklearn._loss.loss", name, {
    closs: new Instance(new Global("sklearn._loss._loss", `Cy${name}`), args, "reduce"),
    link: objectOf("sklearn._loss.link", LINKS[name]),
    n_classes: classes,
    xp: null,
    device: null,
    approx_hessian: loss.leaf !== undefined,
    constant_hessian: loss.constantHessian,
    interval_y_true: interval(targets),
    interval_y_pred: interval(answers),
    ...(name === "HalfMultinomialLoss" ? { class_indexing_offsets: null, y_true_int: null, y_true_one_hot: null } : {}),
  });
}

/** `_BinMapper` */
export function mapperInstance(
  mapper: BinMapper,
  isCategorical: readonly boolean[] | undefined,
  seed: number,
): Instance {
  const { thresholds, bins, missing } = mapper;
  const flags = Uint8Array.from(thresholds, (_, feature) => Number(isCategorical?.[feature] ?? false));
  const arrays = thresholds.map((each) => NdArray.of(each, [each.length], float64));
  return objectOf("sklearn.ensemble._hist_gradient_boosting.binning", "_BinMapper", {
    n_bins: missing + 1,
    subsample: SUBSAMPLE,
    is_categorical: isCategorical === undefined ? null : NdArray.bools(flags),
    known_categories: isCategorical === undefined ? null : arrays.map((each, at) => (flags[at] === 1 ? each : null)),
    random_state: seed,
    n_threads: 1,
    is_categorical_: NdArray.of(flags, [flags.length], uint8),
    missing_values_bin_idx_: missing,
    bin_thresholds_: arrays,
    n_bins_non_missing_: NdArray.of(Uint32Array.from(bins), [bins.length], uint32),
    _sklearn_version: "1.9.1",
  });
}

/** `numpy.random.Generator`, in the form that every numpy since 1.17 reads. */
export function generatorInstance(random: Pcg64): Instance {
  const made = new Instance(new Global("numpy.random._pickle", "__generator_ctor"), ["PCG64"], "reduce");
  const { state, increment, hasSpare, spare } = random.snapshot();
  made.states.push(
    new Dict<unknown>([
      ["bit_generator", "PCG64"],
      [
        "state",
        new Dict<unknown>([
          ["state", state],
          ["inc", increment],
        ]),
      ],
      ["has_uint32", Number(hasSpare)],
      ["uinteger", spare],
    ]),
  );
  return made;
}

/** `LabelEncoder` */
export function labelEncoder(classes: NdArray): Instance {
  const spec = { module: "sklearn.preprocessing._label", name: "LabelEncoder", parameters: {} };
  return instanceOf(spec, new Map(), [["classes_", classes]]);
}

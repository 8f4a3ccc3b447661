/** @module What scikit-learn 1.9.1 pickles of gradient boosting beside its trees: the loss, and the generator of random numbers. */

import { NdArray, parseDType } from "@curtido/arrays";
import type { RandomState } from "@curtido/kernels";
import { Dict, float, Global, Instance } from "@curtido/pickle";
import { objectOf } from "../hist_gradient_boosting/parts.ts";
import { type BoostingLoss, HuberLoss } from "./losses.ts";

const LINKS: Readonly<Record<string, string>> = {
  HalfBinomialLoss: "LogitLink",
  ExponentialLoss: "HalfLogitLink",
  HalfMultinomialLoss: "MultinomialLogit",
};

function interval(low: unknown, high: unknown, low_inclusive: boolean, high_inclusive: boolean): Instance {
  return objectOf("sklearn._loss.link", "Interval", { low, high, low_inclusive, high_inclusive });
}

const INFINITE = float(Number.POSITIVE_INFINITY);
const anywhere = () => interval(float(Number.NEGATIVE_INFINITY), INFINITE, false, false);

/** What targets may be: numbers, 0 and 1, or the numbers of classes. */
function targetsOf({ name }: BoostingLoss): Instance {
  if (name === "HalfMultinomialLoss") return interval(0, INFINITE, true, false);
  return name in LINKS ? interval(0, 1, true, true) : anywhere();
}

/** `sklearn._loss.loss.*`; `alpha` is its quantile, if it has one. */
export function boostingLossInstance(loss: BoostingLoss, alpha: number): Instance {
  const { name } = loss;
  const parameter = loss instanceof HuberLoss ? loss.delta : name === "PinballLoss" ? alpha : undefined;
  const isClasses = name in LINKS;
  return objectOf("sklearn._loss.loss", name, {
    ...(loss instanceof HuberLoss ? { quantile: float(alpha) } : {}),
    closs: new Instance(
      new Global("sklearn._loss._loss", `Cy${name}`),
      parameter === undefined ? [] : [float(parameter)],
      "reduce",
    ),
    link: objectOf("sklearn._loss.link", LINKS[name] ?? "IdentityLink"),
    n_classes: isClasses ? Math.max(loss.outputs, 2) : null,
    xp: null,
    device: null,
    approx_hessian: ["AbsoluteError", "PinballLoss", "HuberLoss"].includes(name),
    constant_hessian: false,
    interval_y_true: targetsOf(loss),
    interval_y_pred: isClasses ? interval(0, 1, false, false) : anywhere(),
    ...(name === "HalfMultinomialLoss" ? { class_indexing_offsets: null, y_true_int: null, y_true_one_hot: null } : {}),
  });
}

/** `numpy.random.RandomState`, in the form that every numpy since 1.17 reads. */
export function randomStateInstance(random: RandomState): Instance {
  const made = new Instance(new Global("numpy.random._pickle", "__randomstate_ctor"), ["MT19937"], "reduce");
  const { key, position } = random.state;
  made.states.push(
    new Dict<unknown>([
      ["bit_generator", "MT19937"],
      [
        "state",
        new Dict<unknown>([
          ["key", NdArray.of(key, [key.length], parseDType("<u4"))],
          ["pos", position],
        ]),
      ],
      ["has_gauss", 0],
      ["gauss", float(0)],
    ]),
  );
  return made;
}

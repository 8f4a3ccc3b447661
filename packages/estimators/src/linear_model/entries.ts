import { alike, type ClassEntry, type Entries, family, type Revive } from "../base/entry.ts";
import type { State } from "../base/state.ts";
import { Selector } from "../feature_selection/selectors.ts";
import { BayesianRegressor } from "./bayesian.ts";
import {
  FittedLogisticRegression,
  LinearClassifier,
  RidgeClassifier,
  SGDClassifier,
  SGDOneClassSVM,
} from "./classifiers.ts";
import { FlatLinearRegressor, GeneralizedLinearRegressor, LinearRegressor } from "./linear.ts";
import { RANSACRegressor } from "./ransac.ts";

const linear: Revive = (state) => new LinearRegressor(state);
const flat: Revive = (state) => new FlatLinearRegressor(state);
const classifier: Revive = (state) => new LinearClassifier(state);
const logistic: Revive = (state) => new FittedLogisticRegression(state);
const ridge: Revive = (state) => new RidgeClassifier(state);
const sgd: Revive = (state) => new SGDClassifier(state);
/** Features that many fits on parts of the rows chose, until 0.20. */
const stability: Revive = (state) => {
  const threshold = state.number("selection_threshold", 0.25);
  return new Selector(
    state,
    state.floats("scores_", [undefined]).map((score) => (score > threshold ? 1 : 0)),
  );
};
const logLink: Revive = (state) => new GeneralizedLinearRegressor(state, true);

/** TweedieRegressor: `link="auto"` is the identity for powers up to 0. */
function tweedie(state: State): GeneralizedLinearRegressor {
  const link = state.oneOf("link", ["auto", "identity", "log"], "auto");
  return new GeneralizedLinearRegressor(state, link === "auto" ? state.number("power") > 0 : link === "log");
}

const all = (names: string, revive: Revive, more?: Partial<ClassEntry>) =>
  alike("sklearn.linear_model", names, revive, more);

const SPARSE = { sparse: true } as const;
/** Their penalty is of both kinds. */
const BY_RATIO = { sparse: "ratio" } as const;

/** Linear models. */
export const linearModelEntries: Entries = family(
  all("LinearRegression Ridge RidgeCV HuberRegressor TheilSenRegressor QuantileRegressor", linear),
  all("Lars LarsCV OrthogonalMatchingPursuit OrthogonalMatchingPursuitCV", linear),
  all("Lasso LassoCV MultiTaskLasso MultiTaskLassoCV LassoLars LassoLarsCV LassoLarsIC", linear, SPARSE),
  all("ElasticNet ElasticNetCV MultiTaskElasticNet MultiTaskElasticNetCV", linear, BY_RATIO),
  all("SGDRegressor PassiveAggressiveRegressor", flat),
  all("PoissonRegressor GammaRegressor", logLink),
  all("LogisticRegression LogisticRegressionCV", logistic, BY_RATIO),
  all("RidgeClassifier RidgeClassifierCV", ridge),
  all("RandomizedLasso RandomizedLogisticRegression", stability),
  all("Perceptron PassiveAggressiveClassifier", classifier),
  [
    { name: "sklearn.linear_model.BayesianRidge", revive: (state) => new BayesianRegressor(state, false) },
    { name: "sklearn.linear_model.ARDRegression", revive: (state) => new BayesianRegressor(state, true) },
    { name: "sklearn.linear_model.RANSACRegressor", revive: (state) => new RANSACRegressor(state) },
    { name: "sklearn.linear_model.SGDClassifier", revive: sgd },
    { name: "sklearn.linear_model.SGDOneClassSVM", revive: (state) => new SGDOneClassSVM(state) },
    { name: "sklearn.linear_model.TweedieRegressor", revive: tweedie },
  ],
);

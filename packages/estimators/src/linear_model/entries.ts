import type { Entries, Entry } from "../base/entry.ts";
import type { State } from "../base/state.ts";
import { Selector } from "../feature_selection/selectors.ts";
import { BayesianRegressor } from "./bayesian.ts";
import { LinearClassifier, LogisticRegression, RidgeClassifier, SGDClassifier, SGDOneClassSVM } from "./classifiers.ts";
import { FlatLinearRegressor, GeneralizedLinearRegressor, LinearRegressor } from "./linear.ts";
import { RANSACRegressor } from "./ransac.ts";

const linear: Entry = (state) => new LinearRegressor(state);
const flat: Entry = (state) => new FlatLinearRegressor(state);
const classifier: Entry = (state) => new LinearClassifier(state);
const logistic: Entry = (state) => new LogisticRegression(state);
const ridge: Entry = (state) => new RidgeClassifier(state);
const sgd: Entry = (state) => new SGDClassifier(state);
/** Features that many fits on parts of the rows chose, until 0.20. */
const stability: Entry = (state) => {
  const threshold = state.number("selection_threshold", 0.25);
  return new Selector(
    state,
    state.floats("scores_", [undefined]).map((score) => (score > threshold ? 1 : 0)),
  );
};
const logLink: Entry = (state) => new GeneralizedLinearRegressor(state, true);

/** TweedieRegressor: `link="auto"` is the identity for powers up to 0. */
function tweedie(state: State): GeneralizedLinearRegressor {
  const link = state.oneOf("link", ["auto", "identity", "log"], "auto");
  return new GeneralizedLinearRegressor(state, link === "auto" ? state.number("power") > 0 : link === "log");
}

function all(names: string, entry: Entry): Entries {
  return Object.fromEntries(names.split(" ").map((name) => [`sklearn.linear_model.${name}`, entry]));
}

/** Linear models. */
export const linearModelEntries: Entries = {
  ...all("LinearRegression Ridge RidgeCV Lasso LassoCV ElasticNet ElasticNetCV", linear),
  ...all("MultiTaskLasso MultiTaskLassoCV MultiTaskElasticNet MultiTaskElasticNetCV", linear),
  ...all("HuberRegressor TheilSenRegressor QuantileRegressor", linear),
  ...all("Lars LarsCV LassoLars LassoLarsCV LassoLarsIC OrthogonalMatchingPursuit OrthogonalMatchingPursuitCV", linear),
  ...all("SGDRegressor PassiveAggressiveRegressor", flat),
  ...all("PoissonRegressor GammaRegressor", logLink),
  ...all("LogisticRegression LogisticRegressionCV", logistic),
  ...all("RidgeClassifier RidgeClassifierCV", ridge),
  ...all("RandomizedLasso RandomizedLogisticRegression", stability),
  ...all("Perceptron PassiveAggressiveClassifier", classifier),
  "sklearn.linear_model.BayesianRidge": (state) => new BayesianRegressor(state, false),
  "sklearn.linear_model.ARDRegression": (state) => new BayesianRegressor(state, true),
  "sklearn.linear_model.RANSACRegressor": (state) => new RANSACRegressor(state),
  "sklearn.linear_model.SGDClassifier": sgd,
  "sklearn.linear_model.SGDOneClassSVM": (state) => new SGDOneClassSVM(state),
  "sklearn.linear_model.TweedieRegressor": tweedie,
};

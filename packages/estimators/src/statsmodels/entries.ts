import { alike, type Entries, family } from "../base/entry.ts";
import { exp } from "../base/math.ts";
import type { State } from "../base/state.ts";
import { LINKS } from "./links.ts";
import { glm, identity, logit, meanOf, multinomial, probit } from "./models.ts";
import { paramsOf, RegressionResults, resultsOf } from "./results.ts";

/** A product for every coefficient; the data of training, which the file holds too, is not met by rows. */
const cost = (state: State) => ({ parts: [], perRow: 20 * paramsOf(resultsOf(state)).size });
const results = (state: State) => new RegressionResults(state);

const DISCRETE = "statsmodels.discrete.discrete_model";
const LINEAR = "statsmodels.regression.linear_model";

const WRAPPERS: Readonly<Record<string, string>> = {
  [LINEAR]: "RegressionResultsWrapper RegressionResults OLSResults",
  "statsmodels.regression.quantile_regression": "QuantRegResults",
  "statsmodels.robust.robust_linear_model": "RLMResultsWrapper RLMResults",
  "statsmodels.genmod.generalized_linear_model": "GLMResultsWrapper GLMResults",
  "statsmodels.genmod.generalized_estimating_equations": "GEEResultsWrapper GEEResults",
  [DISCRETE]: `
    BinaryResultsWrapper L1BinaryResultsWrapper LogitResults ProbitResults BinaryResults L1BinaryResults
    MultinomialResultsWrapper L1MultinomialResultsWrapper MultinomialResults L1MultinomialResults
    CountResultsWrapper L1CountResultsWrapper CountResults PoissonResultsWrapper L1PoissonResultsWrapper PoissonResults
    L1PoissonResults NegativeBinomialResultsWrapper L1NegativeBinomialResultsWrapper NegativeBinomialResults
    L1NegativeBinomialResults NegativeBinomialPResultsWrapper NegativeBinomialPResults
    GeneralizedPoissonResultsWrapper L1GeneralizedPoissonResultsWrapper GeneralizedPoissonResults`,
};

/** statsmodels: results of regressions, the models in them, and their links. */
export const statsmodelsEntries: Entries = family(
  ...Object.entries(WRAPPERS).map(([module, names]) => alike(module, names, results, { cost })),
  alike(LINEAR, "OLS WLS GLS GLSAR", meanOf(identity)),
  alike("statsmodels.regression.quantile_regression", "QuantReg", meanOf(identity)),
  alike("statsmodels.robust.robust_linear_model", "RLM", meanOf(identity)),
  alike("statsmodels.genmod.generalized_linear_model", "GLM", glm),
  alike("statsmodels.genmod.generalized_estimating_equations", "GEE", glm),
  alike(DISCRETE, "Logit", meanOf(logit)),
  alike(DISCRETE, "Probit", meanOf(probit)),
  alike(DISCRETE, "MNLogit", multinomial),
  alike(DISCRETE, "Poisson", meanOf(exp)),
  alike(DISCRETE, "NegativeBinomial NegativeBinomialP GeneralizedPoisson", meanOf(exp, true)),
  ...LINKS.map(([names, revive]) => alike("statsmodels.genmod.families.links", names, revive)),
);

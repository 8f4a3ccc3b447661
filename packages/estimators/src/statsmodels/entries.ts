import { alike, type ClassEntry, type Entries, family, type Revive } from "../base/entry.ts";
import { MOST_STEPS } from "../base/forecaster.ts";
import { exp } from "../base/math.ts";
import type { State } from "../base/state.ts";
import { LegacyArma } from "./arma.ts";
import { HoltWinters } from "./holt_winters.ts";
import { LINKS } from "./links.ts";
import { glm, identity, logit, meanOf, multinomial, probit } from "./models.ts";
import { paramsOf, RegressionResults, resultsOf } from "./results.ts";
import { arima, invariant, StateSpace, sarimax } from "./state_space.ts";
import { VectorAutoregression } from "./var.ts";

/** A product for every coefficient; the data of training, which the file holds too, is not met by rows. */
const cost = (state: State) => ({ parts: [], perRow: 20 * paramsOf(resultsOf(state)).size });
const results = (state: State) => new RegressionResults(state);

const DISCRETE = "statsmodels.discrete.discrete_model";
const LINEAR = "statsmodels.regression.linear_model";

/** A product for every number that is not 0, at each of the most steps. */
const stateSpaceCost = (state: State) => {
  const results = resultsOf(state);
  const states = results.child("filter_results").integer("k_states", undefined, 1, 1e5);
  const alone = results.child("model").integer("k_exog", 0) === 0;
  return { parts: [], perRow: (alone ? MOST_STEPS : 1) * states * 4, memory: 32 * states * states };
};
const varCost = (state: State) => ({ parts: [], perRow: MOST_STEPS * resultsOf(state).array("coefs").size });
const legacyCost = (state: State) => ({ parts: [], perRow: MOST_STEPS * (2 + resultsOf(state).array("params").size) });
const smoothingCost = () => ({ parts: [], perRow: 40 * MOST_STEPS });

/** Rows of classes in several modules; no spread stands in what follows, so that a bundler drops it. */
function byModule(modules: Readonly<Record<string, string>>, revive: Revive, more: Partial<ClassEntry>): Entries {
  return Object.entries(modules).flatMap(([module, names]) => alike(module, names, revive, more));
}

function linkRows(): Entries {
  return LINKS.flatMap(([names, revive]) => alike("statsmodels.genmod.families.links", names, revive));
}

const FORECASTERS: Entries = family(
  alike(
    "statsmodels.tsa.vector_ar.var_model",
    "VARResultsWrapper VARResults",
    (state) => new VectorAutoregression(state),
    {
      cost: varCost,
    },
  ),
  alike(
    "statsmodels.tsa.holtwinters.results",
    "HoltWintersResultsWrapper HoltWintersResults",
    (state) => new HoltWinters(state),
    {
      cost: smoothingCost,
    },
  ),
  alike(
    "statsmodels.tsa.arima_model",
    "ARMAResultsWrapper ARMAResults ARIMAResultsWrapper ARIMAResults",
    (state) => new LegacyArma(state),
    { cost: legacyCost },
  ),
  byModule(
    {
      "statsmodels.tsa.arima.model": "ARIMAResultsWrapper ARIMAResults",
      "statsmodels.tsa.statespace.sarimax": "SARIMAXResultsWrapper SARIMAXResults",
      "statsmodels.tsa.statespace.structural": "UnobservedComponentsResultsWrapper UnobservedComponentsResults",
      "statsmodels.tsa.statespace.varmax": "VARMAXResultsWrapper VARMAXResults",
      "statsmodels.tsa.statespace.dynamic_factor": "DynamicFactorResultsWrapper DynamicFactorResults",
    },
    (state) => new StateSpace(state),
    { cost: stateSpaceCost },
  ),
  alike("statsmodels.tsa.arima.model", "ARIMA", arima),
  alike("statsmodels.tsa.statespace.sarimax", "SARIMAX", sarimax),
  alike("statsmodels.tsa.statespace.structural", "UnobservedComponents", invariant),
  alike("statsmodels.tsa.statespace.varmax", "VARMAX", invariant),
  alike("statsmodels.tsa.statespace.dynamic_factor", "DynamicFactor", invariant),
);

const WRAPPERS: Readonly<Record<string, string>> = {
  "statsmodels.regression.linear_model": "RegressionResultsWrapper RegressionResults OLSResults",
  "statsmodels.regression.quantile_regression": "QuantRegResults",
  "statsmodels.robust.robust_linear_model": "RLMResultsWrapper RLMResults",
  "statsmodels.genmod.generalized_linear_model": "GLMResultsWrapper GLMResults",
  "statsmodels.genmod.generalized_estimating_equations": "GEEResultsWrapper GEEResults",
  "statsmodels.discrete.discrete_model": `
    BinaryResultsWrapper L1BinaryResultsWrapper LogitResults ProbitResults BinaryResults L1BinaryResults
    MultinomialResultsWrapper L1MultinomialResultsWrapper MultinomialResults L1MultinomialResults
    CountResultsWrapper L1CountResultsWrapper CountResults PoissonResultsWrapper L1PoissonResultsWrapper PoissonResults
    L1PoissonResults NegativeBinomialResultsWrapper L1NegativeBinomialResultsWrapper NegativeBinomialResults
    L1NegativeBinomialResults NegativeBinomialPResultsWrapper NegativeBinomialPResults
    GeneralizedPoissonResultsWrapper L1GeneralizedPoissonResultsWrapper GeneralizedPoissonResults`,
};

/** statsmodels: results of regressions and of time series, the models in them, and links. */
export const statsmodelsEntries: Entries = family(
  byModule(WRAPPERS, results, { cost }),
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
  FORECASTERS,
  linkRows(),
);

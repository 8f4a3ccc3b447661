import type { ClassEntry, Entries } from "../base/entry.ts";
import type { State } from "../base/state.ts";
import { AcceleratedFailureTime, CoxPH } from "./regression.ts";
import { EXPONENTIAL, type Lifetime, LOG_LOGISTIC, LOG_NORMAL, WEIBULL } from "./survival.ts";
import { LifetimeCurve, StepCurve } from "./univariate.ts";

/** A survival function has a number for every time; the data of training, which the file holds too, is not met by rows. */
const cost = () => ({ parts: [], perRow: 2000 });

const row = (module: string, name: string, revive: ClassEntry["revive"]): ClassEntry => ({
  name: `lifelines.fitters.${module}.${name}`,
  revive,
  cost,
});
const times = (module: string, name: string, lifetime: Lifetime) =>
  row(module, name, (state) => new AcceleratedFailureTime(state, lifetime));
const curve = (module: string, name: string, lifetime: Lifetime) =>
  row(module, name, (state) => new LifetimeCurve(state, lifetime));

/** The fit, which since 0.25 is an object of its own: of another baseline, another class. */
function cox(state: State): CoxPH {
  if (!state.given("_model")) return new CoxPH(state, state);
  state.part("_model");
  return new CoxPH(state, state.child("_model"));
}

/** lifelines: regressions, and curves over time. */
export const lifelinesEntries: Entries = [
  row("coxph_fitter", "CoxPHFitter", cox),
  row("coxph_fitter", "SemiParametricPHFitter", (state) => new CoxPH(state, state)),
  times("weibull_aft_fitter", "WeibullAFTFitter", WEIBULL),
  times("log_normal_aft_fitter", "LogNormalAFTFitter", LOG_NORMAL),
  times("log_logistic_aft_fitter", "LogLogisticAFTFitter", LOG_LOGISTIC),
  row("kaplan_meier_fitter", "KaplanMeierFitter", (state) => new StepCurve(state)),
  row("nelson_aalen_fitter", "NelsonAalenFitter", (state) => new StepCurve(state)),
  curve("weibull_fitter", "WeibullFitter", WEIBULL),
  curve("exponential_fitter", "ExponentialFitter", EXPONENTIAL),
  curve("log_normal_fitter", "LogNormalFitter", LOG_NORMAL),
  curve("log_logistic_fitter", "LogLogisticFitter", LOG_LOGISTIC),
];

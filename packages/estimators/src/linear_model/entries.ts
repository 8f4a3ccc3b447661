import type { Entries } from "../registry.ts";
import { LinearRegressor } from "./linear.ts";

const linear = (state: ConstructorParameters<typeof LinearRegressor>[0]) => new LinearRegressor(state);

/** Linear models. */
export const linearModelEntries: Entries = {
  "sklearn.linear_model.LinearRegression": linear,
  "sklearn.linear_model.Ridge": linear,
  "sklearn.linear_model.Lasso": linear,
  "sklearn.linear_model.ElasticNet": linear,
};

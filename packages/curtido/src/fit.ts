/**
 * Training: the same parameters, data and seed give the model that scikit-learn 1.9.1 gives, and its pickle.
 *
 * @module
 * @example
 * import { save } from "curtido";
 * import { RandomForestClassifier } from "curtido/fit";
 * await save(new RandomForestClassifier({ nEstimators: 100, randomState: 0 }).fit(X, y), "modelo.pkl");
 */
export * from "@curtido/estimators/fit";

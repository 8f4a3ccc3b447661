/** @module What figures are called. */

/** The names of figures for people. */
const TITLES: Readonly<Record<string, string>> = {
  r2: "R2",
  mean_absolute_error: "mean absolute error",
  root_mean_squared_error: "root mean squared error",
  accuracy: "accuracy",
  balanced_accuracy: "balanced accuracy",
  f1: "F1",
  roc_auc: "ROC AUC",
  log_loss: "log loss",
};

/** What a figure is called. */
export function titleOf(metric: string): string {
  return TITLES[metric] ?? metric;
}

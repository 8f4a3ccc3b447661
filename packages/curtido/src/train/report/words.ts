/** @module The report in words. */

import { dayText } from "@curtido/tables";
import type { FeatureColumn, Finding } from "../feature.ts";
import { titleOf } from "../titles.ts";
import type { Trained } from "../train.ts";
import { figure, plainParameters, type Written } from "./data.ts";

/** Features and labels beyond these are counted only. */
const MOST_FEATURES = 40;
const MOST_LABELS = 8;
const MOST_IMPORTANCES = 10;
const BAR = 20;

/** Lines for a terminal. */
export function reportWords(trained: Trained, written: Written): string {
  const blocks = [
    trained.headline.map((line) => `LOOK: ${line}`),
    dataLines(trained, written),
    comparedLines(trained),
    resultLines(trained),
    confusionLines(trained),
    importanceLines(trained),
    lastLines(trained, written),
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

function dataLines(trained: Trained, { data }: Written): string[] {
  const { rows, skipped, features, target, targetDone, goal, dropped, leftOut } = trained;
  const left = skipped > 0 ? `, ${skipped} without a target left out` : "";
  // What was found is said of every column.
  const plain = features.filter(({ done }) => done === undefined).slice(0, MOST_FEATURES);
  const shown = features.filter((feature) => feature.done !== undefined || plain.includes(feature));
  const more = features.length - shown.length;
  return [
    `${data}: ${rows} rows${left}`,
    `target: ${target}, ${goal.task} (${goal.why})${targetDone.map((done) => `; ${done}`).join("")}`,
    ...labelLines(goal.labels),
    `features: ${features.length}`,
    ...table([
      ...shown.map((feature) => [`  ${feature.name}`, typeOf(feature), described(feature), ...foundOf(feature)]),
      ...leftOut.map((column) => [`  ${column.name}`, "left out", "", ...foundOf(column)]),
    ]),
    ...(more > 0 ? [`  and ${more} more`] : []),
    ...(dropped.length > 0 ? [`dropped: ${dropped.join(", ")}`] : []),
  ];
}

/** What was done to a column, and how to say otherwise. */
function foundOf({ done, otherwise }: Partial<Finding>): string[] {
  return [done?.join("; ") ?? "", otherwise === undefined ? "" : `otherwise: ${otherwise}`];
}

/** What a column is called that is learned from. */
export function typeOf({ type, rule }: FeatureColumn): string {
  return rule?.date === undefined ? type : "date";
}

function labelLines(labels: Trained["goal"]["labels"]): string[] {
  if (labels === undefined) return [];
  const shown = labels.slice(0, MOST_LABELS).map(([label, count]) => `${String(label)} (${count})`);
  const more = labels.length - shown.length;
  return [`labels: ${shown.join(", ")}${more > 0 ? ` and ${more} more` : ""}`];
}

/** What a column holds. */
export function described({ type, categories, least, most, missing, asked, rule }: FeatureColumn): string {
  const shown = rule?.date === undefined ? figure : dayText;
  const what = type === "categorical" ? `${categories} categories` : `${shown(least!)} to ${shown(most!)}`;
  return `${what}${missing > 0 ? `, ${missing} missing` : ""}${asked ? ", as told" : ""}`;
}

function comparedLines({ compared, metric }: Trained): string[] {
  if (compared.length === 0) return [];
  const lines = compared.map(({ name, mean, deviation, seconds, failed }) =>
    failed === undefined
      ? [`  ${name}`, `${mean.toFixed(3)} ± ${deviation.toFixed(3)}`, `${seconds.toFixed(1)} s`]
      : [`  ${name}`, "failed:", failed],
  );
  return [`compared by cross-validation (${titleOf(metric)}, ${compared[0]!.scores.length} folds):`, ...table(lines)];
}

function resultLines(trained: Trained): string[] {
  const { estimator, why, training, test, baseline } = trained;
  const parameters = Object.entries(plainParameters(trained.given)).map(
    ([name, value]) => `${name}=${JSON.stringify(value)}`,
  );
  const measured = test ?? training;
  const lines = Object.entries(measured.metrics).map(([name, value]) => [
    `  ${titleOf(name)}`,
    figure(value),
    test === undefined ? "" : `(training ${figure(training.metrics[name] ?? Number.NaN)})`,
    baseline[name] === undefined ? "" : `without a model ${figure(baseline[name])}`,
  ]);
  const where =
    test === undefined ? `${training.rows} rows that it learned from` : `${test.rows} rows that it did not learn from`;
  return [
    `${estimator}${parameters.length > 0 ? `(${parameters.join(", ")})` : ""}: ${why}`,
    `on ${where}:`,
    ...table(lines),
    ...(trained.refitted ? [`then it learned from all ${trained.rows} rows`] : []),
  ];
}

function confusionLines({ test, training }: Trained): string[] {
  const { confusion, labels } = test ?? training;
  if (confusion === undefined || labels === undefined || labels.length > MOST_LABELS) return [];
  const head = ["  actual \\ predicted", ...labels.map(String)];
  return [
    "confusion:",
    ...table([head, ...confusion.map((row, at) => [`  ${String(labels[at])}`, ...row.map(String)])]),
  ];
}

function importanceLines({ importances }: Trained): string[] {
  if (importances.length === 0) return [];
  const shown = importances.slice(0, MOST_IMPORTANCES);
  const top = Math.max(...shown.map(({ mean }) => mean), 0);
  const lines = shown.map(({ name, mean }) => [
    `  ${name}`,
    "#".repeat(top === 0 ? 0 : Math.max(0, Math.round((mean / top) * BAR))).padEnd(BAR),
    figure(mean),
  ]);
  return ["what counts (loss when a column is mixed up):", ...table(lines)];
}

function lastLines({ notes }: Trained, written: Written): string[] {
  return [
    ...notes.map((note) => `note: ${note}`),
    `written: ${written.model}, ${written.bytes} bytes, for scikit-learn ${written.release}`,
    "",
    "serve it, and ask it:",
    `  ${written.serve}`,
    `  ${written.ask}`,
    `  ${JSON.stringify(written.answer)}`,
  ];
}

/** Cells below each other. */
export function table(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, at) => {
      widths[at] = Math.max(widths[at] ?? 0, cell.length);
    });
  }
  return rows.map((row) =>
    row
      .map((cell, at) => cell.padEnd(widths[at]!))
      .join("  ")
      .trimEnd(),
  );
}

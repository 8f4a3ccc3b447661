/** @module The figures of a model in words. */

import { figure } from "../train/report/data.ts";
import { table } from "../train/report/words.ts";
import { titleOf } from "../train/titles.ts";
import type { Score } from "./score.ts";

/** Matrices of more labels are not shown. */
const MOST_MATRIX = 8;

/** Lines for a terminal. */
export function scoreWords(score: Score, model: string, data: string): string {
  const blocks = [
    score.headline.map((line) => `LOOK: ${line}`),
    aboutLines(score, model, data),
    metricLines(score),
    labelLines(score),
    confusionLines(score),
    importanceLines(score),
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

function aboutLines({ rows, skipped, ignored, target, task }: Score, model: string, data: string): string[] {
  const left = skipped > 0 ? `, ${skipped} without a target left out` : "";
  return [
    `${model} on ${data}: ${rows} rows${left}`,
    `target: ${target}, ${task}`,
    ...(ignored.length > 0 ? [`columns that are no features: ${ignored.join(", ")}`] : []),
  ];
}

function metricLines({ metrics, baseline }: Score): string[] {
  return table(
    Object.entries(metrics).map(([name, value]) => [
      titleOf(name),
      figure(value),
      baseline[name] === undefined ? "" : `without a model ${figure(baseline[name])}`,
    ]),
  );
}

function labelLines({ perLabel }: Score): string[] {
  if (perLabel === undefined) return [];
  const rows = perLabel.map(({ label, rows, precision, recall, f1 }) => [
    String(label),
    String(rows),
    ...[precision, recall, f1].map(figure),
  ]);
  return table([["label", "rows", "precision", "recall", "F1"], ...rows]);
}

function confusionLines({ labels, confusion }: Score): string[] {
  if (labels === undefined || confusion === undefined || labels.length > MOST_MATRIX) return [];
  const head = ["actual \\ predicted", ...labels.map(String)];
  return table([head, ...confusion.map((row, at) => [String(labels[at]), ...row.map(String)])]);
}

function importanceLines({ importances }: Score): string[] {
  if (importances === undefined) return [];
  const rows = importances.map(({ name, mean, deviation }) => [`  ${name}`, `${figure(mean)} ± ${figure(deviation)}`]);
  return ["what counts (what is lost when a column is mixed up):", ...table(rows)];
}

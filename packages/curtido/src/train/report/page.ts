/** @module The report as one page that needs nothing beside itself. */

import type { Evaluation } from "../evaluate.ts";
import type { Finding } from "../feature.ts";
import { titleOf } from "../titles.ts";
import type { Trained } from "../train.ts";
import { figure, plainParameters, type Written } from "./data.ts";
import { STYLE } from "./style.ts";
import { around, curves, escaped, histogram, scatter } from "./svg.ts";
import { described, typeOf } from "./words.ts";

/** A page of HTML: figures, plots, tables. */
export function reportPage(trained: Trained, written: Written): string {
  const measured = trained.test ?? trained.training;
  const title = `${trained.estimator} for ${trained.target}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${escaped(title)}</h1>
<p class="quiet">${escaped(written.data)}, ${trained.rows} rows. Seed ${trained.seed}. ${trained.seconds.toFixed(1)} s.</p>
${trained.headline.map((line) => `<p class="look" role="note">${escaped(line)}</p>`).join("\n")}
${figures(trained, measured)}
${plots(trained, measured)}
${confusion(measured)}
${importances(trained)}
${compared(trained)}
${columns(trained)}
${ending(written)}
</main>
</body>
</html>
`;
}

function figures(trained: Trained, measured: Evaluation): string {
  const { test, training, baseline, goal } = trained;
  const tiles = Object.entries(measured.metrics).map(([name, value]) => {
    const beside = test === undefined ? "" : `training ${figure(training.metrics[name] ?? Number.NaN)}`;
    const without = baseline[name] === undefined ? "" : `without a model ${figure(baseline[name])}`;
    const small = [beside, without].filter((text) => text !== "").join(", ");
    return `<div class="tile"><span>${escaped(titleOf(name))}</span><strong>${figure(value)}</strong><small>${small}</small></div>`;
  });
  const parameters = Object.entries(plainParameters(trained.given)).map(
    ([name, value]) => `${name} = ${JSON.stringify(value)}`,
  );
  const where = test === undefined ? "rows that it learned from" : "rows that it did not learn from";
  return `<section><p>${escaped(trained.estimator)}: ${escaped(trained.why)}.
${parameters.length > 0 ? `<code>${escaped(parameters.join(", "))}</code>.` : ""}
The target is for ${goal.task}: ${escaped(goal.why)}.</p>
<h2>On ${measured.rows} ${where}</h2><div class="tiles">${tiles.join("")}</div>
${trained.refitted ? `<p>Then it learned from all ${trained.rows} rows.</p>` : ""}
${trained.notes.map((note) => `<p class="quiet">${escaped(note)}</p>`).join("")}</section>`;
}

function plots({ target }: Trained, { pairs, curves: roc }: Evaluation): string {
  const made: string[] = [];
  if (pairs !== undefined) {
    made.push(
      plot(
        "Predicted against actual",
        scatter(pairs, `actual ${target}`, "predicted", "Predicted against actual values"),
      ),
    );
    const residuals = pairs.map(([actual, predicted]) => [predicted, actual - predicted] as const);
    made.push(
      plot("Residuals", around(residuals, "predicted", "actual - predicted", "Residuals against predicted values")),
    );
    const errors = residuals.map(([, residual]) => residual);
    made.push(plot("How large residuals are", histogram(errors, "actual - predicted", "Histogram of the residuals")));
  }
  if (roc !== undefined) {
    const legend = roc.map(
      ({ label, area }, at) => `<li><span class="key c${at % 10}"></span>${escaped(label)}: ${figure(area)}</li>`,
    );
    const drawn = curves(roc, "false positives", "true positives", "ROC curves");
    made.push(plot("ROC", `${drawn}<ul class="legend">${legend.join("")}</ul>`));
  }
  return made.length === 0 ? "" : `<section class="plots">${made.join("")}</section>`;
}

function plot(title: string, body: string): string {
  return `<figure><figcaption>${escaped(title)}</figcaption>${body}</figure>`;
}

/** Matrices of more labels are not shown. */
const MOST_LABELS = 30;

function confusion({ confusion: matrix, labels }: Evaluation): string {
  if (matrix === undefined || labels === undefined || labels.length > MOST_LABELS) return "";
  const head = labels.map((label) => `<th scope="col">${escaped(label)}</th>`).join("");
  const rows = matrix.map((row, at) => {
    const total = row.reduce((sum, count) => sum + count, 0);
    const cells = row.map((count) => {
      const share = total === 0 ? 0 : count / total;
      return `<td class="number" style="--share:${(share * 100).toFixed(0)}%">${count}</td>`;
    });
    return `<tr><th scope="row">${escaped(labels[at])}</th>${cells.join("")}</tr>`;
  });
  return `<section><h2>Confusion</h2><p class="quiet">A row for each actual label, a column for each predicted one.</p>
<div class="scroll"><table class="confusion"><thead><tr><td></td>${head}</tr></thead><tbody>${rows.join("")}</tbody></table></div></section>`;
}

function importances({ importances: found, metric }: Trained): string {
  if (found.length === 0) return "";
  const top = found.reduce((most, { mean }) => Math.max(most, mean), Number.MIN_VALUE);
  const rows = found.map(
    ({ name, mean, deviation }) =>
      `<tr><th scope="row">${escaped(name)}</th><td class="wide"><div class="bar" style="width:${Math.max(0, (mean / top) * 100).toFixed(1)}%"></div></td><td class="number">${figure(mean)} ± ${figure(deviation)}</td></tr>`,
  );
  return `<section><h2>What counts</h2><p class="quiet">How much worse ${escaped(titleOf(metric))} becomes when the values of a column are mixed up.</p>
<table>${rows.join("")}</table></section>`;
}

function compared({ compared: all, estimator, metric }: Trained): string {
  if (all.length === 0) return "";
  const rows = all.map(({ name, mean, deviation, seconds, failed }) => {
    const result = failed === undefined ? `${mean.toFixed(3)} ± ${deviation.toFixed(3)}` : escaped(failed);
    const chosen = name === estimator ? "<strong>chosen</strong>" : "";
    return `<tr><th scope="row">${escaped(name)}</th><td class="number">${result}</td><td class="number">${seconds.toFixed(1)} s</td><td>${chosen}</td></tr>`;
  });
  return `<section><h2>Compared by cross-validation: ${escaped(titleOf(metric))}</h2><table>${rows.join("")}</table></section>`;
}

function columns({ features, dropped, leftOut, goal }: Trained): string {
  const row = (name: string, holds: readonly string[], { done = [], otherwise }: Partial<Finding>) => {
    const said = otherwise === undefined ? "" : `<code>${escaped(otherwise)}</code>`;
    const cells = [...holds, done.join("; ")].map((cell) => `<td>${escaped(cell)}</td>`).join("");
    return `<tr><th scope="row">${escaped(name)}</th>${cells}<td>${said}</td></tr>`;
  };
  const rows = [
    ...features.map((feature) => row(feature.name, [typeOf(feature), described(feature)], feature)),
    ...leftOut.map((column) => row(column.name, ["left out", ""], column)),
  ];
  const labels = goal.labels?.map(([label, count]) => `${String(label)} (${count})`).slice(0, MOST_LABELS);
  const head = ["column", "taken as", "holds", "what was done", "to say otherwise"]
    .map((each) => `<th scope="col">${each}</th>`)
    .join("");
  return `<section><h2>Columns</h2>${labels === undefined ? "" : `<p>Labels: ${escaped(labels.join(", "))}</p>`}
<div class="scroll"><table><thead><tr>${head}</tr></thead><tbody>${rows.join("")}</tbody></table></div>
${dropped.length > 0 ? `<p class="quiet">Dropped: ${escaped(dropped.join(", "))}</p>` : ""}</section>`;
}

function ending(written: Written): string {
  return `<section><h2>Serve it, and ask it</h2>
<pre>${escaped(written.serve)}\n${escaped(written.ask)}</pre>
<pre>${escaped(JSON.stringify(written.answer))}</pre>
<p class="quiet">${escaped(written.model)}, ${written.bytes} bytes; Python reads it with scikit-learn ${escaped(written.release)}.</p></section>`;
}

/** @module `curtido train`: from a table to a model that Python loads, and a report. */

import { basename } from "node:path";
import { releaseOf, WRITTEN_VERSION } from "@curtido/estimators/fit";
import { batchOfJson, checkName, nameOfFile, Served } from "@curtido/server";
import { type Notation, type Reading, tableOf } from "@curtido/tables";
import { formatOf } from "../convert/formats.ts";
import { chosenFormat, readValue, withPlace } from "../convert/open.ts";
import { replaceFile } from "../convert/save.ts";
import { type ReadingOptions, readingOf } from "../reading.ts";
import { bytesFor } from "../save.ts";
import { print, progressBar, say, UsageError } from "../terminal.ts";
import { AUTO, choiceOf, parametersOf } from "../train/estimators.ts";
import { reportData, type Written } from "../train/report/data.ts";
import { askLine, serveLine } from "../train/report/lines.ts";
import { reportPage } from "../train/report/page.ts";
import { reportWords } from "../train/report/words.ts";
import type { Task } from "../train/task.ts";
import { type Trained, train as trained } from "../train/train.ts";

/** The options of the command. */
export interface TrainCommandOptions extends ReadingOptions {
  readonly target: string;
  readonly output: string;
  readonly estimator: string;
  readonly task?: Task;
  readonly set?: readonly string[];
  readonly numeric?: readonly string[];
  readonly categorical?: readonly string[];
  readonly drop?: readonly string[];
  readonly seed: number;
  readonly testSize: number;
  readonly refit?: true;
  readonly dates?: "days" | "parts";
  readonly maxCategories?: number;
  readonly skipMissingTarget?: true;
  readonly scikitLearn?: string;
  readonly report?: readonly string[];
  readonly json?: true;
  readonly from?: string;
}

/** Trains a model, writes it, and says how good it is. Nothing is written when anything is wrong. */
export async function train(data: string, options: TrainCommandOptions): Promise<number> {
  checkOptions(options);
  const { format } = chosenFormat(data, options.from, "--from");
  const where = data === "-" ? "standard input" : data;
  let { decimal } = options;
  const spelled = ({ decimal: seen, thousands }: Notation) => {
    decimal ??= seen ?? (thousands === "." ? "," : undefined);
  };
  const value = await readValue(data, format, { ...readingFor(options), names: "refuse", spelled });
  const table = await withPlace(where, () => tableOf(value, "a table"));
  const bar = startedBar();
  const made = await withPlace(where, () => {
    const given = parametersOf(options.set ?? []);
    return trained(
      table,
      { ...options, decimal, given, nativeCategories: knowsCategories(options.scikitLearn) },
      bar.at,
    );
  }).finally(bar.end);
  const bytes = bytesFor(made.model, options.output, {
    ...(options.scikitLearn && { scikitLearn: options.scikitLearn }),
  });
  const written = await writtenOf(where, made, bytes, options);
  const pages = (options.report ?? []).map((path) => [path, reportAs(path, made, written)] as const);
  replaceFile(options.output, bytes);
  for (const [path, text] of pages) replaceFile(path, new TextEncoder().encode(text));
  await print(
    options.json === true ? `${JSON.stringify(reportData(made, written), null, 2)}\n` : reportWords(made, written),
  );
  for (const [path] of pages) say(`report: ${path}`);
  return 0;
}

/** How the table is read. What spells a missing value is looked for here, so that the model can keep it. */
function readingFor({ missing: _, ...options }: TrainCommandOptions): Reading {
  return { features: [options.target], ...readingOf(options) };
}

/** Whether a release's boosted trees can be read with categories that they encode themselves: from 1.4 on. */
function knowsCategories(scikitLearn: string | undefined): boolean {
  const [major, minor] = releaseOf(scikitLearn ?? WRITTEN_VERSION)
    .split(".")
    .map(Number) as [number, number];
  return major > 1 || minor >= 4;
}

/** What is wrong with the options is said before the data is read. */
function checkOptions({ output, estimator, report = [], scikitLearn, set }: TrainCommandOptions): void {
  const { format } = formatOf(output);
  if (format?.models !== true)
    throw new UsageError(
      `-o ${output}: a model's file ends with .pkl, .joblib (.gz behind it compresses it) or .skops`,
    );
  checkName(nameOfFile(basename(output)));
  if (estimator !== AUTO) choiceOf(estimator);
  else if (set !== undefined) throw new UsageError(`--set ${set[0]} needs --estimator with the name of one`);
  parametersOf(set ?? []);
  if (scikitLearn !== undefined) releaseOf(scikitLearn);
  const odd = report.find((path) => !REPORTS.some((ending) => path.toLowerCase().endsWith(ending)));
  if (odd !== undefined) throw new UsageError(`--report ${odd}: a report ends with ${REPORTS.join(", ")}`);
}

const REPORTS = [".html", ".json", ".txt"] as const;

function reportAs(path: string, made: Trained, written: Written): string {
  if (path.toLowerCase().endsWith(".html")) return reportPage(made, written);
  return path.toLowerCase().endsWith(".txt")
    ? reportWords(made, written)
    : `${JSON.stringify(reportData(made, written), null, 2)}\n`;
}

/** A bar whose total is known only once the work is planned. */
function startedBar() {
  let bar: ReturnType<typeof progressBar> | undefined;
  return {
    at(done: number, total: number) {
      bar ??= progressBar(total, 0);
      bar.at(done);
    },
    end: () => bar?.end(),
  };
}

async function writtenOf(
  where: string,
  made: Trained,
  bytes: Uint8Array,
  options: TrainCommandOptions,
): Promise<Written> {
  return {
    data: where,
    model: options.output,
    bytes: bytes.length,
    release: releaseOf(options.scikitLearn ?? WRITTEN_VERSION),
    serve: serveLine(options.output),
    ask: askLine(options.output, made.example),
    answer: await answerOf(made),
  };
}

/** What the service answers about the example. */
async function answerOf({ model, example }: Trained): Promise<unknown> {
  const served = new Served("model", model);
  return await served.answerInParts(batchOfJson(example, served.features), { include: [] }, () => undefined);
}

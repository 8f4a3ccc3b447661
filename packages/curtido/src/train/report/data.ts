/** @module What is said of a training: the one object that words, JSON and the page are made of. */

import type { Trained } from "../train.ts";

/** Where the model went. */
export interface Written {
  readonly data: string;
  readonly model: string;
  readonly bytes: number;
  /** The release of scikit-learn that reads it without a warning. */
  readonly release: string;
  /** How it is served, and asked. */
  readonly serve: string;
  readonly ask: string;
  /** What the model answers to that. */
  readonly answer: unknown;
}

/** The report as JSON has it. */
export function reportData(trained: Trained, written: Written) {
  const { goal, test, training, compared } = trained;
  return {
    data: {
      file: written.data,
      rows: trained.rows,
      skipped: trained.skipped,
      dropped: trained.dropped,
      leftOut: trained.leftOut,
    },
    target: {
      name: trained.target,
      task: goal.task,
      why: goal.why,
      ...(trained.targetDone.length > 0 && { done: trained.targetDone }),
      labels: labelsOf(trained),
    },
    features: trained.features,
    estimator: {
      name: trained.estimator,
      parameters: plainParameters(trained.given),
      why: trained.why,
      seed: trained.seed,
      refitted: trained.refitted,
    },
    headline: trained.headline,
    leaks: trained.leaks,
    metric: trained.metric,
    compared: compared.map(({ name, scores, mean, deviation, seconds, failed }) =>
      failed === undefined ? { name, mean, deviation, scores, seconds } : { name, failed },
    ),
    training: { rows: training.rows, metrics: training.metrics },
    test:
      test === undefined
        ? null
        : { rows: test.rows, metrics: test.metrics, labels: test.labels, confusion: test.confusion },
    baseline: trained.baseline,
    importances: trained.importances,
    notes: trained.notes,
    model: { file: written.model, bytes: written.bytes, scikitLearn: written.release },
    serve: written.serve,
    ask: written.ask,
    answer: written.answer,
    seconds: trained.seconds,
  };
}

function labelsOf({ goal }: Trained) {
  return goal.labels?.map(([label, count]) => ({ label, count }));
}

/** Parameters as plain values. */
export function plainParameters(given: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const plain = (value: unknown): unknown => {
    if (value instanceof Map) return Object.fromEntries([...value].map(([key, each]) => [String(key), plain(each)]));
    if (Array.isArray(value)) return value.map(plain);
    return typeof value === "object" && value !== null && "value" in value ? value.value : value;
  };
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, plain(value)]));
}

/** A number with four significant digits. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const short = Number(value.toPrecision(4));
  return Math.abs(short) >= 1e15 ? short.toExponential() : String(short);
}

/** @module A model in service: rows in, an answer out. Knows no HTTP. */

import type { NdArray } from "@curtido/arrays";
import {
  type Estimator,
  estimatorError,
  type FeatureProblem,
  type Method,
  type Rows,
  type Signature,
} from "@curtido/estimators";
import { isCurtidoError } from "@curtido/pickle";
import { type Answer, INCLUDES, type Include } from "../answer.ts";
import { type Batch, problemsError, type RowProblem } from "./batch.ts";
import { neighborsOf, perRow, plain, probabilities, transformed } from "./results.ts";
import { RowReader, type Unexpected } from "./rows.ts";

/** What a request may ask for beside the prediction. */
export interface AnswerOptions {
  readonly include?: readonly Include[];
  /** What becomes of features that the model does not have; refused unless `ignore`. */
  readonly unexpected?: Unexpected;
}

const METHOD_OF: Readonly<Record<Include, Method>> = {
  probabilities: "predictProba",
  decision: "decisionFunction",
  neighbors: "kneighbors",
  leaves: "apply",
};

/**
 * A model in service, prepared once.
 *
 * @throws CurtidoError E_NO_METHOD when the model has neither `predict` nor `transform`
 * @example
 * new Served("modelo", model).answer({ rows: [{ feature1: 1 }], single: true }); // { predict: 2.83 }
 */
export class Served {
  readonly name: string;
  readonly estimator: Estimator;
  readonly signature: Signature;
  /** What it answers: `predict`, or `transform` when it cannot predict. */
  readonly method: "predict" | "transform";
  /** What `include` can ask of it. */
  readonly includes: readonly Include[];
  private readonly reader: RowReader;
  /** Whether the model says nothing of its features: rows go through as they are. */
  private readonly open: boolean;

  constructor(name: string, estimator: Estimator) {
    this.name = name;
    this.estimator = estimator;
    this.method = answering(estimator);
    this.signature = estimator.signature;
    this.includes = INCLUDES.filter((include) => estimator.offers(METHOD_OF[include]));
    this.reader = new RowReader(this.signature);
    this.open = this.signature.features.length === 0;
  }

  /** How many features a row has, when the model says so. */
  get features(): number | undefined {
    return this.open ? undefined : this.signature.features.length;
  }

  /**
   * Checks every row, then answers them all.
   *
   * @throws CurtidoError E_FEATURES with what is wrong, and where; E_NO_METHOD for an `include` that the model has not
   */
  answer(batch: Batch, options: AnswerOptions = {}): Answer {
    const include = options.include ?? [];
    for (const name of include) this.require(name);
    if (batch.rows.length === 0 && batch.columns === undefined) return empty(this.method, include);
    const X = this.open ? (batch.rows as Rows) : this.reader.read(batch, options.unexpected);
    if (batch.rows.length === 0) return empty(this.method, include);
    try {
      if (batch.single && include.length === 0 && this.method === "predict")
        return { predict: onlyRow(this.estimator.predict(X)) };
      return this.collect(X, include, batch.single);
    } catch (error) {
      throw this.placed(error, batch);
    }
  }

  private collect(X: Rows, include: readonly Include[], single: boolean): Answer {
    const answer: Answer = {};
    const put = (key: string, values: unknown[]) => {
      answer[key] = single ? values[0] : values;
    };
    if (this.method === "predict") put("predict", perRow(this.estimator.predict(X)));
    else put("transform", transformed(this.estimator.transform(X)));
    for (const name of include) put(name, this.included(name, X));
    return answer;
  }

  private included(name: Include, X: Rows): unknown[] {
    const { estimator } = this;
    if (name === "probabilities") return probabilities(estimator.predictProba(X), this.signature.classes ?? []);
    if (name === "decision") return perRow(estimator.decisionFunction(X));
    if (name === "neighbors") return neighborsOf(estimator.kneighbors(X));
    return perRow(estimator.apply(X));
  }

  private require(name: Include): void {
    if (this.includes.includes(name)) return;
    const has = this.includes.length === 0 ? "" : `; it has ${this.includes.join(", ")}`;
    const message = `${this.estimator.className} has no ${name} to include${has}`;
    throw estimatorError("E_NO_METHOD", message, { method: METHOD_OF[name], include: name });
  }

  /** What the estimator itself found wrong with the rows, with its place in the body. */
  private placed(error: unknown, batch: Batch): unknown {
    if (!isCurtidoError(error, "E_FEATURES")) return error;
    const problems = (error.fields["problems"] ?? []) as readonly FeatureProblem[];
    return problemsError(
      problems.map(({ row, ...problem }): RowProblem => {
        const path = this.path({ ...problem, ...(row === undefined ? {} : { row }) }, batch);
        return row === undefined || batch.single ? { ...problem, path } : { ...problem, row, path };
      }),
    );
  }

  private path({ row, feature }: FeatureProblem, batch: Batch): (string | number)[] {
    const path: (string | number)[] = batch.single || row === undefined ? [] : [row];
    if (feature === undefined || batch.bare === true) return path;
    const positional = Array.isArray(batch.rows[row ?? 0]) && batch.columns === undefined;
    const column = this.reader.names.indexOf(feature);
    return [...path, positional && column >= 0 ? column : feature];
  }
}

function answering(estimator: Estimator): "predict" | "transform" {
  if (estimator.offers("predict")) return "predict";
  if (estimator.offers("transform")) return "transform";
  const has = estimator.methods.length === 0 ? "no method for new rows" : `only ${estimator.methods.join(", ")}`;
  const message = `a ${estimator.className} cannot be served: it has neither predict nor transform, ${has}`;
  throw estimatorError("E_NO_METHOD", message, { method: "predict", methods: estimator.methods });
}

function onlyRow(result: NdArray): unknown {
  return result.size === 1 ? plain(result.item(0)) : perRow(result)[0];
}

function empty(method: string, include: readonly Include[]): Answer {
  return Object.fromEntries([method, ...include].map((key) => [key, []]));
}

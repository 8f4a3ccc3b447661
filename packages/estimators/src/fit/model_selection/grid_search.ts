/** @module GridSearchCV: the best of all combinations of parameters, by cross-validation. */

import { NdArray } from "@curtido/arrays";
import { Dict, float, Global, Instance } from "@curtido/pickle";
import { estimatorError } from "../../base/errors.ts";
import type { Rows } from "../../base/input.ts";
import { lengthOf, type Target, tableOfRows } from "../base/data.ts";
import { anything, flag, int, none, parameter, parameterPath, word } from "../base/parameters.ts";
import {
  type Attributes,
  type Fitted,
  fitted,
  type Given,
  instanceOf,
  Trainer,
  type TrainerSpec,
} from "../base/trainer.ts";
import { crossValScore } from "./cross_val.ts";
import { scoreOf, scorerInstance } from "./scoring.ts";
import { KFold, type Split, StratifiedKFold } from "./split.ts";

/** Values to try, by parameter; `step__parameter` reaches into a pipeline. */
export type ParameterGrid = Readonly<Record<string, readonly unknown[]>>;

/** GridSearchCV. */
export const GRID_SEARCH: TrainerSpec = {
  module: "sklearn.model_selection._search",
  name: "GridSearchCV",
  task: "composition",
  parameters: {
    scoring: parameter(null, none, { kind: "any" }),
    estimator: parameter(null, anything),
    nJobs: parameter(null, none, int(-1)),
    refit: parameter(true, word(), flag),
    cv: parameter(null, none, int(2), anything),
    verbose: parameter(0, int(0)),
    preDispatch: parameter("2*n_jobs"),
    errorScore: parameter(float(Number.NaN), { kind: "nan" }),
    returnTrainScore: parameter(false, word()),
    paramGrid: parameter(null, anything),
  },
};

/** The most combinations that are tried. */
const MOST_COMBINATIONS = 100_000;
const FOLDS = 5;

/** What is tried: parameters, and their score on each fold. */
export interface Tried {
  readonly parameters: Given;
  readonly scores: readonly number[];
  readonly mean: number;
  readonly deviation: number;
  readonly rank: number;
}

/** A fitted search: predicts with the best estimator. */
export type FittedSearch = Fitted & {
  readonly tried: readonly Tried[];
  readonly bestParameters: Given;
  readonly bestScore: number;
};

/**
 * Tries every combination of parameters, and fits the best one on all rows.
 *
 * @example
 * const search = new GridSearchCV({ estimator: new Ridge(), paramGrid: { alpha: [0.1, 1, 10] } }).fit(X, y);
 * search.bestParameters; // { alpha: 1 }
 */
export class GridSearchCV extends Trainer {
  constructor(
    given: Given & { readonly estimator: Trainer; readonly paramGrid: ParameterGrid | readonly ParameterGrid[] },
  ) {
    super(GRID_SEARCH, given);
    if (!(given.estimator instanceof Trainer)) this.unsupported("estimator", "is an estimator that can be fitted");
    const { scoring } = given;
    if (typeof scoring === "string") scoreOf(scoring);
    else if (scoring !== undefined && scoring !== null) this.unsupported("scoring", "is a name, such as 'accuracy'");
    if (this.parameters.get("refit") !== true) this.unsupported("refit", "is true: the best one is fitted on all rows");
    const cv = given["cv"];
    const folds = cv instanceof KFold || cv instanceof StratifiedKFold;
    if (cv !== undefined && cv !== null && typeof cv !== "number" && !folds)
      this.unsupported("cv", "is a number of folds, a KFold or a StratifiedKFold");
  }

  private get estimator(): Trainer {
    return this.parameters.get("estimator") as Trainer;
  }

  /** Cross-validates every combination; of equally good ones the first is taken. */
  fit(X: Rows, y?: Target): FittedSearch {
    const table = tableOfRows(X);
    if (y === undefined) throw estimatorError("E_FEATURES", "GridSearchCV learns from targets too: fit(X, y)");
    const combinations = combinationsOf(this.parameters.get("paramGrid") as ParameterGrid | readonly ParameterGrid[]);
    const folds = this.folds();
    const splits = folds instanceof KFold ? folds.split(lengthOf(y)) : folds.split(y);
    const scoring = this.parameters.get("scoring") as string | null;
    const scored = combinations.map((parameters) =>
      statistics(parameters, crossValScore(this.estimator.with(parameters), table, y, splits, scoring)),
    );
    const tried = scored.map((each) => ({ ...each, rank: 1 + scored.filter(({ mean }) => mean > each.mean).length }));
    const at = tried.findIndex(({ rank }) => rank === 1);
    const best = tried[at]!;
    const start = performance.now();
    const model = this.estimator.with(best.parameters).fit(table, y);
    const seconds = (performance.now() - start) / 1000;
    const attributes: Attributes = [
      ...this.features(table),
      ["_checked_cv_orig", foldsInstance(folds)],
      ["n_splits_", splits.length],
      ["multimetric_", false],
      ["best_index_", at],
      ["best_score_", float(best.mean)],
      ["best_params_", pythonParameters(best.parameters)],
      ["best_estimator_", model.instance],
      ["refit_time_", float(seconds)],
      ["scorer_", scorerInstance(scoring, this.estimator.unfitted())],
      ["cv_results_", resultsOf(tried, splits)],
    ];
    const found = { tried, bestParameters: best.parameters, bestScore: best.mean };
    return Object.assign(fitted(this.pickledWith(attributes)), found);
  }

  override get learnsLabels(): boolean {
    return this.estimator.learnsLabels;
  }

  override unfitted(): Instance {
    return this.pickledWith([]);
  }

  /** Labels are kept in proportion, unless folds were given; a classifier is what has classes once it is fitted. */
  private folds(): KFold | StratifiedKFold {
    const cv = this.parameters.get("cv");
    if (cv instanceof KFold || cv instanceof StratifiedKFold) return cv;
    const nSplits = (cv as number | null) ?? FOLDS;
    return this.estimator.learnsLabels ? new StratifiedKFold({ nSplits }) : new KFold({ nSplits });
  }

  private pickledWith(attributes: Attributes): Instance {
    const cv = this.parameters.get("cv");
    const grid = this.parameters.get("paramGrid") as ParameterGrid | readonly ParameterGrid[];
    const parameters = new Map(this.parameters)
      .set("paramGrid", Array.isArray(grid) ? grid.map(pythonGrid) : pythonGrid(grid as ParameterGrid))
      .set("cv", cv instanceof KFold || cv instanceof StratifiedKFold ? foldsInstance(cv) : cv);
    return instanceOf(GRID_SEARCH, parameters, attributes);
  }
}

function pythonGrid(grid: ParameterGrid): Dict<unknown> {
  return new Dict(Object.entries(grid).map(([name, values]) => [parameterPath(name), [...values]]));
}

function pythonParameters(parameters: Given): Dict<unknown> {
  return new Dict(Object.entries(parameters).map(([name, value]) => [parameterPath(name), value]));
}

/** All combinations of a grid: names in order, the last one's values first (`sklearn.model_selection.ParameterGrid`). */
function combinationsOf(grids: ParameterGrid | readonly ParameterGrid[]): Given[] {
  const list = (Array.isArray(grids) ? grids : [grids]) as readonly ParameterGrid[];
  const all = list.flatMap((grid) => {
    const names = Object.keys(grid).sort((one, other) => (parameterPath(one) < parameterPath(other) ? -1 : 1));
    if (names.some((name) => !Array.isArray(grid[name]) || grid[name].length === 0))
      throw refusedGrid("has a parameter without values to try");
    const count = names.reduce((product, name) => product * grid[name]!.length, 1);
    if (count > MOST_COMBINATIONS) throw refusedGrid(`has ${count} combinations`);
    return Array.from({ length: count }, (_, at) => {
      let rest = at;
      const chosen = [...names].reverse().map((name) => {
        const values = grid[name]!;
        const value = values[rest % values.length];
        rest = Math.floor(rest / values.length);
        return [name, value] as const;
      });
      return Object.fromEntries(chosen.reverse());
    });
  });
  if (all.length === 0) throw refusedGrid("is empty");
  return all;
}

function refusedGrid(why: string) {
  return estimatorError("E_UNSUPPORTED", `GridSearchCV: 'paramGrid' ${why}`, { path: "paramGrid" });
}

function statistics(parameters: Given, scores: readonly number[]): Omit<Tried, "rank"> {
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  const variance = scores.reduce((sum, score) => sum + (score - mean) ** 2, 0) / scores.length;
  return { parameters, scores, mean, deviation: Math.sqrt(variance) };
}

function foldsInstance(folds: KFold | StratifiedKFold): Instance {
  const name = folds instanceof KFold ? "KFold" : "StratifiedKFold";
  const made = new Instance(new Global("sklearn.model_selection._split", name), [], "newobj");
  const { nSplits, shuffle, seed } = folds;
  made.states.push(
    new Dict<unknown>([
      ["n_splits", nSplits],
      ["shuffle", shuffle],
      ["random_state", seed ?? null],
    ]),
  );
  return made;
}

function resultsOf(tried: readonly Tried[], splits: readonly Split[]): Dict<unknown> {
  const numbers = (get: (each: Tried) => number) => NdArray.of(Float64Array.from(tried, get));
  const names = [...new Set(tried.flatMap(({ parameters }) => Object.keys(parameters)))];
  const plain = (value: unknown) => (value instanceof Trainer ? value.unfitted() : value);
  const columns = names.map((name) => {
    const values = tried.map(({ parameters }) => plain(parameters[name] ?? null));
    return [`param_${parameterPath(name)}`, NdArray.objects(values, [values.length])] as const;
  });
  return new Dict<unknown>([
    ...columns,
    ["params", tried.map(({ parameters }) => pythonParameters(parameters))],
    ...splits.map((_, fold) => [`split${fold}_test_score`, numbers(({ scores }) => scores[fold]!)] as const),
    ["mean_test_score", numbers(({ mean }) => mean)],
    ["std_test_score", numbers(({ deviation }) => deviation)],
    ["rank_test_score", NdArray.of(Int32Array.from(tried, ({ rank }) => rank))],
  ]);
}

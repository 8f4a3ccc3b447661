/** @module What every estimator must do with rows, whatever it computes: the suite that all of them pass. */

import { Csr, DataFrame, dtypeName, float32, isNumeric, NdArray } from "@curtido/arrays";
import { isCurtidoError } from "@curtido/pickle";
import type { Estimator } from "../base/estimator.ts";
import type { Rows } from "../base/input.ts";
import type { DecisionPath, Method } from "../base/methods.ts";
import { numberTable, rowsOf, sizeOfRows, takeRows } from "./rows.ts";

/** What a class does otherwise than others, with a reason. */
export interface Exceptions {
  /** Methods that look at all rows together, so that one row alone is answered otherwise. */
  readonly together?: readonly Method[];
  /** Whether the numbers of float32 rows differ in Python too. */
  readonly single?: boolean;
  /** Whether `predict_proba` gives other numbers than one probability per class. */
  readonly scores?: boolean;
  /** Whether the dtype of a column follows from all rows, as pandas has it: one that is missing makes floats of integers. */
  readonly dtypes?: boolean;
  /** Whether it asks for the columns that it uses alone, so that others may be missing. */
  readonly unused?: boolean;
}

/** Methods that take rows and answer row by row. */
const BY_ROW = [
  "predict",
  "predictProba",
  "predictLogProba",
  "decisionFunction",
  "transform",
  "scoreSamples",
  "mahalanobis",
  "apply",
  "predictStd",
  "decisionPath",
] as const satisfies readonly Method[];

type Raw = NdArray | NdArray[] | Csr | DataFrame | DecisionPath;
/** What is said of one output: the rows, and what numpy would say of the array that they are in. */
interface Part {
  readonly rows: readonly unknown[];
  /** The shape of one row. */
  readonly width: readonly number[];
  readonly dtype: string;
}
/** One part per output. */
type Answer = readonly Part[];
type Ask = (rows: Rows) => Answer;

/** Relative difference that float32 rows may make, of values that float32 holds exactly. */
const SINGLE = 1e-3;

/**
 * Everything that a model does wrong with these rows: their order and number, their dtype, names of features, missing and
 * infinite values, shapes of answers.
 *
 * @example
 * checkEstimator(revive(readFileSync("modelo.pkl")), [[1, 2], [3, 4]]); // []
 */
export function checkEstimator(model: Estimator, rows: Rows, exceptions: Exceptions = {}): string[] {
  const problems: string[] = [];
  for (const method of BY_ROW) {
    if (!model.offers(method)) continue;
    const ask: Ask = (given) => {
      const answer = answerOf((model[method] as (rows: Rows) => Raw).call(model, given), method);
      return exceptions.dtypes === true ? answer.map((part) => ({ ...part, dtype: "" })) : answer;
    };
    const report = (problem: string | undefined) => {
      if (problem !== undefined) problems.push(`${method}: ${problem}`);
    };
    let all: Answer;
    try {
      const before = JSON.stringify(rowsOf(rows));
      all = ask(rows);
      if (JSON.stringify(rowsOf(rows)) !== before) report("changes the rows that it is given");
    } catch (error) {
      report(`refuses the rows: ${(error as Error).message}`);
      continue;
    }
    report(wrongShape(model, method, all, sizeOfRows(rows)));
    if (method === "predictProba" && exceptions.scores !== true) report(wrongProbabilities(model, all));
    if (exceptions.together?.includes(method) !== true) report(differsAlone(ask, rows, all));
    if (exceptions.single !== true) report(differsAsSingle(ask, rows));
    report(differsByOrder(model, ask, rows, all, exceptions.unused === true));
    // What is missing is about the answer that a model is for.
    if (method !== "transform" || !model.offers("predict")) report(missingPolicy(model, ask, rows));
    report(otherRows(model, ask, rows));
  }
  return problems;
}

function wrongShape(model: Estimator, method: Method, answer: Answer, count: number): string | undefined {
  if (answer.length === 0) return "no answer at all";
  for (const { rows, width } of answer) {
    if (rows.length !== count) return `${rows.length} answers for ${count} rows`;
    const outputs = model.outputs();
    const single =
      model.signature.horizon !== undefined || width.length === 0 || (width.length === 1 && width[0] === outputs);
    if (method === "predict" && !single) return `answers of the shape (${width.join(", ")}) for ${outputs} outputs`;
    if (method !== "transform" && width.includes(0)) return "answers without a number";
  }
  return undefined;
}

function wrongProbabilities(model: Estimator, answer: Answer): string | undefined {
  for (const [output, { rows }] of answer.entries()) {
    const labels = Array.isArray(model.classes_) ? model.classes_[output] : model.classes_;
    for (const row of rows as readonly (readonly number[])[]) {
      if (row.some((value) => value < -1e-12 || value > 1 + 1e-12)) return "a probability is outside 0 and 1";
      if (labels !== undefined && row.length !== (labels as NdArray).size)
        return `${row.length} probabilities for ${(labels as NdArray).size} classes`;
    }
  }
  return undefined;
}

function answerOf(answer: Raw, method: Method): Answer {
  if (Array.isArray(answer)) return answer.flatMap((part) => answerOf(part, method));
  if (answer instanceof Csr) return [partOf(answer.toDense(), dtypeName(answer.dtype))];
  if (answer instanceof DataFrame) {
    const dtypes = answer.series.map(({ name, dtype }) => `${String(name)} ${dtype}`).join(", ");
    return [{ rows: answer.tolist(), width: [answer.series.length], dtype: dtypes }];
  }
  if (!(answer instanceof NdArray)) return answerOf(answer.indicator, method);
  // A vote's probabilities come by estimator when they are not flattened.
  if (answer.ndim === 3 && method === "transform")
    return (answer.tolist() as unknown[][]).map((rows) => ({
      rows,
      width: [answer.shape[2]!],
      dtype: dtypeName(answer.dtype),
    }));
  return [partOf(answer, dtypeName(answer.dtype))];
}

function partOf(answer: NdArray, dtype: string): Part {
  return { rows: answer.tolist() as unknown[], width: answer.shape.slice(1), dtype };
}

/** Whether values are equal, or as near as `relative` of the largest of `scale`; lists must be as long as each other. */
export function isNear(a: unknown, b: unknown, relative: number, scale: number): boolean {
  if (Array.isArray(a))
    return Array.isArray(b) && a.length === b.length && a.every((item, at) => isNear(item, b[at], relative, scale));
  if (Object.is(a, b) || a === b) return true;
  if (typeof a !== "number" || typeof b !== "number") return JSON.stringify(a) === JSON.stringify(b);
  return Math.abs(a - b) <= relative * Math.max(Math.abs(a), Math.abs(b), scale);
}

/** What is other than it was, of answers to as many rows or of one of them; `row` is which of `all` was asked alone. */
function differs(found: Answer, all: Answer, row?: number): string | undefined {
  if (found.length !== all.length) return `${found.length} outputs instead of ${all.length}`;
  for (const [output, part] of all.entries()) {
    const other = found[output]!;
    if (other.dtype !== part.dtype) return `${other.dtype} instead of ${part.dtype}`;
    if (other.width.join() !== part.width.join())
      return `rows of (${other.width.join(", ")}) instead of (${part.width.join(", ")})`;
    const wanted = row === undefined ? part.rows : [part.rows[row]];
    if (!isNear(other.rows, wanted, 0, 0)) return `${show(other.rows)} instead of ${show(wanted)}`;
  }
  return undefined;
}

function differsAlone(ask: Ask, rows: Rows, all: Answer): string | undefined {
  const count = sizeOfRows(rows);
  for (let row = 0; row < count; row++) {
    const problem = differs(ask(takeRows(rows, [row])), all, row);
    if (problem !== undefined) return `row ${row} alone gives ${problem}`;
  }
  const turned = ask(takeRows(rows, [...Array(count).keys()].reverse()));
  const back = turned.map((part) => ({ ...part, rows: [...part.rows].reverse() }));
  const problem = differs(back, all);
  return problem === undefined ? undefined : `the order of the rows changes their answers: ${problem}`;
}

function differsAsSingle(ask: Ask, rows: Rows): string | undefined {
  if (!(rows instanceof NdArray && isNumeric(rows.dtype) && rows.dtype.kind === "f")) return undefined;
  const single = Float32Array.from(rows.toFloat64());
  const double = ask(NdArray.of(Float64Array.from(single), rows.shape)).map((part) => part.rows);
  const found = ask(NdArray.of(single, rows.shape, float32)).map((part) => part.rows);
  const numbers = double.flat(3).filter((value): value is number => Number.isFinite(value));
  const scale = numbers.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return isNear(found, double, SINGLE, scale)
    ? undefined
    : `float32 rows give ${show(found)}, float64 rows ${show(double)}`;
}

/** Columns by name, in another order; and one that is missing. */
function differsByOrder(model: Estimator, ask: Ask, rows: Rows, all: Answer, unused: boolean): string | undefined {
  const names = model.feature_names_in_;
  if (names === undefined || names.length < 2 || !(rows instanceof DataFrame)) return undefined;
  const turned = new DataFrame([...rows.series].reverse(), rows.index, rows.length);
  if (differs(ask(turned), all) !== undefined) return "the order of named columns matters";
  const short = new DataFrame(rows.series.slice(1), rows.index, rows.length);
  const dropped = refusal(() => ask(short));
  const optional = model.signature.features.some(({ name, optional }) => optional && name === rows.columns[0]);
  return dropped === "E_FEATURES" || unused || optional || model.readsOwnRows
    ? undefined
    : `a missing column gives ${dropped ?? "an answer"}`;
}

/** `undefined` when it answers, else the code of the error; other errors are thrown on. */
function refusal(run: () => unknown): string | undefined {
  try {
    run();
    return undefined;
  } catch (error) {
    if (isCurtidoError(error)) return error.code;
    throw error;
  }
}

/** Numbers that are missing or infinite are answered or refused as the signature says. */
function missingPolicy(model: Estimator, ask: Ask, rows: Rows): string | undefined {
  const numbers = numberTable(rows);
  if (numbers === undefined || sizeOfRows(rows) === 0) return undefined;
  const { features } = model.signature;
  for (let column = 0; column < numbers.shape[1]!; column++) {
    for (const value of [Number.NaN, Infinity]) {
      const data = numbers.toFloat64().slice();
      data[column] = value;
      const code = refusal(() => ask(NdArray.of(data, numbers.shape)));
      if (code !== undefined && code !== "E_FEATURES") return `${value} gives ${code}`;
      const declared = features[column]?.missing;
      if (Number.isNaN(value) && declared === false && code === undefined)
        return `feature ${column} may not be missing by the signature, but NaN is answered`;
      if (Number.isNaN(value) && declared === true && code !== undefined)
        return `feature ${column} may be missing by the signature, but NaN is refused`;
    }
  }
  return undefined;
}

/** No rows at all, and rows that are too wide. */
function otherRows(model: Estimator, ask: Ask, rows: Rows): string | undefined {
  const numbers = numberTable(rows);
  if (numbers === undefined) return undefined;
  const [count, columns] = numbers.shape as readonly [number, number];
  const none = refusal(() => {
    const answer = ask(NdArray.of(new Float64Array(0), [0, columns]));
    for (const part of answer) if (part.rows.length > 0) throw new Error("answers although there are no rows");
  });
  if (none !== undefined && none !== "E_FEATURES") return `no rows give ${none}`;
  if (model.n_features_in_ === undefined || count === 0) return undefined;
  const wide = refusal(() => ask(NdArray.of(new Float64Array(count * (columns + 1)), [count, columns + 1])));
  return wide === "E_FEATURES" ? undefined : `a column too many gives ${wide ?? "an answer"}`;
}

function show(value: unknown): string {
  return JSON.stringify(value)?.slice(0, 160) ?? "nothing";
}

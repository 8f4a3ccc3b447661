/** @module A model in service: rows in, an answer out. Knows no HTTP. */

import { NdArray } from "@curtido/arrays";
import { type Estimator, estimatorError, type FeatureProblem, type Rows } from "@curtido/estimators";
import { type Origin, originOf } from "@curtido/estimators/node";
import { isCurtidoError } from "@curtido/pickle";
import type { Formulas } from "@curtido/tables";
import type { Answer, Include } from "../rows/answer.ts";
import { datePartsOf } from "../rows/date_parts.ts";
import { freeSignature } from "../rows/free_columns.ts";
import type { ReadOptions } from "../rows/headings.ts";
import { placedIn, problemsError, type RowProblem } from "../rows/problems.ts";
import { perRow, plainRow, transformed } from "../rows/results.ts";
import { type Batch, RowReader } from "../rows/rows.ts";
import { asSent, distinctProblems } from "../rows/sent.ts";
import { Described } from "./described.ts";
import { descriptionOf } from "./description.ts";
import { answerEach } from "./each.ts";
import { emptyAnswer, includedOf, METHOD_OF, outputOf } from "./included.ts";
import { noteOf } from "./note.ts";
import { selfTest } from "./self_test.ts";

/** What a request may ask for beside the prediction. */
export interface AnswerOptions extends ReadOptions {
  readonly include?: readonly Include[];
  /** How many neighbours are told of each row; as many as the model has by itself unless told otherwise. */
  readonly k?: number;
  /** Whether the labels of the rows come back beside the answers; they are left out unless `keep`. */
  readonly index?: "leave" | "keep";
  /** Whether one bad row refuses the batch, or only itself: then an `error` says why, and the others are answered. */
  readonly onError?: "refuse" | "row";
  /** What becomes in CSV of texts that a spreadsheet would take for formulas; they are quoted unless `keep`. */
  readonly formulas?: Formulas;
}

/**
 * A model in service that is at hand, prepared once.
 *
 * @throws CurtidoError E_NO_METHOD when the model has neither `predict` nor `transform`
 * @example
 * new Served("modelo", model).answer({ rows: [{ feature1: 1 }], single: true }); // { predict: 2.83 }
 */
export class Served extends Described {
  /** It is at hand: it answers in the same turn. */
  readonly here = true;
  override readonly origin: Origin | undefined;
  readonly estimator: Estimator;
  private readonly reader: RowReader;
  /** Puts parts of dates beside them, for a model that learned from those. */
  private readonly parts: ((batch: Batch) => Batch) | undefined;

  constructor(name: string, estimator: Estimator) {
    super(name, descriptionOf(estimator));
    this.estimator = estimator;
    this.origin = originOf(estimator);
    const renames = /^(lightgbm|xgboost)\b/.test(this.pythonName);
    this.parts = datePartsOf(this.signature);
    const { target, leftOut } = noteOf(estimator);
    const others = [...(target === undefined ? [] : [target.name]), ...leftOut];
    this.reader = new RowReader(this.signature, { renames, others, loose: this.card.loose_names === true });
    if (this.card.examples !== undefined) selfTest(this, this.card.examples);
  }

  /**
   * Checks every row, then answers them all.
   *
   * @throws CurtidoError E_FEATURES with what is wrong, and where; E_NO_METHOD for an `include` that the model has not
   */
  answer(batch: Batch, options: AnswerOptions = {}): Answer {
    if (options.onError === "row" && !batch.single && !this.whole) return this.answerRows(batch, options);
    const include = options.include ?? [];
    const plain = include.length === 0 && batch.outputs === undefined && this.method === "predict";
    const row = plain ? this.reader.rowOf(batch) : undefined;
    const X = row ?? this.checked(batch, options);
    if (X === undefined) return emptyAnswer([...this.keys(include), ...(batch.outputs ?? [])]);
    try {
      if (X instanceof Float64Array) return this.worded(plainRow(this.estimator.predictRow(X)));
      const answer = this.collect(X, include, batch, options.k);
      return include.includes("warnings") ? this.warned(answer, batch, options) : answer;
    } catch (error) {
      throw this.placed(error, batch, X);
    }
  }

  /** Whether the columns of a table are taken in their order, since the model knows no names. */
  takesInOrder(batch: Batch): boolean {
    return this.reader.byPosition(batch);
  }

  /** What had to be supposed of rows, for who sent them. */
  notesOf(batch: Batch): readonly string[] | undefined {
    if (!this.takesInOrder(batch)) return batch.notes;
    return [...(batch.notes ?? []), "the model knows no names of features: the columns were taken in their order"];
  }

  /** What can be answered, and an `error` for each row that says why it cannot, or nothing. */
  private answerRows(batch: Batch, options: AnswerOptions): Answer {
    const unread = batch.errors ?? new Array<null>(batch.rows.length).fill(null);
    const { answer, errors } = answerEach(this, batch, [...unread], options);
    return { ...answer, error: errors };
  }

  /**
   * {@link answer} for many rows, some at a time, so that a process can do other things in between.
   *
   * @param pause - called after each part with the number of rows done; what it returns is awaited
   * @param checking - the same after each part that was checked
   */
  async answerInParts(
    batch: Batch,
    options: AnswerOptions,
    pause: (done: number) => unknown,
    checking: () => unknown = () => undefined,
  ): Promise<Answer> {
    const { length } = batch.rows;
    if (batch.single || length <= PART || this.whole) return this.answer(batch, options);
    if (options.onError === "row") return this.answerRowsInParts(batch, options, pause);
    const include = options.include ?? [];
    const parts: Rows[] = [];
    for (const X of this.checkedParts(batch, options)) {
      parts.push(X);
      await checking();
    }
    const answer = emptyAnswer([...this.keys(include), ...(batch.outputs ?? [])]) as Record<string, unknown[]>;
    if (include.includes("warnings")) answer["warnings"] = this.reader.warnings(batch, options);
    for (const [at, X] of parts.entries()) {
      const from = at * PART;
      try {
        const part = this.collect(X, include, batch, options.k);
        for (const key of Object.keys(part)) for (const value of part[key] as unknown[]) answer[key]!.push(value);
      } catch (error) {
        throw this.placed(error, batch, X, from);
      }
      await pause(Math.min(length, from + PART));
    }
    return answer;
  }

  private async answerRowsInParts(
    batch: Batch,
    options: AnswerOptions,
    pause: (done: number) => unknown,
  ): Promise<Answer> {
    const answer: Record<string, unknown[]> = {};
    for (let from = 0; from < batch.rows.length; from += PART) {
      const [rows, errors] = [batch.rows, batch.errors].map((each) => each?.slice(from, from + PART));
      const part = this.answerRows(
        { ...batch, rows: rows!, ...(errors && { errors: errors as (string | null)[] }) },
        options,
      );
      for (const [key, values] of Object.entries(part)) {
        answer[key] ??= [];
        for (const value of values as unknown[]) answer[key].push(value);
      }
      await pause(Math.min(batch.rows.length, from + PART));
    }
    return answer;
  }

  /**
   * One checked row as numbers of its own, when it is one and the model takes nothing but numbers.
   *
   * @throws CurtidoError E_FEATURES
   */
  rowOf(batch: Batch): Float64Array | undefined {
    if (!batch.single) return undefined;
    const row = this.reader.rowOf(batch);
    if (row !== undefined) return row.slice();
    const X = this.checked(batch, {});
    return X instanceof NdArray && X.data instanceof Float64Array ? X.data.slice() : undefined;
  }

  /** What a table of checked rows answers, an answer per row. */
  predictTable(X: NdArray): Answer[] {
    return perRow(this.estimator.predict(X)).map((value) => this.worded(value));
  }

  /** A prediction, and what the card adds to it. */
  private worded(predict: unknown): Answer {
    return this.words === undefined ? { predict } : { predict, ...this.words.of(predict) };
  }

  /**
   * Checks every row, and answers none.
   *
   * @throws CurtidoError E_FEATURES with what is wrong, and where; nothing for a model that says nothing of its features
   */
  async checkInParts(batch: Batch, options: AnswerOptions, pause: () => unknown): Promise<void> {
    for (const _ of this.checkedParts(batch, options)) await pause();
  }

  /** The rows as the model takes them, some at a time. */
  private *checkedParts(batch: Batch, options: AnswerOptions): Generator<Rows, void> {
    for (const name of options.include ?? []) this.require(name);
    const [reader, { rows }] = [this.readerOf(batch), batch];
    if (reader !== undefined) yield* reader.parts(this.parts?.(batch) ?? batch, options, PART);
    else for (let from = 0; from < rows.length; from += PART) yield rows.slice(from, from + PART) as unknown as Rows;
  }

  /**
   * The rows as the model takes them; `undefined` when there are none.
   *
   * @throws CurtidoError E_FEATURES with what is wrong, and where
   */
  checked(batch: Batch, options: AnswerOptions): Rows | undefined {
    for (const name of options.include ?? []) this.require(name);
    if (batch.rows.length === 0 && batch.columns === undefined) return undefined;
    const X = this.readerOf(batch)?.read(this.parts?.(batch) ?? batch, options) ?? (batch.rows as Rows);
    return batch.rows.length === 0 ? undefined : X;
  }

  /** Who reads the rows; a model that says nothing of its features takes a table under its own header, else rows as they are. */
  private readerOf({ columns, rows, text }: Batch): RowReader | undefined {
    const objects = columns === undefined && text === undefined && !rows.some(Array.isArray);
    if (!this.open) return this.signature.more === true && objects ? undefined : this.reader;
    if (columns === undefined || this.estimator.readsOwnRows) return undefined;
    return new RowReader(freeSignature(this.signature, columns));
  }

  private collect(
    X: Rows,
    include: readonly Include[],
    { single, outputs = [] }: Pick<Batch, "single" | "outputs">,
    k: number | undefined,
  ): Answer {
    const answer: Answer = {};
    const put = (key: string, values: unknown[]) => {
      answer[key] = single ? values[0] : values;
    };
    if (this.method === "predict") {
      const values = perRow(this.estimator.predict(X));
      put("predict", values);
      for (const name of this.words?.adds ?? [])
        put(
          name,
          values.map((value) => this.words!.of(value)[name]),
        );
    } else if (this.method === "transform") {
      const values = transformed(this.estimator.transform(X));
      if (Array.isArray(values[0])) this.cost.noteWidth(values[0].length);
      put("transform", values);
    } else if (this.method === "score") put("score", perRow(this.estimator.scoreSamples(X)));
    else put("neighbors", includedOf(this.estimator, this.signature, "neighbors", X, k));
    for (const name of include)
      if (name !== "warnings" && name !== this.method)
        put(name, includedOf(this.estimator, this.signature, name, X, k));
    for (const name of outputs) put(name, outputOf(this.estimator, name, X));
    return answer;
  }

  private warned(answer: Answer, batch: Batch, options: AnswerOptions): Answer {
    const warnings = this.reader.warnings(batch, options);
    return { ...answer, warnings: batch.single ? warnings[0] : warnings };
  }

  private require(name: Include): void {
    if (name === "warnings" || this.includes.includes(name)) return;
    const has = this.includes.length === 0 ? "" : `; it has ${this.includes.join(", ")}`;
    const message = `${this.estimator.className} has no ${name} to include${has}`;
    throw estimatorError("E_NO_METHOD", message, { method: METHOD_OF[name], include: name });
  }

  /** What the estimator itself found wrong with the rows from `first` on, with its place in the body. */
  private placed(error: unknown, batch: Batch, X: Rows | Float64Array, first = 0): unknown {
    if (!isCurtidoError(error, "E_FEATURES")) return error;
    const problems = (error.fields["problems"] ?? []) as readonly FeatureProblem[];
    const known = this.open ? problems : problems.flatMap((problem) => asSent(problem, this.reader.names, X));
    return problemsError(
      distinctProblems(known).map(({ row, ...problem }): RowProblem => {
        const at = row === undefined ? undefined : first + row;
        const path = this.path({ ...problem, ...(at === undefined ? {} : { row: at }) }, batch);
        return placedIn(batch, at === undefined || batch.single ? { ...problem, path } : { ...problem, row: at, path });
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

/** How many rows are answered in one go. */
const PART = 512;

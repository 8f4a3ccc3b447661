/** @module The bodies of other servers' protocols: JSON that holds rows and answers in a form of its own. Knows no HTTP. */

import { CurtidoError } from "@curtido/pickle";
import { type Answer, type AnswerMethod, type Include, METHODS, OUTPUTS } from "../answer.ts";
import type { Batch } from "../rows.ts";

/** What reading has to know of a model. */
export interface Asked {
  /** How many features it has, when it says so. */
  readonly features: number | undefined;
  /** The names of its features, where it says them; of very many, the first. */
  readonly names?: readonly string[] | undefined;
  /** What it answers. */
  readonly method: AnswerMethod;
  /** What else it can be asked for. */
  readonly includes: readonly Include[];
}

/** Who answers, as an answer may name it. */
export interface Answerer {
  readonly model: string;
  readonly version: number | undefined;
}

/** What writing an answer has to know of the batch. */
export interface Shape extends Pick<Batch, "single" | "id" | "order"> {
  readonly count: number;
}

/** The {@link Shape} of a batch. */
export function shapeOf({ rows, single, id, order }: Batch): Shape {
  return { count: rows.length, single, ...(id === undefined ? {} : { id }), ...(order && { order }) };
}

/** A protocol's own form. */
export interface Form {
  /** @throws CurtidoError E_TABLE when the body is not of the form, E_FEATURES when rows of it are none */
  rows(body: Readonly<Record<string, unknown>>, asked: Asked): Batch;
  /** The answer to a batch. */
  answer(answer: Answer, shape: Shape, by: Answerer): unknown;
}

/** The error of a body that is not of a form; `place` is a JSON pointer. */
export function misshapen(problem: string, place?: string): CurtidoError {
  const said = `is not what the protocol asks for: ${place === undefined ? "" : `${place}: `}${problem}`;
  return new CurtidoError("E_TABLE", `this ${said}`, { format: "JSON", problem: said });
}

/**
 * What a protocol answers, as columns: the prediction, or all that `after` put in its place. What is said once stands for
 * every row.
 */
export function columnsIn(answer: Answer, rows: number): (readonly [name: string, values: readonly unknown[]])[] {
  const own = OWN.filter((name) => Object.hasOwn(answer, name));
  return (own.length === 0 ? Object.keys(answer) : own).map((name) => {
    const value = answer[name];
    return [name, Array.isArray(value) && value.length === rows ? value : new Array<unknown>(rows).fill(value)];
  });
}

/** {@link columnsIn}, row by row: the values of the only column, or objects. */
export function valuesOf(answer: Answer, rows: number): readonly unknown[] {
  const columns = columnsIn(answer, rows);
  if (columns.length === 1) return columns[0]![1];
  return Array.from({ length: rows }, (_, at) =>
    Object.fromEntries(columns.map(([name, values]) => [name, values[at]])),
  );
}

/** What models themselves answer in a protocol. */
const OWN = [...METHODS, ...Object.keys(OUTPUTS)];

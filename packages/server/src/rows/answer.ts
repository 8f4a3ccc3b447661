/** @module What a model answers: plain data that any representation can write. */

/** What `?include=` can add to an answer. */
export const INCLUDES = [
  "probabilities",
  "decision",
  "neighbors",
  "leaves",
  "components",
  "survival",
  "warnings",
] as const;
export type Include = (typeof INCLUDES)[number];

/** What a model answers, the first of these that it can: predictions, transformed rows, its nearest training rows, scores. */
export const METHODS = ["predict", "transform", "neighbors", "score"] as const;
export type AnswerMethod = (typeof METHODS)[number];

/** What a protocol can ask for by the name of a method of Python's, and what has to be included for a model to have it. */
export const OUTPUTS = { predict_proba: "probabilities", decision_function: "decision" } as const;
export type Output = keyof typeof OUTPUTS;

/**
 * An answer. For one row every value stands alone; for many, every value is an array with one element per row.
 *
 * @example
 * { predict: "setosa", probabilities: { setosa: 0.9, versicolor: 0.1, virginica: 0 } }
 */
export interface Answer {
  /** What the model predicts: a number or a label, an array of them when it has several outputs. */
  predict?: unknown;
  /** What a transformer gives: an array of numbers per row. */
  transform?: unknown;
  /** Probabilities by class label, written as text; one such object per output when there are several. */
  probabilities?: unknown;
  /** Scores of the decision function: a number, or an array in the order of the classes. */
  decision?: unknown;
  /** The nearest training rows of each row, nearest first: `{ indices, distances }`. */
  neighbors?: unknown;
  /** How likely or how normal a row is, of a model that tells nothing else. */
  score?: unknown;
  /** The leaf that the row ends in: a number, or an array with one per tree. */
  leaves?: unknown;
  /** What a forecast is the sum of, by name: the trend, seasonalities, holidays. */
  components?: unknown;
  /** The probability to survive, by the time. */
  survival?: unknown;
  /** What is odd about a row though it is answered: categories that training has not seen; `null` when nothing is. */
  warnings?: unknown;
  /** Why a row could not be answered, or `null`; where bad rows do not refuse the others. */
  error?: unknown;
  /** The labels that the rows came with, where they are asked for. */
  index?: unknown;
  [key: string]: unknown;
}

/** An answer with the labels of its rows in front, where they are asked for and there are some. */
export function labelled(
  answer: Answer,
  { index, single }: { readonly index?: readonly unknown[]; readonly single: boolean },
  options: { readonly index?: "leave" | "keep" | undefined },
): Answer {
  if (options.index !== "keep" || index === undefined) return answer;
  return { index: single ? index[0] : index, ...answer };
}

/** @module What a body holds, before a model says what it means. */

import type { Notation, TextSource } from "@curtido/tables";
import type { Output } from "./answer.ts";

/** A row by name. */
export type NamedRow = Record<string, unknown>;

/** TableRows that were taken out of a body, not yet checked against a model. */
export interface Batch {
  /** Objects by feature name, or arrays by position. */
  readonly rows: readonly unknown[];
  /** Whether the body was one row, not an array of rows: the answer is one value then. */
  readonly single: boolean;
  /** The names of the columns, when rows are arrays under a header. */
  readonly columns?: readonly string[];
  /** Whether they come from keys of objects, whose order says nothing. */
  readonly keyed?: true;
  /** Where every value came as a text, so that an empty one is missing, and one that spells it: a table, a form. */
  readonly text?: TextSource;
  /** How numbers and missing values are spelled there, where it is not as usual. */
  readonly notation?: Notation;
  /** Labels of the rows, where the source gives some. */
  readonly index?: readonly unknown[];
  /** For each row why it could not be read, or `null`; where such rows are kept. */
  readonly errors?: readonly (string | null)[];
  /** Whether each row is a plain value that stands for its only feature. */
  readonly bare?: boolean;
  /** What had to be supposed of the body. */
  readonly notes?: readonly string[];
  /** The keys that the rows stand under in the body. */
  readonly within?: readonly string[];
  /** What the body calls itself, where its answer repeats it. */
  readonly id?: string;
  /** What its protocol asks for beside the prediction, by Python's names. */
  readonly outputs?: readonly Output[];
  /** What is answered, in this order, where the body says so. */
  readonly order?: readonly string[];
  /** Whether its protocol leaves out features that the model does not have. */
  readonly unexpected?: "ignore";
}

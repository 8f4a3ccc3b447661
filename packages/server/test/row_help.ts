/** @module Models of a few features, and rows for them. */

import type { Feature, Signature } from "@curtido/estimators";
import { isCurtidoError } from "@curtido/pickle";
import { type Batch, RowReader } from "../src/rows/rows.ts";

export const number = (name: string, more: Partial<Feature> = {}): Feature => ({
  name,
  type: "number",
  missing: false,
  ...more,
});
export const signature = (features: readonly Feature[], named = true): Signature => ({
  features,
  named,
  task: "regression",
  outputs: 1,
});
export const numeric = new RowReader(signature([number("a"), number("b")]));

export function problems(work: () => unknown): readonly { path: unknown; detail: string }[] {
  try {
    work();
  } catch (error) {
    if (isCurtidoError(error, "E_FEATURES")) return error.fields["problems"] as { path: unknown; detail: string }[];
    throw error;
  }
  return [];
}
export const one = (row: unknown): Batch => ({ rows: [row], single: true });
export const many = (...rows: unknown[]): Batch => ({ rows, single: false });

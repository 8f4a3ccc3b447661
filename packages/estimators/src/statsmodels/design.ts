/** @module The design of a model with a formula: found again from the data of training, and proved by the matrix in the file. */

import { DataFrame } from "@curtido/arrays";
import { Instance, isCurtidoError } from "@curtido/pickle";
import type { State } from "../base/state.ts";
import { Design } from "../formula/design.ts";
import type { Language } from "../formula/evaluate.ts";

/** How far the matrix that is made here may be from the one that Python made, by the largest number of a column. */
const TOLERANCE = 1e-9;

/**
 * The design of a model that was fitted with a formula; `undefined` for one without. Python makes it anew from the formula
 * and the data when it loads the file, and so it is made here, and compared with the matrix that the file has.
 *
 * @throws CurtidoError E_STATE for what is not known in a formula, and where the two matrices differ
 */
export function designOf(model: State, names: readonly string[] | undefined): Design | undefined {
  const data = model.child("data");
  if (!model.given("formula") && !data.given("formula")) return undefined;
  const frame = data.has("frame") ? data.attribute("frame") : undefined;
  if (!(frame instanceof DataFrame)) return data.fail("frame", "must be the data that the formula was fitted to");
  if (names === undefined) return data.fail("orig_exog", "must be the table that the formula made");
  const wanted = tableOf(data, "orig_exog")!.series.map(({ values }) => values.toFloat64());
  let refusal: unknown;
  for (const language of ["patsy", "formulaic"] satisfies Language[]) {
    try {
      const design = new Design(names, frame, language);
      if (agree(design.matrix(frame), design.width, wanted)) return design;
    } catch (error) {
      if (!isCurtidoError(error)) throw error;
      refusal ??= error;
    }
  }
  if (refusal !== undefined) throw refusal;
  const formula = String(model.raw("formula") ?? data.raw("formula"));
  return model.fail("formula", `'${formula.slice(0, 200)}' makes another table here than Python made`);
}

/** A table, which formulaic's matrices are wrapped around; `undefined` where there is none. */
export function tableOf(data: State, name: string): DataFrame | undefined {
  const raw = data.raw(name);
  const found = data.context.value(raw instanceof Instance && raw.args.length > 0 ? raw.args[0] : raw);
  if (found instanceof DataFrame) return found;
  const whole = data.context.value(raw);
  return whole instanceof DataFrame ? whole : undefined;
}

/** Whether a matrix, without the rows in which something is missing, is the one that Python made. */
function agree(made: Float64Array, width: number, wanted: readonly Float64Array[]): boolean {
  const rows = Array.from({ length: made.length / width }, (_, row) => row).filter(
    (row) => !Number.isNaN(made[row * width]!),
  );
  if (rows.length < (wanted[0]?.length ?? 0)) return false;
  return wanted.every((column, at) => {
    const scale = column.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-300);
    const found = rows.map((row) => made[row * width + at]!);
    // Rows in which only the outcome is missing were left out in Python.
    let next = 0;
    for (const value of found) {
      if (next < column.length && Math.abs(value - column[next]!) <= TOLERANCE * scale) next++;
      else if (found.length === column.length) return false;
    }
    return next === column.length;
  });
}

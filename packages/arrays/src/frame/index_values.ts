/** @module What an index holds, as columns hold it. */

import { dtypeName } from "../dtype.ts";
import { arrayError } from "../errors.ts";
import { NdArray } from "../ndarray.ts";
import { Index } from "./index_labels.ts";
import type { Values } from "./series.ts";

/** What an index holds, as a column would. */
export function indexValues(labels: Index): Values {
  const values = labels.values ?? NdArray.objects([...labels.labels], [labels.length]);
  const { categories, categoriesDtype, ordered } = labels;
  return { values, dtype: labels.dtype ?? dtypeName(values.dtype), categories, categoriesDtype, ordered };
}

/**
 * An index of several levels.
 *
 * @throws CurtidoError E_FRAME when codes and levels differ in number or length, or a code lies outside its level
 */
export function multiIndexOf(
  levels: readonly Index[],
  codes: readonly Int32Array[],
  names: readonly unknown[] = [],
): Index {
  const length = codes[0]?.length ?? 0;
  if (codes.length !== levels.length || codes.some((each) => each.length !== length))
    throw arrayError("E_FRAME", "the levels of an index differ from its codes");
  codes.forEach((each, at) => {
    const bad = each.find((code) => !(code >= -1 && code < levels[at]!.length));
    if (bad !== undefined) throw arrayError("E_FRAME", `an index has no label ${bad} in its level ${at}`);
  });
  const labels = Array.from({ length }, (_, row) =>
    levels.map((level, at) => {
      const code = codes[at]![row]!;
      return code < 0 ? null : (level.labels[code] ?? null);
    }),
  );
  const shown = levels.map((level, at) => names[at] ?? level.name ?? null);
  return new Index(labels, shown, undefined, { kind: "MultiIndex", levels, codes });
}

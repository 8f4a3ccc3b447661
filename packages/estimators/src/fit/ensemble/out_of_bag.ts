/** @module What trees say about the rows that they did not learn from (`oob_score` of `sklearn.ensemble._forest`). */

import { NdArray } from "@curtido/arrays";
import type { GrownTree } from "@curtido/kernels";
import type { Attributes } from "../base/trainer.ts";
import { r2Score } from "../metrics/metrics.ts";
import type { Ground } from "../tree/ground.ts";
import { Nodes } from "../tree/nodes.ts";

/** Sums up what each tree says about the rows that it did not draw. */
export class OutOfBag {
  private readonly ground: Ground;
  private readonly outputs: number;
  private readonly sums: Float64Array;
  private readonly counts: Int32Array;

  constructor(ground: Ground) {
    const { rows } = ground.columns;
    this.ground = ground;
    this.outputs = Math.max(ground.classes, 1);
    this.sums = new Float64Array(rows * this.outputs);
    this.counts = new Int32Array(rows);
  }

  /** @param drawn - how often the tree drew each row */
  add(tree: GrownTree, drawn: Float64Array): void {
    const { sums, counts, outputs } = this;
    const { columns } = this.ground;
    const nodes = new Nodes(tree);
    for (let row = 0; row < columns.rows; row++) {
      if (drawn[row] !== 0) continue;
      const leaf = nodes.leaf(columns, row);
      counts[row]!++;
      for (let k = 0; k < outputs; k++) sums[row * outputs + k]! += tree.values[leaf * outputs + k]!;
    }
  }

  /** Means over the trees, and how good they are: accuracy, or R^2. Rows that every tree drew have 0. */
  attributes(): Attributes {
    const { outputs, counts } = this;
    const { labels, columns, y } = this.ground;
    const means = this.sums.map((sum, at) => sum / Math.max(counts[Math.floor(at / outputs)]!, 1));
    if (labels === undefined)
      return [
        ["oob_prediction_", NdArray.of(means)],
        ["oob_score_", r2Score(y as Float64Array, means)],
      ];
    let right = 0;
    for (let row = 0; row < columns.rows; row++) if (greatest(means, row * outputs, outputs) === y[row]) right++;
    return [
      ["oob_decision_function_", NdArray.of(means, [columns.rows, outputs])],
      ["oob_score_", right / columns.rows],
    ];
  }
}

/** Where the first of the greatest of `count` numbers is. */
function greatest(list: Float64Array, from: number, count: number): number {
  let best = 0;
  for (let k = 1; k < count; k++) if (list[from + k]! > list[from + best]!) best = k;
  return best;
}

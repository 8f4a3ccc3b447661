// Grows decision trees with the bits of scikit-learn 1.9.1's. src/grow/grower.ts brings the memory, says how trees grow, and
// reads what has grown.

import { rows, samples, targetOf, weigh } from "./grow/state";
import { plant } from "./grow/splitter";
import { start } from "./grow/builder";

export { columns, constraints, gaps, lay, nodes, rule, stride, targets } from "./grow/state";
export { rank } from "./grow/partition";
export { count, depth, grow } from "./grow/builder";

/** A new tree from the rows that have a weight. */
export function begin(seed: u32): void {
  let n = 0, weight: f64 = 0;
  for (let row = 0; row < rows; row++) {
    const own = load<f64>(targetOf(row));
    if (own != 0) {
      store<i32>(samples + (<usize>n << 2), row);
      n++;
    }
    weight += own;
  }
  weigh(weight);
  plant(seed);
  start(n);
}

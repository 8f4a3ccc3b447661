// Sees when rounding leads back to where the solver was: from there it would go round for ever. Brent's method: what comes
// is compared with a state that is kept, and replaced after twice as many iterations each time.

import { alphas, double, int, order, pastAlphas, setDouble, size } from "./state";

/** When a state is kept for the first time, and how many iterations lie between two states that are compared. */
const FIRST: i32 = 1 << 16, LEAST: i32 = 1 << 12;

let keptAt: i32 = 0, next: i32 = 0, first: i32 = -1, second: i32 = -1;

export function startWatching(): void {
  next = FIRST;
  first = -1;
}

/** Whether two unknowns are chosen while all are what they were before; slopes may differ by rounding. */
export function cameRound(iteration: i32, i: i32, j: i32): bool {
  if (iteration == next) {
    keep(iteration, i, j);
    return false;
  }
  if (int(order, i) != first || int(order, j) != second || iteration - keptAt < LEAST) return false;
  for (let at = 0; at < size; at++) {
    if (double(alphas, at) != double(pastAlphas, int(order, at))) return false;
  }
  return true;
}

function keep(iteration: i32, i: i32, j: i32): void {
  keptAt = iteration;
  next = iteration < 1 << 30 ? iteration << 1 : 0;
  first = int(order, i);
  second = int(order, j);
  for (let at = 0; at < size; at++) {
    setDouble(pastAlphas, int(order, at), double(alphas, at));
  }
}

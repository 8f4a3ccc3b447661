// Leaves out unknowns that stay at their bounds, and brings them back (Chang and Lin, LIBSVM, section 5.1).

import { similarities, swapLines } from "./cache";
import { activate, active, alphas, bounds, boundSlopes, diagonal, double, doubled, downs, int, level, linear, order, rows, setDouble, setInt, signs, size, slopes, statuses, swapDoubles, swapInts, ups } from "./state";

export const LOWER: i32 = 0, UPPER: i32 = 1, FREE: i32 = 2;

/** Unknowns come back once, when the optimum is this many times the tolerance away. */
const NEAR: f64 = 10;
let cameBack: bool = false;

export function startShrinking(): void {
  cameBack = false;
}

/** Notes whether an unknown is at a bound, and where it may go. */
export function setStatus(at: i32): void {
  const alpha = double(alphas, at);
  const status = alpha >= double(bounds, at) ? UPPER : alpha <= 0 ? LOWER : FREE;
  const positive = double(signs, at) > 0;
  const noUp = positive ? status == UPPER : status == LOWER;
  const noDown = positive ? status == LOWER : status == UPPER;
  setInt(statuses, at, status);
  setDouble(ups, at, noUp ? f64.NEGATIVE_INFINITY : 0);
  setDouble(downs, at, noDown ? f64.NEGATIVE_INFINITY : 0);
}

/** The slopes of the unknowns that were left out, from those at their bounds and the free ones. */
export function restoreSlopes(): void {
  if (active == size) return;
  let freeCount = 0;
  for (let at = active; at < size; at++) setDouble(slopes, at, double(boundSlopes, at) + double(linear, at));
  for (let at = 0; at < active; at++) if (int(statuses, at) == FREE) freeCount++;
  if (<f64>freeCount * <f64>size > 2 * <f64>active * <f64>(size - active)) {
    for (let at = active; at < size; at++) {
      const similar = similarities(at, active);
      let slope = double(slopes, at);
      for (let k = 0; k < active; k++) {
        if (int(statuses, k) == FREE)
          slope += double(signs, k) * double(alphas, k) * <f64>load<f32>(similar + (<usize>k << 2));
      }
      setDouble(slopes, at, slope);
    }
    return;
  }
  for (let at = 0; at < active; at++) {
    if (int(statuses, at) != FREE) continue;
    const similar = similarities(at, size), alpha = double(signs, at) * double(alphas, at);
    for (let k = active; k < size; k++)
      setDouble(slopes, k, double(slopes, k) + alpha * <f64>load<f32>(similar + (<usize>k << 2)));
  }
}

function swap(one: i32, other: i32): void {
  if (!doubled) swapLines(one, other);
  swapDoubles(slopes, one, other); swapDoubles(boundSlopes, one, other); swapDoubles(alphas, one, other);
  swapDoubles(bounds, one, other); swapDoubles(linear, one, other); swapDoubles(ups, one, other);
  swapDoubles(downs, one, other); swapDoubles(diagonal, one, other); swapDoubles(signs, one, other);
  swapInts(statuses, one, other); swapInts(order, one, other); swapInts(rows, one, other);
}

/** The greatest gains there are up and down, of unknowns whose y is positive, and negative. */
let up: f64 = 0, down: f64 = 0, negativeUp: f64 = 0, negativeDown: f64 = 0;

/** Whether an unknown at a bound is pressed against it. */
@inline function isPressed(at: i32): bool {
  if (int(statuses, at) == FREE) return false;
  const slope = double(slopes, at), positive = double(signs, at) > 0;
  return double(ups, at) < 0 ? -slope > (positive ? up : negativeUp) : slope > (positive ? down : negativeDown);
}

function measure(): void {
  up = f64.NEGATIVE_INFINITY; down = up; negativeUp = up; negativeDown = up;
  for (let at = 0; at < active; at++) {
    const rise = double(ups, at) - double(slopes, at), fall = double(downs, at) + double(slopes, at);
    if (double(signs, at) > 0) {
      if (rise >= up) up = rise;
      if (fall >= down) down = fall;
    } else {
      if (rise >= negativeUp) negativeUp = rise;
      if (fall >= negativeDown) negativeDown = fall;
    }
  }
  if (level) return;
  up = max(up, negativeUp); negativeUp = up;
  down = max(down, negativeDown); negativeDown = down;
}

/** Leaves out the unknowns that are pressed against their bounds. */
export function shrink(tolerance: f64): void {
  measure();
  if (!cameBack && max(up + down, negativeUp + negativeDown) <= tolerance * NEAR) {
    cameBack = true;
    restoreSlopes();
    activate(size);
  }
  let left = active;
  for (let at = 0; at < left; at++) {
    if (!isPressed(at)) continue;
    left--;
    while (left > at) {
      if (!isPressed(left)) {
        swap(at, left);
        break;
      }
      left--;
    }
  }
  activate(left);
}

// Histograms of gradients, and the splits that are found in them, for gradient boosting. An entry of a histogram has 24
// bytes: the sum of the gradients, the sum of the hessians and the number of samples, all f64. The order of sums is that of
// scikit-learn 1.9.1's histogram.pyx and splitting.pyx, so that rounding agrees.

/** Bytes of an entry. */
const ENTRY: usize = 24;
/** Where the number of samples lies in an entry. */
const COUNT: usize = 16;
/** What keeps a quotient finite where all hessians are 0. */
const TINY: f64 = 1e-15;

let regularization: f64 = 0;
let leastHessian: f64 = 0;
let leastSamples: f64 = 0;
let constantHessian: bool = false;

/** The rules of all splits that follow. */
export function rules(l2: f64, hessian: f64, samples: f64, constant: bool): void {
  regularization = l2;
  leastHessian = hessian;
  leastSamples = samples;
  constantHessian = constant;
}

/** Gathers `values[samples[i]]`, f32. */
export function gather(values: usize, samples: usize, count: u32, out: usize): void {
  const end = samples + (<usize>count << 2);
  for (; samples < end; samples += 4, out += 4) store<f32>(out, load<f32>(values + (<usize>load<u32>(samples) << 2)));
}

@inline function add(out: usize, bin: u32, gradient: f32): void {
  const entry = out + <usize>bin * ENTRY;
  store<f64>(entry, load<f64>(entry) + <f64>gradient);
  store<f64>(entry, load<f64>(entry, COUNT) + 1, COUNT);
}

@inline function addBoth(out: usize, bin: u32, gradient: f32, hessian: f32): void {
  const entry = out + <usize>bin * ENTRY;
  store<f64>(entry, load<f64>(entry) + <f64>gradient);
  store<f64>(entry, load<f64>(entry, 8) + <f64>hessian, 8);
  store<f64>(entry, load<f64>(entry, COUNT) + 1, COUNT);
}

/** The histogram of all samples: bins and gradients are in the same order. `hessians` is 0 where they are constant. */
export function fillAll(bins: usize, count: u32, gradients: usize, hessians: usize, out: usize, entries: u32): void {
  memory.fill(out, 0, <usize>entries * ENTRY);
  const end = bins + count;
  if (hessians == 0) {
    for (; bins < end; bins++, gradients += 4) add(out, load<u8>(bins), load<f32>(gradients));
    return;
  }
  for (; bins < end; bins++, gradients += 4, hessians += 4)
    addBoth(out, load<u8>(bins), load<f32>(gradients), load<f32>(hessians));
}

/** The histogram of some samples; gradients and hessians are gathered already. */
export function fillSome(
  bins: usize,
  samples: usize,
  count: u32,
  gradients: usize,
  hessians: usize,
  out: usize,
  entries: u32,
): void {
  memory.fill(out, 0, <usize>entries * ENTRY);
  const end = samples + (<usize>count << 2);
  // Four at a time, whose bins are read before sums are written.
  const fours = samples + (<usize>(count & ~3) << 2);
  if (hessians == 0) {
    for (; samples < fours; samples += 16, gradients += 16) {
      const a: u32 = load<u8>(bins + load<u32>(samples)), b: u32 = load<u8>(bins + load<u32>(samples, 4));
      const c: u32 = load<u8>(bins + load<u32>(samples, 8)), d: u32 = load<u8>(bins + load<u32>(samples, 12));
      add(out, a, load<f32>(gradients));
      add(out, b, load<f32>(gradients, 4));
      add(out, c, load<f32>(gradients, 8));
      add(out, d, load<f32>(gradients, 12));
    }
    for (; samples < end; samples += 4, gradients += 4) add(out, load<u8>(bins + load<u32>(samples)), load<f32>(gradients));
    return;
  }
  for (; samples < fours; samples += 16, gradients += 16, hessians += 16) {
    const a: u32 = load<u8>(bins + load<u32>(samples)), b: u32 = load<u8>(bins + load<u32>(samples, 4));
    const c: u32 = load<u8>(bins + load<u32>(samples, 8)), d: u32 = load<u8>(bins + load<u32>(samples, 12));
    addBoth(out, a, load<f32>(gradients), load<f32>(hessians));
    addBoth(out, b, load<f32>(gradients, 4), load<f32>(hessians, 4));
    addBoth(out, c, load<f32>(gradients, 8), load<f32>(hessians, 8));
    addBoth(out, d, load<f32>(gradients, 12), load<f32>(hessians, 12));
  }
  for (; samples < end; samples += 4, gradients += 4, hessians += 4)
    addBoth(out, load<u8>(bins + load<u32>(samples)), load<f32>(gradients), load<f32>(hessians));
}

/** One histogram minus another, in place. */
export function subtract(from: usize, what: usize, entries: u32): void {
  const end = from + <usize>entries * ENTRY;
  for (; from < end; from += 8, what += 8) store<f64>(from, load<f64>(from) - load<f64>(what));
}

/** What a leaf answers, within the bounds that monotonic constraints set. */
@inline function valueOf(gradient: f64, hessian: f64, lower: f64, upper: f64): f64 {
  const value = -gradient / (hessian + regularization + TINY);
  return value < lower ? lower : value > upper ? upper : value;
}

@inline function gainOf(
  leftGradient: f64,
  leftHessian: f64,
  rightGradient: f64,
  rightHessian: f64,
  loss: f64,
  direction: i32,
  lower: f64,
  upper: f64,
): f64 {
  const left = valueOf(leftGradient, leftHessian, lower, upper);
  const right = valueOf(rightGradient, rightHessian, lower, upper);
  if ((direction > 0 && left > right) || (direction < 0 && left < right)) return -1;
  return loss - leftGradient * left - rightGradient * right;
}

/** Which bins go left (up to which one), what is in them, and whether missing values go along. */
@inline function keep(out: usize, bin: i32, missingLeft: bool, gradient: f64, hessian: f64, count: f64): void {
  store<f64>(out, <f64>bin);
  store<f64>(out, <f64>missingLeft, 8);
  store<f64>(out, gradient, 16);
  store<f64>(out, hessian, 24);
  store<f64>(out, count, 32);
}

/** The best split with missing values, if there are any, on the right. Gives its gain, or -1. */
function leftToRight(
  histogram: usize,
  end: i32,
  count: f64,
  gradients: f64,
  hessians: f64,
  loss: f64,
  direction: i32,
  lower: f64,
  upper: f64,
  out: usize,
): f64 {
  let best: f64 = -1;
  let gradient: f64 = 0;
  let hessian: f64 = 0;
  let left: f64 = 0;
  const which: usize = constantHessian ? COUNT : 8;
  for (let bin = 0; bin < end; bin++) {
    const entry = histogram + <usize>bin * ENTRY;
    left += load<f64>(entry, COUNT);
    hessian += load<f64>(entry + which);
    gradient += load<f64>(entry);
    if (left < leastSamples) continue;
    if (count - left < leastSamples) break;
    if (hessian < leastHessian) continue;
    if (hessians - hessian < leastHessian) break;
    const gain = gainOf(gradient, hessian, gradients - gradient, hessians - hessian, loss, direction, lower, upper);
    if (gain > best && gain > 0) {
      best = gain;
      keep(out, bin, false, gradient, hessian, left);
    }
  }
  return best;
}

/** The best split with missing values on the left, where it is better than `best`. */
function rightToLeft(
  histogram: usize,
  start: i32,
  count: f64,
  gradients: f64,
  hessians: f64,
  loss: f64,
  direction: i32,
  lower: f64,
  upper: f64,
  best: f64,
  out: usize,
): f64 {
  let gradient: f64 = 0;
  let hessian: f64 = 0;
  let right: f64 = 0;
  const which: usize = constantHessian ? COUNT : 8;
  for (let bin = start; bin >= 0; bin--) {
    const entry = histogram + <usize>(bin + 1) * ENTRY;
    right += load<f64>(entry, COUNT);
    hessian += load<f64>(entry + which);
    gradient += load<f64>(entry);
    if (right < leastSamples) continue;
    if (count - right < leastSamples) break;
    if (hessian < leastHessian) continue;
    if (hessians - hessian < leastHessian) break;
    const gain = gainOf(gradients - gradient, hessians - hessian, gradient, hessian, loss, direction, lower, upper);
    if (gain > best && gain > 0) {
      best = gain;
      keep(out, bin, true, gradients - gradient, hessians - hessian, count - right);
    }
  }
  return best;
}

/**
 * The best split of a feature whose bins are in order. Gives its gain, or -1 where none is allowed.
 *
 * @param bins without that of missing values
 * @param direction of the monotonic constraint: 1, 0 or -1
 */
export function split(
  histogram: usize,
  bins: i32,
  missing: bool,
  count: f64,
  gradients: f64,
  hessians: f64,
  value: f64,
  direction: i32,
  lower: f64,
  upper: f64,
  out: usize,
): f64 {
  const loss = gradients * value;
  const end = bins - 1 + <i32>missing;
  const gain = leftToRight(histogram, end, count, gradients, hessians, loss, direction, lower, upper, out);
  if (!missing) return gain;
  return rightToLeft(histogram, bins - 2, count, gradients, hessians, loss, direction, lower, upper, gain, out);
}

/** Samples that go left first, in the order they had, then the others. Gives how many go left. */
export function partition(
  samples: usize,
  count: u32,
  bins: usize,
  last: u32,
  missingLeft: bool,
  missing: u32,
  buffer: usize,
): u32 {
  const end = samples + (<usize>count << 2);
  let left = samples;
  let right = buffer;
  for (let from = samples; from < end; from += 4) {
    const sample = load<u32>(from);
    const bin: u32 = load<u8>(bins + sample);
    const goes = bin <= last || (missingLeft && bin == missing);
    store<u32>(left, sample);
    store<u32>(right, sample);
    left += <usize>goes << 2;
    right += <usize>!goes << 2;
  }
  memory.copy(left, buffer, right - buffer);
  return <u32>((left - samples) >> 2);
}

/** The same where the bins that go left are bits of 8 words. */
export function partitionSet(samples: usize, count: u32, bins: usize, words: usize, buffer: usize): u32 {
  const end = samples + (<usize>count << 2);
  let left = samples;
  let right = buffer;
  for (let from = samples; from < end; from += 4) {
    const sample = load<u32>(from);
    const bin: u32 = load<u8>(bins + sample);
    const goes = (load<u32>(words + <usize>((bin >> 5) << 2)) >> (bin & 31)) & 1;
    store<u32>(left, sample);
    store<u32>(right, sample);
    left += <usize>goes << 2;
    right += <usize>(1 - goes) << 2;
  }
  memory.copy(left, buffer, right - buffer);
  return <u32>((left - samples) >> 2);
}

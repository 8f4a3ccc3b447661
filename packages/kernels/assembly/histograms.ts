// Histograms of gradients, and the splits that are found in them, for gradient boosting. An entry of a histogram has 24
// bytes: the sum of the gradients, the sum of the hessians and the number of samples, all f64. The order of sums is that of
// scikit-learn 1.9.1's histogram.pyx and splitting.pyx, so that rounding agrees.

import { ENTRY } from "./histograms/entry";

export { fillAll, fillSome } from "./histograms/fill";
export { rules, split } from "./histograms/split";

/** Gathers `values[samples[i]]`, f32. */
export function gather(values: usize, samples: usize, count: u32, out: usize): void {
  const end = samples + (<usize>count << 2);
  for (; samples < end; samples += 4, out += 4) store<f32>(out, load<f32>(values + (<usize>load<u32>(samples) << 2)));
}

/** One histogram minus another, in place. */
export function subtract(from: usize, what: usize, entries: u32): void {
  const end = from + <usize>entries * ENTRY, pairs = from + ((<usize>entries * ENTRY) & ~15);
  for (; from < pairs; from += 16, what += 16) v128.store(from, f64x2.sub(v128.load(from), v128.load(what)));
  if (from < end) store<f64>(from, load<f64>(from) - load<f64>(what));
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

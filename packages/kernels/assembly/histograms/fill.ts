// Sums of the gradients and hessians in each bin, of two features at a time: gradients are read once for both.

import { COUNT, ENTRY } from "./entry";

@inline function add(out: usize, bin: u32, gradient: f64): void {
  const entry = out + <usize>bin * ENTRY;
  store<f64>(entry, load<f64>(entry) + gradient);
  store<f64>(entry, load<f64>(entry, COUNT) + 1, COUNT);
}

/** Adds a gradient and a hessian. */
@inline function addBoth(out: usize, bin: u32, both: v128): void {
  const entry = out + <usize>bin * ENTRY;
  v128.store(entry, f64x2.add(v128.load(entry), both));
  store<f64>(entry, load<f64>(entry, COUNT) + 1, COUNT);
}

@inline function bothAt(gradients: usize, hessians: usize): v128 {
  return f64x2.replace_lane(f64x2.splat(<f64>load<f32>(gradients)), 1, <f64>load<f32>(hessians));
}

/**
 * The histograms of all samples, for two features: bins and gradients are in the same order.
 *
 * @param hessians 0 where they are constant
 * @param other histogram of the second feature, whose bins are `otherBins`; 0 where there is none
 */
export function fillAll(
  bins: usize,
  otherBins: usize,
  count: u32,
  gradients: usize,
  hessians: usize,
  out: usize,
  other: usize,
  entries: u32,
): void {
  memory.fill(out, 0, <usize>entries * ENTRY);
  if (other != 0) memory.fill(other, 0, <usize>entries * ENTRY);
  const end = bins + count;
  if (other == 0) {
    if (hessians == 0) for (; bins < end; bins++, gradients += 4) add(out, load<u8>(bins), load<f32>(gradients));
    else
      for (; bins < end; bins++, gradients += 4, hessians += 4) addBoth(out, load<u8>(bins), bothAt(gradients, hessians));
  } else if (hessians == 0) {
    for (; bins < end; bins++, otherBins++, gradients += 4) {
      const one: u32 = load<u8>(bins), two: u32 = load<u8>(otherBins), gradient = <f64>load<f32>(gradients);
      add(out, one, gradient);
      add(other, two, gradient);
    }
  } else {
    for (; bins < end; bins++, otherBins++, gradients += 4, hessians += 4) {
      const one: u32 = load<u8>(bins), two: u32 = load<u8>(otherBins), both = bothAt(gradients, hessians);
      addBoth(out, one, both);
      addBoth(other, two, both);
    }
  }
}

/** The histograms of some samples, see {@link fillAll}; gradients and hessians are gathered already. */
export function fillSome(
  bins: usize,
  otherBins: usize,
  samples: usize,
  count: u32,
  gradients: usize,
  hessians: usize,
  out: usize,
  other: usize,
  entries: u32,
): void {
  memory.fill(out, 0, <usize>entries * ENTRY);
  if (other != 0) memory.fill(other, 0, <usize>entries * ENTRY);
  const end = samples + (<usize>count << 2);
  if (other == 0) {
    if (hessians == 0)
      for (; samples < end; samples += 4, gradients += 4) add(out, load<u8>(bins + load<u32>(samples)), load<f32>(gradients));
    else
      for (; samples < end; samples += 4, gradients += 4, hessians += 4)
        addBoth(out, load<u8>(bins + load<u32>(samples)), bothAt(gradients, hessians));
  } else if (hessians == 0) {
    // Two at a time, whose bins are read before sums are written.
    const twos = samples + (<usize>(count & ~1) << 2);
    for (; samples < twos; samples += 8, gradients += 8) {
      const sample = load<u32>(samples), next = load<u32>(samples, 4);
      const a: u32 = load<u8>(bins + sample), b: u32 = load<u8>(otherBins + sample);
      const c: u32 = load<u8>(bins + next), d: u32 = load<u8>(otherBins + next);
      const gradient = <f64>load<f32>(gradients), nextGradient = <f64>load<f32>(gradients, 4);
      add(out, a, gradient);
      add(other, b, gradient);
      add(out, c, nextGradient);
      add(other, d, nextGradient);
    }
    if (samples < end) {
      const sample = load<u32>(samples), gradient = <f64>load<f32>(gradients);
      add(out, load<u8>(bins + sample), gradient);
      add(other, load<u8>(otherBins + sample), gradient);
    }
  } else {
    for (; samples < end; samples += 4, gradients += 4, hessians += 4) {
      const sample = load<u32>(samples), both = bothAt(gradients, hessians);
      const one: u32 = load<u8>(bins + sample), two: u32 = load<u8>(otherBins + sample);
      addBoth(out, one, both);
      addBoth(other, two, both);
    }
  }
}

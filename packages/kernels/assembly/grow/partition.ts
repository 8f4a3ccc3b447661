// The samples of a node, ordered by one feature, or around a threshold (scikit-learn's tree/_partitioner.pyx).

import { columnOf, columns, counts, digit, first, gaps, isRanked, keys, last, ranks, rows, sampleAt, samples, sorted, valueAt, values, width } from "./state";
import { sort } from "./sort";

/** Values that differ by no more than this are one value. */
const CLOSE: f32 = 1e-7;
/** From this many values on, or a quarter of the buckets, radix sort is faster. */
const MANY: i32 = 96;

/** How many values of the feature are missing in the node; they lie last. */
export let missing: i32 = 0;
export let least: f32 = 0, most: f32 = 0;

/** Whether `more` is so little above `value` that no threshold fits between them. */
@inline export function isClose(more: f32, value: f32): bool {
  return more <= value + CLOSE;
}

@inline function isNaNf(value: f32): bool {
  return value != value;
}

@inline function setSample(at: i32, sample: i32): void {
  store<i32>(samples + (<usize>at << 2), sample);
}
@inline function setValue(at: i32, value: f32): void {
  store<f32>(values + (<usize>at << 2), value);
}

/**
 * Ranks of the values of each feature, once for all trees. A feature may be sorted by its ranks where the order of ties
 * does not matter: there are none, or sums are `exact` in any order.
 */
export function rank(exact: bool): void {
  for (let feature = 0; feature < width; feature++) {
    const column = columnOf(feature), to = ranks + ((<usize>feature * <usize>rows) << 2);
    let n = 0;
    for (let row = 0; row < rows; row++) {
      const value = load<f32>(column + (<usize>row << 2));
      if (isNaNf(value)) continue;
      setSample(n, row); setValue(n, value);
      n++;
    }
    sort<f32>(values, samples, n);
    let place = 0, ties = false;
    for (let at = 0; at < n; at++) {
      if (at > 0 && valueAt(at) == valueAt(at - 1)) ties = true;
      else place = at;
      store<i32>(to + (<usize>sampleAt(at) << 2), place);
    }
    store<u8>(isRanked + <usize>feature, <u8>(exact || !ties));
  }
}

@inline function readValues(column: usize, end: i32): void {
  for (let at = first; at < end; at++) setValue(at, load<f32>(column + (<usize>sampleAt(at) << 2)));
}

/** Sorts the node's samples by a feature; missing values go last. */
export function sortNode(feature: i32): void {
  const column = columnOf(feature);
  let final = last - 1;
  if (load<u8>(gaps + <usize>feature)) {
    for (let at = first; at <= final; ) {
      if (isNaNf(load<f32>(column + (<usize>sampleAt(final) << 2)))) {
        final--;
        continue;
      }
      const sample = sampleAt(at);
      if (isNaNf(load<f32>(column + (<usize>sample << 2)))) {
        setSample(at, sampleAt(final));
        setSample(final--, sample);
      }
      at++;
    }
  }
  missing = last - 1 - final;
  const n = final + 1 - first;
  if (digit > 0 && n >= max(MANY, (1 << digit) >> 2) && load<u8>(isRanked + <usize>feature)) {
    radixSort(feature, column, n);
    return;
  }
  readValues(column, final + 1);
  sort<f32>(values + (<usize>first << 2), samples + (<usize>first << 2), n);
}

/** Two passes over ranks of twice `digit` bits, the lower half first. */
function radixSort(feature: i32, column: usize, n: i32): void {
  const rank = ranks + ((<usize>feature * <usize>rows) << 2), mask = (1 << digit) - 1, high = counts + (4 << digit);
  memory.fill(counts, 0, 8 << digit);
  const from = samples + (<usize>first << 2);
  for (let at: usize = 0, end = <usize>n; at < end; at++) {
    const sample = load<i32>(from + (at << 2)), place = load<i32>(rank + (<usize>sample << 2));
    store<u64>(keys + (at << 3), (<u64>place << 32) | <u64>sample);
    const one = counts + (<usize>(place & mask) << 2), two = high + (<usize>(place >> digit) << 2);
    store<i32>(one, load<i32>(one) + 1); store<i32>(two, load<i32>(two) + 1);
  }
  let below = 0, above = 0;
  for (let bucket = counts; bucket < high; bucket += 4) {
    const one = load<i32>(bucket), two = load<i32>(bucket + (4 << digit));
    store<i32>(bucket, below); store<i32>(bucket + (4 << digit), above);
    below += one; above += two;
  }
  for (let key = keys, end = keys + (<usize>n << 3); key < end; key += 8) {
    const value = load<u64>(key), bucket = counts + (<usize>(<i32>(value >> 32) & mask) << 2), to = load<i32>(bucket);
    store<i32>(bucket, to + 1); store<u64>(sorted + (<usize>to << 3), value);
  }
  for (let key = sorted, end = sorted + (<usize>n << 3); key < end; key += 8) {
    const value = load<u64>(key), bucket = high + (<usize>(<i32>(value >> 32) >> digit) << 2), to = load<i32>(bucket);
    store<i32>(bucket, to + 1);
    setSample(first + to, <i32>value);
    setValue(first + to, load<f32>(column + (<usize>(<i32>value) << 2)));
  }
}

@inline function reverse(list: usize, from: i32, to: i32): void {
  for (let one = list + (<usize>from << 2), other = list + (<usize>to << 2) - 4; one < other; one += 4, other -= 4) {
    const word = load<i32>(one);
    store<i32>(one, load<i32>(other)); store<i32>(other, word);
  }
}

/** Brings the missing values, which lie last, to the front; all keep their order. */
export function missingFirst(): void {
  const middle = last - missing;
  for (let list = samples, done = 0; done < 2; done++, list = values) {
    reverse(list, first, middle); reverse(list, middle, last); reverse(list, first, last);
  }
}

/** Reads a feature without sorting: its values, the least and the most of them. Vectors have instructions for that without branches. */
export function extremes(feature: i32): void {
  const column = columnOf(feature), to = values, rows = samples;
  let low = f32x4.splat(Infinity), high = f32x4.splat(-Infinity), gaps = i32x4.splat(0);
  let at = <usize>first << 2;
  const end = <usize>last << 2, fours = at + ((end - at) & ~15);
  for (; at < fours; at += 16) {
    let four = v128.load32_zero(column + (<usize>load<i32>(rows + at) << 2));
    four = v128.load_lane<f32>(column + (<usize>load<i32>(rows + at, 4) << 2), four, 1);
    four = v128.load_lane<f32>(column + (<usize>load<i32>(rows + at, 8) << 2), four, 2);
    four = v128.load_lane<f32>(column + (<usize>load<i32>(rows + at, 12) << 2), four, 3);
    v128.store(to + at, four);
    low = f32x4.pmin(low, four);
    high = f32x4.pmax(high, four);
    gaps = i32x4.sub(gaps, f32x4.ne(four, four));
  }
  for (; at < end; at += 4) {
    const value = load<f32>(column + (<usize>load<i32>(rows + at) << 2)), same = f32x4.splat(value);
    store<f32>(to + at, value);
    low = f32x4.pmin(low, same);
    high = f32x4.pmax(high, same);
    gaps = i32x4.sub(gaps, i32x4.replace_lane(i32x4.splat(0), 0, -<i32>isNaNf(value)));
  }
  low = f32x4.pmin(low, i8x16.shuffle(low, low, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7));
  low = f32x4.pmin(low, i8x16.shuffle(low, low, 4, 5, 6, 7, 0, 1, 2, 3, 12, 13, 14, 15, 8, 9, 10, 11));
  high = f32x4.pmax(high, i8x16.shuffle(high, high, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7));
  high = f32x4.pmax(high, i8x16.shuffle(high, high, 4, 5, 6, 7, 0, 1, 2, 3, 12, 13, 14, 15, 8, 9, 10, 11));
  least = f32x4.extract_lane(low, 0); most = f32x4.extract_lane(high, 0);
  missing = i32x4.extract_lane(gaps, 0) + i32x4.extract_lane(gaps, 1) + i32x4.extract_lane(gaps, 2) + i32x4.extract_lane(gaps, 3);
}

/** The next position where a split is possible, after `position`. */
@inline export function nextPosition(position: i32, missingLeft: bool): i32 {
  const final = missingLeft ? last : last - missing;
  if (position == final && !missingLeft) return last;
  let at = (missingLeft && position == first ? first + missing : position) + 1;
  while (at < final && isClose(valueAt(at), valueAt(at - 1))) at++;
  return at;
}

/**
 * Splits the values that were read last; gives where the right child begins. What goes right changes places with the last
 * that was not looked at. It does without branches, as every outcome would be a surprise to the processor, and reads both
 * that may come next before it knows which. Values are moved as whole numbers: engines choose among those without branches.
 */
export function splitValues(threshold: f64, missingLeft: bool): i32 {
  const from = values, rows = samples;
  let at = <usize>first << 2, end = <usize>last << 2;
  let bits = load<i32>(from + at), sample = load<i32>(rows + at);
  while (at < end) {
    const nextBits = load<i32>(from + at, 4), nextSample = load<i32>(rows + at, 4);
    const lastBits = load<i32>(from + end - 4), lastSample = load<i32>(rows + end - 4);
    const value = reinterpret<f32>(bits);
    const left = <i32>(<f64>value <= threshold) | (<i32>missingLeft & <i32>isNaNf(value));
    const to = select(at, end - 4, left);
    store<i32>(from + to, bits);
    store<i32>(rows + to, sample);
    bits = select(nextBits, lastBits, left);
    sample = select(nextSample, lastSample, left);
    at += <usize>(left << 2);
    end -= <usize>((1 - left) << 2);
  }
  return <i32>(end >> 2);
}

/** Splits the samples by the split that was chosen. */
export function splitSamples(feature: i32, threshold: f64, missingLeft: bool): void {
  const column = columnOf(feature), rows = samples;
  let at = <usize>first << 2, end = <usize>last << 2;
  while (at < end) {
    const sample = load<i32>(rows + at), value = load<f32>(column + (<usize>sample << 2));
    if (<f64>value <= threshold || (missingLeft && isNaNf(value))) at += 4;
    else {
      end -= 4;
      store<i32>(rows + at, load<i32>(rows + end)); store<i32>(rows + end, sample);
    }
  }
}

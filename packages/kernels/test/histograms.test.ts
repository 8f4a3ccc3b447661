import { describe, expect, it } from "vitest";
import { ClusterSpace, HistogramSpace, Pcg64 } from "../src/index.ts";

describe("numbers of numpy's default_rng", () => {
  // numpy 2.4: default_rng(seed).shuffle(numpy.arange(20)), and where the generator stands then.
  it.each([
    [0, "4,19,6,2,13,16,3,11,10,8,0,12,7,5,18,17,14,9,1,15", 325115863347516500475679070535785655313n, 2325558233],
    [12345, "17,0,6,18,10,11,15,9,5,12,4,1,7,3,8,19,14,16,2,13", 143826151085233744180454478492178290400n, 2995539972],
    [
      4294967295,
      "1,7,6,15,19,0,4,13,8,12,10,16,11,18,3,5,17,14,2,9",
      68871649659396022396201424471845639510n,
      3735979717,
    ],
  ])("seed %i", (seed, order, state, spare) => {
    const random = new Pcg64(seed);
    const list = Array.from({ length: 20 }, (_, at) => at);
    random.shuffle(list);
    expect(list.join()).toBe(order);
    expect(random.snapshot()).toMatchObject({ state, hasSpare: true, spare });
  });

  it("refuses what is no seed", () => {
    expect(() => new Pcg64(-1)).toThrow(RangeError);
  });
});

describe("histograms", () => {
  const rows = 9;
  const make = (constantHessian: boolean) => {
    const space = new HistogramSpace({ rows, features: 2, bins: 4, outputs: 1, constantHessian, slots: 2 });
    space.bins.set([0, 1, 2, 0, 1, 2, 0, 1, 3, 2, 2, 2, 1, 1, 1, 0, 0, 0]);
    space.gradients.set(Float32Array.from({ length: rows }, (_, row) => row - 4));
    if (!constantHessian) space.hessians.fill(0.5);
    space.setRules({ l2: 0, leastHessian: 0, leastSamples: 1 });
    space.begin(0);
    return space;
  };
  const entry = (space: HistogramSpace, slot: number, feature: number, bin: number) => {
    const at = space.histogramAt(slot, feature) + 3 * bin;
    return [...space.entries.subarray(at, at + 3)];
  };

  it.each([true, false])(
    "of all rows, of some, and of the others by subtraction; constant hessians: %s",
    (constant) => {
      const space = make(constant);
      space.fill(0, 0, 0, rows);
      // Rows 0, 3 and 6 are in bin 0: gradients -4, -1 and 2.
      expect(entry(space, 0, 0, 0)).toEqual([-3, constant ? 0 : 1.5, 3]);
      expect(space.sumOfGradients(0, 0)).toBe(0);
      const middle = space.partition(0, rows, 1, 0, false);
      expect([...space.samples]).toEqual([6, 7, 8, 0, 1, 2, 3, 4, 5]);
      space.gather(0, middle);
      space.fill(1, 0, 0, middle);
      expect(entry(space, 1, 0, 0)).toEqual([2, constant ? 0 : 0.5, 1]);
      space.subtract(0, 1, 0);
      expect(entry(space, 0, 0, 0)).toEqual([-5, constant ? 0 : 1, 2]);
    },
  );

  it("part rows where the gradients part, with missing values on the better side", () => {
    const space = make(true);
    for (const feature of [0, 1]) space.fill(0, feature, 0, rows);
    const node = { slot: 0, count: rows, gradients: 0, hessians: rows, value: 0, lower: -Infinity, upper: Infinity };
    // By hand: left gradients 9 and right -9 of 3 and 6 rows; 9²/3 + 9²/6.
    expect(space.split(node, 1, 3, false, 0)).toBeCloseTo(9 ** 2 / 3 + 9 ** 2 / 6, 9);
    expect(space.best[0]).toBe(0);
    expect(space.split(node, 1, 3, false, 1)).toBeCloseTo(9 ** 2 / 3 + 9 ** 2 / 6, 9);
    expect(space.split(node, 1, 3, false, -1)).toBe(-1);
    // Bin 3 holds what is missing: row 8, whose gradient is 4.
    expect(space.split(node, 0, 3, true, 0)).toBeCloseTo(4 ** 2 / 1 + 4 ** 2 / 8, 9);
    expect(space.best[1]).toBe(0);
  });

  it("part rows by sets of bins", () => {
    const space = make(true);
    space.words[0] = 0b101;
    expect(space.partitionSet(0, rows, 0)).toBe(5);
    expect([...space.samples]).toEqual([0, 2, 3, 5, 6, 1, 4, 7, 8]);
  });

  it("are refused where no memory could hold them", () => {
    const sizes = { rows: 1e9, features: 100, bins: 256, outputs: 1, constantHessian: true, slots: 4 };
    expect(() => new HistogramSpace(sizes)).toThrow(RangeError);
  });
});

describe("nearest centers", () => {
  it("of many rows, and sums of their rows", () => {
    const [rows, width, clusters] = [101, 3, 11];
    const space = new ClusterSpace(rows, width, clusters);
    for (let at = 0; at < rows * width; at++) space.x[at] = Math.sin(at * at);
    space.weights.set(Float64Array.from({ length: rows }, (_, row) => 1 + (row % 2)));
    const centers = Float64Array.from({ length: clusters * width }, (_, at) => Math.cos(3 * at));
    space.ready();
    space.assign(centers);
    const distance = (row: number, center: number) =>
      [0, 1, 2].reduce((sum, k) => sum + (space.x[row * width + k]! - centers[center * width + k]!) ** 2, 0);
    const nearest = Array.from({ length: rows }, (_, row) => {
      const all = Array.from({ length: clusters }, (__, center) => distance(row, center));
      return all.indexOf(Math.min(...all));
    });
    expect([...space.labels]).toEqual(nearest);
    space.accumulate();
    const totals = Array.from({ length: clusters }, (_, center) =>
      nearest.reduce((sum, label, row) => sum + (label === center ? 1 + (row % 2) : 0), 0),
    );
    expect([...space.totals]).toEqual(totals);
    const sum = nearest.reduce(
      (s, label, row) => (label === nearest[0] ? s + space.x[row * width + 2]! * (1 + (row % 2)) : s),
      0,
    );
    expect(space.sums[nearest[0]! * width + 2]).toBeCloseTo(sum, 12);
  });

  it("takes the first of two that are the same", () => {
    const space = new ClusterSpace(2, 2, 2);
    space.x.set([0.1, 0.7, 0.3, 0.9]);
    space.ready();
    space.assign(Float64Array.of(0.2, 0.4, 0.2, 0.4));
    expect([...space.labels]).toEqual([0, 0]);
  });
});

import { isCurtidoError } from "@curtido/pickle";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  crossValScore,
  KFold,
  type Split,
  type SplitOptions,
  StratifiedKFold,
  trainTestSplit,
} from "../../src/fit/index.ts";
import { fixture, rowsOf, trainer } from "./cases.ts";

interface Splits {
  readonly halves: readonly { rows: number; options: SplitOptions; train: number[]; test: number[] }[];
  readonly folds: readonly {
    class: string;
    options: object;
    y: unknown[];
    splits: { train: number[]; test: number[] }[];
  }[];
}
interface Scores {
  readonly scores: readonly {
    class: string;
    given: Record<string, unknown>;
    X: number[][];
    y: unknown[];
    columns: string[] | null;
    scores: number[];
  }[];
}
const made = fixture<Splits & Scores>("splits");
const lists = ({ train, test }: Split) => ({ train: [...train], test: [...test] });

describe("rows are chosen as scikit-learn 1.9.1 chooses them", () => {
  it.each(made.halves)("trainTestSplit of $rows rows, $options", ({ rows, options, train, test }) => {
    expect(lists(trainTestSplit(rows, options))).toEqual({ train, test });
  });
  it.each(made.folds)("$class, $options", ({ class: name, options, y, splits }) => {
    const found = name === "KFold" ? new KFold(options).split(y.length) : new StratifiedKFold(options).split(y);
    expect(found.map(lists)).toEqual(splits);
  });

  it.each(made.scores)("crossValScore of $class", ({ class: name, given, X, y, columns, scores }) => {
    const rows = rowsOf({ X, ...(columns === null ? {} : { columns }) });
    const model = trainer({ class: name, given });
    const folds = typeof y[0] === "string" ? new StratifiedKFold().split(y) : new KFold().split(y.length);
    const found = crossValScore(model, rows, y, folds);
    expect(found.length).toBe(scores.length);
    found.forEach((score, at) => {
      expect(score).toBeCloseTo(scores[at]!, 13);
    });
  });

  it("never loses or repeats a row", () => {
    const counts = fc.tuple(
      fc.integer({ min: 4, max: 200 }),
      fc.double({ min: 0.05, max: 0.9, noNaN: true }),
      fc.nat(),
    );
    fc.assert(
      fc.property(counts, ([rows, testSize, randomState]) => {
        fc.pre(Math.ceil(testSize * rows) < rows);
        const { train, test } = trainTestSplit(rows, { testSize, randomState });
        expect([...train, ...test].sort((one, other) => one - other)).toEqual([...Array(rows).keys()]);
      }),
    );
  });

  it.each([
    ["a part without rows", () => trainTestSplit(1)],
    ["a size beyond the rows", () => trainTestSplit(5, { testSize: 5 })],
    ["a seed that is none", () => trainTestSplit(5, { randomState: -1 })],
    ["a label of one row", () => trainTestSplit(4, { stratify: ["a", "a", "a", "b"] })],
    ["order kept, and labels too", () => trainTestSplit(4, { shuffle: false, stratify: [0, 0, 1, 1] })],
    ["more folds than rows", () => new KFold({ nSplits: 5 }).split(4)],
    ["one fold", () => new KFold({ nSplits: 1 })],
    ["a seed for nothing", () => new StratifiedKFold({ randomState: 0 })],
  ])("refuses %s", (_, run) => {
    let error: unknown;
    try {
      run();
    } catch (thrown) {
      error = thrown;
    }
    expect(isCurtidoError(error, "E_UNSUPPORTED")).toBe(true);
  });
});

import { describe, expect, it } from "vitest";
import * as fit from "../../src/fit/index.ts";
import { fixture } from "./cases.ts";

interface Metrics {
  readonly regression: Readonly<Record<string, number>> & { readonly y: number[]; readonly p: number[] };
  readonly labels: {
    y: string[];
    p: string[];
    accuracyScore: number;
    confusionMatrix: number[][];
    f1: Record<string, number>;
  };
  readonly two: { y: number[]; scores: number[]; rocAucScore: number; f1: number };
  readonly shares: { y: string[]; p: number[][]; logLoss: number };
}
const made = fixture<Metrics>("metrics");

describe("metrics are scikit-learn 1.9.1's", () => {
  const { regression, labels, two, shares } = made;
  it("of numbers", () => {
    const { y, p } = regression;
    expect(fit.r2Score(y, p)).toBeCloseTo(regression["r2Score"]!, 13);
    expect(fit.meanAbsoluteError(y, p)).toBeCloseTo(regression["meanAbsoluteError"]!, 13);
    expect(fit.meanSquaredError(y, p)).toBeCloseTo(regression["meanSquaredError"]!, 13);
    expect(fit.rootMeanSquaredError(y, p)).toBeCloseTo(regression["rootMeanSquaredError"]!, 13);
  });
  it("of labels", () => {
    expect(fit.accuracyScore(labels.y, labels.p)).toBe(labels.accuracyScore);
    expect(fit.confusionMatrix(labels.y, labels.p)).toEqual(labels.confusionMatrix);
    for (const average of ["macro", "micro", "weighted"] as const)
      expect(fit.f1Score(labels.y, labels.p, average)).toBeCloseTo(labels.f1[average]!, 14);
    expect(() => fit.f1Score(labels.y, labels.p)).toThrow("macro");
  });
  it("of two labels and scores", () => {
    expect(fit.rocAucScore(two.y, two.scores)).toBeCloseTo(two.rocAucScore, 14);
    const called = two.scores.map((score) => (score > 0.4 ? 1 : 0));
    expect(fit.f1Score(two.y, called)).toBeCloseTo(two.f1, 14);
    expect(() => fit.rocAucScore(labels.y, labels.y.map(Number.prototype.valueOf.bind(1)))).toThrow("two labels");
  });
  it("of probabilities", () => {
    expect(fit.logLoss(shares.y, shares.p)).toBeCloseTo(shares.logLoss, 12);
  });
});

import { alike, type Entries, family, type Revive } from "../base/entry.ts";
import { costOfAlgorithm } from "./algorithm.ts";
import { BaselineOnly, Factors, SVDpp } from "./factors.ts";
import { basic, Neighbors, withBaseline, withMeans, withZScore } from "./neighbors.ts";
import { CoClustering, refuseDrawn, SlopeOne } from "./others.ts";

const algorithm = (name: string, revive: Revive): Entries => alike("surprise", name, revive, { cost: costOfAlgorithm });

/** Surprise. */
export const surpriseEntries: Entries = family(
  algorithm("SVD NMF", (state) => new Factors(state)),
  algorithm("SVDpp", (state) => new SVDpp(state)),
  algorithm("BaselineOnly", (state) => new BaselineOnly(state)),
  algorithm("KNNBasic", (state) => new Neighbors(state, basic)),
  algorithm("KNNWithMeans", (state) => new Neighbors(state, withMeans)),
  algorithm("KNNWithZScore", (state) => new Neighbors(state, withZScore)),
  algorithm("KNNBaseline", (state) => new Neighbors(state, withBaseline)),
  algorithm("SlopeOne", (state) => new SlopeOne(state)),
  algorithm("CoClustering", (state) => new CoClustering(state)),
  algorithm("NormalPredictor", refuseDrawn),
);

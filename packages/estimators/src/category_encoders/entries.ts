import { alike, type Entries, family, type Revive } from "../base/entry.ts";
import type { State } from "../base/state.ts";
import type { Coding } from "./coding.ts";
import { TableEncoder } from "./encoder.ts";
import { costOfHashing, HashingEncoder } from "./hashing.ts";
import { isOld, mappedCodings, ordinalCodings, rankHotCodings } from "./mapped.ts";
import { MultiHotEncoder } from "./multi_hot.ts";
import { catBoostCodings, countCodings, leaveOneOutCodings } from "./statistics.ts";
import { EncoderDelegate, PolynomialWrapper, SummaryEncoder } from "./wrappers.ts";

const LIBRARY = "category_encoders";

const table =
  (codings: (state: State) => readonly Coding[]): Revive =>
  (state) =>
    new TableEncoder(state, codings(state));

/** What is missing was looked for by its code from 2.5 on. */
const oneHot = table((state) => mappedCodings(state, { missingByCode: !isOld(state) }));

/** Numbers by the code of a category. */
const MAPPED = `
  BackwardDifferenceEncoder BaseNEncoder CountTargetEncoder GLMMEncoder GrayEncoder HelmertEncoder JamesSteinEncoder
  MEstimateEncoder PolynomialEncoder QuantileEncoder SumEncoder TargetEncoder WOEEncoder`;

/** BinaryEncoder held a BaseNEncoder up to 2.2. */
const binary: Revive = (state) =>
  state.given("base_n_encoder")
    ? new EncoderDelegate(state, state.estimator("base_n_encoder"))
    : new TableEncoder(state, mappedCodings(state));

/** category_encoders. */
export const categoryEncodersEntries: Entries = family(
  alike(LIBRARY, MAPPED, table(mappedCodings)),
  alike(LIBRARY, "OrdinalEncoder", table(ordinalCodings)),
  alike(LIBRARY, "OneHotEncoder", oneHot),
  alike(LIBRARY, "BinaryEncoder", binary),
  alike(LIBRARY, "RankHotEncoder", table(rankHotCodings)),
  alike(LIBRARY, "LeaveOneOutEncoder", table(leaveOneOutCodings)),
  alike(LIBRARY, "CatBoostEncoder", table(catBoostCodings)),
  alike(LIBRARY, "CountEncoder", (state) => new TableEncoder(state, countCodings(state), "_min_group_categories")),
  alike(LIBRARY, "HashingEncoder", (state) => new HashingEncoder(state), { cost: costOfHashing }),
  alike(LIBRARY, "MultiHotEncoder", (state) => new MultiHotEncoder(state)),
  alike(LIBRARY, "SummaryEncoder", (state) => new SummaryEncoder(state)),
  alike(LIBRARY, "PolynomialWrapper", (state) => new PolynomialWrapper(state)),
  alike(LIBRARY, "NestedCVWrapper", (state) => new EncoderDelegate(state, state.estimator("feature_encoder"))),
);

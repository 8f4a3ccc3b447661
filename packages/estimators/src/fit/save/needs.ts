/** @module What older releases of scikit-learn cannot do: a file that they would read wrongly is not written. */

import type { NdArray } from "@curtido/arrays";
import { type Dict, Float } from "@curtido/pickle";

/** Something that a release and all before it do not know. */
export interface Need {
  /** The first release that knows it. */
  readonly since: string;
  /** What it is, for the message. */
  readonly what: string;
  /** Whether a state has it; estimators that are not fitted come here too. */
  readonly has: (state: Dict<unknown>) => boolean;
}

function isSet(name: string): (state: Dict<unknown>) => boolean {
  return (state) => (state.get(name) ?? null) !== null;
}

function isTrue(name: string): (state: Dict<unknown>) => boolean {
  return (state) => state.get(name) === true;
}

function isWord(name: string, ...words: readonly string[]): (state: Dict<unknown>) => boolean {
  return (state) => words.includes(state.get(name) as string);
}

function isNaNValue(value: unknown): boolean {
  return Number.isNaN(value instanceof Float ? value.value : value);
}

/** Whether one of the columns has missing values, or texts and something else. */
function hasMissing(state: Dict<unknown>): boolean {
  return ((state.get("categories_") ?? []) as readonly NdArray[]).some((list) => {
    const last = list.flat().at(-1);
    return last === null || isNaNValue(last) || list.flat()[0] === null;
  });
}

const GROUPS = (state: Dict<unknown>) => state.get("_infrequent_enabled") === true;

/** By `module.name`, as scikit-learn 1.9.1 has it. */
export const NEEDS: Readonly<Record<string, readonly Need[]>> = {
  "sklearn.preprocessing._encoders.OneHotEncoder": [
    {
      since: "1.2",
      what: "'drop' together with 'minFrequency' or 'maxCategories'",
      has: (state) => GROUPS(state) && isSet("drop")(state),
    },
    { since: "1.1", what: "'minFrequency' and 'maxCategories'", has: GROUPS },
    {
      since: "1.1",
      what: "handleUnknown: 'infrequent_if_exist'",
      has: isWord("handle_unknown", "infrequent_if_exist"),
    },
    { since: "1.6", what: "handleUnknown: 'warn'", has: isWord("handle_unknown", "warn") },
    {
      since: "1.0",
      what: "'drop' together with handleUnknown: 'ignore'",
      has: (state) => isSet("drop")(state) && isWord("handle_unknown", "ignore")(state),
    },
    { since: "0.24", what: "missing values among categories", has: hasMissing },
    { since: "0.23", what: "drop: 'if_binary'", has: isWord("drop", "if_binary") },
  ],
  "sklearn.preprocessing._encoders.OrdinalEncoder": [
    { since: "1.3", what: "'minFrequency' and 'maxCategories'", has: GROUPS },
    { since: "1.1", what: "'encodedMissingValue'", has: (state) => !isNaNValue(state.get("encoded_missing_value")) },
    { since: "1.0", what: "missing values among categories", has: hasMissing },
    { since: "0.24", what: "'unknownValue'", has: isSet("unknown_value") },
  ],
  "sklearn.impute._base.SimpleImputer": [
    { since: "1.2", what: "'keepEmptyFeatures'", has: isTrue("keep_empty_features") },
    {
      since: "1.8",
      what: "strategy: 'constant' over a column that is empty",
      has: (state) =>
        isWord("strategy", "constant")(state) &&
        (state.get("statistics_") as NdArray | undefined)?.flat().some(isNaNValue) === true,
    },
  ],
  "sklearn.neural_network._multilayer_perceptron.MLPRegressor": [
    { since: "1.7", what: "loss: 'poisson'", has: isWord("loss", "poisson") },
  ],
  "sklearn.preprocessing._data.MinMaxScaler": [{ since: "0.24", what: "'clip'", has: isTrue("clip") }],
};

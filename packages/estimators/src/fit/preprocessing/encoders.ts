/** @module OneHotEncoder and OrdinalEncoder. */

import type { NdArray } from "@curtido/arrays";
import { Dict, float, Global } from "@curtido/pickle";
import type { Rows } from "../../base/index.ts";
import { namesOf, readTable, type Table } from "../data.ts";
import { bool, none, parameter, word } from "../parameters.ts";
import { type ClassSpec, type Fitted, type Given, Trainer } from "../trainer.ts";
import { categoriesOf, columnsOfValues, isMissing } from "../values.ts";

const MODULE = "sklearn.preprocessing._encoders";
const FLOAT64 = new Global("numpy", "float64");

const ONE_HOT: ClassSpec = {
  module: MODULE,
  name: "OneHotEncoder",
  parameters: {
    categories: parameter("auto", word("auto")),
    sparseOutput: parameter(true, bool),
    dtype: parameter(FLOAT64),
    handleUnknown: parameter("error", word("error", "ignore")),
    drop: parameter(null, none),
    minFrequency: parameter(null, none),
    maxCategories: parameter(null, none),
    featureNameCombiner: parameter("concat", word("concat")),
  },
  // Up to 1.1 the name of sparse_output, which takes any text for true; 1.2 and 1.3 read both.
  older: (parameters) => ({ sparse: parameters.get("sparseOutput") === true ? "deprecated" : false }),
};

function categories(X: Table): NdArray[] {
  const names = namesOf(X);
  return columnsOfValues(X).map((values, at) => categoriesOf(values, names?.[at] ?? `feature${at + 1}`, X, at));
}

/**
 * One column for each value of each feature.
 *
 * @example
 * new OneHotEncoder({ sparseOutput: false }).fit([["a"], ["b"]]).transform([["b"]]).tolist(); // [[0, 1]]
 */
export class OneHotEncoder extends Trainer {
  constructor(given: Given = {}) {
    super(ONE_HOT, given);
  }

  /** Learns which values there are. */
  fit(X: Rows): Fitted {
    const table = readTable(X);
    const found = categories(table);
    return this.finish([
      ["_infrequent_enabled", false],
      ...this.features(table),
      ["categories_", found],
      ["_drop_idx_after_grouping", null],
      ["drop_idx_", null],
      ["_n_features_outs", found.map((values) => values.size)],
    ]);
  }
}

const ORDINAL: ClassSpec = {
  module: MODULE,
  name: "OrdinalEncoder",
  parameters: {
    categories: parameter("auto", word("auto")),
    dtype: parameter(FLOAT64),
    handleUnknown: parameter("error", word("error", "use_encoded_value")),
    unknownValue: parameter(null, none, { kind: "int", least: -(2 ** 53 - 1), most: 2 ** 53 - 1 }, { kind: "nan" }),
    encodedMissingValue: parameter(float(Number.NaN), { kind: "nan" }),
    minFrequency: parameter(null, none),
    maxCategories: parameter(null, none),
  },
};

/**
 * A number for each value of each feature, in the values' order.
 *
 * @example
 * new OrdinalEncoder().fit([["a"], ["b"]]).transform([["b"]]).tolist(); // [[1]]
 */
export class OrdinalEncoder extends Trainer {
  constructor(given: Given = {}) {
    super(ORDINAL, given);
  }

  /** Learns which values there are. */
  fit(X: Rows): Fitted {
    const unknown = this.parameters.get("unknownValue");
    if ((this.parameters.get("handleUnknown") === "use_encoded_value") === (unknown === null))
      this.unsupported("unknownValue", "goes with { handleUnknown: 'use_encoded_value' }, and only with it");
    const table = readTable(X);
    const found = categories(table);
    const missing = found.flatMap((values, at) => {
      const last = values.flat().findIndex(isMissing);
      return last < 0 ? [] : [[at, last] as const];
    });
    return this.finish([
      ["_infrequent_enabled", false],
      ...this.features(table),
      ["categories_", found],
      ["_missing_indices", new Dict(missing)],
    ]);
  }
}

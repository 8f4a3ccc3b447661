/** @module What older releases of scikit-learn do not know of encoders and scalers. */

import type { NdArray } from "@curtido/arrays";
import type { Dict } from "@curtido/pickle";
import { isNaNValue, isOneOf, isSet, isTrue, type Layouts } from "./layout.ts";

/** Whether one of the columns has missing values, or texts and something else. */
function hasMissing(state: Dict<unknown>): boolean {
  return ((state.get("categories_") ?? []) as readonly NdArray[]).some((list) => {
    const last = list.flat().at(-1);
    return last === null || isNaNValue(last) || list.flat()[0] === null;
  });
}

const GROUPS = (state: Dict<unknown>) => state.get("_infrequent_enabled") === true;

/** `sklearn.preprocessing`. */
export const PREPROCESSING_LAYOUTS: Layouts = {
  "sklearn.preprocessing.OneHotEncoder": {
    needs: [
      {
        since: "1.2",
        what: "'drop' together with 'minFrequency' or 'maxCategories'",
        has: (state) => GROUPS(state) && isSet("drop")(state),
      },
      { since: "1.1", what: "'minFrequency' and 'maxCategories'", has: GROUPS },
      {
        since: "1.1",
        what: "handleUnknown: 'infrequent_if_exist'",
        has: isOneOf("handle_unknown", "infrequent_if_exist"),
      },
      { since: "1.6", what: "handleUnknown: 'warn'", has: isOneOf("handle_unknown", "warn") },
      {
        since: "1.0",
        what: "'drop' together with handleUnknown: 'ignore'",
        has: (state) => isSet("drop")(state) && isOneOf("handle_unknown", "ignore")(state),
      },
      { since: "0.24", what: "missing values among categories", has: hasMissing },
      { since: "0.23", what: "drop: 'if_binary'", has: isOneOf("drop", "if_binary") },
    ],
  },
  "sklearn.preprocessing.OrdinalEncoder": {
    needs: [
      { since: "1.3", what: "'minFrequency' and 'maxCategories'", has: GROUPS },
      { since: "1.1", what: "'encodedMissingValue'", has: (state) => !isNaNValue(state.get("encoded_missing_value")) },
      { since: "1.0", what: "missing values among categories", has: hasMissing },
      { since: "0.24", what: "'unknownValue'", has: isSet("unknown_value") },
    ],
  },
  "sklearn.preprocessing.MinMaxScaler": { needs: [{ since: "0.24", what: "'clip'", has: isTrue("clip") }] },
};

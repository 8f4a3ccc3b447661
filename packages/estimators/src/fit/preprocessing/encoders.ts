/** @module OneHotEncoder and OrdinalEncoder. */

import { NdArray } from "@curtido/arrays";
import { Dict, Float, float, Global } from "@curtido/pickle";
import { estimatorError } from "../../base/errors.ts";
import type { Rows } from "../../base/input.ts";
import { tableOfRows } from "../base/data.ts";
import { flag, int, none, parameter, real, word } from "../base/parameters.ts";
import { type Attributes, type Fitted, type Given, Trainer, type TrainerSpec } from "../base/trainer.ts";
import { type FoundCategories, findCategories, type Infrequent } from "./categories.ts";

const MODULE = "sklearn.preprocessing._encoders";
const FLOAT64 = new Global("numpy", "float64");

/** Which categories are grouped for being rare. */
const GROUPING = {
  minFrequency: parameter(null, none, int(1), real(0, 1, true)),
  maxCategories: parameter(null, none, int(1)),
};

/** OneHotEncoder. */
export const ONE_HOT: TrainerSpec = {
  module: MODULE,
  name: "OneHotEncoder",
  task: "transformation",
  parameters: {
    categories: parameter("auto", word("auto"), { kind: "any" }),
    sparseOutput: parameter(true, flag),
    dtype: parameter(FLOAT64),
    handleUnknown: parameter("error", word("error", "ignore", "infrequent_if_exist", "warn")),
    drop: parameter(null, none, word("first", "if_binary"), { kind: "any" }),
    ...GROUPING,
    featureNameCombiner: parameter("concat", word("concat")),
  },
  // Up to 1.1 the name of sparse_output, which takes any text for true; 1.2 and 1.3 read both.
  older: (parameters) => ({ sparse: parameters.get("sparseOutput") === true ? "deprecated" : false }),
};

function groupedAttributes(infrequent: Infrequent | undefined): Attributes {
  if (infrequent === undefined) return [];
  return [
    ["_infrequent_indices", [...infrequent.indices]],
    ["_default_to_infrequent_mappings", [...infrequent.mappings]],
  ];
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
    const table = tableOfRows(X);
    const found = findCategories(table, {
      categories: this.parameters.get("categories"),
      minFrequency: this.parameters.get("minFrequency"),
      maxCategories: this.parameters.get("maxCategories") as number | null,
      strict: this.parameters.get("handleUnknown") === "error",
      missingApart: false,
    });
    const dropped = this.dropped(found);
    const outs = found.values.map(
      (values, at) => widthOf(found, values, at) - (dropped === null || dropped[at] === null ? 0 : 1),
    );
    return this.finish([
      ["_infrequent_enabled", found.infrequent !== undefined],
      ...this.features(table),
      ["categories_", [...found.values]],
      ...groupedAttributes(found.infrequent),
      ["_drop_idx_after_grouping", dropped === null ? null : NdArray.objects([...dropped], [dropped.length])],
      ["drop_idx_", dropped === null ? null : NdArray.objects(originals(dropped, found), [dropped.length])],
      ["_n_features_outs", outs],
    ]);
  }

  /** `_set_drop_idx`: the category of each column that has no column of its own, after grouping. */
  private dropped(found: FoundCategories): readonly (number | null)[] | null {
    const drop = this.parameters.get("drop");
    if (drop === null) return null;
    if (drop === "first") return found.values.map(() => 0);
    if (drop === "if_binary") return found.values.map((values, at) => (widthOf(found, values, at) === 2 ? 0 : null));
    const list: readonly unknown[] = drop instanceof NdArray ? drop.flat() : Array.isArray(drop) ? drop : [];
    if (list.length !== found.values.length)
      this.unsupported("drop", `is a category for each of the ${found.values.length} features`);
    return found.values.map((values, at) => this.placeOf(list[at], values, found.infrequent?.mappings[at] ?? null));
  }

  private placeOf(wanted: unknown, values: NdArray, mapping: NdArray | null): number {
    const label = wanted instanceof Float ? wanted.value : wanted;
    const labels = values.flat().map((value) => (typeof value === "bigint" ? Number(value) : value));
    const at = labels.findIndex((value) => Object.is(value, label) || value === label);
    if (at < 0) return this.unsupported("drop", `names ${String(label)}, which is no category of its feature`);
    if (mapping === null) return at;
    const places = mapping.flat().map(Number);
    if (places.every((place) => place <= places[at]!))
      return this.unsupported("drop", `names ${String(label)}, which is infrequent`);
    return places[at]!;
  }
}

/** How many columns a feature gives, before one is dropped. */
function widthOf({ infrequent }: FoundCategories, values: NdArray, at: number): number {
  const rare = infrequent?.indices[at]?.size ?? 0;
  return values.size - (rare === 0 ? 0 : rare - 1);
}

/** The dropped categories by their places before grouping. */
function originals(dropped: readonly (number | null)[], { infrequent }: FoundCategories): (number | null)[] {
  return dropped.map((place, at) => {
    const mapping = infrequent?.mappings[at];
    return place === null || mapping === null || mapping === undefined
      ? place
      : mapping.flat().findIndex((to) => Number(to) === place);
  });
}

/** OrdinalEncoder. */
export const ORDINAL: TrainerSpec = {
  module: MODULE,
  name: "OrdinalEncoder",
  task: "transformation",
  parameters: {
    categories: parameter("auto", word("auto"), { kind: "any" }),
    dtype: parameter(FLOAT64),
    handleUnknown: parameter("error", word("error", "use_encoded_value")),
    unknownValue: parameter(null, none, int(-(2 ** 53 - 1)), { kind: "nan" }),
    encodedMissingValue: parameter(float(Number.NaN), { kind: "nan" }, int(-(2 ** 53 - 1)), real()),
    ...GROUPING,
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
    const maps = this.parameters.get("handleUnknown") === "use_encoded_value";
    if (maps === (unknown === null))
      this.unsupported("unknownValue", "goes with { handleUnknown: 'use_encoded_value' }, and only with it");
    const table = tableOfRows(X);
    const found = findCategories(table, {
      categories: this.parameters.get("categories"),
      minFrequency: this.parameters.get("minFrequency"),
      maxCategories: this.parameters.get("maxCategories") as number | null,
      strict: !maps,
      missingApart: true,
    });
    const missing = found.values.flatMap((values, at) =>
      Number.isNaN(values.flat().at(-1)) ? [[at, values.size - 1] as const] : [],
    );
    this.checkTaken(found, new Map(missing));
    return this.finish([
      ["_infrequent_enabled", found.infrequent !== undefined],
      ...this.features(table),
      ["categories_", [...found.values]],
      ...groupedAttributes(found.infrequent),
      ["_missing_indices", new Dict(missing)],
    ]);
  }

  /** Numbers for what is unknown or missing are none that a category has. */
  private checkTaken(found: FoundCategories, missing: ReadonlyMap<number, number>): void {
    const taken = found.values.map(
      (values, at) => values.size - (found.infrequent?.indices[at]?.size ?? 0) - (missing.has(at) ? 1 : 0),
    );
    for (const name of ["unknownValue", "encodedMissingValue"]) {
      const set = this.parameters.get(name);
      const value = set instanceof Float ? set.value : (set as number | null);
      if (value === null || Number.isNaN(value)) continue;
      const clash = taken.findIndex(
        (count, at) => value >= 0 && value < count && (name === "unknownValue" || missing.has(at)),
      );
      if (clash >= 0)
        throw estimatorError("E_UNSUPPORTED", `'${name}' is ${value}, which stands for a category already`, {
          path: name,
        });
    }
  }
}

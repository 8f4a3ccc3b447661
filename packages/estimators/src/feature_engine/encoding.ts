/** @module Encoders of feature-engine: numbers by category, rare categories, a column per category (`feature_engine.encoding`). */

import { Index } from "@curtido/arrays";
import { Dict } from "@curtido/pickle";
import type { CategoryIndex } from "../base/categories.ts";
import { featureError } from "../base/errors.ts";
import { isMissing, numberColumn, objectColumn } from "../base/frames.ts";
import type { FeatureShape } from "../base/signature.ts";
import type { State } from "../base/state.ts";
import { indexOf, readNumbers } from "../category_encoders/coding.ts";
import { anyShape, ignoresMissing, type Table, variablesOf, type Work } from "./table.ts";

/** What is done about a category that training did not see. */
interface Unseen {
  readonly refuses: boolean;
  readonly value: number;
}

interface Mapping {
  readonly index: CategoryIndex;
  readonly numbers: Float64Array;
  readonly whole: boolean;
}

/** OrdinalEncoder, MeanEncoder, CountFrequencyEncoder, WoEEncoder: a number for each category. */
export function numbersByCategory(state: State): Work {
  const variables = variablesOf(state);
  const dict = state.dict("encoder_dict_");
  const unseen = unseenOf(state);
  const mappings = new Map(
    [...dict].map(([label, value]) => {
      const { labels, values, whole } = readNumbers(state, value, `encoder_dict_[${String(label)}]`);
      const mapping: Mapping = { index: indexOf(labels), numbers: values[0]!, whole: whole[0]! };
      return [label, mapping] as const;
    }),
  );
  const shape = (label: unknown, missing: boolean): FeatureShape => {
    const index = mappings.get(label)?.index;
    if (index === undefined) return anyShape(label, missing);
    return { type: index.type, missing, categories: index.present, closed: unseen.refuses };
  };
  const apply = (table: Table) => {
    for (const [label, mapping] of mappings) table.set(mapped(table, label, mapping, unseen));
  };
  return { apply, variables, shape, missing: ignoresMissing(state) };
}

function mapped(table: Table, label: unknown, { index, numbers, whole }: Mapping, unseen: Unseen) {
  let all = true;
  const cells = table.cells(label);
  const values = Float64Array.from({ length: table.length }, (_, row) => {
    const at = index.find(cells[row]);
    if (at >= 0) return numbers[at]!;
    all = false;
    if (unseen.refuses && !isMissing(cells[row])) {
      const detail = `'${String(label)}' must be a category of training, not ${JSON.stringify(cells[row])}`;
      throw featureError([{ row, feature: String(label), detail }]);
    }
    return unseen.value;
  });
  return numberColumn(label, values, whole && all);
}

/** `unseen`: an error, NaN, or the number that stands for them; releases before 1.4 called it `errors`. */
function unseenOf(state: State): Unseen {
  const name = state.named("unseen", "errors");
  const unseen = state.given(name) ? state.string(name) : "ignore";
  const value =
    unseen === "encode" ? state.number("_unseen", state.given("y_prior_") ? state.number("y_prior_") : -1) : Number.NaN;
  return { refuses: unseen === "raise", value };
}

/** RareLabelEncoder: what training saw rarely, or never, is one category. */
export function rareLabels(state: State): Work {
  const variables = variablesOf(state);
  const frequent = listsOf(state);
  const replacement = state.plain("replace_with");
  const missing = ignoresMissing(state);
  const apply = (table: Table) => {
    for (const label of variables) {
      const index = frequent.get(label);
      if (index === undefined) continue;
      const cells = Array.from(table.cells(label), (cell) =>
        index.find(cell) >= 0 || (missing && isMissing(cell)) ? cell : replacement,
      );
      table.set(objectColumn(label, cells));
    }
  };
  return { apply, variables, shape: anyShape, missing };
}

/** OneHotEncoder: a column for each category, behind all others. */
export function oneHot(state: State): Work {
  const variables = variablesOf(state);
  const categories = listsOf(state);
  const apply = (table: Table) => {
    for (const label of variables) {
      const index = categories.get(label);
      if (index === undefined) continue;
      const places = Int32Array.from({ length: table.length }, (_, row) => index.find(table.cells(label)[row]));
      index.categories.forEach((category, at) => {
        const values = Float64Array.from(places, (place) => Number(place === at));
        table.set(numberColumn(`${String(label)}_${String(category)}`, values, true));
      });
    }
    table.drop(variables);
  };
  const shape = (label: unknown, missing: boolean): FeatureShape => {
    const index = categories.get(label);
    return index === undefined ? anyShape(label, missing) : { type: index.type, missing, categories: index.present };
  };
  return { apply, variables, shape, missing: false };
}

function listsOf(state: State): ReadonlyMap<unknown, CategoryIndex> {
  return new Map(
    [...state.dict("encoder_dict_")].map(([label, list]) => {
      const found = state.context.value(list);
      const items =
        found instanceof Index ? found.labels : state.arrayFrom(list, `encoder_dict_[${String(label)}]`).flat();
      return [label, indexOf(items)] as const;
    }),
  );
}

/** Numbers by column, of a dict or of one number for all of them. */
export function numbersByColumn(state: State, name: string, labels: readonly unknown[]): ReadonlyMap<unknown, number> {
  const value = state.raw(name);
  if (value instanceof Dict)
    return new Map([...value].map(([label, item]) => [label, state.floatsFrom(item, name)[0]!]));
  const array = state.context.value(value);
  if (typeof array === "object" && array !== null && "index" in array && Array.isArray(array.index)) {
    const { labels: names, values } = readNumbers(state, value, name);
    return new Map(names.map((label, at) => [label, values[0]![at]!]));
  }
  const number = state.number(name);
  return new Map(labels.map((label) => [label, number]));
}

/** @module A CatBoost model in JSON, as `save_model(format="json")` writes it: the same features and trees as in a `.cbm` file. */

import {
  type Combination,
  type Counter,
  type CounterTable,
  checkedCounter,
  columnOf,
  Kind,
  type Places,
  sizedCombination,
} from "./counters.ts";
import { CatModelError } from "./flatbuffer.ts";
import { HashIndex } from "./hash_index.ts";
import { JsonNode } from "./json_node.ts";
import { jsonTrees } from "./json_trees.ts";
import { type CategoryColumn, type CatModel, checkedModel, type NumberColumn, placesOf } from "./model.ts";

/** What an empty place of a table has for a hash. */
const EMPTY = "18446744073709551615";
/** Features that a row may have. */
const MOST_FEATURES = 1 << 20;

/**
 * Reads a model in JSON.
 *
 * @throws CatModelError it is no JSON, or what in it is malformed
 */
export function readJsonModel(bytes: Uint8Array): CatModel {
  const document = new JsonNode(parsed(bytes), "the model");
  const features = document.child("features_info");
  if (features.has("text_features") || features.has("embedding_features"))
    throw new CatModelError("it has text or embedding features, whose meaning is not known");
  const numbers = features.child("float_features").nodes().map(numberColumn);
  const categories = features.child("categorical_features").nodes().map(categoryColumn);
  const places = { numbers: placesOf(numbers), categories: placesOf(categories) };
  const [scale, bias] = document.child("scale_and_bias").nodes();
  const biases = bias === undefined ? [0] : Array.isArray(bias.value) ? bias.numbers() : [bias.number()];
  const trees = jsonTrees(document, biases.length);
  return checkedModel({
    columns: [...numbers, ...categories].reduce((most, { column }) => Math.max(most, column + 1), 0),
    numbers,
    categories,
    counters: readCounters(features, document.child("ctr_data"), places),
    ...trees,
    scale: scale?.number() ?? 1,
    bias: Float64Array.from({ length: trees.outputs }, (_, k) => biases[biases.length === 1 ? 0 : k] ?? Number.NaN),
    notes: jsonNotes(document),
  });
}

/** What a document says of itself; texts in it may be JSON once more. */
export function readJsonNotes(bytes: Uint8Array): ReadonlyMap<string, string> {
  return jsonNotes(new JsonNode(parsed(bytes), "the model"));
}

function jsonNotes(document: JsonNode): ReadonlyMap<string, string> {
  if (!document.has("model_info")) return new Map();
  const notes = document.child("model_info").entries();
  return new Map(notes.map(([name, value]) => [name, typeof value === "string" ? value : JSON.stringify(value)]));
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    throw new CatModelError(`it is no JSON: ${(error as Error).message.slice(0, 100)}`);
  }
}

/** The place of a feature among all, and its name. */
function feature(node: JsonNode): { readonly index: number; readonly column: number; readonly name: string } {
  const column = node.child("flat_feature_index").integer();
  if (column < 0 || column >= MOST_FEATURES) throw new CatModelError(`a feature's column is ${column}`);
  const name = node.child("feature_id").text(node.child("feature_name").text(""));
  return { index: node.child("feature_index").integer(), column, name };
}

function numberColumn(node: JsonNode): NumberColumn {
  return {
    ...feature(node),
    borders: Float32Array.from(node.child("borders").numbers()),
    missingAbove: node.child("nan_value_treatment").text("AsIs") === "AsTrue",
  };
}

function categoryColumn(node: JsonNode): CategoryColumn {
  return {
    ...feature(node),
    hashes: Int32Array.from(node.child("values").numbers()),
    texts: node
      .child("string_values")
      .nodes()
      .map((text) => text.text()),
  };
}

function readCounters(features: JsonNode, data: JsonNode, places: Places): readonly Counter[] {
  const tables = new Map<string, CounterTable>();
  const combinations = new Map<string, Combination>();
  return features
    .child("ctrs")
    .nodes()
    .map((node) => {
      const name = node.child("ctr_type").text();
      if (!Object.hasOwn(Kind, name))
        throw new CatModelError(`a statistic of kind '${name.slice(0, 40)}' is not known`);
      const kind = Kind[name as keyof typeof Kind];
      // Its own text of what it is; the tables are kept by it.
      const identifier = node.child("identifier").text();
      const table = tables.get(identifier) ?? readTable(data.child(identifier), kind);
      tables.set(identifier, table);
      const combination = combinationOf(node.child("elements"), places);
      const key = JSON.stringify(combination);
      combinations.set(key, combinations.get(key) ?? combination);
      return checkedCounter({
        kind,
        combination: combinations.get(key)!,
        table,
        target: node.child("target_border_idx").integer(0),
        prior: Math.fround(node.child("prior_numerator").number()),
        weight: Math.fround(node.child("prior_denomerator").number()),
        shift: Math.fround(node.child("shift").number()),
        scale: Math.fround(node.child("scale").number()),
        borders: Float32Array.from(node.child("borders").numbers()),
      });
    });
}

function combinationOf(elements: JsonNode, places: Places): Combination {
  const parts = elements.nodes();
  const of = (kind: string) => parts.filter((part) => part.child("combination_element").text() === kind);
  const category = (part: JsonNode) => columnOf(places.categories, part.child("cat_feature_index").integer());
  return sizedCombination({
    categories: of("cat_feature_value").map(category),
    borders: of("float_feature").map((part) => ({
      column: columnOf(places.numbers, part.child("float_feature_index").integer()),
      border: Math.fround(part.child("border").number()),
    })),
    values: of("cat_feature_exact_value").map((part) => ({
      column: category(part),
      hash: part.child("value").integer(),
    })),
  });
}

/** A table: per place its hash as a text, and its counts behind it. */
function readTable(node: JsonNode, kind: Kind): CounterTable {
  const stride = node.child("hash_stride").integer();
  const cells = node.child("hash_map").list();
  if (stride < 2 || cells.length % stride !== 0)
    throw new CatModelError(`a table of categories has ${cells.length} cells, ${stride} each`);
  const starts = Array.from({ length: cells.length / stride }, (_, k) => k * stride);
  const kept = starts.filter((at) => String(cells[at]) !== EMPTY);
  const hashes = kept.map((at) => {
    const text = String(cells[at]);
    if (!/^\d{1,20}$/.test(text)) throw new CatModelError("a hash of categories is no number");
    return BigInt(text);
  });
  const counts = kept.flatMap((at) =>
    cells.slice(at + 1, at + stride).map((cell) => new JsonNode(cell, "hash_map").number()),
  );
  const index = HashIndex.of(hashes);
  const denominator = node.child("counter_denominator").integer(0);
  if (kind <= Kind.Buckets)
    return { index, counts: Int32Array.from(counts), sums: undefined, classes: stride - 1, denominator };
  if (kind >= Kind.Counter) {
    const first = counts.filter((_, k) => k % (stride - 1) === 0);
    return { index, counts: Int32Array.from(first), sums: undefined, classes: 0, denominator };
  }
  if (stride !== 3) throw new CatModelError(`a table of means has ${stride} cells each`);
  const part = (which: number) => counts.filter((_, k) => k % 2 === which);
  return { index, counts: Int32Array.from(part(1)), sums: Float32Array.from(part(0)), classes: 0, denominator };
}

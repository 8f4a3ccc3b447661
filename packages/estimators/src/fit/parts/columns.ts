/** @module Encoders of single columns, put together to a ColumnTransformer that lets the other columns through. */

import { type Csr, type DataFrame, NdArray } from "@curtido/arrays";
import { Dict, type Instance, Tuple } from "@curtido/pickle";
import { estimatorError } from "../../base/errors.ts";
import type { Estimator } from "../../base/estimator.ts";
import { instanceOf, namedFeatures } from "../base/trainer.ts";
import { COLUMN_TRANSFORMER, type FittedPart, passedThrough, sideBySide } from "../compose/column_transformer.ts";
import { ORDINAL } from "../preprocessing/encoders.ts";
import { stateOf } from "./labels.ts";

/** A transformer of some columns. */
export interface ColumnEncoder {
  readonly columns: readonly string[];
  readonly instance: Instance;
  readonly model: Estimator;
}

/** A ColumnTransformer, and how many columns it gives. */
export interface Encoded {
  readonly instance: Instance;
  readonly width: number;
}

/**
 * Encoders, each for its columns; the others pass through, all in the order of the features.
 *
 * @throws CurtidoError E_COMPOSE when an encoder is for a column that there is not, or does not fit
 */
export function encodeColumns(names: readonly string[], encoders: readonly ColumnEncoder[]): Encoded {
  const owner = new Map(encoders.flatMap((encoder) => encoder.columns.map((column) => [column, encoder] as const)));
  const strange = [...owner.keys()].find((column) => !names.includes(column));
  if (strange !== undefined)
    throw estimatorError("E_COMPOSE", `there is no feature '${strange}' to encode; there are ${names.join(", ")}`, {
      part: strange,
    });
  const parts: FittedPart[] = [];
  for (let at = 0; at < names.length; ) {
    const encoder = owner.get(names[at]!);
    if (encoder !== undefined) {
      if (encoder.columns[0] === names[at]) parts.push(encodedPart(encoder, names));
      at++;
      continue;
    }
    const from = at;
    while (at < names.length && !owner.has(names[at]!)) at++;
    parts.push(passingPart(names.slice(from, at), from, parts.length));
  }
  const rest: FittedPart = { name: "remainder", object: "drop", columns: [], at: [], width: 0 };
  const parameters = new Map<string, unknown>(
    Object.entries(COLUMN_TRANSFORMER.parameters).map(([name, { fallback }]) => [name, fallback]),
  );
  const listed = parts.map(({ name, object, columns }) => new Tuple([name, object, [...columns]]));
  parameters.set("transformers", listed).set("sparseThreshold", 0).set("verboseFeatureNamesOut", false);
  const attributes = [...namedFeatures(names), ...sideBySide(parts, rest, "drop", false)];
  return {
    instance: instanceOf(COLUMN_TRANSFORMER, parameters, attributes),
    width: parts.reduce((sum, { width }) => sum + width, 0),
  };
}

function passingPart(columns: readonly string[], from: number, place: number): FittedPart {
  const at = columns.map((_, step) => from + step);
  return {
    name: `columns${place + 1}`,
    object: passedThrough(namedFeatures(columns)),
    columns,
    at,
    width: columns.length,
  };
}

function encodedPart({ columns, instance, model }: ColumnEncoder, names: readonly string[]): FittedPart {
  const at = columns.map((column) => names.indexOf(column));
  const name = columns.join("_");
  if (isLabelEncoder(model)) {
    const object = ordinal(columns, stateOf(instance).get("classes_") as NdArray);
    return { name, object, columns, at, width: 1 };
  }
  const count = model.n_features_in_ ?? columns.length;
  if (count !== columns.length)
    throw estimatorError("E_COMPOSE", `${model.className} takes ${count} columns, not ${columns.join(", ")}`, {
      part: columns.join(","),
    });
  return { name, object: instance, columns, at, width: widthOf(model) };
}

/** Whether it makes numbers of a list of labels: ColumnTransformer wants what makes them of a column. */
function isLabelEncoder(model: Estimator): boolean {
  return model.classes_ instanceof NdArray && !model.offers("predict");
}

/** A LabelEncoder as the OrdinalEncoder that gives the same numbers. */
function ordinal(columns: readonly string[], classes: NdArray): Instance {
  const parameters = new Map(Object.entries(ORDINAL.parameters).map(([name, { fallback }]) => [name, fallback]));
  return instanceOf(ORDINAL, parameters, [
    ["_infrequent_enabled", false],
    ...namedFeatures(columns),
    ["categories_", [classes]],
    ["_missing_indices", new Dict()],
  ]);
}

/** How many columns a transformer gives for one row that it knows. */
function widthOf(model: Estimator): number {
  const row = model.signature.features.map(({ categories, type }) => categories?.[0] ?? (type === "string" ? "" : 0));
  const out = model.transform([row]) as NdArray | Csr | DataFrame;
  return "columns" in out && !("indptr" in out) ? (out as DataFrame).columns.length : (out as NdArray).shape[1]!;
}

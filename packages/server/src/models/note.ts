/** @module What `curtido train` wrote into a model's file beside the model: its target, and how texts of features are read. */

import type { Estimator, Feature, Signature } from "@curtido/estimators";
import { Dict } from "@curtido/pickle";
import type { CellRule, DatePart } from "@curtido/tables";

/** What is known of a column that the model learned from, or of its target. */
export interface NotedColumn extends NotedRule {
  readonly name: string;
}

/** How its texts are read, or of which date it is a part. */
export interface NotedRule extends CellRule {
  readonly of?: { readonly name: string; readonly part: DatePart };
}

/** What training wrote down. */
export interface Note {
  readonly target: NotedColumn | undefined;
  readonly features: ReadonlyMap<string, NotedRule>;
  /** Columns of the table that the model was not given. */
  readonly leftOut: readonly string[];
}

/**
 * What training wrote down of a model; nothing of files that hold something else there.
 *
 * @example
 * noteOf(model).target?.name; // "price"
 */
export function noteOf({ note }: Pick<Estimator, "note">): Note {
  const all = note instanceof Dict ? note : new Dict<unknown>();
  const features = all.get("features");
  const columns = (Array.isArray(features) ? features : []).flatMap((each) => columnOf(each) ?? []);
  const left = all.get("left_out");
  return {
    target: columnOf(all.get("target")),
    features: new Map(columns.map(({ name, ...rule }) => [name, rule])),
    leftOut: Array.isArray(left) ? left.filter((name) => typeof name === "string") : [],
  };
}

/** The signature of a model, and how texts of its features are read. */
export function signatureOf(estimator: Estimator): Signature {
  const { signature } = estimator;
  const { features } = noteOf(estimator);
  if (features.size === 0) return signature;
  return { ...signature, features: signature.features.map((each) => ruled(each, features.get(each.name))) };
}

function ruled(feature: Feature, rule: NotedRule | undefined): Feature {
  return rule === undefined ? feature : { ...feature, ...rule, ...(rule.of && { optional: true }) };
}

function columnOf(value: unknown): NotedColumn | undefined {
  if (!(value instanceof Dict)) return undefined;
  const name = value.get("name");
  if (typeof name !== "string") return undefined;
  const decimal = value.get("decimal");
  const thousands = value.get("thousands");
  const order = value.get("order");
  const spellings = value.get("spellings");
  const [of, part] = [value.get("of"), value.get("part")];
  return {
    name,
    ...(value.get("unit") === "days" && {
      date: { unit: "days" as const, ...((order === "dmy" || order === "mdy") && { order }) },
    }),
    ...((decimal === "." || decimal === ",") && {
      numerals: { decimal, ...(typeof thousands === "string" && thousands !== "" && { thousands }) },
    }),
    ...(typeof of === "string" && (part === "month" || part === "weekday") && { of: { name: of, part } }),
    ...(spellings instanceof Dict && { spellings: Object.fromEntries([...spellings].filter(isSpelling)) }),
  };
}

function isSpelling(pair: readonly [unknown, unknown]): pair is [string, string | null] {
  const [text, stands] = pair;
  return typeof text === "string" && (stands === null || typeof stands === "string");
}

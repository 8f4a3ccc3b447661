/** @module A model in brief: cards, pages and documents list some of its categories and classes, and say how many there are and where the rest is. */

import type { Feature, Signature } from "@curtido/estimators";
import { plainValue } from "../rows/results.ts";

/** How many categories of a feature, and classes of an output, are listed. */
const MOST_LISTED = 1_000;
/** How many characters all that are listed may have together: a document says them several times. */
const MOST_CHARACTERS = 60_000;

/** How many features a document lists, and how many characters their names may have together: it says them ten times. */
const MOST_FEATURES = 1_000;
const MOST_NAMES = 30_000;

/** A feature of which not all categories may be listed. */
export interface BriefFeature extends Feature {
  /** How many categories there are, where not all of them are listed. */
  readonly categoryCount?: number;
  /** Where all of them are, as a reference from the card's own address. */
  readonly more?: string;
}

/** A signature, in brief. */
export interface BriefSignature extends Signature {
  readonly features: readonly BriefFeature[];
  /** How many classes each output has, where not all of them are listed. */
  readonly classCounts?: readonly number[];
}

const known = new WeakMap<Signature, BriefSignature>();

/**
 * What fits of a signature; the same one where all of it does.
 *
 * @example
 * briefly(model.signature).features[0]; // { name: "x", categories: ["v0", ...], categoryCount: 300000, more: "?categories=x" }
 */
export function briefly(signature: Signature): BriefSignature {
  let brief = known.get(signature);
  if (brief === undefined) {
    brief = made(signature);
    known.set(signature, brief);
  }
  return brief;
}

function made(signature: Signature): BriefSignature {
  let room = MOST_CHARACTERS;
  const listed = (values: readonly unknown[]): readonly unknown[] => {
    const some: unknown[] = [];
    for (const value of values) {
      const { length } = String(value);
      if (some.length >= MOST_LISTED || length > room) break;
      room -= length;
      some.push(value);
    }
    return some;
  };
  const features = signature.features.map((feature): BriefFeature => {
    const { categories } = feature;
    if (categories === undefined) return feature;
    const some = listed(categories);
    if (some.length === categories.length) return feature;
    const more = `?categories=${encodeURIComponent(feature.name)}`;
    return { ...feature, categories: some, categoryCount: categories.length, more };
  });
  const classes = signature.classes?.map(listed);
  const cut = classes?.some((labels, at) => labels.length < signature.classes![at]!.length) === true;
  return {
    ...signature,
    features,
    ...(classes === undefined ? {} : { classes }),
    ...(cut ? { classCounts: signature.classes!.map(({ length }) => length) } : {}),
  };
}

/** A signature of which a document may not list all features. */
export interface ShortSignature extends BriefSignature {
  /** How many features there are, where not all of them are listed. */
  readonly featureCount?: number;
}

const shortened = new WeakMap<Signature, ShortSignature>();

/** What of a signature stands in a document: {@link briefly}, and of very many features the first. */
export function inShort(signature: Signature): ShortSignature {
  let short = shortened.get(signature);
  if (short === undefined) {
    const brief = briefly(signature);
    const { features } = brief;
    let names = 0;
    let count = 0;
    while (count < Math.min(features.length, MOST_FEATURES)) {
      names += features[count]!.name.length;
      if (names > MOST_NAMES) break;
      count++;
    }
    const { length } = features;
    short = count === length ? brief : { ...brief, features: features.slice(0, count), featureCount: length };
    shortened.set(signature, short);
  }
  return short;
}

/** Some of many values. */
export interface ValuePage {
  readonly count: number;
  readonly offset: number;
  readonly values: readonly unknown[];
  /** The next page, as a reference from its own address. */
  readonly next?: string;
}

/** Which values are asked for. */
export interface ValuesAsked {
  /** The names of all features; or else what the others say. */
  readonly names?: boolean;
  /** The categories of this feature; or the classes of an output, the first of which is 1. */
  readonly feature: string | undefined;
  readonly output: number;
  readonly offset: number;
  readonly limit: number;
}

/** Values from a place on; `undefined` when the model has none such. */
export function valuesOf(signature: Signature, asked: ValuesAsked): Omit<ValuePage, "next"> | undefined {
  const { feature, output, limit } = asked;
  const values =
    asked.names === true
      ? signature.features.map(({ name }) => name)
      : feature === undefined
        ? signature.classes?.[output - 1]
        : signature.features.find(({ name }) => name === feature)?.categories;
  if (values === undefined) return undefined;
  const offset = Math.min(asked.offset, values.length);
  return { count: values.length, offset, values: values.slice(offset, offset + limit).map(plainValue) };
}

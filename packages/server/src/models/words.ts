/** @module What a card adds to an answer: the word for a class, the rounded number. The prediction stays the model's own. */

import type { Card } from "@curtido/estimators";
import { labelText } from "../rows/results.ts";

/** What a card may add. */
export const ADDED = ["label", "rounded"] as const;
export type Added = (typeof ADDED)[number];

/** What a card adds to predictions. */
export interface Words {
  readonly adds: readonly Added[];
  /** What one prediction is in words, and rounded. */
  of(predict: unknown): Readonly<Partial<Record<Added, unknown>>>;
}

/**
 * What a card adds; `undefined` when it has neither labels nor a number of decimals.
 *
 * @example
 * wordsOf({ labels: [{ "0": "no" }], round: 2 })?.of(0); // { label: "no", rounded: 0 }
 */
export function wordsOf({ labels, round }: Card): Words | undefined {
  const makers: Partial<Record<Added, (predict: unknown) => unknown>> = {
    ...(labels === undefined ? {} : { label: labelled(labels as readonly Readonly<Record<string, string>>[]) }),
    ...(round === undefined ? {} : { rounded: each((value) => rounded(value, round)) }),
  };
  const adds = ADDED.filter((name) => makers[name] !== undefined);
  if (adds.length === 0) return undefined;
  return { adds, of: (predict) => Object.fromEntries(adds.map((name) => [name, makers[name]!(predict)])) };
}

/** Several outputs have an element each. */
function each(make: (value: unknown) => unknown): (predict: unknown) => unknown {
  return (predict) => (Array.isArray(predict) ? predict.map(each(make)) : make(predict));
}

function labelled(labels: readonly Readonly<Record<string, string>>[]): (predict: unknown) => unknown {
  const word = (value: unknown, words: Readonly<Record<string, string>> | undefined) => {
    const key = labelText(value);
    return words !== undefined && Object.hasOwn(words, key) ? words[key] : null;
  };
  return (predict) =>
    Array.isArray(predict) ? predict.map((value, at) => word(value, labels[at])) : word(predict, labels[0]);
}

/** How near to the middle between two a number is looked at digit by digit. */
const NEAR = 1e-6;

/** A number of so many decimals, as Python's `round` gives it: the nearest, and of two that are as near the even one. */
export function rounded(value: unknown, decimals: number): unknown {
  if (typeof value !== "number" || !Number.isFinite(value)) return value ?? null;
  const scale = 10 ** decimals;
  const scaled = Math.abs(value) * scale;
  const near = Math.abs(scaled - Math.floor(scaled) - 0.5) < NEAR * Math.max(1, scaled);
  // toFixed is exact, and of two that are as near takes the larger.
  if (!near || !isMiddle(value, decimals)) return Number(value.toFixed(Math.min(decimals, 100)));
  const lower = Math.floor(scaled);
  return (Math.sign(value) * (lower % 2 === 0 ? lower : lower + 1)) / scale;
}

/** Whether a number is exactly in the middle between two of so many decimals. */
function isMiddle(value: number, decimals: number): boolean {
  return /^50*$/.test(value.toFixed(100).split(".")[1]?.slice(decimals) ?? "");
}

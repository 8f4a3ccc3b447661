/** @module What would be different for clients if a model took the place of another. */

import type { Signature } from "@curtido/estimators";
import { labelText } from "../rows/results.ts";
import type { Described } from "./described.ts";

/** How many differences are named. */
const MOST_NAMED = 20;

/** What of a model clients rely on. */
type Asked = Pick<Described, "signature" | "method">;

/**
 * How what a model takes and gives differs from what another does, in words; nothing where clients of the one can ask the
 * other.
 *
 * @example
 * signatureChange(current, next); // ["the feature 'bmi' is gone", "the feature 'weight' is new"]
 */
export function signatureChange(current: Asked, next: Asked): readonly string[] {
  const words = [
    ...(current.method === next.method ? [] : [`it answers '${next.method}', not '${current.method}'`]),
    ...featureChanges(current.signature, next.signature),
    ...answerChanges(current.signature, next.signature),
  ];
  if (words.length <= MOST_NAMED) return words;
  return [...words.slice(0, MOST_NAMED), `and ${words.length - MOST_NAMED} more`];
}

function featureChanges(before: Signature, after: Signature): string[] {
  const known = new Map(before.features.map((feature) => [feature.name, feature]));
  const names = new Set(after.features.map(({ name }) => name));
  const gone = before.features
    .filter(({ name }) => !names.has(name))
    .map(({ name }) => `the feature '${name}' is gone`);
  const others = after.features.flatMap((feature) => {
    const { name, type, missing } = feature;
    const old = known.get(name);
    if (old === undefined) return feature.optional === true ? [] : [`the feature '${name}' is new`];
    return [
      ...(old.type === type ? [] : [`'${name}' is a ${type}, not a ${old.type}`]),
      ...(old.missing && !missing ? [`'${name}' may not be missing any more`] : []),
    ];
  });
  const changes = [...gone, ...others];
  const moved = before.features.some(({ name }, at) => after.features[at]?.name !== name);
  return changes.length === 0 && moved ? ["the features come in another order"] : changes;
}

function answerChanges(before: Signature, after: Signature): string[] {
  if (before.outputs !== after.outputs) return [`it gives ${after.outputs} values, not ${before.outputs}`];
  const [old, now] = [before, after].map(({ classes }) => classes?.map((list) => [...list].map(labelText).sort()));
  if (old === undefined && now === undefined)
    return before.task === after.task ? [] : [`it does ${after.task}, not ${before.task}`];
  if (old === undefined || now === undefined) return [`it does ${after.task}, not ${before.task}`];
  const same = JSON.stringify(old) === JSON.stringify(now);
  return same ? [] : [`its classes are ${shown(now)}, not ${shown(old)}`];
}

function shown(classes: readonly (readonly string[])[]): string {
  const words = classes.map((list) => `${list.slice(0, 8).join(", ")}${list.length > 8 ? " ..." : ""}`);
  return words.join("; ");
}

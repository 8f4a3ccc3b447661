/** @module What a model says of itself. */

import type { Feature } from "@curtido/estimators";
import type { Include } from "../rows/answer.ts";
import { plainValue } from "../rows/results.ts";
import type { NamedRow } from "../rows/rows.ts";
import type { Described } from "./described.ts";
import { exampleRow } from "./example.ts";

/** A model's description: what it is, what it wants, what it gives. */
export interface Card {
  readonly name: string;
  /** The class by its short name, and as the file spells it. */
  readonly class: string;
  readonly pythonName: string;
  /** The release of scikit-learn that trained it; `null` when the file does not say. */
  readonly version: string | null;
  readonly task: string;
  /** The key of its answers. */
  readonly answers: "predict" | "transform";
  readonly features: readonly Feature[];
  /** Whether the names of the features come from the file. */
  readonly named: boolean;
  readonly outputs: number;
  /** Class labels, a list per output. */
  readonly classes?: readonly (readonly unknown[])[];
  /** What `?include=` can add. */
  readonly includes: readonly Include[];
  /** A row that it takes. */
  readonly example: NamedRow;
}

/** The description of a model in service. */
export function cardOf(served: Described): Card {
  const { className, pythonName, version, signature } = served;
  return {
    name: served.name,
    class: className,
    pythonName,
    version,
    task: signature.task,
    answers: served.method,
    features: signature.features.map(featureCard),
    named: signature.named,
    outputs: signature.outputs,
    ...(signature.classes === undefined ? {} : { classes: signature.classes.map((labels) => labels.map(plainValue)) }),
    includes: served.includes,
    example: exampleRow(signature),
  };
}

function featureCard(feature: Feature): Feature {
  return {
    ...feature,
    ...(feature.categories === undefined ? {} : { categories: feature.categories.map(plainValue) }),
    ...(feature.default === undefined ? {} : { default: plainValue(feature.default) }),
  };
}

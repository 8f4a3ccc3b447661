/** @module What a model says of itself. */

import type { CardExample, CardOutput, Horizon } from "@curtido/estimators";
import type { AnswerMethod, Include } from "../rows/answer.ts";
import { plainValue } from "../rows/results.ts";
import type { NamedRow } from "../rows/rows.ts";
import { type BriefFeature, inShort, type ShortSignature } from "./brief.ts";
import type { Described } from "./described.ts";
import { exampleRow } from "./example.ts";
import type { Said } from "./note.ts";

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
  readonly answers: AnswerMethod;
  readonly features: readonly BriefFeature[];
  /** How many features there are, where not all of them are listed. */
  readonly featureCount?: number;
  /** Where the names of all of them are, as a reference from the card's own address. */
  readonly moreFeatures?: string;
  /** Whether the names of the features come from the file. */
  readonly named: boolean;
  readonly outputs: number;
  /** Class labels, a list per output. */
  readonly classes?: readonly (readonly unknown[])[];
  /** How many there are, where not all of them are listed. */
  readonly classCounts?: readonly number[];
  /** Where all of them are, as references from the card's own address; one for each output. */
  readonly moreClasses?: readonly string[];
  /** What its card says: words for people, which change no number. */
  readonly title?: string;
  readonly description?: string;
  readonly labels?: Said["labels"];
  readonly outputNames?: readonly CardOutput[];
  readonly round?: number;
  readonly target?: string;
  readonly trained?: Said["trained"];
  readonly examples?: readonly CardExample[];
  /** Which part of its file it is. */
  readonly part?: string;
  /** Of a model that forecasts: how far, and whether a row is a forecast or a step of one. */
  readonly horizon?: Horizon;
  /** What `?include=` can add. */
  readonly includes: readonly Include[];
  /** A row that it takes; of it, the features that are listed. */
  readonly example: NamedRow;
}

const known = new WeakMap<ShortSignature, Card>();

/** The description of a model in service, in brief: of very many features, categories and classes it has some. */
export function briefCardOf(served: Described): Card {
  const signature = inShort(served.signature);
  let card = known.get(signature);
  if (card === undefined) {
    card = cardWith(served, signature);
    known.set(signature, card);
  }
  return card.name === served.name ? card : { ...card, name: served.name };
}

/** The description of a model in service. */
export function cardOf(served: Described): Card {
  return cardWith(served, served.signature);
}

function cardWith(served: Described, signature: ShortSignature): Card {
  const { className, pythonName, version } = served;
  const { classCounts, featureCount } = signature;
  return {
    name: served.name,
    class: className,
    pythonName,
    version,
    task: signature.task,
    answers: served.method,
    features: signature.features.map(featureCard),
    ...(featureCount === undefined ? {} : { featureCount, moreFeatures: "?features=names" }),
    named: signature.named,
    outputs: signature.outputs,
    ...(signature.classes === undefined ? {} : { classes: signature.classes.map((labels) => labels.map(plainValue)) }),
    ...(classCounts === undefined
      ? {}
      : { classCounts, moreClasses: classCounts.map((_, at) => `?classes=${at + 1}`) }),
    ...saidIn(served),
    includes: served.includes,
    ...(signature.horizon === undefined ? {} : { horizon: signature.horizon }),
    example: exampleRow(signature),
  };
}

/** What of the card stands in the description. */
function saidIn({ card, part }: Described): Partial<Card> {
  const { title, description, labels, outputs, round, target, trained, examples } = card;
  return {
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
    ...(labels !== undefined && { labels }),
    ...(outputs !== undefined && { outputNames: outputs }),
    ...(round !== undefined && { round }),
    ...(target !== undefined && { target: target.name }),
    ...(trained !== undefined && { trained }),
    ...(examples !== undefined && { examples: examples.slice(0, MOST_EXAMPLES) }),
    ...(part !== undefined && { part }),
  };
}

/** How many examples a description has. */
const MOST_EXAMPLES = 10;

function featureCard(feature: BriefFeature): BriefFeature {
  return {
    ...feature,
    ...(feature.categories === undefined ? {} : { categories: feature.categories.map(plainValue) }),
    ...(feature.default === undefined ? {} : { default: plainValue(feature.default) }),
  };
}

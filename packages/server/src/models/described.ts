/** @module What is known of a model in service without asking it: what cards, documents and pages say of it. */

import { type Signature, UNKNOWN_VERSION, type Version } from "@curtido/estimators";
import type { Origin } from "@curtido/estimators/node";
import type { Traffic } from "../observe/traffic.ts";
import type { AnswerMethod, Include } from "../rows/answer.ts";
import { Cost, type RowCost } from "./cost.ts";
import type { Said } from "./note.ts";
import { type Words, wordsOf } from "./words.ts";

/** What a model says of itself: plain data, which one thread can tell another. */
export interface Description {
  /** The class by its short name, and as the file spells it. */
  readonly className: string;
  readonly pythonName: string;
  /** The release of scikit-learn that trained it; `null` when the file does not say. */
  readonly version: string | null;
  /** What it answers: `predict`, or `transform` when it cannot predict. */
  readonly method: AnswerMethod;
  readonly signature: Signature;
  /** What `include` can ask of it. */
  readonly includes: readonly Include[];
  /** Whether rows of several requests are better predicted together. */
  readonly gathers: boolean;
  /** What its rows cost, as its state tells. */
  readonly estimate: RowCost;
  /** What its card says beside that. */
  readonly card: Said;
  /** Which part of its file it is. */
  readonly part?: string | undefined;
  /** How many values the answer to a row has, where one was asked. */
  readonly width?: number;
}

/** A model in service, at hand or on a thread. */
export abstract class Described implements Description {
  readonly name: string;
  readonly className: string;
  readonly pythonName: string;
  readonly version: string | null;
  readonly method: AnswerMethod;
  readonly signature: Signature;
  readonly includes: readonly Include[];
  readonly gathers: boolean;
  readonly estimate: RowCost;
  readonly card: Said;
  readonly part: string | undefined;
  /** What its card adds to each answer. */
  readonly words: Words | undefined;
  /** How many features a row has, when the model says so. */
  readonly features: number | undefined;
  /** The names of its features; of very many, those that are listed. */
  readonly names: readonly string[];
  /** What its rows cost, as its state tells and as was measured. */
  readonly cost: Cost;
  /** What it was asked; several models in turn may share it, so that a number never goes back. */
  traffic: Traffic | undefined;

  constructor(name: string, description: Description) {
    this.name = name;
    this.className = description.className;
    this.pythonName = description.pythonName;
    this.version = description.version;
    this.method = description.method;
    this.signature = description.signature;
    this.includes = description.includes;
    this.gathers = description.gathers;
    this.estimate = description.estimate;
    this.card = description.card;
    this.part = description.part;
    this.words = description.method === "predict" ? wordsOf(description.card) : undefined;
    this.cost = new Cost(description.estimate);
    this.cost.noteWidth(description.width ?? 0);
    this.names = description.signature.features.map((feature) => feature.name);
    const { length } = this.names;
    this.features = length === 0 ? undefined : length;
  }

  /** The keys of its answers, in their order. */
  keys(include: readonly Include[] = []): string[] {
    return [this.method, ...(this.words?.adds ?? []), ...include];
  }

  /** What it was revived from; `undefined` when threads cannot have it. */
  abstract readonly origin: Origin | undefined;

  /** Whether all rows of a batch are one question: each is a step of one forecast. */
  get whole(): boolean {
    return this.signature.horizon?.by === "rows";
  }

  /** Whether it says nothing of its features: rows go through as they are. */
  protected get open(): boolean {
    return this.features === undefined;
  }
}

/** A version as text; `null` when it is not known. */
export function versionText(version: Version): string | null {
  return version === UNKNOWN_VERSION ? null : version.text;
}

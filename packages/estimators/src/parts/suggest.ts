/** @module How the parts of a file most likely belong together, as a line to paste. */

import { Csr, DataFrame, NdArray } from "@curtido/arrays";
import { isCurtidoError } from "@curtido/pickle";
import type { Card } from "../base/card.ts";
import type { Estimator } from "../base/estimator.ts";
import type { Rows } from "../base/input.ts";

/** One estimator of a file. */
export interface Part {
  readonly place: string;
  /** What it is called where it lies. */
  readonly name: string;
  /** What it is, in words. */
  readonly what: string;
  /** `undefined` where it cannot be read. */
  readonly model?: Estimator;
}

/** A part that can be read. */
type Read = Part & { readonly model: Estimator };

/** How many parts are listed, and among how many an order is looked for. */
const MOST_SHOWN = 12;
const MOST_ORDERED = 6;
/** Up to how many features a transformer is asked how wide its answer is. */
const MOST_WIDE = 100_000;

/** The parts in words. */
export function describeParts(parts: readonly Part[]): string {
  const shown = parts.slice(0, MOST_SHOWN).map(({ place, what }) => `${place} (${what})`);
  return `${shown.join(", ")}${parts.length > MOST_SHOWN ? ` and ${parts.length - MOST_SHOWN} more` : ""}`;
}

/**
 * What to do with a file of several parts: the line that puts them together, by numbers of features, the order of kinds
 * and names; else how to name one of them.
 *
 * @example
 * suggestion("bundle.pkl", parts); // Put them together: curtido compose bundle.pkl#scaler bundle.pkl#model -o modelo.pkl
 */
export function suggestion(file: string, parts: readonly Part[], besides: (model: Estimator) => Card): string {
  const read = parts.filter((part): part is Read => part.model !== undefined);
  const predictors = read.filter(({ model }) => model.offers("predict"));
  const one = `name one of them: ${file}#${(predictors[0] ?? parts[0])!.place}`;
  const line = predictors.length === 1 ? lineFor(file, predictors[0]!, read, besides) : undefined;
  return line === undefined ? `As a model, ${one}` : `Put them together: ${line}; or ${one}`;
}

function lineFor(
  file: string,
  predictor: Read,
  parts: readonly Read[],
  besides: (model: Estimator) => Card,
): string | undefined {
  const others = parts.filter((part) => part !== predictor);
  const target = others.find((part) => isTarget(part, predictor));
  const labels = others.find((part) => isLabels(part, predictor));
  const rest = others.filter((part) => part !== target && part !== labels);
  const columns = rest.filter((part) => isLabelEncoder(part) || isOfColumn(part, predictor) || isCalledAfterOne(part));
  const steps = inOrder(
    rest.filter((part) => !columns.includes(part)),
    predictor.model.n_features_in_,
  );
  if (steps === undefined) return undefined;
  const at = ({ place }: Part) => `${file}#${place}`;
  const { features, labels: classes } = besides((steps[0] ?? predictor).model);
  const unknown = columns.length > 0 && (steps[0] ?? predictor).model.feature_names_in_ === undefined;
  const names = features?.map(({ name }) => name).join(",") ?? (unknown ? "NAME,NAME,..." : undefined);
  const words = [
    ...[...steps, predictor].map(at),
    ...columns.flatMap((part) => ["--column", `${columnOf(part.name)}=${at(part)}`]),
    ...(target === undefined ? [] : ["--target", at(target)]),
    ...(labels === undefined ? wordsIn(classes) : ["--labels", at(labels)]),
    ...(names === undefined ? [] : ["--features", names]),
  ];
  return `curtido compose ${words.map(quoted).join(" ")} -o modelo.pkl`;
}

/** A word of a command line. */
function quoted(word: string): string {
  return /^[\w@%+=:,./#-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** The words for classes that lie beside the parts. */
function wordsIn(classes: Card["labels"]): readonly string[] {
  const words = Object.entries(classes?.[0] ?? {}).map(([label, word]) => `${label}=${word}`);
  return words.length === 0 ? [] : ["--labels", words.join(",")];
}

/** How transformers are called that are for all columns. */
const GENERAL =
  /^(\d+|x|sc(aler)?|pre.*|transform.*|enc(oder)?|ohe|vect.*|tfidf|pca|poly|imputer|ct|pipe.*|norm.*|select.*)\d*$|scale|_x$/i;

/** Whether a transformer of one column is called after that. */
function isCalledAfterOne({ model, name }: Read): boolean {
  return model.n_features_in_ === 1 && !GENERAL.test(name);
}

/** Whether it makes numbers of labels. */
function isLabelEncoder({ model }: Read): boolean {
  return model.classes_ !== undefined && !model.offers("predict") && model.offers("inverseTransform");
}

const OF_TARGET = /(^|_)(y|target|label|labels|out|output|class|classes)(_|$)/i;

/** Whether it transforms what a regressor predicts. */
function isTarget({ model, name }: Read, { model: predictor }: Read): boolean {
  const one = model.n_features_in_ === 1 && model.classes_ === undefined && model.offers("inverseTransform");
  return one && predictor.classes_ === undefined && predictor.n_features_in_ !== 1 && OF_TARGET.test(name);
}

/** Whether it has the words for what a classifier predicts. */
function isLabels(part: Read, { model: predictor }: Read): boolean {
  const { classes_: classes } = part.model;
  if (!isLabelEncoder(part) || !(predictor.classes_ instanceof NdArray) || !(classes instanceof NdArray)) return false;
  const numbered = predictor.classes_.flat().every((label) => typeof label === "number");
  return (
    numbered &&
    classes.size === predictor.classes_.size &&
    (OF_TARGET.test(part.name) || !isOfColumn(part, { model: predictor }))
  );
}

function isOfColumn({ name, place }: Part, { model }: Pick<Read, "model">): boolean {
  return model.feature_names_in_?.includes(columnOf(name)) === true || /encoders?\./i.test(place);
}

/** The column that an encoder is called after: `le_sex`, `sex_encoder`. */
function columnOf(name: string): string {
  return name.replace(/^(le|enc|encoder|label_encoder|labelencoder|ohe)_|_(le|enc|encoder|label_encoder)$/gi, "");
}

/** Transformers in an order in which each takes as many columns as the one before gives, and the last gives `wanted`. */
function inOrder(parts: readonly Read[], wanted: number | undefined): readonly Read[] | undefined {
  if (parts.length === 0) return [];
  if (parts.length > MOST_ORDERED) return undefined;
  const widths = new Map(parts.map((part) => [part, widthOf(part.model)]));
  const fits = (gives: number | undefined, takes: number | undefined) =>
    gives === undefined || takes === undefined || gives === takes;
  const extended = (chain: readonly Read[]): readonly Read[] | undefined => {
    const last = chain.at(-1);
    if (chain.length === parts.length) return fits(widths.get(last!), wanted) ? chain : undefined;
    for (const part of parts) {
      if (chain.includes(part)) continue;
      if (last !== undefined && !fits(widths.get(last), part.model.n_features_in_)) continue;
      const found = extended([...chain, part]);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return extended([]);
}

/** How many columns a transformer gives; `undefined` where an example does not tell. */
function widthOf(model: Estimator): number | undefined {
  const { n_features_in_: count } = model;
  if (count !== undefined && count > MOST_WIDE) return undefined;
  const row = count === undefined ? ["text"] : NdArray.of(new Float64Array(count), [1, count]);
  try {
    const out = model.transform(row as Rows);
    if (out instanceof DataFrame) return out.columns.length;
    return out instanceof Csr || out instanceof NdArray ? out.shape[1] : undefined;
  } catch (error) {
    if (isCurtidoError(error)) return undefined;
    throw error;
  }
}

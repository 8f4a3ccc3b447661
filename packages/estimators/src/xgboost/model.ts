/** @module An XGBoost model as its file holds it: learner, base score, booster, attributes. */

import { readCategories, type XgbCategories } from "./categories.ts";
import { FastTrees } from "./fast.ts";
import { isLegacy, readLegacy } from "./legacy.ts";
import { FileNode } from "./node.ts";
import { objectiveOf, type XgbObjective } from "./objective.ts";
import { XgbTree } from "./trees.ts";
import { type FileValue, ModelFileError, readJsonModel, readUbjson } from "./ubjson.ts";

/** Numbers per row that a model may give, and features that a row may have. */
const MOST_OUTPUTS = 1 << 16;
const MOST_FEATURES = 1 << 20;

const single = Math.fround;

/** What sums up rows: trees, or one linear function per output. */
export interface Sum {
  /** How many trees there are; 0 for a linear function. */
  readonly trees: readonly XgbTree[];
  /** Adds what the first `limit` trees say about a row to `out`, `outputs` numbers from `to`. */
  readonly add: (X: Float32Array, from: number, out: Float32Array, to: number, limit: number) => void;
  /** The same for many rows, where the trees allow it. */
  readonly fast?: FastTrees | undefined;
  /** Of trees with weights the same as Python's scikit-learn classes add it, which take rows in place. */
  readonly addInPlace?: Sum["add"];
}

/** A model, checked. */
export interface XgbModel {
  readonly objective: XgbObjective;
  readonly features: number;
  readonly names: readonly string[];
  /** `c` for a feature of categories. */
  readonly types: readonly string[];
  readonly outputs: number;
  /** Whether a release before 1.3 wrote it, whose arithmetic was another. */
  readonly legacy: boolean;
  /** Whether the numbers of leaves are integers, as releases before 1.4 gave them. */
  readonly wholeLeaves: boolean;
  /** The margin of each output before anything is added to it. */
  readonly base: Float32Array;
  readonly sum: Sum;
  /** How many trees predict when training stopped early, else all. */
  readonly best: number;
  /** Per feature of categories what they were in the training frame (release 3.1 and later). */
  readonly categories: ReadonlyMap<number, XgbCategories>;
}

/**
 * Reads a model: what a pickle keeps as `handle`, or a `.json` or `.ubj` file.
 *
 * @throws ModelFileError what is malformed and where, or that the format or objective is not known
 */
export function readXgbModel(bytes: Uint8Array): XgbModel {
  const root = rootOf(bytes);
  return readLearner(root.child("learner"), versionOf(root));
}

/** The release that wrote a model; `undefined` when the file does not say, or is malformed: reading it says so. */
export function xgboostRelease(bytes: Uint8Array): string | undefined {
  try {
    return releaseIn(bytes);
  } catch (error) {
    if (error instanceof ModelFileError) return undefined;
    throw error;
  }
}

function releaseIn(bytes: Uint8Array): string | undefined {
  const numbers = versionOf(rootOf(bytes));
  return numbers.length === 0 ? undefined : numbers.join(".");
}

/** What holds the learner: a pickle holds more. */
function rootOf(bytes: Uint8Array): FileNode {
  const document = new FileNode(readDocument(bytes), "");
  return document.has("Model") ? document.child("Model") : document;
}

/** The numbers of the release that wrote a document; none where it does not say. */
function versionOf(root: FileNode): readonly number[] {
  return root.has("version") ? [...root.integers("version", undefined, 0, 1 << 16)] : [];
}

/** Whether a release is older than another; one that is not known is not. */
function before(
  [major = Number.POSITIVE_INFINITY, minor = 0]: readonly number[],
  than: number,
  second: number,
): boolean {
  return major < than || (major === than && minor < second);
}

function readDocument(bytes: Uint8Array): FileValue {
  if (isLegacy(bytes)) return readLegacy(bytes);
  const isBinary = bytes[0] === 0x7b && (bytes[1] === 0x4c || bytes[1] === 0x7d);
  return isBinary ? readUbjson(bytes) : readJsonModel(bytes);
}

function readLearner(learner: FileNode, version: readonly number[]): XgbModel {
  const parameters = learner.child("learner_model_param");
  const features = parameters.integer("num_feature", 0, MOST_FEATURES);
  const classes = parameters.integer("num_class", 0, MOST_OUTPUTS, 0);
  const targets = parameters.integer("num_target", 0, MOST_OUTPUTS, 1);
  const outputs = Math.max(classes, targets, 1);
  const legacy = parameters.has("legacy");
  const objective = objectiveOf(learner.child("objective").string("name"), legacy);
  const names = learner.has("feature_names") ? learner.strings("feature_names") : [];
  if (names.length > 0 && names.length !== features)
    learner.fail("feature_names", `holds ${names.length} names, not ${features}`);
  const booster = learner.child("gradient_booster");
  const linear = booster.string("name") === "gblinear";
  const base = baseOf(parameters, outputs).map(parameters.has("base_margin") ? Number : objective.margin);
  // Linear functions all start from the first output's base score.
  if (linear) base.fill(base[0]!);
  const trees = linear ? undefined : readForest(booster, features, base, legacy, before(version, 3, 3));
  const best = learner.has("attributes") ? bestOf(learner.child("attributes")) : undefined;
  return {
    objective,
    features,
    names,
    types: learner.has("feature_types") ? learner.strings("feature_types") : [],
    outputs,
    legacy,
    wholeLeaves: legacy || before(version, 1, 4),
    base,
    sum: trees?.sum ?? readLinear(booster.child("model"), features, outputs),
    best: trees?.limit(best) ?? 0,
    categories: trees?.categories ?? new Map(),
  };
}

/** The base score: one number, or from release 3.1 a list with one per output. */
function baseOf(parameters: FileNode, outputs: number): Float32Array {
  const text = parameters.string("base_score");
  const words = text.replace(/^\[|\]$/g, "").split(",");
  const scores = words.map((word) => (/^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(word.trim()) ? Number(word) : Number.NaN));
  if (scores.some(Number.isNaN)) parameters.fail("base_score", `is '${text.slice(0, 40)}', not a number`);
  if (scores.length !== 1 && scores.length !== outputs)
    parameters.fail("base_score", `holds ${scores.length} numbers for ${outputs} outputs`);
  return Float32Array.from({ length: outputs }, (_, k) => scores[scores.length === 1 ? 0 : k]!);
}

/** Where training stopped early. */
interface Best {
  readonly iterations: number;
  /** Trees per output; the only place where releases before 1.6 say how many an iteration grew. */
  readonly trees: number | undefined;
}

function bestOf(attributes: FileNode): Best | undefined {
  if (!attributes.has("best_iteration")) return undefined;
  const trees = attributes.integer("best_ntree_limit", 0, 2 ** 31 - 1, 0);
  return {
    iterations: attributes.integer("best_iteration", 0, 2 ** 31 - 2) + 1,
    trees: trees === 0 ? undefined : trees,
  };
}

interface Forest {
  readonly sum: Sum;
  readonly limit: (best: Best | undefined) => number;
  readonly categories: ReadonlyMap<number, XgbCategories>;
}

function readForest(
  booster: FileNode,
  features: number,
  base: Float32Array,
  legacy: boolean,
  characters: boolean,
): Forest {
  const outputs = base.length;
  const name = booster.string("name");
  if (name !== "gbtree" && name !== "dart") throw new ModelFileError(`its booster '${name.slice(0, 40)}' is not known`);
  const model = (name === "dart" ? booster.child("gbtree") : booster).child("model");
  const trees = model.children("trees").map((tree) => new XgbTree(tree, features, outputs));
  const spoilt = trees.findIndex((tree) => tree.spoilt);
  if (spoilt >= 0) model.fail(`trees[${spoilt}]`, "has a leaf without a number");
  const groups = model.integers("tree_info", trees.length, 0, outputs - 1);
  const weights = name === "dart" ? booster.singles("weight_drop", trees.length) : undefined;
  if (weights?.some(Number.isNaN)) booster.fail("weight_drop", "holds NaN");
  const add = adder(trees, groups, weights, undefined);
  return {
    sum: {
      trees,
      add: legacy && weights === undefined ? fromZero(add, outputs) : add,
      fast: legacy || weights !== undefined ? undefined : FastTrees.of(trees, groups, features, outputs),
      ...(weights === undefined ? {} : { addInPlace: adder(trees, groups, weights, base) }),
    },
    limit: (best) => (best === undefined ? trees.length : Math.min(trees.length, treesOf(model, best, outputs))),
    categories: model.has("cats") ? readCategories(model.child("cats"), features, characters) : new Map(),
  };
}

/**
 * Adds trees one after the other, times their weights where they have some.
 *
 * @param base where XGBoost first adds a leaf to this and takes it off again, rounding both times, before it is weighted
 */
function adder(
  trees: readonly XgbTree[],
  groups: Int32Array,
  weights: Float32Array | undefined,
  base: Float32Array | undefined,
): Sum["add"] {
  const rounded = (value: number, group: number) =>
    base === undefined ? value : single(single(value + base[group]!) - base[group]!);
  return (X, from, out, to, limit) => {
    for (let t = 0; t < limit; t++) {
      const tree = trees[t]!;
      const leaf = tree.leafOf(X, from);
      if (tree.width > 1) {
        for (let k = 0; k < tree.width; k++) out[to + k]! += tree.value(leaf, k);
      } else {
        const group = groups[t]!;
        const value = rounded(tree.value(leaf), group);
        out[to + group]! += weights === undefined ? value : single(weights[t]! * value);
      }
    }
  };
}

/** Adds the trees to one another and their sum to what is there, as releases of the binary format did. */
function fromZero(add: Sum["add"], outputs: number): Sum["add"] {
  const sums = new Float32Array(outputs);
  return (X, from, out, to, limit) => {
    sums.fill(0);
    add(X, from, sums, 0, limit);
    for (let k = 0; k < outputs; k++) out[to + k]! += sums[k]!;
  };
}

/** How many trees the best iterations grew. */
function treesOf(model: FileNode, { iterations, trees }: Best, outputs: number): number {
  if (model.has("iteration_indptr")) {
    const starts = model.integers("iteration_indptr", undefined, 0);
    return starts[Math.min(iterations, starts.length - 1)] ?? 0;
  }
  const parameters = model.child("gbtree_model_param");
  if (!parameters.has("num_parallel_tree") && trees !== undefined) return trees * outputs;
  return iterations * Math.max(1, parameters.integer("num_parallel_tree", 0, 2 ** 31 - 1, 1)) * outputs;
}

/** Weights by feature and output, then one bias per output. */
function readLinear(model: FileNode, features: number, outputs: number): Sum {
  const weights = model.singles("weights", (features + 1) * outputs);
  if (weights.some(Number.isNaN)) model.fail("weights", "holds NaN");
  const bias = features * outputs;
  const add: Sum["add"] = (X, from, out, to) => {
    for (let k = 0; k < outputs; k++) {
      let sum = single(weights[bias + k]! + out[to + k]!);
      for (let feature = 0; feature < features; feature++) {
        const x = X[from + feature]!;
        if (!Number.isNaN(x)) sum = single(sum + single(x * weights[feature * outputs + k]!));
      }
      out[to + k] = sum;
    }
  };
  return { trees: [], add };
}

/** @module LightGBM's text format of models: strictly read, every count checked against what the text holds. */

/** What is wrong with a model text. */
export class ModelTextError extends Error {
  override readonly name = "ModelTextError";
}

/** One tree: inner nodes and leaves are numbered apart, a negative child c is the leaf ~c. */
export interface TextTree {
  readonly leaves: number;
  readonly feature: Int32Array;
  readonly threshold: Float64Array;
  /** Bit 0: categorical; bit 1: missing values go left; bits 2-3: what is missing (0 nothing, 1 zero, 2 NaN). */
  readonly decision: Uint8Array;
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly value: Float64Array;
  /** Where the words of each categorical split begin, and the words: bit c is set where category c goes left. */
  readonly boundaries: Int32Array;
  readonly words: Uint32Array;
  readonly linear: LinearLeaves | undefined;
}

/** Leaves that hold a linear function: constant, and coefficients of some features. */
export interface LinearLeaves {
  readonly constant: Float64Array;
  /** Where each leaf's features begin. */
  readonly starts: Int32Array;
  readonly feature: Int32Array;
  readonly coefficient: Float64Array;
}

/** A model as the text has it. */
export interface ModelText {
  /** `binary sigmoid:1` and the like; `undefined` for an objective of the user's own. */
  readonly objective: string | undefined;
  readonly outputs: number;
  readonly features: number;
  readonly names: readonly string[];
  /** What training saw of each feature: `[least:most]`, `0:2:1` of categories, `none` of one that tells nothing. */
  readonly infos: readonly string[];
  /** Whether raw scores are divided by the number of iterations (random forests). */
  readonly averages: boolean;
  readonly trees: readonly TextTree[];
  /** The parameters that it was trained with, as text. */
  readonly parameters: ReadonlyMap<string, string>;
  /** The categories of each categorical column of the training frame; `undefined` when there were none. */
  readonly categories: readonly (readonly unknown[])[] | undefined;
}

/** Numbers per row of a model without trees. */
const MOST_OUTPUTS = 1 << 16;

const NUMBER = /^[+-]?(\d+\.?\d*(e[+-]?\d+)?|\.\d+(e[+-]?\d+)?|inf|infinity)$/i;

function refuse(problem: string): never {
  throw new ModelTextError(problem);
}

/** Lines one after the other, without a copy of the text. */
class Lines {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** The next line without its end, or `undefined` after the last. */
  next(): string | undefined {
    if (this.#at >= this.#text.length) return undefined;
    const end = this.#text.indexOf("\n", this.#at);
    const stop = end < 0 ? this.#text.length : end;
    const line = this.#text.slice(this.#at, stop);
    this.#at = stop + 1;
    return line.endsWith("\r") ? line.slice(0, -1) : line;
  }
}

/** The key-value pairs of one block. */
class Block {
  readonly where: string;
  readonly #values = new Map<string, string>();

  constructor(where: string) {
    this.where = where;
  }

  add(line: string): void {
    const equals = line.indexOf("=");
    const key = equals < 0 ? line : line.slice(0, equals);
    this.#values.set(key, equals < 0 ? "" : line.slice(equals + 1));
  }
  has(key: string): boolean {
    return this.#values.has(key);
  }
  text(key: string): string {
    return this.#values.get(key) ?? refuse(`${this.where} has no ${key}`);
  }
  integer(key: string, least: number, most: number, fallback?: number): number {
    if (fallback !== undefined && !this.has(key)) return fallback;
    return this.toInteger(this.text(key), key, least, most);
  }
  /** As many integers as there must be; any number where `count` is undefined. */
  integers(key: string, count: number | undefined, least: number, most: number): number[] {
    return this.words(key, count).map((word) => this.toInteger(word, key, least, most));
  }
  doubles(key: string, count: number | undefined): Float64Array {
    return Float64Array.from(this.words(key, count), (word) => {
      if (!NUMBER.test(word)) refuse(`${this.where}: ${key} holds '${word.slice(0, 40)}', which is no number`);
      return /inf/i.test(word) ? (word.startsWith("-") ? -Infinity : Infinity) : Number(word);
    });
  }

  private words(key: string, count: number | undefined): string[] {
    const text = this.text(key).trim();
    const words = text === "" ? [] : text.split(/ +/);
    if (count !== undefined && words.length !== count)
      refuse(`${this.where}: ${key} holds ${words.length} values, not ${count}`);
    return words;
  }
  private toInteger(word: string, key: string, least: number, most: number): number {
    const value = /^[+-]?\d+$/.test(word.trim()) ? Number(word) : Number.NaN;
    if (value >= least && value <= most) return value;
    return refuse(`${this.where}: ${key} holds '${word.slice(0, 40)}', not an integer from ${least} to ${most}`);
  }
}

const INT = 2 ** 31 - 1;

function readTree(block: Block, features: number): TextTree {
  const leaves = block.integer("num_leaves", 1, INT);
  const value = block.doubles("leaf_value", leaves);
  const inner = leaves - 1;
  const some = <T>(read: (count: number) => T): T | undefined => (inner > 0 ? read(inner) : undefined);
  const feature = some((n) => block.integers("split_feature", n, 0, features - 1)) ?? [];
  const threshold = some((n) => block.doubles("threshold", n)) ?? new Float64Array(0);
  const decision = some((n) => (block.has("decision_type") ? block.integers("decision_type", n, 0, 15) : undefined));
  const left = some((n) => block.integers("left_child", n, -leaves, inner - 1)) ?? [];
  const right = some((n) => block.integers("right_child", n, -leaves, inner - 1)) ?? [];
  checkShape(block, left, right, leaves);
  const sets = inner > 0 ? block.integer("num_cat", 0, inner, 0) : 0;
  const boundaries = sets > 0 ? block.integers("cat_boundaries", sets + 1, 0, INT) : [0];
  const words = sets > 0 ? block.integers("cat_threshold", boundaries[sets]!, 0, 2 ** 32 - 1) : [];
  if (boundaries.some((start, at) => start < (boundaries[at - 1] ?? 0)))
    refuse(`${block.where}: cat_boundaries do not rise`);
  const types = Uint8Array.from(decision ?? new Array<number>(inner).fill(0));
  types.forEach((type, node) => {
    const set = threshold[node]!;
    if ((type & 1) === 1 && !(Number.isInteger(set) && set >= 0 && set < sets))
      refuse(`${block.where}: node ${node} has no set of categories`);
  });
  return {
    leaves,
    feature: Int32Array.from(feature),
    threshold,
    decision: types,
    left: Int32Array.from(left),
    right: Int32Array.from(right),
    value,
    boundaries: Int32Array.from(boundaries),
    words: Uint32Array.from(words),
    linear: block.integer("is_linear", 0, 1, 0) === 1 ? readLinear(block, leaves, features) : undefined,
  };
}

/** Inner nodes are numbered as they are split, so a child comes after its parent; each is reached once. */
function checkShape(block: Block, left: readonly number[], right: readonly number[], leaves: number): void {
  const nodes = new Uint8Array(Math.max(leaves - 1, 1));
  const ends = new Uint8Array(leaves);
  for (let node = 0; node < left.length; node++) {
    for (const child of [left[node]!, right[node]!]) {
      if (child >= 0 && child <= node) refuse(`${block.where}: node ${node} leads back to node ${child}`);
      const seen = child < 0 ? ends : nodes;
      const at = child < 0 ? ~child : child;
      if (seen[at] === 1) refuse(`${block.where}: ${child < 0 ? "leaf" : "node"} ${at} is reached twice`);
      seen[at] = 1;
    }
  }
}

function readLinear(block: Block, leaves: number, features: number): LinearLeaves {
  const constant = block.doubles("leaf_const", leaves);
  const counts = block.integers("num_features", leaves, 0, features);
  const starts = new Int32Array(leaves + 1);
  counts.forEach((count, leaf) => {
    starts[leaf + 1] = starts[leaf]! + count;
  });
  const total = starts[leaves]!;
  const feature = Int32Array.from(block.integers("leaf_features", total, 0, features - 1));
  return { constant, starts, feature, coefficient: block.doubles("leaf_coeff", total) };
}

/** The blocks of the text: the head, each tree, and what follows them. */
interface Blocks {
  readonly head: Block;
  readonly trees: readonly Block[];
  readonly parameters: ReadonlyMap<string, string>;
  readonly categories: string | undefined;
}

const CATEGORIES = "pandas_categorical:";
/** What stands behind the last tree; releases before 2.2 write the second alone. */
const ENDS: ReadonlySet<string> = new Set(["end of trees", "feature importances:"]);

function readBlocks(lines: Lines): Blocks {
  const head = new Block("the head");
  const trees: Block[] = [];
  let block = head;
  let line = lines.next();
  for (; line !== undefined && !ENDS.has(line); line = lines.next()) {
    if (line.startsWith("Tree=")) {
      block = new Block(`tree ${trees.length}`);
      trees.push(block);
    } else if (line !== "") block.add(line);
  }
  if (line === undefined) refuse("it ends before 'end of trees'");
  const parameters = new Map<string, string>();
  let categories: string | undefined;
  for (line = lines.next(); line !== undefined; line = lines.next()) {
    const parameter = /^\[(\w+): ?(.*)\]$/.exec(line);
    if (parameter !== null) parameters.set(parameter[1]!, parameter[2]!);
    else if (line.startsWith(CATEGORIES)) categories = line.slice(CATEGORIES.length);
  }
  return { head, trees, parameters, categories };
}

/** Lists of categories as Python's json wrote them. */
function readCategories(text: string | undefined): readonly (readonly unknown[])[] | undefined {
  if (text === undefined) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/\bNaN\b/g, "null"));
  } catch {
    return refuse("pandas_categorical is no JSON");
  }
  if (value === null || (Array.isArray(value) && value.length === 0)) return undefined;
  if (!Array.isArray(value) || !value.every((list) => Array.isArray(list)))
    return refuse("pandas_categorical is no list of lists");
  return value as unknown[][];
}

/**
 * Reads a model text, as `Booster.save_model` writes it and pickles hold it.
 *
 * @throws ModelTextError what is missing, of the wrong length or out of range, and in which tree
 * @example
 * readModelText("tree\nversion=v4\n...").trees.length;
 */
export function readModelText(text: string): ModelText {
  const lines = new Lines(text);
  if (lines.next() !== "tree") refuse("it does not begin with 'tree'");
  const { head, trees, parameters, categories } = readBlocks(lines);
  const features = head.integer("max_feature_idx", 0, INT - 1) + 1;
  const names = head.text("feature_names").split(" ");
  if (names.length !== features) refuse(`feature_names holds ${names.length} names, not ${features}`);
  const outputs = head.integer("num_tree_per_iteration", 1, MOST_OUTPUTS);
  if (trees.length % outputs !== 0) refuse(`${trees.length} trees cannot be shared among ${outputs} outputs`);
  const averages = head.has("average_output");
  if (averages && trees.length === 0) refuse("it has no trees to average");
  const sizes = head.has("tree_sizes") ? head.text("tree_sizes").trim().split(/ +/).filter(Boolean).length : undefined;
  if (sizes !== undefined && sizes !== trees.length) refuse(`it holds ${trees.length} trees, not ${sizes}`);
  return {
    objective: head.has("objective") ? head.text("objective") : undefined,
    outputs,
    features,
    names,
    infos: head.has("feature_infos") ? head.text("feature_infos").split(" ") : [],
    averages,
    trees: trees.map((block) => readTree(block, features)),
    parameters,
    categories: readCategories(categories),
  };
}

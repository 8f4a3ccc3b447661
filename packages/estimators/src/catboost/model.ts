/** @module A CatBoost model as its `.cbm` file holds it: features, trees, scale and bias, notes in JSON. */

import { type Counter, type PartsOfFile, readCounters } from "./counters.ts";
import { CatModelError, FlatTable } from "./flatbuffer.ts";

/** Positions of fields in the tables of the format (`model.fbs` and `features.fbs` of CatBoost). */
const CORE = { trees: 1, notes: 2, parts: 3 } as const;
const TREES = {
  outputs: 0,
  splits: 1,
  sizes: 2,
  categories: 4,
  floats: 5,
  oneHots: 6,
  counters: 7,
  values: 8,
  steps: 10,
  leafOf: 11,
  texts: 12,
  estimated: 13,
  scale: 14,
  bias: 15,
  biases: 16,
  embeddings: 18,
} as const;
const FLOAT = { index: 1, column: 2, borders: 3, name: 4, missing: 5 } as const;
const CATEGORY = { index: 0, column: 1, name: 2 } as const;
const ONE_HOT = { index: 0, values: 1, texts: 2 } as const;

/** Numbers per row, features, and splits of a symmetric tree. */
const MOST_OUTPUTS = 1 << 16;
const MOST_FEATURES = 1 << 20;
const DEEPEST = 16;

/** A column of numbers: a split asks whether a value is above a border. */
export interface NumberColumn {
  /** Its number among columns of numbers, by which combinations of features know it. */
  readonly index: number;
  readonly column: number;
  readonly name: string;
  readonly borders: Float32Array;
  /** Whether a missing value is above every border; else it is below all. */
  readonly missingAbove: boolean;
}

/** A column of categories: a split asks whether the hash of a value is this one. */
export interface CategoryColumn {
  /** Its number among columns of categories. */
  readonly index: number;
  readonly column: number;
  readonly name: string;
  readonly hashes: Int32Array;
  /** The texts of the hashes, where the file has them. */
  readonly texts: readonly string[];
}

/** A model, checked. */
export interface CatModel {
  readonly columns: number;
  readonly numbers: readonly NumberColumn[];
  readonly categories: readonly CategoryColumn[];
  /** Statistics of categories: columns of numbers that are made of a row's. */
  readonly counters: readonly Counter[];
  readonly outputs: number;
  /** Splits of every tree: borders of all columns of numbers are counted first, then hashes of all columns of categories, then borders of counters. */
  readonly splits: Int32Array;
  /** Splits per tree, or nodes per tree when they are not symmetric. */
  readonly sizes: Int32Array;
  readonly values: Float64Array;
  /** Trees that are not symmetric: per node how far its two children are behind it, and where its leaf's values begin. */
  readonly steps: Uint16Array | undefined;
  readonly leafOf: Uint32Array;
  readonly scale: number;
  /** Per output. */
  readonly bias: Float64Array;
  /** What the file says of itself: `params`, `class_params`, `catboost_version_info` ... */
  readonly notes: ReadonlyMap<string, string>;
}

/** Whether bytes begin as a `.cbm` file does. */
function isCatFile(bytes: Uint8Array): boolean {
  return String.fromCharCode(...bytes.subarray(0, 4)) === "CBM1" && bytes.length > 12;
}

/**
 * Reads the bytes of a `.cbm` file, which a pickle keeps as `__model`.
 *
 * @throws CatModelError what is malformed, or what it needs that is not known
 */
export function readCatModel(bytes: Uint8Array): CatModel {
  const core = coreOf(bytes);
  const trees = core.table(CORE.trees);
  if (trees === undefined) throw new CatModelError("it holds no trees");
  return checked(readTrees(trees, notesIn(core), partsOf(bytes, core)));
}

/**
 * What a file says of itself, also one that needs what is not known.
 *
 * @throws CatModelError what is malformed
 */
export function readNotes(bytes: Uint8Array): ReadonlyMap<string, string> {
  return notesIn(coreOf(bytes));
}

/** The size of the core, which stands before it. */
function sizeOfCore(bytes: Uint8Array): number {
  return new DataView(bytes.buffer, bytes.byteOffset).getUint32(4, true);
}

/** What stands behind the core, by the names that the core gives it. */
function partsOf(bytes: Uint8Array, core: FlatTable): PartsOfFile {
  return { ids: core.strings(CORE.parts), bytes: bytes.subarray(8 + sizeOfCore(bytes)) };
}

function coreOf(bytes: Uint8Array): FlatTable {
  if (!isCatFile(bytes)) throw new CatModelError("it does not begin as a CatBoost model does");
  const size = sizeOfCore(bytes);
  if (size > bytes.length - 8) throw new CatModelError(`it ends after ${bytes.length} bytes of ${size + 8}`);
  return FlatTable.root(bytes.subarray(8, 8 + size));
}

function notesIn(core: FlatTable): ReadonlyMap<string, string> {
  return new Map(core.tables(CORE.notes).map((note) => [note.string(0), note.string(1)]));
}

function readTrees(trees: FlatTable, notes: ReadonlyMap<string, string>, parts: PartsOfFile): CatModel {
  const [numbers, categories] = readColumns(trees);
  const places = { numbers: placesOf(numbers), categories: placesOf(categories) };
  const outputs = within(trees.integer(TREES.outputs, 0), 1, MOST_OUTPUTS, "the number of outputs");
  const biases = trees.doubles(TREES.biases);
  const steps = trees.shortPairs(TREES.steps);
  const columns = [...numbers, ...categories].map(({ column }) => column + 1);
  return {
    columns: columns.reduce((most, each) => Math.max(most, each), 0),
    numbers,
    categories,
    counters: readCounters(trees.tables(TREES.counters), parts, places),
    outputs,
    splits: trees.integers(TREES.splits),
    sizes: trees.integers(TREES.sizes),
    values: trees.doubles(TREES.values),
    steps: steps.length === 0 ? undefined : steps,
    leafOf: trees.unsigned(TREES.leafOf),
    scale: trees.double(TREES.scale, 1),
    bias: biases.length > 0 ? biases : new Float64Array(outputs).fill(trees.double(TREES.bias, 0)),
    notes,
  };
}

function readColumns(trees: FlatTable): readonly [readonly NumberColumn[], readonly CategoryColumn[]] {
  const numbers = trees.tables(TREES.floats).map(
    (table): NumberColumn => ({
      index: table.integer(FLOAT.index, -1),
      column: within(table.integer(FLOAT.column, -1), 0, MOST_FEATURES, "a feature's column"),
      name: table.string(FLOAT.name),
      borders: table.singles(FLOAT.borders),
      missingAbove: table.byte(FLOAT.missing, 0) === 2,
    }),
  );
  const tables = new Map(trees.tables(TREES.categories).map((table) => [table.integer(CATEGORY.index, -1), table]));
  const categories: CategoryColumn[] = [];
  // Splits count hashes in the order of the sets, whichever order the columns have.
  for (const set of trees.tables(TREES.oneHots)) {
    const index = set.integer(ONE_HOT.index, -1);
    const table = tables.get(index);
    if (table === undefined) throw new CatModelError(`a set of categories is of feature ${index}, which is not there`);
    tables.delete(index);
    categories.push(categoryColumn(table, set.integers(ONE_HOT.values), set.strings(ONE_HOT.texts)));
  }
  for (const table of tables.values()) categories.push(categoryColumn(table, new Int32Array(0), []));
  refuseOthers(trees);
  return [numbers, categories];
}

function categoryColumn(table: FlatTable, hashes: Int32Array, texts: readonly string[]): CategoryColumn {
  const column = within(table.integer(CATEGORY.column, -1), 0, MOST_FEATURES, "a feature's column");
  return { index: table.integer(CATEGORY.index, -1), column, name: table.string(CATEGORY.name), hashes, texts };
}

function placesOf(columns: readonly (NumberColumn | CategoryColumn)[]): ReadonlyMap<number, number> {
  return new Map(columns.map(({ index, column }) => [index, column]));
}

/** What needs more than borders, hashes and counts. */
function refuseOthers(trees: FlatTable): void {
  if (trees.count(TREES.texts) + trees.count(TREES.embeddings) + trees.count(TREES.estimated) > 0)
    throw new CatModelError("it has text or embedding features, whose meaning is not known");
}

function within(value: number, least: number, most: number, what: string): number {
  if (value >= least && value <= most) return value;
  throw new CatModelError(`${what} is ${value}`);
}

/** Checks that every walk through a tree ends at a leaf that is there. */
function checked(model: CatModel): CatModel {
  const { outputs, bias, scale, columns, numbers, categories, counters } = model;
  if (bias.length !== outputs) throw new CatModelError(`it has ${bias.length} biases for ${outputs} outputs`);
  if (!Number.isFinite(scale) || !bias.every(Number.isFinite))
    throw new CatModelError("its scale or bias is no number");
  if (model.values.some(Number.isNaN)) throw new CatModelError("a leaf holds NaN");
  const used = new Set([...numbers, ...categories].map(({ column }) => column));
  if (used.size !== numbers.length + categories.length) throw new CatModelError("two features have one column");
  if (columns > 0 && used.size > columns) throw new CatModelError("it has more features than columns");
  const questions = [...numbers, ...counters].map((each) => each.borders.length);
  const known = [...questions, ...categories.map((each) => each.hashes.length)].reduce((sum, each) => sum + each, 0);
  if (model.steps === undefined) checkSymmetric(model, known);
  else checkSteps(model, model.steps, known);
  return model;
}

function checkSymmetric({ sizes, splits, values, outputs }: CatModel, known: number): void {
  let leaves = 0;
  let count = 0;
  for (const size of sizes) {
    count += within(size, 0, DEEPEST, "the depth of a tree");
    leaves += (1 << size) * outputs;
  }
  if (count !== splits.length) throw new CatModelError(`it holds ${splits.length} splits, not ${count}`);
  if (leaves !== values.length) throw new CatModelError(`it holds ${values.length} values of leaves, not ${leaves}`);
  for (const split of splits) within(split, 0, known - 1, "the number of a split");
}

function checkSteps({ sizes, splits, values, outputs, leafOf }: CatModel, steps: Uint16Array, known: number): void {
  const nodes = steps.length / 2;
  if (splits.length !== nodes || leafOf.length !== nodes)
    throw new CatModelError(`it holds ${nodes} nodes, ${splits.length} splits and ${leafOf.length} leaves`);
  let start = 0;
  for (const size of sizes) {
    const end = start + within(size, 1, nodes - start, "the size of a tree");
    for (let node = start; node < end; node++) {
      const [left, right] = [steps[2 * node]!, steps[2 * node + 1]!];
      if (node + Math.max(left, right) >= end) throw new CatModelError(`node ${node} leads out of its tree`);
      if (left + right > 0) within(splits[node]!, 0, known - 1, "the number of a split");
      if (left === 0 || right === 0) within(leafOf[node]!, 0, values.length - outputs, "the place of a leaf");
    }
    start = end;
  }
  if (start !== nodes) throw new CatModelError(`its trees hold ${start} nodes of ${nodes}`);
}

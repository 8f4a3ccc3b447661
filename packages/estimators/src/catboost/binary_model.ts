/** @module A CatBoost model as its `.cbm` file holds it: a core in FlatBuffers, and tables of categories behind it. */

import { type PartsOfFile, readCounters } from "./counters.ts";
import { CatModelError, FlatTable } from "./flatbuffer.ts";
import { type CategoryColumn, type CatModel, checkedModel, type NumberColumn, placesOf, within } from "./model.ts";

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

/** Numbers per row, and features. */
const MOST_OUTPUTS = 1 << 16;
const MOST_FEATURES = 1 << 20;

/**
 * Reads the bytes of a `.cbm` file, which a pickle keeps as `__model`.
 *
 * @throws CatModelError what is malformed, or what it needs that is not known
 */
export function readBinaryModel(bytes: Uint8Array): CatModel {
  const core = coreOf(bytes);
  const trees = core.table(CORE.trees);
  if (trees === undefined) throw new CatModelError("it holds no trees");
  return checkedModel(readTrees(trees, notesIn(core), partsOf(bytes, core)));
}

/** What a file says of itself. */
export function readBinaryNotes(bytes: Uint8Array): ReadonlyMap<string, string> {
  return notesIn(coreOf(bytes));
}

/** Whether bytes begin as a `.cbm` file does. */
function isCatFile(bytes: Uint8Array): boolean {
  return String.fromCharCode(...bytes.subarray(0, 4)) === "CBM1" && bytes.length > 12;
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

/** What needs more than borders, hashes and counts. */
function refuseOthers(trees: FlatTable): void {
  if (trees.count(TREES.texts) + trees.count(TREES.embeddings) + trees.count(TREES.estimated) > 0)
    throw new CatModelError("it has text or embedding features, whose meaning is not known");
}

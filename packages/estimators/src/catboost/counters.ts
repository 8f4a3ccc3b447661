/** @module Target statistics (CTR) as a `.cbm` file holds them: which features are combined, and the tables of counts. */

import { CatModelError, FlatTable } from "./flatbuffer.ts";
import { HashIndex } from "./hash_index.ts";

/** What is counted, by the file's numbers. */
export const Kind = {
  Borders: 0,
  Buckets: 1,
  BinarizedTargetMeanValue: 2,
  FloatTargetMeanValue: 3,
  Counter: 4,
  FeatureFreq: 5,
} as const;
export type Kind = (typeof Kind)[keyof typeof Kind];
const KINDS = Object.keys(Kind) as readonly (keyof typeof Kind)[];

/** Positions of fields in the tables of the format (`ctr_data.fbs` and `features.fbs` of CatBoost). */
const FEATURE = { counter: 0, borders: 1 } as const;
const COUNTER = { base: 0, target: 1, prior: 2, weight: 3, shift: 4, scale: 5 } as const;
const BASE = { combination: 0, kind: 1, classifier: 2 } as const;
const COMBINATION = { categories: 0, borders: 1, values: 2 } as const;
const TABLE = { base: 0, index: 1, counts: 2, denominator: 3, classes: 4 } as const;

/** The part of a file that holds the tables. */
const PART = "static_provider_v1";
/** Features in a combination, and classes of a target. */
const MOST_COMBINED = 1 << 10;
const MOST_CLASSES = 1 << 16;

/** Features that are hashed together, by their columns, in the order of hashing. */
export interface Combination {
  readonly categories: readonly number[];
  readonly borders: readonly { readonly column: number; readonly border: number }[];
  readonly values: readonly { readonly column: number; readonly hash: number }[];
}

/** Counts by place: of each class where `classes` is not 0; of means the sums of the target too. */
export interface CounterTable {
  readonly index: HashIndex;
  readonly counts: Int32Array;
  readonly sums: Float32Array | undefined;
  readonly classes: number;
  readonly denominator: number;
}

/** A column of numbers that are made of categories: a split asks whether one is above a border. */
export interface Counter {
  readonly kind: Kind;
  readonly combination: Combination;
  readonly table: CounterTable;
  /** The class that counts, or from behind which on classes count. */
  readonly target: number;
  readonly prior: number;
  readonly weight: number;
  readonly shift: number;
  readonly scale: number;
  readonly borders: Float32Array;
}

/** Which statistic of which features; `key` is the same where both are. */
interface Base {
  readonly key: string;
  readonly kind: Kind;
  readonly combination: Combination;
}

/** The columns of features, by the numbers that the file gives to those of a kind. */
export interface Places {
  readonly numbers: ReadonlyMap<number, number>;
  readonly categories: ReadonlyMap<number, number>;
}

/** Where the tables of a file are, and which parts it says to have behind its core. */
export interface PartsOfFile {
  readonly ids: readonly string[];
  readonly bytes: Uint8Array;
}

/**
 * The counters of a model, each with its table.
 *
 * @throws CatModelError what is malformed or missing
 */
export function readCounters(features: readonly FlatTable[], parts: PartsOfFile, places: Places): readonly Counter[] {
  if (features.length === 0) return [];
  if (parts.ids[0] !== PART) throw new CatModelError(`its tables of categories are not there ('${PART}')`);
  const bases = new Bases(places);
  const tables = readTables(parts.bytes, places);
  return features.map((feature) => {
    const counter = needed(feature.table(FEATURE.counter), "a statistic of categories");
    const { key, kind, combination } = bases.of(counter);
    const table = tables.get(key);
    if (table === undefined) throw new CatModelError(`the table of ${nameOf(kind)} of some categories is not there`);
    return checkedCounter({
      kind,
      combination,
      table,
      target: counter.integer(COUNTER.target, 0),
      prior: counter.single(COUNTER.prior, 0),
      weight: counter.single(COUNTER.weight, 1),
      shift: counter.single(COUNTER.shift, 0),
      scale: counter.single(COUNTER.scale, 1),
      borders: feature.singles(FEATURE.borders),
    });
  });
}

function nameOf(kind: Kind): string {
  return KINDS[kind]!;
}

/** A statistic whose class is there and whose numbers are numbers. */
export function checkedCounter(counter: Counter): Counter {
  const { kind, target, table, prior, weight, shift, scale } = counter;
  const most = kind === Kind.Buckets ? table.classes - 1 : MOST_CLASSES;
  if (target < 0 || target > most) throw new CatModelError(`a statistic of categories is of class ${target}`);
  if (![prior, weight, shift, scale].every(Number.isFinite))
    throw new CatModelError("a statistic of categories has a prior that is no number");
  return counter;
}

/** Statistics by where they stand: the file writes each once, however many refer to it. */
class Bases {
  private readonly known = new Map<number, Base>();

  private readonly places: Places;

  constructor(places: Places) {
    this.places = places;
  }

  of(counter: FlatTable): Base {
    const table = needed(counter.table(COUNTER.base), "the kind of a statistic");
    const known = this.known.get(table.at) ?? readBase(table, this.places);
    this.known.set(table.at, known);
    return known;
  }
}

function readBase(table: FlatTable, places: Places): Base {
  const kind = table.byte(BASE.kind, 0);
  if (kind >= KINDS.length) throw new CatModelError(`a statistic of kind ${kind} is not known`);
  const classifier = table.integer(BASE.classifier, 0);
  const features = needed(table.table(BASE.combination), "a combination of features");
  const categories = features.integers(COMBINATION.categories);
  const borders = features.pairs(COMBINATION.borders);
  const values = features.pairs(COMBINATION.values);
  const combination = {
    categories: Array.from(categories, (index) => columnOf(places.categories, index)),
    borders: borders.map(({ index, single }) => ({ column: columnOf(places.numbers, index), border: single })),
    values: values.map(({ index, integer }) => ({ column: columnOf(places.categories, index), hash: integer })),
  };
  return { kind: kind as Kind, combination, key: keyOf(kind, classifier, combination) };
}

/** The same text for the same statistic of the same features. */
function keyOf(kind: number, classifier: number, combination: Combination): string {
  return JSON.stringify([kind, classifier, sizedCombination(combination)]);
}

/** A combination that has features, and not too many. */
export function sizedCombination(combination: Combination): Combination {
  const size = combination.categories.length + combination.borders.length + combination.values.length;
  if (size === 0 || size > MOST_COMBINED) throw new CatModelError(`a combination of ${size} features is not known`);
  return combination;
}

export function columnOf(places: ReadonlyMap<number, number>, index: number): number {
  const column = places.get(index);
  if (column === undefined) throw new CatModelError(`a combination is of feature ${index}, which is not there`);
  return column;
}

function needed(table: FlatTable | undefined, what: string): FlatTable {
  if (table === undefined) throw new CatModelError(`${what} is not there`);
  return table;
}

/** All tables of the part behind the core: their number, then each with its size before it. */
function readTables(bytes: Uint8Array, places: Places): ReadonlyMap<string, CounterTable> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const size = () => {
    if (at + 4 > bytes.length) throw new CatModelError("its tables of categories end too early");
    at += 4;
    return view.getUint32(at - 4, true);
  };
  const tables = new Map<string, CounterTable>();
  for (let left = size(); left > 0; left--) {
    const length = size();
    if (at + length > bytes.length) throw new CatModelError("a table of categories ends too early");
    const table = FlatTable.root(bytes.subarray(at, at + length));
    const { key, kind } = new Bases(places).of(table);
    tables.set(key, readTable(table, kind));
    at += length;
  }
  return tables;
}

function readTable(table: FlatTable, kind: Kind): CounterTable {
  const denominator = table.integer(TABLE.denominator, 0);
  const classes = kind <= Kind.Buckets ? table.integer(TABLE.classes, 0) : 0;
  if (kind <= Kind.Buckets && (classes < 1 || classes > MOST_CLASSES))
    throw new CatModelError(`a table of categories has ${classes} classes`);
  const index = new HashIndex(table.bytes(TABLE.index));
  const isMean = kind === Kind.BinarizedTargetMeanValue || kind === Kind.FloatTargetMeanValue;
  const blob = table.bytes(TABLE.counts);
  const each = isMean ? 2 : Math.max(classes, 1);
  const places = Math.floor(blob.length / (4 * each));
  if (index.last >= places)
    throw new CatModelError(`a table of ${places} categories is asked for number ${index.last}`);
  const numbers = new Int32Array(blob.buffer, 0, places * each);
  if (!isMean) return { index, counts: numbers, sums: undefined, classes, denominator };
  const sums = new Float32Array(blob.buffer, 0, places * each).filter((_, k) => k % 2 === 0);
  return { index, counts: numbers.filter((_, k) => k % 2 === 1), sums, classes: 0, denominator };
}

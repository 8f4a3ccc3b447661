/** @module Target statistics (CTR) of rows: the numbers that CatBoost makes of categories, in single precision as it does. */

import { type Combination, type Counter, Kind } from "./counters.ts";
import { firstHash, type HashIndex, hashBit, hashCategory, type Word } from "./hash_index.ts";
import type { CatModel } from "./model.ts";

/** One number of a combination that a row holds: the column of the row, and what is asked of it. */
interface Question {
  readonly column: number;
  readonly limit: number;
  readonly equal: boolean;
}

/** The counters of one table, and where their numbers go. */
interface Reader {
  readonly index: HashIndex;
  readonly counters: readonly (readonly [counter: Counter, place: number])[];
}

/** One combination of features, hashed once per row, and the tables that are asked for its hash. */
interface Group {
  readonly categories: readonly number[];
  readonly questions: readonly Question[];
  readonly readers: readonly Reader[];
}

/** All counters of a model, prepared: rows of `columns` values get one more value per counter. */
export class CounterValues {
  /** Values per row, counters and all. */
  readonly width: number;
  private readonly groups: readonly Group[];

  constructor(model: CatModel) {
    this.width = model.columns + model.counters.length;
    const groups = new Map<Combination, Map<Counter["table"], (readonly [Counter, number])[]>>();
    model.counters.forEach((counter, k) => {
      const tables = groups.get(counter.combination) ?? new Map<Counter["table"], (readonly [Counter, number])[]>();
      groups.set(counter.combination, tables);
      const counters = tables.get(counter.table) ?? [];
      tables.set(counter.table, [...counters, [counter, model.columns + k]]);
    });
    this.groups = [...groups].map(([combination, tables]) => ({
      categories: combination.categories,
      questions: [
        ...combination.borders.map(({ column, border }) => ({ column, limit: border, equal: false })),
        ...combination.values.map(({ column, hash }) => ({ column, limit: hash, equal: true })),
      ],
      readers: [...tables].map(([table, counters]) => ({ index: table.index, counters })),
    }));
  }

  /** Writes the numbers of one row, whose values begin at `from`, behind them. */
  write(rows: Float64Array, from: number): void {
    const word: Word = { low: 0, high: 0 };
    for (const { categories, questions, readers } of this.groups) {
      firstHash(word);
      for (const column of categories) hashCategory(word, rows[from + column]!);
      for (const { column, limit, equal } of questions) {
        const value = rows[from + column]!;
        hashBit(word, equal ? value === limit : value > limit);
      }
      for (const { index, counters } of readers) {
        const bucket = index.find(word);
        for (const [counter, place] of counters) rows[from + place] = statistic(counter, bucket);
      }
    }
  }
}

/** The number of one bucket; of none where `bucket` is below 0. Every step is rounded to single precision, as CatBoost's is. */
function statistic({ kind, target, table, prior, weight, shift, scale }: Counter, bucket: number): number {
  let good = 0;
  let total = kind === Kind.Counter || kind === Kind.FeatureFreq ? table.denominator : 0;
  if (bucket >= 0) {
    const { counts, sums, classes } = table;
    if (sums !== undefined) {
      good = sums[bucket]!;
      total = counts[bucket]!;
    } else if (classes === 0) good = counts[bucket]!;
    else
      for (let k = 0, at = bucket * classes; k < classes; k++, at++) {
        total = (total + counts[at]!) | 0;
        if (kind === Kind.Buckets ? k === target : k > target) good = (good + counts[at]!) | 0;
      }
  }
  const share = Math.fround(Math.fround(Math.fround(good) + prior) / Math.fround(Math.fround(total) + weight));
  return Math.fround(Math.fround(share + shift) * scale);
}

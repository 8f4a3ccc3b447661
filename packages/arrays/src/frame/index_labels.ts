/** @module pandas' row and column labels. */

import { bool, float64, int64 } from "../dtype.ts";
import { arrayError } from "../errors.ts";
import { NdArray } from "../ndarray.ts";

/** pandas' class of an index; the numeric ones of old releases are `Index` of their dtype. */
export type IndexKind =
  | "Index"
  | "RangeIndex"
  | "MultiIndex"
  | "DatetimeIndex"
  | "TimedeltaIndex"
  | "PeriodIndex"
  | "CategoricalIndex";

/** What an index is beside its labels. */
export interface IndexParts {
  /** `Index` when it is not given. */
  readonly kind?: IndexKind | undefined;
  /** pandas' name of the labels' dtype: `int64`, `object`, `str`, `datetime64[ns, UTC]`, `period[M]`, `category` ... */
  readonly dtype?: string | undefined;
  /** Of a `RangeIndex`. */
  readonly range?: IndexRange | undefined;
  /** Of a `MultiIndex`: the labels of each level, and which of them each row has; -1 for none. */
  readonly levels?: readonly Index[] | undefined;
  readonly codes?: readonly Int32Array[] | undefined;
  /** Of a `CategoricalIndex`. */
  readonly categories?: NdArray | undefined;
  readonly categoriesDtype?: string | undefined;
  readonly ordered?: boolean | undefined;
  /** Of dates and durations in equal steps: pandas' offset, inert. */
  readonly freq?: unknown;
}

/** The numbers of a `RangeIndex`. */
export interface IndexRange {
  readonly start: number;
  readonly stop: number;
  readonly step: number;
}

/** The most labels that a range unfolds to. */
export const MOST_LABELS = 2 ** 28;

/** Labels of rows or columns: an Index of any kind; a MultiIndex has tuples (arrays here) for labels. */
export class Index {
  readonly labels: readonly unknown[];
  /** The name of the index; of a MultiIndex, the list of its levels' names. */
  readonly name: unknown;
  /** The labels as an array, where they are of one dtype. */
  readonly values: NdArray | undefined;
  readonly kind: IndexKind;
  private readonly parts: IndexParts;

  constructor(labels: readonly unknown[], name: unknown = null, values?: NdArray, parts: IndexParts = {}) {
    this.labels = labels;
    this.name = name;
    this.values = values;
    this.kind = parts.kind ?? "Index";
    this.parts = parts;
  }

  /**
   * An index of plain labels: integers, numbers and booleans of one type make an array of it, all else objects.
   *
   * @example
   * Index.of(["a", "b"], "key").kind; // "Index"
   */
  static of(labels: readonly unknown[], name: unknown = null): Index {
    return new Index(labels, name, arrayOf(labels));
  }

  /**
   * The labels start, start + step ... below stop.
   *
   * @throws CurtidoError E_LIMIT for more than 2^28 labels
   * @example
   * Index.range(3).labels; // [0, 1, 2]
   */
  static range(stop: number, start = 0, step = 1, name: unknown = null): Index {
    const length = step === 0 ? 0 : Math.max(0, Math.ceil((stop - start) / step));
    if (length > MOST_LABELS) throw arrayError("E_LIMIT", `an index of ${length} labels is too large`);
    const labels = Array.from({ length }, (_, at) => start + at * step);
    return new Index(labels, name, undefined, { kind: "RangeIndex", dtype: "int64", range: { start, stop, step } });
  }

  get length(): number {
    return this.labels.length;
  }
  get dtype(): string | undefined {
    return this.parts.dtype;
  }
  get range(): IndexRange | undefined {
    return this.parts.range;
  }
  get levels(): readonly Index[] | undefined {
    return this.parts.levels;
  }
  get codes(): readonly Int32Array[] | undefined {
    return this.parts.codes;
  }
  get categories(): NdArray | undefined {
    return this.parts.categories;
  }
  get categoriesDtype(): string | undefined {
    return this.parts.categoriesDtype;
  }
  get ordered(): boolean {
    return this.parts.ordered ?? false;
  }
  get freq(): unknown {
    return this.parts.freq ?? null;
  }

  /** Whether it is what pandas gives rows that were given no labels: 0, 1, 2 ... without a name. */
  get isDefault(): boolean {
    const { range, name } = this;
    return range !== undefined && range.start === 0 && range.step === 1 && name === null;
  }
}

function arrayOf(labels: readonly unknown[]): NdArray {
  const all = (type: string) => labels.length > 0 && labels.every((label) => typeof label === type);
  if (all("number")) {
    const integers = labels.every((label) => Number.isSafeInteger(label) && !Object.is(label, -0));
    return integers
      ? NdArray.of(BigInt64Array.from(labels as number[], BigInt), [labels.length], int64)
      : NdArray.of(Float64Array.from(labels as number[]), [labels.length], float64);
  }
  if (all("boolean")) return NdArray.of(Uint8Array.from(labels as boolean[], Number), [labels.length], bool);
  return NdArray.objects([...labels], [labels.length]);
}

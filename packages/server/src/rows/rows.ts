/**
 * TableRows as a body gives them, one or many, by name or by position; and their way to the table that a model takes, checked
 * whole, every problem named. Knows no media type.
 *
 * @module
 */

import { columnOf, DataFrame, NdArray, type Series } from "@curtido/arrays";
import type { Signature } from "@curtido/estimators";
import { BAD, type Cell, cellOf, numberOf, type TableRows, type WholeValue } from "@curtido/tables";
import type { Batch, NamedRow } from "./batch.ts";
import { type FreeColumn, numberColumns, numberFrom } from "./free_columns.ts";
import { Headings, type Naming, type ReadOptions } from "./headings.ts";
import { describe, Findings, listed, problemsError, shownName } from "./problems.ts";

export type { Batch, NamedRow };

const isRow = (value: unknown): boolean => typeof value === "object" && value !== null;

/**
 * TableRows from a JSON value, as http.md tells them apart: an object is one row; an array of objects or of arrays is many; an
 * array of plain values is one row, or many for a model with one feature.
 *
 * @throws CurtidoError E_FEATURES when the value is nothing of that
 * @example
 * batchOfJson({ feature1: 1 }, 1); // { rows: [{ feature1: 1 }], single: true }
 * batchOfJson([1, 2], 1); // two rows
 */
export function batchOfJson(value: unknown, features: number | undefined): Batch {
  if (!Array.isArray(value)) {
    if (isRow(value)) return { rows: [value], single: true };
    if (features === 1) return { rows: [[value]], single: true, bare: true };
    throw problemsError([
      { path: [], detail: `expected an object by feature name, or an array of rows, not ${describe(value)}` },
    ]);
  }
  if (value.length === 0) return { rows: value, single: false };
  if (!value.some(isRow)) {
    if (features === 1) return { rows: value.map((item) => [item]), single: false, bare: true };
    return { rows: [value], single: true };
  }
  const arrays = Array.isArray(value[0]);
  const odd = value.findIndex((row) => !isRow(row) || Array.isArray(row) !== arrays);
  if (odd < 0) return { rows: value, single: false };
  const like = arrays ? "an array like the first row" : "an object like the first row";
  const wanted = !isRow(value[0]) || odd === 0 ? "an object or an array" : like;
  throw problemsError([{ path: [odd], row: odd, detail: `expected ${wanted}, not ${describe(value[odd])}` }]);
}

/** TableRows as a source holds them. Those without columns are a list, even one of them alone. */
export function batchOfRows(source: TableRows | WholeValue, features: number | undefined): Batch {
  if ("value" in source) {
    const { value, ...rest } = source;
    return { ...batchOfJson(value, features), ...rest };
  }
  if (source.columns !== undefined || source.single === true) return { ...source, single: source.single === true };
  const { rows, single: _, ...rest } = source;
  const bare = features !== 1 && !rows.every(isRow);
  return { ...rest, ...(bare ? { rows: rows.map((row) => [row]), single: false } : batchOfJson(rows, features)) };
}

/** Some rows of a batch, as they are read. */
interface Some {
  readonly batch: Batch;
  /** Where each feature stands in rows that have a header. */
  readonly columns: readonly number[] | undefined;
  /** Features of which nothing is known, whose texts are all numbers. */
  readonly numbers: ReadonlySet<number>;
  readonly found: Findings;
  readonly options: ReadOptions;
  readonly from: number;
  readonly to: number;
}

/**
 * Reads rows for one model; prepared once, when the model is.
 *
 * @example
 * const reader = new RowReader(model.signature);
 * model.predict(reader.read({ rows: [{ feature1: "1" }], single: true }));
 */
export class RowReader {
  readonly names: readonly string[];
  private readonly cells: readonly Cell[];
  private readonly headings: Headings;
  private readonly signature: Signature;
  private readonly numeric: boolean;
  /** The features of which nothing is known: in tables of text, their columns are what pandas would take them for. */
  private readonly free: readonly FreeColumn[];
  /** The one row of the short path; filled anew for each request. */
  private readonly row: Float64Array;

  constructor(signature: Signature, naming: Naming = {}) {
    this.signature = signature;
    this.names = signature.features.map((feature) => feature.name);
    this.cells = signature.features.map(cellOf);
    this.headings = new Headings(this.names, this.cells, { ...naming, unnamed: !signature.named });
    this.numeric = signature.features.every(({ type }) => type === "number");
    this.free = signature.features.flatMap(({ name, type, categories }, feature) =>
      type === "any" && categories === undefined ? [{ name, feature }] : [],
    );
    const plain = signature.features.every(
      ({ type, closed, optional, numerals, spellings }) =>
        type === "number" && closed !== true && optional !== true && numerals === undefined && spellings === undefined,
    );
    this.row = new Float64Array(plain && this.headings.twins.size === 0 ? this.names.length : 0);
  }

  /**
   * The only row of a batch, when it is an object with exactly the model's features, all of them numbers; `undefined`
   * when it has to be {@link read} with more care. It is overwritten by the next call.
   */
  rowOf(batch: Batch): Float64Array | undefined {
    if (!batch.single || this.row.length === 0) return undefined;
    const row = batch.rows[0];
    return !Array.isArray(row) && this.fill(row as Record<string, unknown>) ? this.row : undefined;
  }

  /**
   * The table that the model takes.
   *
   * @throws CurtidoError E_FEATURES; each of its problems says where in the body it stands
   */
  read(batch: Batch, options: ReadOptions = {}): NdArray | DataFrame {
    const [table] = [...this.parts(batch, options, Number.POSITIVE_INFINITY)];
    return table!;
  }

  /**
   * {@link read}, so many rows at a time; the table is right once all of them were asked for.
   *
   * @throws CurtidoError E_FEATURES behind the last part, for all rows
   */
  *parts(batch: Batch, options: ReadOptions, size: number): Generator<NdArray | DataFrame, void> {
    const found = new Findings(batch);
    const reading = this.reading(batch, found, options);
    const { length } = batch.rows;
    let from = 0;
    do {
      const to = Math.min(length, from + size);
      const some = { ...reading, from, to };
      yield this.numeric ? this.numbers(some) : this.values(some);
      from = to;
    } while (from < length);
    found.check();
  }

  /** For each row that is right, what is odd about it: categories that training has not seen; `null` when nothing is. */
  warnings(batch: Batch, options: ReadOptions): (string | null)[] {
    const found = new Findings(batch);
    const warnings = new Array<string | null>(batch.rows.length).fill(null);
    const all = { ...this.reading(batch, found, options), from: 0, to: batch.rows.length };
    this.each(all, (row, column, value) => {
      const cell = this.cells[column]!;
      if (!cell.unknown(value)) return;
      const words = `'${cell.name}' is ${describe(value)}, which training has not seen`;
      warnings[row] = warnings[row] === null ? words : `${warnings[row]}; ${words}`;
    });
    return warnings;
  }

  /** Fills the one row from an object; says no where something is missing, left over or no number. */
  private fill(row: Record<string, unknown>): boolean {
    const { names, row: data } = this;
    for (let at = 0; at < names.length; at++) {
      let value = row[names[at]!];
      if (typeof value === "string") value = numberOf(value);
      else if (typeof value === "boolean") value = Number(value);
      if (typeof value !== "number" || Number.isNaN(value)) return false;
      data[at] = value;
    }
    return Object.keys(row).length === names.length;
  }

  private reading(batch: Batch, found: Findings, asked: ReadOptions): Omit<Some, "from" | "to"> {
    const ignore = this.signature.more === true || batch.unexpected === "ignore";
    const options = ignore ? { ...asked, unexpected: "ignore" as const } : asked;
    const columns = this.columnsOf(batch, found, options);
    return { batch, columns, numbers: numberColumns(batch, this.free, columns), found, options };
  }

  /** Whether the columns of a table are taken in their order, since the model knows no names. */
  byPosition({ columns, keyed, text }: Batch): boolean {
    return columns !== undefined && keyed !== true && text !== "form" && this.headings.inOrder(columns);
  }

  /** Where each feature stands in rows that have a header; names that are wrong are found here, once for all rows. */
  private columnsOf(batch: Batch, found: Findings, options: ReadOptions): readonly number[] | undefined {
    const { columns: header, text } = batch;
    if (header === undefined) {
      const byName = this.headings.twins.size > 0 && batch.rows.some((row) => !Array.isArray(row));
      if (byName) throw problemsError([{ path: [], detail: this.headings.refusal }]);
      return undefined;
    }
    if (this.byPosition(batch)) return header.map((_, at) => at);
    const matched = this.headings.match(header, options);
    for (const problem of this.headings.problems(header, matched, options, text)) found.add(problem);
    if (matched.places.every((at) => at >= 0)) found.surplus = matched.unknown.length;
    return matched.places;
  }

  private numbers(some: Some): NdArray {
    const width = this.cells.length;
    const rows = some.to - some.from;
    const out = new Float64Array(rows * width);
    this.each(some, (row, column, value) => {
      out[row * width + column] = value as number;
    });
    return NdArray.of(out, [rows, width]);
  }

  private values(some: Some): NdArray | DataFrame {
    const width = this.cells.length;
    const rows = some.to - some.from;
    const out = new Array<unknown>(rows * width).fill(null);
    this.each(some, (row, column, value) => {
      out[row * width + column] = value;
    });
    if (!this.signature.named) return NdArray.objects(out, [rows, width]);
    const series = this.signature.features.map(({ name, type }, column): Series => {
      const values = Array.from({ length: rows }, (_, row) => out[row * width + column]);
      return type === "string"
        ? { name, values: NdArray.objects(values, [rows]), dtype: "object" }
        : columnOf(name, values);
    });
    return new DataFrame(series, undefined, rows);
  }

  /** Every cell of some rows, read; what does not fit goes to `found`. */
  private each(
    { batch, columns, numbers, found, options, from, to }: Some,
    put: (row: number, column: number, value: unknown) => void,
  ): void {
    const { cells } = this;
    for (let row = from; row < to; row++) {
      const source = batch.rows[row];
      const byName = Array.isArray(source) ? undefined : this.named(source as NamedRow, options);
      const byPosition = byName === undefined ? (source as readonly unknown[]) : undefined;
      if (byPosition !== undefined && !this.fits(byPosition, batch, row, found)) continue;
      for (let column = 0; column < cells.length; column++) {
        const cell = cells[column]!;
        const at = columns === undefined ? column : columns[column]!;
        const present = byName === undefined ? at >= 0 : Object.hasOwn(byName, cell.name);
        const value = byName === undefined ? byPosition![at] : present ? byName[cell.name] : undefined;
        const taken = present ? cell.read(value, batch.text, batch.notation) : cell.absent;
        if (taken !== BAD) put(row - from, column, numbers.has(column) ? numberFrom(taken, batch.notation) : taken);
        else if (present || columns === undefined) found.cell(row, column, cell, present, value);
      }
      if (byName !== undefined && options.unexpected !== "ignore") this.refuseUnknown(byName, row, found);
    }
  }

  /** Whether a row by position has as many values as it must. */
  private fits(row: readonly unknown[], batch: Batch, at: number, found: Findings): boolean {
    const wanted = batch.columns?.length ?? this.cells.length;
    if (row.length === wanted) return true;
    const values = `${row.length} value${row.length === 1 ? "" : "s"}`;
    const why =
      batch.columns === undefined ? `this model takes ${wanted}: ${listed(this.names)}` : `the header has ${wanted}`;
    found.add({ path: batch.single ? [] : [at], row: at, detail: `a row has ${values}, ${why}` });
    return false;
  }

  /** A row under the model's own names, where others may stand for them. */
  private named(row: NamedRow, options: ReadOptions): NamedRow {
    if (!this.headings.guesses(options)) return row;
    const keys = Object.keys(row);
    if (keys.every((key) => this.headings.has(key))) return row;
    const { places, unknown } = this.headings.match(keys, options);
    const known = places.flatMap((at, feature) => (at < 0 ? [] : [[this.names[feature]!, row[keys[at]!]] as const]));
    return Object.fromEntries([...known, ...unknown.map((key) => [key, row[key]] as const)]);
  }

  private refuseUnknown(row: Record<string, unknown>, at: number, found: Findings): void {
    for (const name of Object.keys(row)) {
      if (this.headings.allows(name)) continue;
      found.add(this.headings.unknown(found.path(at, shownName(name)), name, at));
      found.surplus++;
    }
  }
}

/** @module Arrow's stream of record batches: its columns, read and written. */

import { isCurtidoError } from "@curtido/pickle";
import type { Column, DataType } from "@uwdata/flechette";
import { plainBytes } from "../bytes.ts";
import { malformed, shownValue, tooLarge, unreadable } from "../errors.ts";
import { limitCells } from "../limits.ts";
import { PANDAS_KEY, pandasMetadata } from "../parquet/pandas.ts";
import type { TableLimits } from "../types.ts";
import { checkColumn } from "./check.ts";
import { codec } from "./codec.ts";
import { checkMessages, streamIn, TITLE } from "./messages.ts";

/** Arrow's buffers begin at multiples of it. */
const ALIGNMENT = 8;
/** The number of the type of cells that are of one of several types each. */
const UNION = 14;
/** Under which key a field says what it is beyond its type. */
const EXTENSION = "ARROW:extension:name";

/** The columns of a stream, as the codec has them. */
export interface ArrowColumns {
  readonly names: readonly string[];
  readonly length: number;
  readonly columns: readonly Column<unknown>[];
  /** What columns are beyond their types, by the names of Arrow's extensions. */
  readonly extensions: readonly (string | undefined)[];
  /** Which columns are labels of rows, as pandas says it. */
  readonly labels: ReadonlySet<string>;
}

/**
 * The columns of an Arrow stream; integers and moments of 64 bits are `bigint`.
 *
 * @throws CurtidoError E_TABLE when it is malformed or compressed, E_TABLE_LIMIT when it claims more rows than its bytes can hold
 */
export async function arrowColumns(bytes: Uint8Array, limits?: TableLimits): Promise<ArrowColumns> {
  const { tableFromIPC } = await codec();
  return checked(() => {
    const stream = streamIn(plainBytes(bytes));
    checkMessages(stream, limits);
    const aligned = stream.byteOffset % ALIGNMENT === 0 ? stream : stream.slice();
    const table = tableFromIPC(aligned, { useBigInt: true, useBigIntTimestamp: true });
    const { numRows, numCols, names } = table;
    if (numCols === 0) throw malformed(TITLE, "it has no columns");
    limitCells(TITLE, numRows, numCols, limits);
    if (numRows > bytes.length * 8) throw tooLarge(TITLE, bytes.length * 8, "rows, which its bytes cannot hold");
    const columns = Array.from({ length: numCols }, (_, at) => table.getChildAt(at) as Column<unknown>);
    const union = columns.findIndex(({ type }) => type.typeId === UNION);
    if (union >= 0)
      throw unreadable(
        TITLE,
        `has a column ${shownValue(names[union])} of the Arrow type 'union', which no table here holds`,
      );
    for (const [at, column] of columns.entries()) checkColumn(String(names[at]), column, numRows, limits);
    const pandas = pandasMetadata(table.schema.metadata?.get(PANDAS_KEY));
    const labels = new Set(pandas?.index_columns.filter((label) => typeof label === "string"));
    const extensions = table.schema.fields.map(({ metadata }) => metadata?.get(EXTENSION));
    return { names: names.map(String), length: numRows, columns, extensions, labels };
  });
}

/** What the codec throws, in our words. */
export function checked<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (isCurtidoError(error)) throw error;
    throw malformed(TITLE, error instanceof Error ? error.message : String(error), error);
  }
}

/** A column to be written: its type, and the type of what holds its values where that is another. */
export interface Typed {
  readonly name: string;
  readonly type: DataType;
  readonly stored?: DataType;
  readonly values: readonly unknown[];
}

/** Typed columns as a stream, or as a file, of one record batch. */
export async function writeColumns(columns: readonly Typed[], format: "file" | "stream"): Promise<Uint8Array> {
  const { Column, columnFromArray, tableFromColumns, tableToIPC } = await codec();
  const made = columns.map(({ name, type, stored, values }): [string, Column<unknown>] => {
    const column = columnFromArray(values as unknown[], stored ?? type, { maxBatchRows: Number.POSITIVE_INFINITY });
    return [name, stored === undefined ? column : new Column([...column.data], type)];
  });
  return tableToIPC(tableFromColumns(made), { format })!;
}

/** The bytes with which a stream ends: a message of no length. */
export const ARROW_END = Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0);

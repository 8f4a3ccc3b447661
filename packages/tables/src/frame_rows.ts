/** @module A table as rows for a model. */

import { type DataFrame, indexColumns, type Series } from "@curtido/arrays";
import { objectCell } from "./column_cells.ts";
import { limitCells, limitTexts, rowsOfColumns } from "./limits.ts";
import { textsOf } from "./texts.ts";
import type { Reading, TableRows } from "./types.ts";

const decoder = new TextDecoder();

/**
 * The rows of a table; labels of rows are no column, but come beside. Dates and lengths of time are texts as CSV has them.
 *
 * @throws CurtidoError E_TABLE_LIMIT when it has too many cells
 */
export function rowsOfFrame(frame: DataFrame, format: string, limits?: Reading["limits"]): TableRows {
  const { series, length, rowIndex } = frame;
  limitCells(format, length, series.length, limits);
  const texts = series.filter(({ values }) => values.dtype.kind === "O").map(({ values }) => itemsOf(values));
  limitTexts(format, texts, limits);
  const cells = series.map((column) => cellsOf(column, format));
  const table = { columns: series.map(({ name }) => String(name)), rows: rowsOfColumns(cells, length) };
  return rowIndex.isDefault ? table : { ...table, index: labelsOf(frame, format) };
}

/** The labels of the rows; of several levels, lists. */
function labelsOf({ rowIndex, length }: DataFrame, format: string): readonly unknown[] {
  const levels = rowsOfColumns(
    indexColumns(rowIndex).map((level) => cellsOf(level, format)),
    length,
  );
  return levels.map((label) => (label.length === 1 ? label[0] : label));
}

function cellsOf(column: Series, format: string): readonly unknown[] {
  const { values } = column;
  if (values.dtype.kind === "M" || values.dtype.kind === "m") return textsOf(column, format);
  const items = values.dtype.kind === "O" ? itemsOf(values) : values.flat();
  return items.map(plainCell);
}

function itemsOf(values: Series["values"]): readonly unknown[] {
  return values.toC().data as readonly unknown[];
}

/** Byte arrays are texts: what else they may be, no model takes. What is no cell stays as it is, for whoever refuses it. */
export function plainCell(value: unknown): unknown {
  if (value instanceof Uint8Array) return decoder.decode(value);
  const cell = objectCell(value);
  return cell === undefined ? value : cell;
}

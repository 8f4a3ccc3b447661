/** @module The cells of a sheet. A cell takes room where it stands, and none on the way there. */

import { malformed, tooLarge } from "../errors.ts";
import { FREE_EMPTY, LIMITS, limitCells, MOST_EMPTY } from "../limits.ts";
import type { TableLimits } from "../types.ts";
import { type Book, LONGEST_TEXT, limited, MOST_COLUMNS, MOST_ROWS, RichText, TITLE, unescaped } from "./book.ts";
import { type Moment, momentIn, momentOf } from "./moments.ts";
import { readXml } from "./xml.ts";

/** What a cell holds; `null` when it holds nothing. */
export type Value = string | number | boolean | Moment | null;

/**
 * The rows of a sheet, all of the same length, up to the last row and the last column that hold something.
 *
 * @throws CurtidoError E_TABLE with the cell that cannot be read; E_TABLE_LIMIT when there are too many cells, or some stand so
 *   far away that nearly all of the table would be empty
 */
export function rowsOf(book: Book, limits: TableLimits = LIMITS): Value[][] {
  const cells = new Cells(book, limits);
  readXml(book.sheet, cells, TITLE);
  return cells.rows();
}

class Cells {
  private readonly book: Book;
  private readonly limits: TableLimits;
  /** Rows and columns count from 1. */
  private readonly found: { readonly row: number; readonly columns: number[]; readonly values: Value[] }[] = [];
  private count = 0;
  private characters = 0;
  private width = 0;
  private within = false;
  private row = 0;
  private column = 0;
  private cell = false;
  private type = "n";
  private style = -1;
  private inValue = false;
  private value = "";
  private readonly inline = new RichText();

  constructor(book: Book, limits: TableLimits) {
    this.book = book;
    this.limits = limits;
  }

  open(name: string, attribute: (name: string) => string | undefined): void {
    if (name === "sheetData") this.within = true;
    if (!this.within) return;
    if (name === "row") this.nextRow(attribute("r"));
    else if (name === "c") this.begin(attribute("r"), attribute("t"), attribute("s"));
    else if (name === "v") this.inValue = true;
    else if (this.cell) this.inline.open(name);
  }

  close(name: string): void {
    if (name === "sheetData") this.within = false;
    else if (name === "v") this.inValue = false;
    else if (name === "c" && this.cell) this.end();
    else this.inline.close(name);
  }

  text(piece: string): void {
    if (!this.cell) return;
    if (this.inValue) this.value += limited(piece, this.value.length);
    else this.inline.add(piece);
  }

  rows(): Value[][] {
    const { found, width, count } = this;
    const height = found.at(-1)?.row ?? 0;
    limitCells(TITLE, height, width, this.limits);
    if (height * width - count > FREE_EMPTY + MOST_EMPTY * count)
      throw tooLarge(TITLE, FREE_EMPTY + MOST_EMPTY * count, `empty cells around the ${count} that hold something`);
    const rows: Value[][] = [];
    for (const { row, columns, values } of found) {
      while (rows.length < row - 1) rows.push(new Array<Value>(width).fill(null));
      const full = new Array<Value>(width).fill(null);
      for (const [at, column] of columns.entries()) full[column - 1] = values[at]!;
      rows.push(full);
    }
    return rows;
  }

  private get place(): string {
    return `${lettersOf(this.column)}${this.row}`;
  }

  private wrong(problem: string): Error {
    return malformed(TITLE, `the cell ${this.place} ${problem}`);
  }

  private nextRow(reference: string | undefined): void {
    const row = reference === undefined ? this.row + 1 : Number(reference);
    if (!(Number.isInteger(row) && row >= 1 && row <= MOST_ROWS))
      throw malformed(TITLE, `it has a row '${String(reference ?? row).slice(0, 30)}'; a sheet has ${MOST_ROWS}`);
    if (row <= this.row) throw malformed(TITLE, `its row ${row} comes behind its row ${this.row}`);
    this.row = row;
    this.column = 0;
  }

  private begin(reference: string | undefined, type = "n", style = ""): void {
    if (reference === undefined) {
      this.column++;
      if (this.row === 0 || this.column > MOST_COLUMNS) throw this.wrong("has no place");
    } else {
      const [column, row] = placeOf(reference);
      if (row < this.row || (row === this.row && column <= this.column))
        throw malformed(TITLE, `its cell ${reference} comes behind its cell ${this.place}`);
      this.row = row;
      this.column = column;
    }
    this.cell = true;
    this.type = type;
    this.style = style === "" ? -1 : Number(style);
    this.value = "";
    this.inline.clear();
  }

  private end(): void {
    this.cell = false;
    const value = this.read();
    // An error of a formula is missing, and its row one all the same.
    if (value === null && this.type === "e") this.rowFound();
    if (value === null || value === "") return;
    if (typeof value === "string") this.characters += value.length;
    if (this.characters > this.limits.bytes) throw tooLarge(TITLE, this.limits.bytes, "characters");
    if (++this.count > this.limits.cells) throw tooLarge(TITLE, this.limits.cells, "cells");
    const { columns, values } = this.rowFound();
    columns.push(this.column);
    values.push(value);
    this.width = Math.max(this.width, this.column);
  }

  /** The row of this cell, among those that hold something. */
  private rowFound() {
    if (this.found.at(-1)?.row !== this.row) this.found.push({ row: this.row, columns: [], values: [] });
    return this.found.at(-1)!;
  }

  private read(): Value {
    const { type, value } = this;
    if (type === "inlineStr") return this.checked(this.inline.value);
    if (value === "" || type === "e") return null;
    switch (type) {
      case "n":
        return this.number(Number(value));
      case "s": {
        const text = /^\d+$/.test(value) ? this.book.texts[Number(value)] : undefined;
        if (text === undefined) throw this.wrong(`holds the text ${value.slice(0, 30)}, which is not there`);
        return this.checked(text);
      }
      case "str":
        return this.checked(unescaped(value));
      case "b":
        if (value === "1" || value === "true") return true;
        if (value === "0" || value === "false") return false;
        throw this.wrong("holds no boolean");
      case "d":
        return this.moment(momentIn(value));
      default:
        throw this.wrong(`is of the kind '${type.slice(0, 30)}', which is not known`);
    }
  }

  private checked(text: string): string {
    if (text.length > LONGEST_TEXT) throw tooLarge(TITLE, LONGEST_TEXT, "characters in one cell");
    return text;
  }

  private number(value: number): Value {
    if (Number.isNaN(value)) throw this.wrong("holds no number");
    const look = this.book.looks[this.style];
    return look === undefined ? value : this.moment(momentOf(value, look, this.book.from1904));
  }

  private moment(moment: Moment | undefined): Moment {
    if (moment === undefined) throw this.wrong("holds no date");
    return moment;
  }
}

/** Column and row of a reference, from 1. */
function placeOf(reference: string): readonly [number, number] {
  const found = /^([A-Za-z]+)([1-9]\d*)$/.exec(reference.slice(0, 40));
  const [column, row] = found === null ? [0, 0] : [numberOf(found[1]!), Number(found[2])];
  if (found === null) throw malformed(TITLE, `it has a cell '${reference.slice(0, 30)}', which is no place in a sheet`);
  if (column > MOST_COLUMNS || row > MOST_ROWS) {
    const last = `${lettersOf(MOST_COLUMNS)}${MOST_ROWS}`;
    throw malformed(TITLE, `its cell ${reference.slice(0, 30)} lies beyond ${last}, the last one of a sheet`);
  }
  return [column, row];
}

function numberOf(letters: string): number {
  let column = 0;
  for (const letter of letters.toUpperCase()) column = column * 26 + letter.charCodeAt(0) - 64;
  return column;
}

function lettersOf(column: number): string {
  let letters = "";
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26))
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  return letters;
}

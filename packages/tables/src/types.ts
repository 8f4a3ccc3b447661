/** @module What a format is: a row of the table in `formats.ts`. */

import type { ArrayTargets, Inflate } from "@curtido/arrays";

/** How much a file may hold once it is unfolded. */
export interface TableLimits {
  /** Cells of the whole table. */
  readonly cells: number;
  /** Bytes that what is compressed unfolds to. */
  readonly bytes: number;
}

/** How to read a file. */
export interface Reading {
  /** Takes keys of JSON that begin with `$` for keys. */
  readonly json?: "plain" | "typed";
  /** The sheet of a workbook; its first one when none is given. */
  readonly sheet?: string;
  /** What becomes of a name that a second column has: it is numbered as pandas does it, or refused. */
  readonly names?: "number" | "refuse";
  /** The encoding of texts, by any name of the WHATWG; UTF-8 when none is given. */
  readonly charset?: string | undefined;
  /** What separates the cells of CSV; seen in the header when none is given. */
  readonly separator?: string;
  /** What stands before the fraction of a number; seen in the cells when none is given. */
  readonly decimal?: "." | ",";
  /** What groups the digits of a number; seen in the cells when none is given. */
  readonly thousands?: string;
  /** Whether a line names the columns, and which, counted from 1; the first one, unless another is found by `features`. */
  readonly header?: "present" | "absent" | number;
  /** Further spellings of a missing value. */
  readonly missing?: readonly string[];
  /** Hears what had to be supposed of the source: an encoding that nobody named. */
  readonly told?: (note: string) => void;
  /** Hears how numbers are spelled in a table of texts, whose cells then stay as they are spelled. */
  readonly spelled?: (notation: Notation) => void;
  /** Names by which a header is recognised: those of a model's features. */
  readonly features?: readonly string[];
  /** Whether a line of CSV with too few or too many cells is a row with an error, and not the end of all. */
  readonly ragged?: "keep";
  readonly limits?: TableLimits;
  /** Unfolds what lies in archives; `@curtido/arrays/node` has one that is faster than ours. */
  readonly inflate?: Inflate;
  /** Reads a file beside it; see `loadFile`. */
  readonly part?: (name: string) => Uint8Array;
}

/** What becomes of texts that a spreadsheet would take for formulas: a quote before them, or nothing when they are kept. */
export type Formulas = "quote" | "keep";

/** How to write a file. */
export interface Writing extends ArrayTargets {
  /** In CSV; other formats say themselves what is a text. */
  readonly formulas?: Formulas;
  readonly json?: "plain" | "typed";
  readonly protocol?: number;
  readonly compress?: "gzip" | "zlib";
}

/** Rows as a source holds them, before a model says what they mean. */
export interface TableRows {
  /** Arrays in the order of `columns`; without columns, objects by name, arrays or plain values. `null` is an empty cell. */
  readonly rows: readonly unknown[];
  readonly columns?: readonly string[];
  /** Whether it is one row and no list of rows. */
  readonly single?: true;
  /** Where cells are texts: in a table, or in a form that somebody filled in. See {@link Cell.read}. */
  readonly text?: TextSource;
  /** How cells that are texts are to be read, where it is not as usual. */
  readonly notation?: Notation;
  /** Labels of the rows that the source gives; they are no column. */
  readonly index?: readonly unknown[];
  /** The keys that the rows stand under in what was sent, for places in it. */
  readonly within?: readonly string[];
  /** Whether the columns come from keys of objects, whose order says nothing. */
  readonly keyed?: true;
  /** What was supposed of the source, for whoever tells its sender: an encoding that nobody named. */
  readonly notes?: readonly string[];
  /** For each row why it is none, or `null`; where `ragged` rows are kept. Such a row has no cells. */
  readonly errors?: readonly (string | null)[];
}

/** How numbers and missing values are spelled in a source. */
export interface Notation {
  readonly decimal?: ",";
  readonly thousands?: string;
  /** Further spellings of a missing value. */
  readonly missing?: readonly string[];
}

/** What holds texts, in which a spelling such as `NA` stands for a missing value. */
export type TextSource = "table" | "form";

/** A value of JSON, which may be rows in several ways. */
export interface WholeValue {
  readonly value: unknown;
  /** The keys that it stands under in what was sent. */
  readonly within?: readonly string[];
}

/**
 * Columns by name, as models answer: an element for each row, or values that stand alone when there is one row. What is an
 * object or a list becomes several columns where a format is flat.
 */
export type Answers = Readonly<Record<string, unknown>>;

/** How answers are written. */
export interface AnswerWriting {
  /** Whether they are those to one row. */
  readonly single: boolean;
  /** Columns of the input, to stand in front. */
  readonly keep?: Kept;
  /** In CSV; other formats say themselves what is a text. */
  readonly formulas?: Formulas | undefined;
  /** Whether they go to a file, where a format has another form for one. */
  readonly file?: boolean;
  /** What columns are, where their values alone might not say. */
  readonly kinds?: Readonly<Record<string, ColumnKind>>;
}

/** Columns that are kept; `undefined` is a cell that a row does not have. */
export interface Kept {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
  readonly text?: TextSource;
}

/** What a column of a flat table is. */
export type ColumnKind = "number" | "boolean" | "text";

/** A column of a flat table. */
export interface FlatColumn {
  readonly name: string;
  readonly kind: ColumnKind;
  readonly values: readonly unknown[];
}

/** Takes a source piece by piece, gives parts of whole rows. */
export interface Splitter {
  /** Rows that came so far; of text, lines. */
  readonly rows: number;
  push(piece: Uint8Array): void;
  /** A part that is complete, when there is one. */
  next(): Uint8Array | undefined;
  /** What is left when the source has ended. */
  last(): Uint8Array | undefined;
}

/** What the beginning of a source says of all its parts. */
export interface Head {
  /** The names of the columns; none where the source has no header. */
  readonly columns?: readonly string[];
  /** What separates cells. */
  readonly delimiter: string;
  /** How many cells a row has, a label in front among them. */
  readonly width: number;
  /** Whether the first cell of a row is its label. */
  readonly labelled?: boolean;
  readonly notation?: Notation;
}

/** The rows of a part, and what is wrong with each that cannot be read. */
export interface PartRows extends TableRows {
  readonly errors: (string | null)[];
}

/** A part of an answer. */
export interface PartAnswer {
  /** Whether it is the first one, in front of which the header stands. */
  readonly first: boolean;
  /** Columns with an element for each row. */
  readonly answer: Readonly<Record<string, readonly unknown[]>>;
  /** The same as a flat table, and the column of errors. */
  readonly columns: readonly FlatColumn[];
  readonly errors: readonly (string | null)[];
  readonly formulas?: Formulas | undefined;
}

/** How a format is read and written in parts. */
export interface FormatStream {
  /** Rows that stand before the first one of a source: a header. */
  readonly headers: 0 | 1;
  /** Parts of text have about `size` bytes; nothing that is kept has more than `most`. */
  splitter(size: number, most: number, reading?: Reading): Splitter;
  /** Takes what stands before the rows off the first part. */
  head?(bytes: Uint8Array, reading: Reading): { readonly head: Head; readonly rest: Uint8Array };
  rows(bytes: Uint8Array, reading: Reading, head: Head | undefined): PartRows | Promise<PartRows>;
  write(part: PartAnswer): Uint8Array | Promise<Uint8Array>;
  /** The bytes behind the last part. */
  readonly end?: Uint8Array;
}

/** A format; what it cannot do, it lacks. */
export interface Format {
  readonly name: string;
  /** As messages call it. */
  readonly title: string;
  /** Its media types: first the one that is written. */
  readonly media: readonly string[];
  /** What names of files end with: first the one that is written. */
  readonly endings: readonly string[];
  /** Whether it is text, which may come from a terminal and go to one. */
  readonly text?: true;
  /** Whether it is compressed: how much it holds is known only when it is read. */
  readonly packed?: true;
  /** The value of a file, as Python has it: `bigint` is an int, `number` a float. */
  readonly read?: (bytes: Uint8Array, reading: Reading) => unknown;
  readonly write?: (value: unknown, writing: Writing) => Uint8Array | Promise<Uint8Array>;
  /** Rows for a model. */
  readonly rows?: (bytes: Uint8Array, reading: Reading) => TableRows | WholeValue | Promise<TableRows | WholeValue>;
  /** Answers of a model. */
  readonly answer?: (answers: Answers, writing: AnswerWriting) => Uint8Array | Promise<Uint8Array>;
  /** Whether rows of the input can stand beside answers. */
  readonly keeps?: true;
  readonly stream?: FormatStream;
}

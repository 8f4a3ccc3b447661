/**
 * Tables as people send and keep them: each format is read in one place and written in one place.
 *
 * @module
 * @example
 * import { readTable, writeTable } from "@curtido/tables";
 * const table = await readTable(bytes, { format: "csv" });
 * const parquet = await writeTable(table, { format: "parquet" });
 */

export { columnsOf, type Flat, flatOf } from "./answers.ts";
export {
  type CellRule,
  type DatePart,
  type DateRule,
  datePart,
  daysOf,
  dayText,
  type Numerals,
  readByRule,
  type Written,
  writtenNumber,
} from "./cell_rules.ts";
export { BAD, type Cell, cellOf, isMissing, numberOf, plainNumber, spellsMissing, type Wanted } from "./cells.ts";
export { cannotHold, shownValue } from "./errors.ts";
export { fieldRows, formFields, parseForm } from "./form.ts";
export { FORMATS, formatNamed, formatOfFile, formatOfMedia } from "./formats.ts";
export { tableOf } from "./frame.ts";
export { orientedRows } from "./orients.ts";
export { decoded, hasLongIntegers, parseJson, writeJson } from "./plain_text.ts";
export { formatOfBytes, sniffedFormat } from "./sniff.ts";
export { readRows, readTable, type TableReading, type TableWriting, writeAnswers, writeTable } from "./tables.ts";
export type {
  Answers,
  AnswerWriting,
  ColumnKind,
  FlatColumn,
  Format,
  FormatStream,
  Formulas,
  Head,
  Kept,
  Notation,
  PartAnswer,
  PartRows,
  Reading,
  Splitter,
  TableLimits,
  TableRows,
  TextSource,
  WholeValue,
  Writing,
} from "./types.ts";
export { headerWish, markOf } from "./wishes.ts";

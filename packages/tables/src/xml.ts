/**
 * XML, read and written: tables as pandas' `to_xml` has them, answers alike, and any other value of Python as typed JSON within one
 * element, which loses nothing. Document types are refused, and with them entities of a document's own and whatever lies outside.
 *
 * @module
 */

import { DataFrame, fromJson, toJson, withoutIndex } from "@curtido/arrays";
import { isCurtidoError } from "@curtido/pickle";
import { flatOf } from "./answers.ts";
import { cannotHold, malformed, shownValue } from "./errors.ts";
import { distinct, framed, headerOf } from "./frame.ts";
import { limitCells, limitTexts } from "./limits.ts";
import { notationOf } from "./notation.ts";
import { decoded, parseJson } from "./plain_text.ts";
import { spelledColumn } from "./spelled.ts";
import { plainText, textsOf } from "./texts.ts";
import type { Answers, AnswerWriting, Reading, TableRows } from "./types.ts";
import { readXml } from "./xlsx/xml.ts";

const TITLE = "XML";
const encoder = new TextEncoder();
/** The element of a value that is no table. */
const TYPED = "curtido-json";
/** The element of a cell whose column has a name that no element can have: its attribute `name` says it. */
const CELL = "cell";
const DECLARATION = '<?xml version="1.0" encoding="utf-8"?>';

/** What a document holds: rows of cells by name, or typed JSON. */
interface Document {
  readonly columns: readonly string[];
  readonly rows: readonly ReadonlyMap<string, string | null>[];
  readonly typed: string | undefined;
}

/** The names of the columns of a table without rows, which its root has as JSON. */
function columnsIn(text: string | undefined): readonly string[] {
  if (text === undefined) return [];
  const names = parseJson(text);
  return Array.isArray(names) ? names.map(String) : [];
}

/** Takes rows out of a document: the elements below the root, their attributes and the texts of the elements within. */
class RowReader {
  readonly columns = new Map<string, true>();
  readonly rows: Map<string, string | null>[] = [];
  typed: string | undefined;
  private depth = 0;
  private name = "";
  private cell = "";
  private ended = false;

  open(
    name: string,
    attribute: (name: string) => string | undefined,
    attributes: () => readonly (readonly [name: string, value: string])[],
  ): void {
    this.depth++;
    this.cell = "";
    if (this.depth === 1 && this.ended) throw malformed(TITLE, `<${name}> is a second root`);
    if (this.depth === 1 && name === TYPED) this.typed = "";
    if (this.depth === 1) for (const each of columnsIn(attribute("columns"))) this.columns.set(each, true);
    if (this.typed !== undefined && this.depth > 1) throw malformed(TITLE, `<${TYPED}> holds elements`);
    if (this.depth === 2) {
      this.rows.push(new Map());
      for (const [each, value] of attributes()) this.set(each, value === "" ? null : value);
    } else if (this.depth === 3) this.name = (name === CELL ? attribute("name") : undefined) ?? name;
    else if (this.depth > 3) throw malformed(TITLE, `<${this.name}> holds elements: a cell is a text`);
  }

  close(): void {
    if (this.depth === 3) this.set(this.name, this.cell.trim() === "" ? null : this.cell);
    this.depth--;
    this.cell = "";
    this.ended = this.depth === 0;
  }

  text(piece: string): void {
    if (this.typed !== undefined) this.typed += piece;
    else if (this.depth === 3) this.cell += piece;
    else if (piece.trim() !== "") throw malformed(TITLE, `the text '${piece.trim().slice(0, 40)}' stands in no cell`);
  }

  private set(name: string, value: string | null): void {
    const row = this.rows.at(-1)!;
    if (row.has(name)) throw malformed(TITLE, `row ${this.rows.length} has '${name}' twice`);
    row.set(name, value);
    this.columns.set(name, true);
  }
}

function documentOf(bytes: Uint8Array, { charset, limits }: Reading): Document {
  const text = decoded(bytes, TITLE, charset ?? declared(bytes));
  const reader = new RowReader();
  if (!/^\s*</.test(text)) throw malformed(TITLE, "it does not begin with an element");
  readXml(text, reader, TITLE);
  if (reader.typed === undefined && reader.columns.size === 0) throw malformed(TITLE, "it has no rows");
  const columns = [...reader.columns.keys()];
  limitCells(TITLE, reader.rows.length, columns.length, limits);
  return { columns, rows: reader.rows, typed: reader.typed };
}

/** The encoding that a document says it is in. */
function declared(bytes: Uint8Array): string | undefined {
  const beginning = new TextDecoder("latin1").decode(bytes.subarray(0, 200));
  return /^\s*<\?xml[^>]*\bencoding=["']([\w.:-]+)["']/.exec(beginning)?.[1];
}

/** The name under which `to_xml` writes labels that have none. */
const LABELS = "index";

/** The rows of a document, whose cells are texts; `index`, as `to_xml` calls it, is labels unless a feature is called so. */
export function xmlRows(bytes: Uint8Array, reading: Reading): TableRows {
  const { columns, rows, typed } = documentOf(bytes, reading);
  if (typed !== undefined) throw malformed(TITLE, "it holds a value of Python, and no rows");
  const labelled = columns[0] === LABELS && columns.length > 1 && reading.features?.includes(LABELS) !== true;
  const names = labelled ? columns.slice(1) : columns;
  const cells = rows.map((row) => names.map((name) => row.get(name) ?? null));
  limitTexts(TITLE, cells, reading.limits);
  // No comma separates cells of a document: one in a text that is a number is decimal, as in a sheet.
  const notation = notationOf(cells, "", reading);
  return {
    columns: names,
    rows: cells,
    text: "table",
    ...(labelled && { index: rows.map((row) => row.get(LABELS) ?? null) }),
    ...(notation !== undefined && { notation }),
  };
}

/** The value of a document: a table with pandas' dtypes, or what its typed JSON says. */
export function readXmlFile(bytes: Uint8Array, reading: Reading): unknown {
  const { columns, rows, typed } = documentOf(bytes, reading);
  if (typed !== undefined) return typedValue(typed);
  const cells = rows.map((row) => columns.map((name) => row.get(name) ?? null));
  const notation = notationOf(cells, "", reading);
  if (notation !== undefined) reading.spelled?.(notation);
  const series = distinct(columns).map((name, at) =>
    spelledColumn(
      name,
      cells.map((row) => row[at]!),
      notation,
      reading,
    ),
  );
  const labelled = columns[0] === LABELS && columns.length > 1;
  const table = framed(series, labelled, rows.length);
  return labelled && isCounting(table) ? framed(series.slice(1), false, rows.length) : table;
}

function typedValue(text: string): unknown {
  try {
    return fromJson(text, { exact: true, form: "typed" });
  } catch (error) {
    if (isCurtidoError(error, "E_LIMIT")) throw error;
    throw malformed(TITLE, `its typed JSON cannot be read: ${(error as Error).message}`, error);
  }
}

/** Whether labels are 0, 1, 2 ..., as `to_xml` writes those of every table. */
function isCounting({ rowIndex }: DataFrame): boolean {
  return rowIndex.labels.every((label, at) => Number(label) === at);
}

/**
 * A table as pandas' `to_xml` writes it, with its labels unless they are 0, 1, 2 ...; any other value as typed JSON.
 *
 * @throws CurtidoError E_FORMAT for a name that no element can have, and for control characters
 * @example
 * new TextDecoder().decode(writeXmlFile(1n)); // '<?xml version="1.0" encoding="utf-8"?>\n<curtido-json>1</curtido-json>\n'
 */
export function writeXmlFile(value: unknown): Uint8Array {
  if (!(value instanceof DataFrame) || value.series.length === 0) {
    const json = toJson(value, { exact: true, form: "typed" });
    return encoder.encode(`${DECLARATION}\n<${TYPED}>${escaped(json.replace(NO_XML, jsonEscape))}</${TYPED}>\n`);
  }
  const frame = withoutIndex(value, LABELS);
  const names = frame.series.map((column, at) => headerOf(column, at, TITLE));
  const columns = frame.series.map((column) => textsOf(column, TITLE));
  return document(
    names,
    Array.from({ length: frame.length }, (_, row) => columns.map((column) => column[row]!)),
  );
}

/** Answers as rows: `<row><predict>2.5</predict></row>`. */
export function writeXmlAnswers(answers: Answers, writing: AnswerWriting): Uint8Array {
  const { names, rows } = flatOf(answers, writing);
  return document(
    names,
    rows.map((row) => row.map(plainText)),
  );
}

/** What an element can be called. */
const NAME = /^[\p{L}_][\p{L}\p{N}_.-]*$/u;

function isElement(name: string): boolean {
  return NAME.test(name) && !/^xml/i.test(name) && name !== CELL;
}

/** @throws CurtidoError E_FORMAT for a name with characters that XML does not have */
function attributeText(text: string): string {
  if (text.search(NO_XML) >= 0) throw cannotHold(TITLE, `the column ${shownValue(text)}: a control character`);
  return text.replace(/[&<>"\r\n\t]/g, (character) => ESCAPES[character] ?? `&#${character.charCodeAt(0)};`);
}

function document(names: readonly string[], rows: readonly (readonly (string | null)[])[]): Uint8Array {
  const tags = names.map((name) => (isElement(name) ? [name, name] : [`${CELL} name="${attributeText(name)}"`, CELL]));
  if (rows.length === 0)
    return encoder.encode(`${DECLARATION}\n<data columns="${attributeText(JSON.stringify(names))}"/>\n`);
  let text = `${DECLARATION}\n<data>\n`;
  for (const [at, row] of rows.entries()) {
    text += "  <row>\n";
    for (const [column, cell] of row.entries()) {
      const [open, close] = tags[column]!;
      text +=
        cell === null ? `    <${open}/>\n` : `    <${open}>${cellText(cell, names[column]!, at + 1)}</${close}>\n`;
    }
    text += "  </row>\n";
  }
  return encoder.encode(`${text}</data>\n`);
}

/** What stands for a character in texts of JSON. */
function jsonEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

const ESCAPES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;" };

/** What XML has no place for: most control characters, halves of characters, and two that are none. */
const NO_XML = /[^\P{Cc}\t\n\r\u007f-\u009f]|[\p{Cs}\ufffe\uffff]/gu;

function escaped(text: string): string {
  return text.replace(/[&<>\r]/g, (character) => ESCAPES[character]!);
}

/** A text of a cell. @throws CurtidoError E_FORMAT with column and row for what XML cannot hold */
function cellText(text: string, column: string, row: number): string {
  if (text.search(NO_XML) < 0) return escaped(text);
  throw cannotHold(TITLE, `a control character or half a character in the column ${shownValue(column)}, row ${row}`, {
    column,
    row,
  });
}

/** @module The table of formats: one row each. What must be known of a format stands here, and nowhere else. */

import { writeArrowAnswers, writeArrowPart } from "./arrow/answers.ts";
import { ARROW_END } from "./arrow/arrow.ts";
import { arrowPart, arrowRows, readArrow } from "./arrow/read.ts";
import { ArrowSplitter } from "./arrow/split.ts";
import { writeArrow } from "./arrow/write.ts";
import { csvRows } from "./csv.ts";
import { readCsv } from "./csv_frame.ts";
import { csvStream, raggedRows } from "./csv_stream.ts";
import { writeCsv, writeCsvAnswers } from "./csv_write.ts";
import { formRows } from "./form.ts";
import { jsonRows, readJson, writeJsonAnswers, writeJsonFile } from "./json.ts";
import { linesPart, linesRows, readLines, writeLines, writeLinesAnswers, writeLinesPart } from "./jsonl.ts";
import { TextSplitter } from "./split.ts";
import type { Format } from "./types.ts";
import { readXlsx, xlsxRows } from "./xlsx/read.ts";
import { writeXlsx, writeXlsxAnswers } from "./xlsx/write.ts";

/** The formats of tables, in the order in which they are offered. */
export const FORMATS: readonly Format[] = [
  {
    name: "json",
    title: "JSON",
    media: ["application/json", "text/json"],
    endings: ["json"],
    text: true,
    read: readJson,
    write: writeJsonFile,
    rows: jsonRows,
    answer: writeJsonAnswers,
  },
  {
    name: "jsonl",
    title: "JSON lines",
    media: ["application/x-ndjson", "application/jsonl", "application/x-jsonlines"],
    endings: ["jsonl", "ndjson"],
    text: true,
    read: readLines,
    write: writeLines,
    rows: linesRows,
    answer: writeLinesAnswers,
    keeps: true,
    stream: { headers: 0, splitter: (size) => new TextSplitter(size), rows: linesPart, write: writeLinesPart },
  },
  {
    name: "csv",
    title: "CSV",
    media: ["text/csv", "application/csv", "text/x-csv", "application/x-csv", "text/comma-separated-values"],
    endings: ["csv"],
    text: true,
    read: (bytes, reading) => readCsv(bytes, reading),
    write: (value, writing) => writeCsv(value, writing),
    rows: (bytes, reading) => (reading.ragged === "keep" ? raggedRows : csvRows)(bytes, reading),
    answer: (answers, writing) => writeCsvAnswers(answers, writing),
    keeps: true,
    stream: csvStream(),
  },
  {
    name: "tsv",
    title: "TSV",
    media: ["text/tab-separated-values"],
    endings: ["tsv"],
    text: true,
    read: (bytes, reading) => readCsv(bytes, { separator: "\t", ...reading }, "TSV"),
    write: (value, writing) => writeCsv(value, writing, "\t", "TSV"),
    rows: (bytes, reading) =>
      (reading.ragged === "keep" ? raggedRows : csvRows)(bytes, { separator: "\t", ...reading }, "TSV"),
    answer: (answers, writing) => writeCsvAnswers(answers, writing, "\t"),
    keeps: true,
    stream: csvStream("\t"),
  },
  {
    name: "form",
    title: "form",
    media: ["application/x-www-form-urlencoded"],
    endings: [],
    rows: formRows,
  },
  {
    name: "arrow",
    title: "Arrow",
    media: ["application/vnd.apache.arrow.stream"],
    endings: ["arrow", "arrows", "feather"],
    read: readArrow,
    write: writeArrow,
    rows: arrowRows,
    answer: writeArrowAnswers,
    keeps: true,
    stream: {
      headers: 0,
      splitter: (size, most) => new ArrowSplitter(size, most),
      rows: arrowPart,
      write: writeArrowPart,
      end: ARROW_END,
    },
  },
  {
    name: "parquet",
    title: "Parquet",
    media: ["application/vnd.apache.parquet"],
    endings: ["parquet", "pq"],
    packed: true,
    read: async (bytes, reading) => (await import("./parquet/read.ts")).readParquet(bytes, reading),
    write: async (value) => (await import("./parquet/write.ts")).writeParquet(value),
    rows: async (bytes, reading) => (await import("./parquet/rows.ts")).parquetRows(bytes, reading),
    answer: async (answers, writing) => (await import("./parquet/rows.ts")).writeParquetAnswers(answers, writing),
    keeps: true,
  },
  {
    name: "xlsx",
    title: "Excel",
    media: ["application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"],
    endings: ["xlsx"],
    packed: true,
    read: readXlsx,
    write: writeXlsx,
    rows: xlsxRows,
    answer: writeXlsxAnswers,
    keeps: true,
  },
  {
    name: "xml",
    title: "XML",
    media: ["application/xml", "text/xml"],
    endings: ["xml"],
    text: true,
    read: async (bytes, reading) => (await import("./xml.ts")).readXmlFile(bytes, reading),
    write: async (value) => (await import("./xml.ts")).writeXmlFile(value),
    rows: async (bytes, reading) => (await import("./xml.ts")).xmlRows(bytes, reading),
    answer: async (answers, writing) => (await import("./xml.ts")).writeXmlAnswers(answers, writing),
    keeps: true,
  },
];

/**
 * A format by its name.
 *
 * @example
 * formatNamed("csv")?.media; // ["text/csv"]
 */
export function formatNamed(name: string, formats: readonly Format[] = FORMATS): Format | undefined {
  return formats.find((format) => format.name === name);
}

/** A format by one of its media types. */
export function formatOfMedia(type: string): Format | undefined {
  return FORMATS.find(({ media }) => media.includes(type));
}

/**
 * A format by what a file's name ends with.
 *
 * @example
 * formatOfFile("data/rows.NDJSON")?.name; // "jsonl"
 */
export function formatOfFile(path: string, formats: readonly Format[] = FORMATS): Format | undefined {
  const ending = /\.([a-z0-9]+)$/i.exec(path)?.[1]?.toLowerCase();
  return ending === undefined ? undefined : formats.find(({ endings }) => endings.includes(ending));
}

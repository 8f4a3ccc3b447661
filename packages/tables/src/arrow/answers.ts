/** @module Answers as Arrow, whole and in parts. */

import { columnsOf, flatOf, keptColumn, keptTexts } from "../answers.ts";
import { plainText } from "../texts.ts";
import type { Answers, AnswerWriting, FlatColumn, PartAnswer } from "../types.ts";
import { ARROW_END, type Typed, writeColumns } from "./arrow.ts";
import { codec } from "./codec.ts";
import { typedColumn } from "./write.ts";

type Types = Awaited<ReturnType<typeof codec>>;

/**
 * Answers as an Arrow stream, a flat table. Numbers are float64, labels utf8 or bool; kept columns of a table of texts have
 * the types that it gives them.
 *
 * @example
 * const bytes = await writeArrowAnswers({ predict: [1, 2] }, { single: false });
 */
export async function writeArrowAnswers(answers: Answers, writing: AnswerWriting): Promise<Uint8Array> {
  const types = await codec();
  const texts = keptTexts(writing);
  const columns = columnsOf(flatOf(answers, writing), writing.kinds).map((column, at) =>
    at < texts ? keptOf(column, types) : flatColumn(column, types),
  );
  return writeColumns(columns, writing.file === true ? "file" : "stream");
}

function keptOf({ name, values }: FlatColumn, types: Types): Typed {
  const cells = values.map((value) => value ?? null);
  return { name, ...typedColumn(keptColumn(name, cells), types) };
}

function flatColumn({ name, kind, values }: FlatColumn, { bool, float64, utf8 }: Types): Typed {
  const types = { number: float64, boolean: bool, text: utf8 };
  return { name, type: types[kind](), values: values.map((value) => cellFor(value, kind)) };
}

function cellFor(value: unknown, kind: FlatColumn["kind"]): unknown {
  if (value === null || value === undefined || (typeof value === "number" && Number.isNaN(value))) return null;
  return kind === "text" ? plainText(value) : value;
}

/** A part of an answer: a record batch, the first one behind the schema. */
export async function writeArrowPart({ first, columns }: PartAnswer): Promise<Uint8Array> {
  const types = await codec();
  const flat = columns.map((column) => flatColumn(column, types));
  const bytes = await writeColumns(flat, "stream");
  const end = bytes.length - ARROW_END.length;
  const schema = 8 + new DataView(bytes.buffer, bytes.byteOffset).getInt32(4, true);
  return bytes.subarray(first ? 0 : schema, end);
}

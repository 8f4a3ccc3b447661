/** @module Bodies of several parts, as HTML forms and `curl -F` send them: fields, or one file of any format. */

import { CurtidoError } from "@curtido/pickle";
import {
  type Format,
  fieldRows,
  formatNamed,
  formatOfBytes,
  formatOfFile,
  formatOfMedia,
  type Reading,
  sniffedFormat,
  type TableRows,
  type WholeValue,
} from "@curtido/tables";

/** How much of a file is looked at to find out what it is. */
const BEGINNING = 4_096;
/** The most parts that a body may have. */
const MOST_PARTS = 10_000;

/** What a body of several parts is as a format; only requests have it. */
export const MULTIPART: Format = {
  name: "multipart",
  title: "form",
  media: ["multipart/form-data"],
  endings: [],
  rows: (bytes, reading) => multipartRows(bytes, reading),
};

/**
 * The row that the fields of a form are, or the rows of the one file among them.
 *
 * @throws CurtidoError E_TABLE when it is not of that form, breaks off, or has several files; what reading the file throws
 */
async function multipartRows(
  bytes: Uint8Array,
  reading: Reading & { readonly boundary?: string },
): Promise<TableRows | WholeValue> {
  const { boundary, ...how } = reading;
  if (boundary === undefined)
    throw unreadable("cannot be taken apart: the Content-Type names no boundary; let your client make that header");
  const parts = await partsOf(bytes, boundary);
  // A field for a file in which nothing was chosen comes empty and without a name.
  const files = parts.flatMap(([, part]) =>
    typeof part === "string" || (part.size === 0 && part.name === "") ? [] : [part],
  );
  const fields = parts.filter((part): part is [string, string] => typeof part[1] === "string");
  const [file, second] = files;
  if (file === undefined) return fieldRows(fields, how);
  if (second !== undefined)
    throw unreadable(
      `has ${files.length} files, ${files
        .map(({ name }) => `'${name.slice(0, 60)}'`)
        .slice(0, 3)
        .join(", ")}; send one at a time`,
    );
  const [field] = fields;
  if (field !== undefined)
    throw unreadable(`has a file, and the field '${field[0].slice(0, 60)}' beside it; send rows as one of both`);
  const content = new Uint8Array(await file.arrayBuffer());
  return formatOf(file, content).rows!(content, how);
}

async function partsOf(bytes: Uint8Array, boundary: string): Promise<(readonly [string, string | File])[]> {
  const type = `multipart/form-data; boundary="${boundary.replace(/["\\\r\n]/g, "")}"`;
  let parts: (readonly [string, string | File])[];
  try {
    const form = await new Response(bytes as Uint8Array<ArrayBuffer>, { headers: { "Content-Type": type } }).formData();
    parts = [...form];
  } catch {
    throw unreadable("is no multipart/form-data, or breaks off");
  }
  if (parts.length > MOST_PARTS) throw unreadable(`has more than ${MOST_PARTS} parts`);
  return parts;
}

/** The format of a file: as its name ends, as its sender says, as its bytes look. */
function formatOf({ name, type }: File, content: Uint8Array): Format {
  const [media = ""] = type.split(";");
  const found = formatOfFile(name) ?? formatOfMedia(media.trim().toLowerCase());
  if (found?.rows !== undefined) return found;
  return formatNamed(
    formatOfBytes(content) ?? sniffedFormat(new TextDecoder().decode(content.subarray(0, BEGINNING))),
  )!;
}

function unreadable(problem: string): CurtidoError {
  return new CurtidoError("E_TABLE", `the form ${problem}`, { format: "form", problem });
}

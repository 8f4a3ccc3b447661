/** @module Workbooks by hand: what no writer would write. */

import { strToU8, zipSync } from "fflate";

const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships";

/** Parts of a workbook; what is not given is as plain as it can be. */
export interface BookParts {
  /** What stands between `<sheetData>` and `</sheetData>`. */
  readonly rows?: string;
  readonly sheet?: string | Uint8Array;
  readonly texts?: string | Uint8Array;
  readonly styles?: string;
  readonly workbook?: string;
  readonly more?: Readonly<Record<string, Uint8Array>>;
}

/** A workbook of one sheet called `a`. */
export function book({ rows = "", sheet, texts, styles, workbook, more = {} }: BookParts): Uint8Array {
  const part = (content: string | Uint8Array) => (typeof content === "string" ? strToU8(content) : content);
  const link = (id: string, type: string, target: string) =>
    `<Relationship Id="${id}" Type="${LINKS}/${type}" Target="${target}"/>`;
  const linked = [
    link("r1", "worksheet", "worksheets/sheet1.xml"),
    link("r2", "sharedStrings", "sharedStrings.xml"),
    link("r3", "styles", "styles.xml"),
  ].join("");
  const sheets = `<sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets>`;
  return zipSync({
    "_rels/.rels": part(
      `<Relationships xmlns="${PACKAGE}">${link("r0", "officeDocument", "xl/workbook.xml")}</Relationships>`,
    ),
    "xl/workbook.xml": part(workbook ?? `<workbook xmlns="${MAIN}" xmlns:r="${LINKS}">${sheets}</workbook>`),
    "xl/_rels/workbook.xml.rels": part(`<Relationships xmlns="${PACKAGE}">${linked}</Relationships>`),
    "xl/worksheets/sheet1.xml": part(sheet ?? `<worksheet xmlns="${MAIN}"><sheetData>${rows}</sheetData></worksheet>`),
    ...(texts === undefined ? {} : { "xl/sharedStrings.xml": part(texts) }),
    ...(styles === undefined ? {} : { "xl/styles.xml": part(styles) }),
    ...more,
  });
}

/** A cell of a number, or of what `type` says. */
export function cell(place: string, value: unknown, type?: string): string {
  return `<c r="${place}"${type === undefined ? "" : ` t="${type}"`}><v>${String(value)}</v></c>`;
}

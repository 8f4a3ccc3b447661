/**
 * How numbers are spelled in a table of texts. A decimal comma is taken for one only where cells leave no doubt: `1,5` and
 * `0,125` can be nothing else, `1,234` may be a thousand. And only in a table whose cells no comma separates: there, whoever
 * wrote the table wrote a semicolon or a tab since numbers have commas; between commas, `"1,5"` may be a list or a place.
 *
 * @module
 */

import type { Notation, Reading } from "./types.ts";

/** Certainly decimal commas: another number of digits behind than three, or a group of thousands that cannot be. */
const COMMA = /^[+-]?(?:\d*,(?:\d{1,2}|\d{4,})|(?:0\d*|\d{4,})?,\d{3})(?:[eE][+-]?\d+)?$/;
/** Certainly decimal points. */
const POINT = /^[+-]?(?:\d*\.(?:\d{1,2}|\d{4,})|(?:0\d*|\d{4,})?\.\d{3})(?:[eE][+-]?\d+)?$/;
const GROUPED_COMMA = /^[+-]?\d{1,3}(?:([.' \u00a0\u202f\u2019])\d{3})(?:\1\d{3})*,\d+$/;
const GROUPED_POINT = /^[+-]?\d{1,3}(?:(?:,\d{3})+\.\d+|(?:,\d{3}){2,})$/;
/** May be thousands between points, or a number with three digits behind one. */
const POINTED_THOUSANDS = /^[+-]?[1-9]\d{0,2}(?:\.\d{3})+$/;
const LONGEST_NUMBER = 40;

/** What the cells of a table say. */
interface Evidence {
  comma: number;
  point: number;
  thousandsComma: number;
  pointed: number;
  separator: string | undefined;
}

/**
 * The notation of a table of texts, as it was wished or as its cells show it; nothing where there is nothing unusual.
 *
 * @param delimiter - what separates its cells
 * @example
 * notationOf([["1,5", "1.234,0"]], ";", {}); // { decimal: ",", thousands: "." }
 */
export function notationOf(
  rows: readonly (readonly unknown[])[],
  delimiter: string,
  { decimal, thousands, missing }: Pick<Reading, "decimal" | "thousands" | "missing">,
): Notation | undefined {
  const found = decimal === "." || (decimal === "," && thousands !== undefined) ? {} : seenIn(rows, delimiter, decimal);
  const notation: Notation = {
    ...found,
    ...(decimal === "," && { decimal }),
    ...(thousands !== undefined && { thousands }),
    ...(missing !== undefined && missing.length > 0 && { missing }),
  };
  return Object.keys(notation).length === 0 ? undefined : notation;
}

function seenIn(rows: readonly (readonly unknown[])[], delimiter: string, decimal: "," | undefined): Notation {
  const seen: Evidence = { comma: 0, point: 0, thousandsComma: 0, pointed: 0, separator: undefined };
  for (const row of rows) for (const cell of row) if (typeof cell === "string") look(cell.trim(), seen);
  const comma = decimal === "," || (seen.comma > 0 && seen.point === 0 && seen.thousandsComma === 0);
  if (comma && (delimiter !== "," || decimal === ",")) {
    const separator = seen.separator ?? (seen.pointed > 0 ? "." : undefined);
    return { decimal: ",", ...(separator !== undefined && { thousands: separator }) };
  }
  return seen.thousandsComma > 0 && seen.comma === 0 ? { thousands: "," } : {};
}

function look(cell: string, seen: Evidence): void {
  if (cell.length > LONGEST_NUMBER) return;
  const comma = cell.includes(",");
  if (!comma) {
    if (!cell.includes(".")) return;
    if (POINT.test(cell)) seen.point++;
    else if (POINTED_THOUSANDS.test(cell)) seen.pointed++;
  } else if (COMMA.test(cell)) seen.comma++;
  else if (GROUPED_POINT.test(cell)) seen.thousandsComma++;
  else {
    const separator = GROUPED_COMMA.exec(cell)?.[1];
    if (separator === undefined) return;
    seen.comma++;
    seen.separator ??= separator;
  }
}

/**
 * A number's text with a decimal point and without groups; `undefined` for a text that is no number in this notation.
 *
 * @example
 * plainNumber("1.234,5", { decimal: ",", thousands: "." }); // "1234.5"
 */
export function plainNumber(text: string, { decimal, thousands }: Notation): string | undefined {
  const parts = /^([+-]?)(.*?)((?:[eE][+-]?\d+)?)$/s.exec(text.trim());
  const [whole = "", fraction, ...more] = parts![2]!.split(decimal ?? ".");
  if (more.length > 0 || (fraction !== undefined && !/^\d*$/.test(fraction))) return undefined;
  const digits = thousands === undefined || thousands === "" ? whole : ungrouped(whole, thousands);
  if (digits === undefined || !/^\d*$/.test(digits) || digits + (fraction ?? "") === "") return undefined;
  return `${parts![1]}${digits}${fraction === undefined ? "" : `.${fraction}`}${parts![3]}`;
}

function ungrouped(whole: string, thousands: string): string | undefined {
  const groups = whole.split(thousands);
  const sound =
    groups.length === 1 || (/^\d{1,3}$/.test(groups[0]!) && groups.slice(1).every((group) => /^\d{3}$/.test(group)));
  return sound ? groups.join("") : undefined;
}

/** Whether a notation makes another text of some cell: whether it says what that number is. */
export function respells(cells: readonly unknown[], notation: Notation): boolean {
  if (notation.decimal === undefined && notation.thousands === undefined) return false;
  return cells.some((cell) => {
    const plain = typeof cell === "string" ? plainNumber(cell, notation) : undefined;
    return plain !== undefined && plain !== (cell as string).trim();
  });
}

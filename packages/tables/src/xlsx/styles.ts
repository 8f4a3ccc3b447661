/** @module Which cells of a workbook are dates: nothing says it but the format in which their numbers are shown. */

import type { Look } from "./moments.ts";
import { readXml } from "./xml.ts";

/** Excel's own formats of dates, those of East Asia and Thailand among them: first and last. */
const DATES = [
  [14, 22],
  [27, 36],
  [45, 47],
  [50, 58],
  [71, 81],
] as const;
/** Excel takes none that is longer. */
const LONGEST_FORMAT = 255;
const DATE_TOKEN = /^(?:s{1,2}|m{1,5}|h{1,2}|d{1,4}|a{3,5}|am|pm|a|p|y{1,2}|yyyy|e{1,3}|eeee)$/;

interface Style {
  readonly format: number | undefined;
  readonly base: number | undefined;
}

/** What the style of each number shows: a date, a length of time, or neither. */
export function looksOf(source: string, format: string): readonly (Look | undefined)[] {
  const formats = new Map<number, string>();
  const styles: Record<string, Style[]> = { cellStyleXfs: [], cellXfs: [] };
  let within: Style[] | undefined;
  const numberOf = (text: string | undefined) => (text === undefined ? undefined : Number(text));
  const open = (name: string, attribute: (name: string) => string | undefined) => {
    if (name === "numFmt") formats.set(Number(attribute("numFmtId")), attribute("formatCode") ?? "");
    else if (name === "cellStyleXfs" || name === "cellXfs") within = styles[name];
    else if (name === "xf")
      within?.push({ format: numberOf(attribute("numFmtId")), base: numberOf(attribute("xfId")) });
  };
  const close = (name: string) => {
    if (name === "cellStyleXfs" || name === "cellXfs") within = undefined;
  };
  readXml(source, { open, close }, format);
  const looks = new Map<number, Look | undefined>();
  return styles["cellXfs"]!.map(({ format: own, base }) => {
    const id = own ?? styles["cellStyleXfs"]![base ?? -1]?.format ?? 0;
    const known = looks.has(id) ? looks.get(id) : lookOf(id, formats.get(id));
    looks.set(id, known);
    return known;
  });
}

/** Excel's own format of hours beyond 24. */
const HOURS = 46;
const ELAPSED = /^(?:\[hh?\](?::mm(?::ss(?:\.0*)?)?)?|\[mm?\](?::ss(?:\.0*)?)?|\[ss?\](?:\.0*)?)$/i;

function lookOf(id: number, code: string | undefined): Look | undefined {
  if (id === HOURS || (code !== undefined && ELAPSED.test(code.split(";")[0]!))) return "duration";
  return DATES.some(([first, last]) => id >= first && id <= last) || isDate(code) ? "date" : undefined;
}

/**
 * Whether a format shows a date or a time.
 *
 * @example
 * isDate("yyyy\\-mm\\-dd;@"); // true
 * isDate("0.00%"); // false
 */
export function isDate(code: string | undefined): boolean {
  if (code === undefined || code.length > LONGEST_FORMAT) return false;
  const plain = code.toLowerCase().replace(/;@$/, "").replace(/\\./g, " ");
  return plain.split(";").some((section) => {
    const tokens = section
      .replace(/"[^"]*"/g, " ")
      .replace(/(\[?[smhd]{1,2}\]?)[.,]00?0?/g, "$1") // parts of a second
      .replace(/\[([smhd]{1,2})\]/g, "$1") // more than 24 hours, 60 minutes
      .replace(/\[[^\]]*\]/g, "") // colours, languages, conditions
      .split(/[^a-z0#?%]+/)
      .filter((token) => token !== "");
    return tokens.length > 0 && tokens.every((token) => DATE_TOKEN.test(token));
  });
}

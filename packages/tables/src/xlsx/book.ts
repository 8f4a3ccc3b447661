/** @module A workbook: where its sheets lie, and what stands for all of them. */

import { malformed, tooLarge } from "../errors.ts";
import { LIMITS } from "../limits.ts";
import type { Reading } from "../types.ts";
import type { Look } from "./moments.ts";
import { Parts } from "./parts.ts";
import { looksOf } from "./styles.ts";
import { readXml } from "./xml.ts";

export const TITLE = "xlsx";
/** What a sheet holds, by Excel's own specification. */
export const MOST_ROWS = 1_048_576;
export const MOST_COLUMNS = 16_384;
export const LONGEST_TEXT = 32_767;

/** What the cells of a sheet refer to. */
export interface Book {
  /** The XML of the sheet. */
  readonly sheet: string;
  readonly texts: readonly string[];
  /** Which styles show dates, times and lengths of time. */
  readonly looks: readonly (Look | undefined)[];
  /** Whether days are counted from 1904. */
  readonly from1904: boolean;
}

const WORKBOOK = "xl/workbook.xml";

/**
 * Opens a workbook for one sheet: the first one, or one by name.
 *
 * @throws CurtidoError E_TABLE when it is no workbook or has no such sheet, E_TABLE_LIMIT when it unfolds to too much
 */
export function openBook(bytes: Uint8Array, reading: Reading): Book {
  const parts = new Parts(bytes, TITLE, reading);
  const root = links(parts, "");
  const at = root.find(({ type }) => type === "officeDocument")?.target ?? WORKBOOK;
  const listed = links(parts, at);
  const linkTo = (wanted: string) => listed.find(({ type }) => type === wanted)?.target;
  const { sheets, from1904 } = sheetsOf(needed(parts, at));
  const found = sheets.filter(({ id }) => listed.some((link) => link.id === id && link.type === "worksheet"));
  const chosen = reading.sheet === undefined ? found[0] : found.find(({ name }) => name === reading.sheet);
  if (chosen === undefined) {
    const names = found.map(({ name }) => `'${name}'`).join(", ");
    const which = reading.sheet === undefined ? "no sheet" : `no sheet '${reading.sheet}'`;
    throw malformed(TITLE, `it has ${which}${names === "" ? "" : `, but ${names}`}`);
  }
  const texts = parts.text(linkTo("sharedStrings") ?? "xl/sharedStrings.xml");
  const styles = parts.text(linkTo("styles") ?? "xl/styles.xml");
  return {
    from1904,
    texts: texts === undefined ? [] : sharedTexts(texts, reading.limits?.cells ?? LIMITS.cells),
    looks: styles === undefined ? [] : looksOf(styles, TITLE),
    sheet: needed(parts, listed.find(({ id }) => id === chosen.id)!.target),
  };
}

function needed(parts: Parts, name: string): string {
  const text = parts.text(name);
  if (text === undefined) throw malformed(TITLE, `it has no part '${name}'`);
  return text;
}

interface Link {
  readonly id: string;
  /** The last word of its type. */
  readonly type: string;
  /** The name of a part. */
  readonly target: string;
}

/** What a part is linked to; the archive itself is the part without a name. */
function links(parts: Parts, part: string): readonly Link[] {
  const slash = part.lastIndexOf("/") + 1;
  const source = parts.text(`${part.slice(0, slash)}_rels/${part.slice(slash)}.rels`);
  const found: Link[] = [];
  if (source === undefined) return found;
  const open = (name: string, attribute: (name: string) => string | undefined) => {
    if (name !== "Relationship") return;
    const type = attribute("Type")?.split("/").at(-1) ?? "";
    const target = attribute("Target") ?? "";
    found.push({ id: attribute("Id") ?? "", type, target: resolved(part.slice(0, slash), target) });
  };
  readXml(source, { open }, TITLE);
  return found;
}

function resolved(folder: string, target: string): string {
  const steps: string[] = [];
  for (const step of (target.startsWith("/") ? target : folder + target).split("/")) {
    if (step === "..") steps.pop();
    else if (step !== "" && step !== ".") steps.push(step);
  }
  return steps.join("/");
}

interface Sheet {
  readonly name: string;
  readonly id: string;
}

function sheetsOf(source: string): { readonly sheets: readonly Sheet[]; readonly from1904: boolean } {
  const sheets: Sheet[] = [];
  let from1904 = false;
  const open = (name: string, attribute: (name: string) => string | undefined) => {
    if (name === "workbookPr") from1904 = ["1", "true"].includes(attribute("date1904") ?? "");
    if (name === "sheet") sheets.push({ name: unescaped(attribute("name") ?? ""), id: attribute("id") ?? "" });
  };
  readXml(source, { open }, TITLE);
  return { sheets, from1904 };
}

function sharedTexts(source: string, most: number): readonly string[] {
  const texts: string[] = [];
  const text = new RichText();
  readXml(
    source,
    {
      open: (name) => {
        if (name === "si") text.clear();
        else text.open(name);
      },
      close: (name) => {
        text.close(name);
        if (name !== "si") return;
        if (texts.length >= most) throw tooLarge(TITLE, most, "texts");
        texts.push(text.value);
      },
      text: (piece) => text.add(piece),
    },
    TITLE,
  );
  return texts;
}

/** A text in runs of several looks; how it is pronounced (`rPh`) is no part of it. */
export class RichText {
  private pieces = "";
  private within = false;
  private spoken = false;

  clear(): void {
    this.pieces = "";
    this.within = false;
    this.spoken = false;
  }

  open(name: string): void {
    if (name === "t") this.within = true;
    else if (name === "rPh") this.spoken = true;
  }

  close(name: string): void {
    if (name === "t") this.within = false;
    else if (name === "rPh") this.spoken = false;
  }

  /** @throws CurtidoError E_TABLE_LIMIT when it is longer than any text of Excel */
  add(piece: string): void {
    if (this.within && !this.spoken) this.pieces += limited(piece, this.pieces.length);
  }

  get value(): string {
    return unescaped(this.pieces);
  }
}

/** A piece of a text that has some characters already. */
export function limited(piece: string, before: number): string {
  // A control character is written as seven.
  if (before + piece.length > 7 * LONGEST_TEXT) throw tooLarge(TITLE, LONGEST_TEXT, "characters in one cell");
  return piece;
}

/** Characters that XML has no place for are written by their numbers. */
export function unescaped(text: string): string {
  if (!text.includes("_x")) return text;
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

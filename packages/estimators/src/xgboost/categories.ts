/** @module What the codes of XGBoost's categories stand for, as models of release 3.1 and later keep it. */

import type { FileNode } from "./node.ts";
import type { FileValue } from "./ubjson.ts";

/** A text whose end the file has lost: how it begins, and how many characters it had. */
export interface CutText {
  readonly begin: string;
  readonly length: number;
}

/** The categories of a feature, by their codes; those of which a part is lost come last. */
export interface XgbCategories {
  readonly whole: readonly unknown[];
  readonly cut: readonly CutText[];
}

/**
 * What the codes of each feature's categories stand for: texts one after the other, or numbers.
 *
 * @param characters whether the release counts texts in characters: see {@link splitTexts}
 */
export function readCategories(
  cats: FileNode,
  features: number,
  characters: boolean,
): ReadonlyMap<number, XgbCategories> {
  const found = new Map<number, XgbCategories>();
  const columns = cats.children("enc");
  if (columns.length > features) cats.fail("enc", `holds ${columns.length} features, not ${features}`);
  columns.forEach((column, feature) => {
    const texts = column.has("offsets");
    const values = texts ? splitTexts(column, characters) : numbersOf(column);
    if (values.whole.length + values.cut.length > 0) found.set(feature, values);
  });
  return found;
}

function numbersOf(column: FileNode): XgbCategories {
  return { whole: Array.from(column.list("values") as readonly FileValue[]), cut: [] };
}

/**
 * Texts one after the other, and where each begins. Releases up to 3.2 count in characters although they write UTF-8, and
 * cut the list at that count: of texts that are not all ASCII the last ones are lost, or their ends.
 */
function splitTexts(column: FileNode, characters: boolean): XgbCategories {
  const bytes = Uint8Array.from(column.integers("values", undefined, -128, 255));
  const offsets = column.integers("offsets", undefined, 0, bytes.length);
  const starts = [...offsets.subarray(0, -1)];
  // As a part of a stream, so that half a character at the end is none.
  const text = (from: number, end: number) => new TextDecoder().decode(bytes.subarray(from, end), { stream: true });
  if (!characters) return { whole: starts.map((from, at) => text(from, offsets[at + 1]!)), cut: [] };
  const all = [...text(0, bytes.length)];
  const kept = starts.filter((_, at) => offsets[at + 1]! <= all.length).length;
  const part = (at: number) => all.slice(offsets[at]!, offsets[at + 1]!).join("");
  const cut = starts.slice(kept).map((from, k) => ({ begin: part(kept + k), length: offsets[kept + k + 1]! - from }));
  return { whole: starts.slice(0, kept).map((_, at) => part(at)), cut };
}

/**
 * The place of a value among texts of which a part is lost; -1 where it is none of them, or not of one alone. Of a text that
 * is lost whole nothing tells it from one that training has not seen.
 */
export function findCut(cut: readonly CutText[], value: unknown): number {
  if (typeof value !== "string") return -1;
  const size = [...value].length;
  const fits = (each: CutText) => each.begin !== "" && each.length === size && value.startsWith(each.begin);
  const first = cut.findIndex(fits);
  return cut.slice(first + 1).some(fits) ? -1 : first;
}

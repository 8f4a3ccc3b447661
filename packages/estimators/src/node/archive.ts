/** @module A model within an archive: `model.tar.gz` of SageMaker, BentoML's `.bentomodel`, an MLflow folder in a tar. */

import { archivedFiles } from "@curtido/arrays";
import { nodeInflate } from "@curtido/arrays/node";
import { CurtidoError } from "@curtido/pickle";
import { type Card, type CardInput, mergeCards, readCard } from "../base/card.ts";
import { described, onlyModel } from "./described.ts";

/** What is taken out of an archive. */
export interface Archived {
  /** The file within. */
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Which part of that file. */
  readonly at?: string;
  readonly card?: Card;
}

/**
 * The model of a tar archive, compressed or not; `undefined` when the bytes are no archive.
 *
 * @param at - which file of it, and behind `#` which part of that: `model.pkl#pipe`; the part alone where one file is the model
 * @throws CurtidoError E_PARTS when it holds several, E_NOT_A_MODEL when none, E_CONTAINER, E_LIMIT
 */
export function modelInArchive(bytes: Uint8Array, at: string | undefined): Archived | undefined {
  const entries = archivedFiles(bytes, nodeInflate);
  if (entries === undefined) return undefined;
  const found = new Map(entries.map((entry) => [entry.name, entry.bytes]));
  if (found.size < entries.length) throw new CurtidoError("E_CONTAINER", "the archive holds two files of one name", {});
  const named = [...found.keys()].find((name) => at === name || at?.startsWith(`${name}#`) === true);
  if (named !== undefined) {
    const part = at!.slice(named.length + 1);
    return { name: named, bytes: found.get(named)!, ...(part !== "" && { at: part }) };
  }
  const top = folderOf([...found.keys()]);
  const text = (name: string) => new TextDecoder().decode(found.get(top + name));
  const inside = [...found.keys()].filter((name) => name.startsWith(top)).map((name) => name.slice(top.length));
  const told = described({ names: inside, text });
  const name = told === undefined ? onlyModel([...found.keys()]) : top + told.file;
  return { name, bytes: found.get(name)!, ...(at !== undefined && { at }), ...(told && { card: told.card }) };
}

/** The one folder that all lies in, with its slash; nothing where there is none. */
function folderOf(names: readonly string[]): string {
  const [first = ""] = names;
  const folder = first.slice(0, first.indexOf("/") + 1);
  return names.every((name) => name.startsWith(folder)) ? folder : "";
}

/** A card that a description makes, and what is said besides: that wins. */
export function besides(told: Card | undefined, card: CardInput | undefined): CardInput | undefined {
  if (told === undefined || card === undefined) return card ?? told;
  return mergeCards(told, readCard(card));
}

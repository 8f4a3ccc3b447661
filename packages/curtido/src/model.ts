/** @module A model as the command line names it: a file, `FILE#PART`, with the user's own names, features and card. */

import { loads } from "@curtido/arrays";
import { decompress } from "@curtido/arrays/node";
import { type CardInput, type Estimator, partAt, type ReviveOptions } from "@curtido/estimators";
import { beside, loadNow, partsBeside, placeIn, readCardFile, readModelFile } from "@curtido/estimators/node";
import { ownNames } from "./own_names.ts";
import { partBytes } from "./save.ts";
import { warn, withReadingBar } from "./terminal.ts";

/** What several commands may be told of a model. */
export interface ModelOptions {
  /** A module of the user's own Python names. */
  readonly names?: string;
  /** The names of the features, where the file does not tell them. */
  readonly features?: readonly string[];
  /** A file with a card. */
  readonly card?: string;
}

/** How models are read that were named so; what had to be supposed is said. */
export async function modelReading(options: ModelOptions): Promise<ReviveOptions> {
  const names = await ownNames(options.names);
  const { features, card } = options;
  return {
    ...(names && { names }),
    ...(features && { features }),
    ...(card !== undefined && { card: readCardFile(card) }),
  };
}

/** The model of a file, or of a part of one. @throws CurtidoError as `load` */
export function openModel(path: string, reading: ReviveOptions): Estimator {
  const told = (words: string) => warn(`${path}: ${words}`);
  return withReadingBar((onProgress) => loadNow(path, { onProgress, told, ...reading }));
}

/** What a file, or a part of one, holds: arrays and tables as such, anything else inert. */
export function valueAt(source: string): unknown {
  const { path, at = "" } = placeIn(source);
  return partAt(loads(readModelFile(path), { decompress, part: partsBeside(path) }), at);
}

/** What is published of a file: its bytes, or the pickle of the part that is named; and the card beside it. */
export function publishedOf(path: string, reading: ReviveOptions = {}): { bytes: Uint8Array; card?: CardInput } {
  const { path: file, at } = placeIn(path);
  const bytes = readModelFile(file);
  const { card } = beside(file, at, reading);
  return { bytes: at === undefined ? bytes : partBytes(bytes, file, at), ...(card && { card }) };
}

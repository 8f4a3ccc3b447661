/** @module The schema of a skops file as it is written: nodes, and their text. */

import { CurtidoError } from "@curtido/pickle";

/** A node of the schema. */
export type SkopsNode = Readonly<Record<string, unknown>>;

/** What skops has no node for. */
export function cannotKeep(what: string): CurtidoError {
  return new CurtidoError("E_TYPE", `skops cannot hold ${what}: write a pickle or a joblib file`, {});
}

/** An object of JSON whose keys keep their order, also where they look like numbers. */
export class OrderedObject {
  readonly pairs: readonly (readonly [key: string, value: unknown])[];
  constructor(pairs: readonly (readonly [key: string, value: unknown])[]) {
    this.pairs = pairs;
  }
}

/** The text of a tree, as bytes. */
export function schemaBytes(tree: SkopsNode): Uint8Array {
  const pieces: string[] = [];
  write(tree, pieces);
  return new TextEncoder().encode(pieces.join(""));
}

function write(value: unknown, pieces: string[]): void {
  if (Array.isArray(value)) {
    pieces.push("[");
    value.forEach((each, at) => {
      if (at > 0) pieces.push(", ");
      write(each, pieces);
    });
    pieces.push("]");
  } else if (typeof value === "object" && value !== null) {
    pieces.push("{");
    const pairs = value instanceof OrderedObject ? value.pairs : Object.entries(value);
    pairs.forEach(([key, each], at) => {
      pieces.push(at > 0 ? ", " : "", JSON.stringify(key), ": ");
      write(each, pieces);
    });
    pieces.push("}");
  } else pieces.push(JSON.stringify(value));
}

/** @module What PyTorch puts into a pickle beside Python: storages by persistent ids, and raw bytes behind old files. */

import { LONG1, PROTO } from "../opcodes.ts";
import { NameSymbol, type Sym, TupleSymbol } from "./symbols.ts";

/** The first pickle of a file of PyTorch before 1.6: 0x1950a86a20f9469cfc6c, as LONG1. */
const MAGIC = [0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19];
/** Pickles in such a file: the magic number, the version, the system, the object, the keys of the storages. */
export const LEGACY_PICKLES = 5;
/** Bytes before each storage of such a file: how many elements it has. */
const COUNT_SIZE = 8;

const SIZES: Readonly<Record<string, number>> = {
  Double: 8,
  Float: 4,
  Half: 2,
  BFloat16: 2,
  Long: 8,
  Int: 4,
  Short: 2,
  Char: 1,
  Byte: 1,
  Bool: 1,
  ComplexDouble: 16,
  ComplexFloat: 8,
  QInt8: 1,
  QUInt8: 1,
  QInt32: 4,
  Untyped: 1,
};

/** Whether a pickle stands at the start that says: PyTorch before 1.6. */
export function isLegacyTorch(bytes: Uint8Array): boolean {
  const at = bytes[0] === PROTO ? 2 : 0;
  return (
    bytes[at] === LONG1 &&
    bytes[at + 1] === MAGIC.length &&
    MAGIC.every((byte, index) => bytes[at + 2 + index] === byte)
  );
}

/** The storages that a stream names. */
export class TorchStorages {
  private readonly sizes = new Map<string, number>();

  /** Takes a persistent id of PyTorch, `("storage", class, key, place, elements, ...)`; `false` when it is none. */
  take(id: Sym): boolean {
    if (!(id instanceof TupleSymbol) || id.items[0] !== "storage") return false;
    const [, cls, key, place, count] = id.items;
    const kind =
      cls instanceof NameSymbol && /^torch(?:\.storage)?$/.test(cls.module) ? cls.name.replace(/Storage$/, "") : "";
    const width = SIZES[kind];
    if (width === undefined || typeof key !== "string" || typeof place !== "string" || typeof count !== "number")
      return false;
    this.sizes.set(key, COUNT_SIZE + width * count);
    return true;
  }

  /** The class that an old file names with the text of its source, `("module", class, path, source)`, which nobody runs. */
  moduleOf(id: Sym): NameSymbol | undefined {
    const [kind, cls] = id instanceof TupleSymbol && id.items.length === 4 ? id.items : [];
    return kind === "module" && cls instanceof NameSymbol ? cls : undefined;
  }

  /** Bytes that the storages take behind the pickles of an old file. */
  get length(): number {
    let length = 0;
    for (const size of this.sizes.values()) length += size;
    return length;
  }
}

/** @module The one table of opcodes; everything that reads or writes a pickle is derived from it. */

/**
 * How an opcode's argument lies in the file: nothing; unsigned or signed little-endian integers (`u8` is 8 bytes); a
 * big-endian double; one or two lines of text; bytes counted by 1, 4 (unsigned), 4 (signed) or 8 bytes.
 */
export type ArgumentKind =
  | "none"
  | "u1"
  | "u2"
  | "i4"
  | "u4"
  | "u8"
  | "f8"
  | "line"
  | "lines"
  | "n1"
  | "n4"
  | "n4s"
  | "n8";

/** One opcode: facts of CPython's `pickletools.opcodes` (3.11), in words of our own. */
export interface Opcode {
  readonly name: string;
  readonly code: number;
  readonly argument: ArgumentKind;
  /** What it takes from the stack and what it leaves there, bottom first. */
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** The protocol that introduced it. */
  readonly protocol: number;
  readonly doc: string;
}

function row(
  name: string,
  code: number,
  argument: ArgumentKind,
  before: string,
  after: string,
  protocol: number,
  doc: string,
): Opcode {
  const words = (text: string) => (text === "" ? [] : text.split(" "));
  return { name, code, argument, before: words(before), after: words(after), protocol, doc };
}

/** All 68 opcodes, by code. */
export const opcodes: readonly Opcode[] = [
  row("MARK", 0x28, "none", "", "mark", 0, "Push a mark"),
  row("EMPTY_TUPLE", 0x29, "none", "", "tuple", 1, "An empty tuple"),
  row("STOP", 0x2e, "none", "any", "", 0, "The end: the top is the value"),
  row("POP", 0x30, "none", "any", "", 0, "Drop the top, or the mark when it is on top"),
  row("POP_MARK", 0x31, "none", "mark stackslice", "", 1, "Drop everything down to the mark, and the mark"),
  row("DUP", 0x32, "none", "any", "any any", 0, "Push the top once more"),
  row("BINBYTES", 0x42, "n4", "", "bytes", 3, "Counted bytes"),
  row("SHORT_BINBYTES", 0x43, "n1", "", "bytes", 3, "Up to 255 bytes"),
  row("FLOAT", 0x46, "line", "", "float", 0, "A text float"),
  row("BINFLOAT", 0x47, "f8", "", "float", 1, "A big-endian 8-byte float"),
  row("INT", 0x49, "line", "", "int_or_bool", 0, "A decimal text integer; `00` and `01` are the booleans"),
  row("BININT", 0x4a, "i4", "", "int", 1, "A signed 4-byte integer"),
  row("BININT1", 0x4b, "u1", "", "int", 1, "An unsigned 1-byte integer"),
  row("LONG", 0x4c, "line", "", "int", 0, "A text integer of any size"),
  row("BININT2", 0x4d, "u2", "", "int", 1, "An unsigned 2-byte integer"),
  row("NONE", 0x4e, "none", "", "None", 0, "None"),
  row("PERSID", 0x50, "line", "", "any", 0, "A persistent id as a text line"),
  row("BINPERSID", 0x51, "none", "any", "any", 1, "A persistent id from the stack"),
  row("REDUCE", 0x52, "none", "any any", "any", 0, "Call a callable with a tuple of arguments"),
  row("STRING", 0x53, "line", "", "bytes_or_str", 0, "A quoted Python 2 str with escapes"),
  row("BINSTRING", 0x54, "n4s", "", "bytes_or_str", 1, "A counted Python 2 str"),
  row("SHORT_BINSTRING", 0x55, "n1", "", "bytes_or_str", 1, "A Python 2 str of up to 255 bytes"),
  row("UNICODE", 0x56, "line", "", "str", 0, "A raw-unicode-escaped line"),
  row("BINUNICODE", 0x58, "n4", "", "str", 1, "A counted UTF-8 str"),
  row("EMPTY_LIST", 0x5d, "none", "", "list", 1, "An empty list"),
  row("APPEND", 0x61, "none", "list any", "list", 0, "Append the top to the list below"),
  row("BUILD", 0x62, "none", "any any", "any", 0, "Give an object its state"),
  row("GLOBAL", 0x63, "lines", "", "any", 0, "A class or function by module and name"),
  row("DICT", 0x64, "none", "mark stackslice", "dict", 0, "A dict of the pairs above the mark"),
  row("APPENDS", 0x65, "none", "list mark stackslice", "list", 1, "Extend the list below the mark"),
  row("GET", 0x67, "line", "", "any", 0, "Push a memo entry (text index)"),
  row("BINGET", 0x68, "u1", "", "any", 1, "Push a memo entry (1-byte index)"),
  row(
    "INST",
    0x69,
    "lines",
    "mark stackslice",
    "any",
    0,
    "Instantiate a class, named in the argument, with what stands above the mark",
  ),
  row("LONG_BINGET", 0x6a, "u4", "", "any", 1, "Push a memo entry (4-byte index)"),
  row("LIST", 0x6c, "none", "mark stackslice", "list", 0, "A list of what stands above the mark"),
  row(
    "OBJ",
    0x6f,
    "none",
    "mark any stackslice",
    "any",
    1,
    "Instantiate the class above the mark with what follows it",
  ),
  row("PUT", 0x70, "line", "", "", 0, "Store the top in the memo (text index)"),
  row("BINPUT", 0x71, "u1", "", "", 1, "Store the top in the memo (1-byte index)"),
  row("LONG_BINPUT", 0x72, "u4", "", "", 1, "Store the top in the memo (4-byte index)"),
  row("SETITEM", 0x73, "none", "dict any any", "dict", 0, "Set one key of the dict below"),
  row("TUPLE", 0x74, "none", "mark stackslice", "tuple", 0, "A tuple of what stands above the mark"),
  row("SETITEMS", 0x75, "none", "dict mark stackslice", "dict", 1, "Set the pairs above the mark in the dict below it"),
  row("EMPTY_DICT", 0x7d, "none", "", "dict", 1, "An empty dict"),
  row("PROTO", 0x80, "u1", "", "", 2, "The protocol version"),
  row("NEWOBJ", 0x81, "none", "any any", "any", 2, "cls.__new__(cls, *args)"),
  row("EXT1", 0x82, "u1", "", "any", 2, "A registered extension (1-byte code)"),
  row("EXT2", 0x83, "u2", "", "any", 2, "A registered extension (2-byte code)"),
  row("EXT4", 0x84, "i4", "", "any", 2, "A registered extension (4-byte code)"),
  row("TUPLE1", 0x85, "none", "any", "tuple", 2, "A tuple of one"),
  row("TUPLE2", 0x86, "none", "any any", "tuple", 2, "A tuple of two"),
  row("TUPLE3", 0x87, "none", "any any any", "tuple", 2, "A tuple of three"),
  row("NEWTRUE", 0x88, "none", "", "bool", 2, "True"),
  row("NEWFALSE", 0x89, "none", "", "bool", 2, "False"),
  row("LONG1", 0x8a, "n1", "", "int", 2, "An integer of up to 255 bytes, two's complement"),
  row("LONG4", 0x8b, "n4s", "", "int", 2, "An integer of up to 2^31-1 bytes, two's complement"),
  row("SHORT_BINUNICODE", 0x8c, "n1", "", "str", 4, "A str of up to 255 UTF-8 bytes"),
  row("BINUNICODE8", 0x8d, "n8", "", "str", 4, "A UTF-8 str with an 8-byte count"),
  row("BINBYTES8", 0x8e, "n8", "", "bytes", 4, "Bytes with an 8-byte count"),
  row("EMPTY_SET", 0x8f, "none", "", "set", 4, "An empty set"),
  row("ADDITEMS", 0x90, "none", "set mark stackslice", "set", 4, "Add what stands above the mark to the set below it"),
  row("FROZENSET", 0x91, "none", "mark stackslice", "frozenset", 4, "A frozenset of what stands above the mark"),
  row("NEWOBJ_EX", 0x92, "none", "any any any", "any", 4, "cls.__new__(cls, *args, **kwargs)"),
  row("STACK_GLOBAL", 0x93, "none", "str str", "any", 4, "A class or function by the two strs on top"),
  row("MEMOIZE", 0x94, "none", "any", "any", 4, "Store the top in the memo at the next index"),
  row("FRAME", 0x95, "u8", "", "", 4, "A frame of that many bytes follows"),
  row("BYTEARRAY8", 0x96, "n8", "", "bytearray", 5, "A bytearray"),
  row("NEXT_BUFFER", 0x97, "none", "", "buffer", 5, "The next out-of-band buffer"),
  row("READONLY_BUFFER", 0x98, "none", "buffer", "buffer", 5, "Make the buffer on top read-only"),
];

/** The protocols that can be read. */
export const HIGHEST_PROTOCOL = 5;

/** Opcodes by their byte; `undefined` where a byte is none. */
export const opcodeByCode: readonly (Opcode | undefined)[] = (() => {
  const byCode: (Opcode | undefined)[] = new Array(256).fill(undefined);
  for (const opcode of opcodes) {
    if (byCode[opcode.code] !== undefined) throw new Error(`two opcodes share the byte ${opcode.code}`);
    byCode[opcode.code] = opcode;
  }
  return byCode;
})();

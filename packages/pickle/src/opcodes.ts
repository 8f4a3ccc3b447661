/** @module The one table of opcodes; everything that reads or writes a pickle is derived from it. */

/** The byte of every opcode, by its name; {@link opcodes} says what each of them is. */
export const MARK = 0x28;
export const EMPTY_TUPLE = 0x29;
export const STOP = 0x2e;
export const POP = 0x30;
export const POP_MARK = 0x31;
export const DUP = 0x32;
export const BINBYTES = 0x42;
export const SHORT_BINBYTES = 0x43;
export const FLOAT = 0x46;
export const BINFLOAT = 0x47;
export const INT = 0x49;
export const BININT = 0x4a;
export const BININT1 = 0x4b;
export const LONG = 0x4c;
export const BININT2 = 0x4d;
export const NONE = 0x4e;
export const PERSID = 0x50;
export const BINPERSID = 0x51;
export const REDUCE = 0x52;
export const STRING = 0x53;
export const BINSTRING = 0x54;
export const SHORT_BINSTRING = 0x55;
export const UNICODE = 0x56;
export const BINUNICODE = 0x58;
export const EMPTY_LIST = 0x5d;
export const APPEND = 0x61;
export const BUILD = 0x62;
export const GLOBAL = 0x63;
export const DICT = 0x64;
export const APPENDS = 0x65;
export const GET = 0x67;
export const BINGET = 0x68;
export const INST = 0x69;
export const LONG_BINGET = 0x6a;
export const LIST = 0x6c;
export const OBJ = 0x6f;
export const PUT = 0x70;
export const BINPUT = 0x71;
export const LONG_BINPUT = 0x72;
export const SETITEM = 0x73;
export const TUPLE = 0x74;
export const SETITEMS = 0x75;
export const EMPTY_DICT = 0x7d;
export const PROTO = 0x80;
export const NEWOBJ = 0x81;
export const EXT1 = 0x82;
export const EXT2 = 0x83;
export const EXT4 = 0x84;
export const TUPLE1 = 0x85;
export const TUPLE2 = 0x86;
export const TUPLE3 = 0x87;
export const NEWTRUE = 0x88;
export const NEWFALSE = 0x89;
export const LONG1 = 0x8a;
export const LONG4 = 0x8b;
export const SHORT_BINUNICODE = 0x8c;
export const BINUNICODE8 = 0x8d;
export const BINBYTES8 = 0x8e;
export const EMPTY_SET = 0x8f;
export const ADDITEMS = 0x90;
export const FROZENSET = 0x91;
export const NEWOBJ_EX = 0x92;
export const STACK_GLOBAL = 0x93;
export const MEMOIZE = 0x94;
export const FRAME = 0x95;
export const BYTEARRAY8 = 0x96;
export const NEXT_BUFFER = 0x97;
export const READONLY_BUFFER = 0x98;

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

/** One opcode: facts of CPython's `pickletools.opcodes` (3.11). */
export interface Opcode {
  readonly name: string;
  readonly code: number;
  readonly argument: ArgumentKind;
  /** What it takes from the stack and what it leaves there, bottom first. */
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** The protocol that introduced it. */
  readonly protocol: number;
  /** The first line of its description in `pickletools`, word for word: an annotated disassembly is made of them. */
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
  row("MARK", MARK, "none", "", "mark", 0, "Push markobject onto the stack."),
  row("EMPTY_TUPLE", EMPTY_TUPLE, "none", "", "tuple", 1, "Push an empty tuple."),
  row("STOP", STOP, "none", "any", "", 0, "Stop the unpickling machine."),
  row("POP", POP, "none", "any", "", 0, "Discard the top stack item, shrinking the stack by one item."),
  row(
    "POP_MARK",
    POP_MARK,
    "none",
    "mark stackslice",
    "",
    1,
    "Pop all the stack objects at and above the topmost markobject.",
  ),
  row("DUP", DUP, "none", "any", "any any", 0, "Push the top stack item onto the stack again, duplicating it."),
  row("BINBYTES", BINBYTES, "n4", "", "bytes", 3, "Push a Python bytes object."),
  row("SHORT_BINBYTES", SHORT_BINBYTES, "n1", "", "bytes", 3, "Push a Python bytes object."),
  row("FLOAT", FLOAT, "line", "", "float", 0, "Newline-terminated decimal float literal."),
  row("BINFLOAT", BINFLOAT, "f8", "", "float", 1, "Float stored in binary form, with 8 bytes of data."),
  row("INT", INT, "line", "", "int_or_bool", 0, "Push an integer or bool."),
  row("BININT", BININT, "i4", "", "int", 1, "Push a four-byte signed integer."),
  row("BININT1", BININT1, "u1", "", "int", 1, "Push a one-byte unsigned integer."),
  row("LONG", LONG, "line", "", "int", 0, "Push a long integer."),
  row("BININT2", BININT2, "u2", "", "int", 1, "Push a two-byte unsigned integer."),
  row("NONE", NONE, "none", "", "None", 0, "Push None on the stack."),
  row("PERSID", PERSID, "line", "", "any", 0, "Push an object identified by a persistent ID."),
  row("BINPERSID", BINPERSID, "none", "any", "any", 1, "Push an object identified by a persistent ID."),
  row("REDUCE", REDUCE, "none", "any any", "any", 0, "Push an object built from a callable and an argument tuple."),
  row("STRING", STRING, "line", "", "bytes_or_str", 0, "Push a Python string object."),
  row("BINSTRING", BINSTRING, "n4s", "", "bytes_or_str", 1, "Push a Python string object."),
  row("SHORT_BINSTRING", SHORT_BINSTRING, "n1", "", "bytes_or_str", 1, "Push a Python string object."),
  row("UNICODE", UNICODE, "line", "", "str", 0, "Push a Python Unicode string object."),
  row("BINUNICODE", BINUNICODE, "n4", "", "str", 1, "Push a Python Unicode string object."),
  row("EMPTY_LIST", EMPTY_LIST, "none", "", "list", 1, "Push an empty list."),
  row("APPEND", APPEND, "none", "list any", "list", 0, "Append an object to a list."),
  row("BUILD", BUILD, "none", "any any", "any", 0, "Finish building an object, via __setstate__ or dict update."),
  row("GLOBAL", GLOBAL, "lines", "", "any", 0, "Push a global object (module.attr) on the stack."),
  row(
    "DICT",
    DICT,
    "none",
    "mark stackslice",
    "dict",
    0,
    "Build a dict out of the topmost stack slice, after markobject.",
  ),
  row("APPENDS", APPENDS, "none", "list mark stackslice", "list", 1, "Extend a list by a slice of stack objects."),
  row("GET", GET, "line", "", "any", 0, "Read an object from the memo and push it on the stack."),
  row("BINGET", BINGET, "u1", "", "any", 1, "Read an object from the memo and push it on the stack."),
  row("INST", INST, "lines", "mark stackslice", "any", 0, "Build a class instance."),
  row("LONG_BINGET", LONG_BINGET, "u4", "", "any", 1, "Read an object from the memo and push it on the stack."),
  row(
    "LIST",
    LIST,
    "none",
    "mark stackslice",
    "list",
    0,
    "Build a list out of the topmost stack slice, after markobject.",
  ),
  row("OBJ", OBJ, "none", "mark any stackslice", "any", 1, "Build a class instance."),
  row("PUT", PUT, "line", "", "", 0, "Store the stack top into the memo.  The stack is not popped."),
  row("BINPUT", BINPUT, "u1", "", "", 1, "Store the stack top into the memo.  The stack is not popped."),
  row("LONG_BINPUT", LONG_BINPUT, "u4", "", "", 1, "Store the stack top into the memo.  The stack is not popped."),
  row("SETITEM", SETITEM, "none", "dict any any", "dict", 0, "Add a key+value pair to an existing dict."),
  row(
    "TUPLE",
    TUPLE,
    "none",
    "mark stackslice",
    "tuple",
    0,
    "Build a tuple out of the topmost stack slice, after markobject.",
  ),
  row(
    "SETITEMS",
    SETITEMS,
    "none",
    "dict mark stackslice",
    "dict",
    1,
    "Add an arbitrary number of key+value pairs to an existing dict.",
  ),
  row("EMPTY_DICT", EMPTY_DICT, "none", "", "dict", 1, "Push an empty dict."),
  row("PROTO", PROTO, "u1", "", "", 2, "Protocol version indicator."),
  row("NEWOBJ", NEWOBJ, "none", "any any", "any", 2, "Build an object instance."),
  row("EXT1", EXT1, "u1", "", "any", 2, "Extension code."),
  row("EXT2", EXT2, "u2", "", "any", 2, "Extension code."),
  row("EXT4", EXT4, "i4", "", "any", 2, "Extension code."),
  row("TUPLE1", TUPLE1, "none", "any", "tuple", 2, "Build a one-tuple out of the topmost item on the stack."),
  row("TUPLE2", TUPLE2, "none", "any any", "tuple", 2, "Build a two-tuple out of the top two items on the stack."),
  row(
    "TUPLE3",
    TUPLE3,
    "none",
    "any any any",
    "tuple",
    2,
    "Build a three-tuple out of the top three items on the stack.",
  ),
  row("NEWTRUE", NEWTRUE, "none", "", "bool", 2, "Push True onto the stack."),
  row("NEWFALSE", NEWFALSE, "none", "", "bool", 2, "Push False onto the stack."),
  row("LONG1", LONG1, "n1", "", "int", 2, "Long integer using one-byte length."),
  row("LONG4", LONG4, "n4s", "", "int", 2, "Long integer using found-byte length."),
  row("SHORT_BINUNICODE", SHORT_BINUNICODE, "n1", "", "str", 4, "Push a Python Unicode string object."),
  row("BINUNICODE8", BINUNICODE8, "n8", "", "str", 4, "Push a Python Unicode string object."),
  row("BINBYTES8", BINBYTES8, "n8", "", "bytes", 4, "Push a Python bytes object."),
  row("EMPTY_SET", EMPTY_SET, "none", "", "set", 4, "Push an empty set."),
  row(
    "ADDITEMS",
    ADDITEMS,
    "none",
    "set mark stackslice",
    "set",
    4,
    "Add an arbitrary number of items to an existing set.",
  ),
  row(
    "FROZENSET",
    FROZENSET,
    "none",
    "mark stackslice",
    "frozenset",
    4,
    "Build a frozenset out of the topmost slice, after markobject.",
  ),
  row("NEWOBJ_EX", NEWOBJ_EX, "none", "any any any", "any", 4, "Build an object instance."),
  row("STACK_GLOBAL", STACK_GLOBAL, "none", "str str", "any", 4, "Push a global object (module.attr) on the stack."),
  row("MEMOIZE", MEMOIZE, "none", "any", "any", 4, "Store the stack top into the memo.  The stack is not popped."),
  row("FRAME", FRAME, "u8", "", "", 4, "Indicate the beginning of a new frame."),
  row("BYTEARRAY8", BYTEARRAY8, "n8", "", "bytearray", 5, "Push a Python bytearray object."),
  row("NEXT_BUFFER", NEXT_BUFFER, "none", "", "buffer", 5, "Push an out-of-band buffer object."),
  row(
    "READONLY_BUFFER",
    READONLY_BUFFER,
    "none",
    "buffer",
    "buffer",
    5,
    "Make an out-of-band buffer object read-only.",
  ),
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

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
  row("MARK", 0x28, "none", "", "mark", 0, "Push markobject onto the stack."),
  row("EMPTY_TUPLE", 0x29, "none", "", "tuple", 1, "Push an empty tuple."),
  row("STOP", 0x2e, "none", "any", "", 0, "Stop the unpickling machine."),
  row("POP", 0x30, "none", "any", "", 0, "Discard the top stack item, shrinking the stack by one item."),
  row(
    "POP_MARK",
    0x31,
    "none",
    "mark stackslice",
    "",
    1,
    "Pop all the stack objects at and above the topmost markobject.",
  ),
  row("DUP", 0x32, "none", "any", "any any", 0, "Push the top stack item onto the stack again, duplicating it."),
  row("BINBYTES", 0x42, "n4", "", "bytes", 3, "Push a Python bytes object."),
  row("SHORT_BINBYTES", 0x43, "n1", "", "bytes", 3, "Push a Python bytes object."),
  row("FLOAT", 0x46, "line", "", "float", 0, "Newline-terminated decimal float literal."),
  row("BINFLOAT", 0x47, "f8", "", "float", 1, "Float stored in binary form, with 8 bytes of data."),
  row("INT", 0x49, "line", "", "int_or_bool", 0, "Push an integer or bool."),
  row("BININT", 0x4a, "i4", "", "int", 1, "Push a four-byte signed integer."),
  row("BININT1", 0x4b, "u1", "", "int", 1, "Push a one-byte unsigned integer."),
  row("LONG", 0x4c, "line", "", "int", 0, "Push a long integer."),
  row("BININT2", 0x4d, "u2", "", "int", 1, "Push a two-byte unsigned integer."),
  row("NONE", 0x4e, "none", "", "None", 0, "Push None on the stack."),
  row("PERSID", 0x50, "line", "", "any", 0, "Push an object identified by a persistent ID."),
  row("BINPERSID", 0x51, "none", "any", "any", 1, "Push an object identified by a persistent ID."),
  row("REDUCE", 0x52, "none", "any any", "any", 0, "Push an object built from a callable and an argument tuple."),
  row("STRING", 0x53, "line", "", "bytes_or_str", 0, "Push a Python string object."),
  row("BINSTRING", 0x54, "n4s", "", "bytes_or_str", 1, "Push a Python string object."),
  row("SHORT_BINSTRING", 0x55, "n1", "", "bytes_or_str", 1, "Push a Python string object."),
  row("UNICODE", 0x56, "line", "", "str", 0, "Push a Python Unicode string object."),
  row("BINUNICODE", 0x58, "n4", "", "str", 1, "Push a Python Unicode string object."),
  row("EMPTY_LIST", 0x5d, "none", "", "list", 1, "Push an empty list."),
  row("APPEND", 0x61, "none", "list any", "list", 0, "Append an object to a list."),
  row("BUILD", 0x62, "none", "any any", "any", 0, "Finish building an object, via __setstate__ or dict update."),
  row("GLOBAL", 0x63, "lines", "", "any", 0, "Push a global object (module.attr) on the stack."),
  row(
    "DICT",
    0x64,
    "none",
    "mark stackslice",
    "dict",
    0,
    "Build a dict out of the topmost stack slice, after markobject.",
  ),
  row("APPENDS", 0x65, "none", "list mark stackslice", "list", 1, "Extend a list by a slice of stack objects."),
  row("GET", 0x67, "line", "", "any", 0, "Read an object from the memo and push it on the stack."),
  row("BINGET", 0x68, "u1", "", "any", 1, "Read an object from the memo and push it on the stack."),
  row("INST", 0x69, "lines", "mark stackslice", "any", 0, "Build a class instance."),
  row("LONG_BINGET", 0x6a, "u4", "", "any", 1, "Read an object from the memo and push it on the stack."),
  row(
    "LIST",
    0x6c,
    "none",
    "mark stackslice",
    "list",
    0,
    "Build a list out of the topmost stack slice, after markobject.",
  ),
  row("OBJ", 0x6f, "none", "mark any stackslice", "any", 1, "Build a class instance."),
  row("PUT", 0x70, "line", "", "", 0, "Store the stack top into the memo.  The stack is not popped."),
  row("BINPUT", 0x71, "u1", "", "", 1, "Store the stack top into the memo.  The stack is not popped."),
  row("LONG_BINPUT", 0x72, "u4", "", "", 1, "Store the stack top into the memo.  The stack is not popped."),
  row("SETITEM", 0x73, "none", "dict any any", "dict", 0, "Add a key+value pair to an existing dict."),
  row(
    "TUPLE",
    0x74,
    "none",
    "mark stackslice",
    "tuple",
    0,
    "Build a tuple out of the topmost stack slice, after markobject.",
  ),
  row(
    "SETITEMS",
    0x75,
    "none",
    "dict mark stackslice",
    "dict",
    1,
    "Add an arbitrary number of key+value pairs to an existing dict.",
  ),
  row("EMPTY_DICT", 0x7d, "none", "", "dict", 1, "Push an empty dict."),
  row("PROTO", 0x80, "u1", "", "", 2, "Protocol version indicator."),
  row("NEWOBJ", 0x81, "none", "any any", "any", 2, "Build an object instance."),
  row("EXT1", 0x82, "u1", "", "any", 2, "Extension code."),
  row("EXT2", 0x83, "u2", "", "any", 2, "Extension code."),
  row("EXT4", 0x84, "i4", "", "any", 2, "Extension code."),
  row("TUPLE1", 0x85, "none", "any", "tuple", 2, "Build a one-tuple out of the topmost item on the stack."),
  row("TUPLE2", 0x86, "none", "any any", "tuple", 2, "Build a two-tuple out of the top two items on the stack."),
  row(
    "TUPLE3",
    0x87,
    "none",
    "any any any",
    "tuple",
    2,
    "Build a three-tuple out of the top three items on the stack.",
  ),
  row("NEWTRUE", 0x88, "none", "", "bool", 2, "Push True onto the stack."),
  row("NEWFALSE", 0x89, "none", "", "bool", 2, "Push False onto the stack."),
  row("LONG1", 0x8a, "n1", "", "int", 2, "Long integer using one-byte length."),
  row("LONG4", 0x8b, "n4s", "", "int", 2, "Long integer using found-byte length."),
  row("SHORT_BINUNICODE", 0x8c, "n1", "", "str", 4, "Push a Python Unicode string object."),
  row("BINUNICODE8", 0x8d, "n8", "", "str", 4, "Push a Python Unicode string object."),
  row("BINBYTES8", 0x8e, "n8", "", "bytes", 4, "Push a Python bytes object."),
  row("EMPTY_SET", 0x8f, "none", "", "set", 4, "Push an empty set."),
  row(
    "ADDITEMS",
    0x90,
    "none",
    "set mark stackslice",
    "set",
    4,
    "Add an arbitrary number of items to an existing set.",
  ),
  row(
    "FROZENSET",
    0x91,
    "none",
    "mark stackslice",
    "frozenset",
    4,
    "Build a frozenset out of the topmost slice, after markobject.",
  ),
  row("NEWOBJ_EX", 0x92, "none", "any any any", "any", 4, "Build an object instance."),
  row("STACK_GLOBAL", 0x93, "none", "str str", "any", 4, "Push a global object (module.attr) on the stack."),
  row("MEMOIZE", 0x94, "none", "any", "any", 4, "Store the stack top into the memo.  The stack is not popped."),
  row("FRAME", 0x95, "u8", "", "", 4, "Indicate the beginning of a new frame."),
  row("BYTEARRAY8", 0x96, "n8", "", "bytearray", 5, "Push a Python bytearray object."),
  row("NEXT_BUFFER", 0x97, "none", "", "buffer", 5, "Push an out-of-band buffer object."),
  row("READONLY_BUFFER", 0x98, "none", "buffer", "buffer", 5, "Make an out-of-band buffer object read-only."),
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

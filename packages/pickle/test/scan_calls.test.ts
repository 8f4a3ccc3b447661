import { describe, expect, it } from "vitest";
import {
  bytes,
  EMPTY_TUPLE,
  finds,
  NEWOBJ,
  NEWOBJ_EX,
  named,
  PROTO2,
  PROTO4,
  payload,
  REDUCE,
  TUPLE1,
  text,
} from "./scan_help.ts";

describe("calls", () => {
  it.each([
    ["REDUCE", bytes("cos\nsystem\n(Vx\ntR.")],
    ["REDUCE, dropped", bytes(`${payload}N.`)],
    ["REDUCE, dropped with a mark", bytes("(cos\nsystem\n(Vx\ntR1N.")],
    ["OBJ and POP", bytes("(cos\nsystem\nVx\no0N.")],
    ["INST", bytes("(Vx\nios\nsystem\n.")],
    ["INST, dropped", bytes("(Vx\nios\nsystem\n0N.")],
    ["NEWOBJ", bytes(PROTO2, "cos\nsystem\nVx\n", TUPLE1, NEWOBJ, ".")],
    ["NEWOBJ_EX", bytes(PROTO4, named("os", "system"), EMPTY_TUPLE, "}", NEWOBJ_EX, ".")],
  ])("%s is recorded", (_, stream) => {
    expect(finds(stream, "dangerous-name", "dangerous-call").names[0]).toMatchObject({ calls: 1 });
  });

  it("of what may only be named are findings", () => {
    finds(bytes(PROTO4, named("numpy", "log1p"), "."));
    finds(bytes(PROTO4, named("numpy", "log1p"), "K\x01", TUPLE1, REDUCE, "."), "unlisted-call");
    finds(
      bytes(PROTO4, named("sklearn.metrics._classification", "accuracy_score"), EMPTY_TUPLE, NEWOBJ, "."),
      "unlisted-call",
    );
  });

  it("of what the file itself makes are findings, functools.partial of something safe aside", () => {
    const partial = (module: string, name: string) => [
      ...named("functools", "partial"),
      ...named(module, name),
      TUPLE1,
      REDUCE,
    ];
    finds(bytes(PROTO4, partial("pandas.core.internals.blocks", "new_block"), EMPTY_TUPLE, REDUCE, "."));
    finds(bytes(PROTO4, partial("numpy", "log1p"), EMPTY_TUPLE, REDUCE, "."), "computed-call");
    const state = (...function_: readonly number[]) => ["(", function_, EMPTY_TUPLE, "}Nt", "b"] as const;
    const dict = named("builtins", "dict");
    finds(bytes(PROTO4, partial("builtins", "dict"), ...state(...dict), EMPTY_TUPLE, REDUCE, "."));
    finds(
      bytes(PROTO4, partial("builtins", "dict"), ...state(...named("numpy", "log")), EMPTY_TUPLE, REDUCE, "."),
      "computed-call",
    );
    finds(bytes(PROTO4, "K\x01", EMPTY_TUPLE, REDUCE, "."), "computed-call");
    finds(bytes(PROTO4, named("builtins", "dict"), EMPTY_TUPLE, REDUCE, EMPTY_TUPLE, REDUCE, "."), "computed-call");
  });

  it("with a list instead of a tuple are what Python's own reader does", () => {
    finds(bytes(PROTO4, named("builtins", "dict"), "]", REDUCE, "."), "readers-disagree");
  });

  it.each([
    [
      "getattr of a method that is listed",
      ["builtins", "getattr"],
      [...named("builtins", "str"), ...text("lower"), 0x86],
      true,
    ],
    [
      "getattr of a method that is not",
      ["builtins", "getattr"],
      [...named("collections", "Counter"), ...text("fromkeys"), 0x86],
      false,
    ],
    [
      "getattr of the inside",
      ["builtins", "getattr"],
      [...named("collections", "Counter"), ...text("__init__"), 0x86],
      false,
    ],
    [
      "getattr that writes a file",
      ["builtins", "getattr"],
      [...named("numpy", "ndarray"), ...text("tofile"), 0x86],
      false,
    ],
    [
      "getattr by a computed name",
      ["builtins", "getattr"],
      [...named("numpy", "ndarray"), ...named("builtins", "str"), EMPTY_TUPLE, REDUCE, 0x86],
      false,
    ],
    ["attrgetter", ["operator", "attrgetter"], [...text("a.b"), TUPLE1], true],
    ["attrgetter of the inside", ["operator", "attrgetter"], [...text("a.__class__"), TUPLE1], false],
    ["type of an object", ["builtins", "type"], [0x4e, TUPLE1], true],
    ["type that makes a class", ["builtins", "type"], [...text("A"), EMPTY_TUPLE, 0x7d, 0x87], false],
    ["encode as latin-1", ["_codecs", "encode"], [...text("x"), ...text("latin1"), 0x86], true],
    ["encode with any codec", ["_codecs", "encode"], [...text("x"), ...text("zlib"), 0x86], false],
    [
      "_reconstructor",
      ["copyreg", "_reconstructor"],
      [...named("collections", "deque"), ...named("builtins", "object"), 0x4e, 0x87],
      true,
    ],
    [
      "_reconstructor of another base",
      ["copyreg", "_reconstructor"],
      [...named("collections", "deque"), ...named("numpy", "ndarray"), 0x4e, 0x87],
      false,
    ],
    [
      "_ufunc_reconstruct",
      ["numpy.core", "_ufunc_reconstruct"],
      [...text("numpy.core._multiarray_umath"), ...text("log1p"), 0x86],
      true,
    ],
    [
      "_ufunc_reconstruct of a loader",
      ["numpy.core", "_ufunc_reconstruct"],
      [...text("numpy"), ...text("load"), 0x86],
      false,
    ],
    [
      "_ufunc_reconstruct elsewhere",
      ["numpy.core", "_ufunc_reconstruct"],
      [...text("os"), ...text("system"), 0x86],
      false,
    ],
    ["a booster", ["xgboost.core", "Booster"], [EMPTY_TUPLE], true],
    ["a booster that reads a file", ["lightgbm.basic", "Booster"], [0x4e, 0x4e, ...text("/x"), 0x87], false],
    [
      "_rebuild_from_type_v2",
      ["torch._tensor", "_rebuild_from_type_v2"],
      [...named("numpy", "log"), 0x4e, EMPTY_TUPLE, 0x87],
      false,
    ],
  ] as const)("%s is judged by its operands", (_, [module, name], operands, fine) => {
    finds(bytes(PROTO4, named(module, name), operands, REDUCE, "."), ...(fine ? [] : ["dangerous-operand"]));
  });
});

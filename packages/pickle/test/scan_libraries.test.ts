import { describe, expect, it } from "vitest";
import { bytes, finds, look, NEWOBJ, named, PROTO4, REDUCE, text } from "./scan_help.ts";

const code = (...parts: readonly (string | number | readonly number[])[]): number[] => [...bytes(...parts)];
const tuple = (...items: readonly (string | readonly number[])[]): number[] => code("(", ...items, "t");

describe("what other libraries write", () => {
  it.each([
    "keras.preprocessing.text",
    "keras_preprocessing.text",
    "keras.src.preprocessing.text",
    "keras.src.legacy.preprocessing.text",
    "tensorflow.python.keras.preprocessing.text",
  ])("a Tokenizer of %s", (module) => {
    const counts = code(
      named("collections", "defaultdict"),
      tuple(named("builtins", "int")),
      REDUCE,
      text("a"),
      "K\x01s",
    );
    const words = code(named("collections", "OrderedDict"), ")", REDUCE, text("a"), "K\x01s");
    const state = code("}(", text("word_counts"), words, text("word_docs"), counts, text("lower"), 0x88, "u");
    finds(bytes(PROTO4, named(module, "Tokenizer"), ")", NEWOBJ, state, "b."));
    expect(look(bytes(PROTO4, named(module, "text_to_word_sequence"), ".")).verdict).toBe("findings");
  });

  it("dill's arrays and the types that it has names for", () => {
    const array = (maker: readonly number[], shape: string, ...entries: readonly (string | readonly number[])[]) =>
      code(
        named("dill._dill", "_create_array"),
        tuple(
          maker,
          code(tuple(named("numpy", "ndarray"), code(tuple(shape)), "C\x01b")),
          code(
            tuple(
              "K\x01",
              code(tuple("K\x02")),
              code(named("numpy", "dtype"), tuple(text("u1"), [0x89], [0x88]), REDUCE),
              [0x89],
              "C\x02ab",
            ),
          ),
          ...entries,
        ),
        REDUCE,
      );
    const reconstruct = named("numpy._core.multiarray", "_reconstruct");
    finds(bytes(PROTO4, array(reconstruct, "K\x00", "N"), "."));
    finds(bytes(PROTO4, array(reconstruct, "K\x00", "}"), "."));
    finds(bytes(PROTO4, array(named("numpy", "log1p"), "K\x00", "N"), "."), "dangerous-operand");
    finds(bytes(PROTO4, array(reconstruct, "K\x00", code("}", text("__array__"), "Ns")), "."), "dangerous-operand");
    const type = (name: string) => [...named("dill._dill", "_load_type"), ...code(tuple(text(name))), REDUCE];
    finds(bytes(PROTO4, type("slice"), tuple("K\x01", "K\x02"), REDUCE, "."));
    for (const name of ["CodeType", "FunctionType", "ModuleType", "MethodType"])
      finds(bytes(PROTO4, type(name), "."), "dangerous-operand");
  });

  it("methods as cloudpickle writes them: those of the list alone", () => {
    const type = (name: string) => [
      ...named("cloudpickle.cloudpickle", "_builtin_type"),
      ...code(tuple(text(name))),
      REDUCE,
    ];
    const owner = code(named("scipy.stats._discrete_distns", "randint_gen"), ")", NEWOBJ);
    const bound = (method: readonly number[]) => code(type("MethodType"), tuple(method, owner), REDUCE);
    finds(bytes(PROTO4, bound(named("scipy.stats._discrete_distns", "randint_gen._entropy")), "."));
    finds(bytes(PROTO4, bound(named("numpy", "log1p")), "."), "dangerous-operand");
    expect(
      look(bytes(PROTO4, bound(named("scipy.stats._discrete_distns", "randint_gen._entropy")), ")R.")).concern,
    ).toBe("danger");
    for (const name of ["CodeType", "FunctionType"]) finds(bytes(PROTO4, type(name), "."), "dangerous-operand");
  });

  it("names that stay unknown are told as such", () => {
    for (const [module, name] of [
      ["regex._regex", "compile"],
      ["formulaic.model_spec", "ModelSpec"],
      ["optuna.storages._rdb.storage", "RDBStorage"],
      ["jcopml.tuning.space", "Real"],
    ] as const)
      expect(look(bytes(PROTO4, named(module, name), ".")).concern).toBe("unknown-names");
  });

  it("a booster of an old release may hold bytes, not the name of a file", () => {
    const model = (value: readonly number[]) =>
      bytes(PROTO4, named("xgboost.sklearn", "XGBClassifier"), ")", NEWOBJ, "}", text("_Booster"), value, "sb.");
    finds(model(code("C\x02ab")));
    finds(model(code("N")));
    finds(model(text("/etc/passwd")), "dangerous-operand");
  });

  it("zones are names, not paths", () => {
    const zone = (name: string) => bytes(PROTO4, named("zoneinfo", "ZoneInfo"), tuple(text(name)), REDUCE, ".");
    finds(zone("America/Argentina/Buenos_Aires"));
    finds(zone("Etc/GMT+3"));
    for (const name of ["../../etc/passwd", "/etc/localtime", "a/../b", "", "a//b"])
      finds(zone(name), "dangerous-operand");
  });
});

describe("the level of a value", () => {
  it("costs what the stream is long, however often a value is held", () => {
    const lists = 60_000;
    // Each list holds the one before it twice, and the last thing that is known is what the first one holds.
    const stream = bytes(
      PROTO4,
      "]",
      [0x94],
      Array.from({ length: lists }, (_, at) => [0x5d, 0x94, 0x28, 0x6a, ...index(at), 0x6a, ...index(at), 0x65]).flat(),
      "(",
      [0x6a, ...index(0)],
      named("numpy", "log1p"),
      "a0",
      ".",
    );
    const start = performance.now();
    look(stream);
    expect(performance.now() - start).toBeLessThan(2000);
  });

  it("does not follow what lists that hold themselves hold", () => {
    finds(bytes(PROTO4, "]", [0x94], "h\x00a."));
    const inside = bytes(
      PROTO4,
      named("pandas.core.series", "Series"),
      "]",
      [0x94],
      "h\x00a",
      "h\x00",
      named("numpy", "log1p"),
      "a0",
      0x85,
      REDUCE,
      ".",
    );
    expect(look(inside).concern).toBe("danger");
  });
});

function index(at: number): number[] {
  return [at & 255, (at >> 8) & 255, (at >> 16) & 255, 0];
}

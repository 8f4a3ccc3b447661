import { describe, expect, it } from "vitest";
import {
  bytes,
  EMPTY_TUPLE,
  finds,
  kinds,
  look,
  NEWOBJ,
  named,
  PROTO2,
  PROTO4,
  REDUCE,
  TUPLE1,
  text,
  u4,
  u8,
} from "./scan_help.ts";

describe("names", () => {
  it.each([
    ["pip", "main"],
    ["pydoc", "locate"],
    ["importlib", "import_module"],
    ["pkgutil", "resolve_name"],
    ["joblib", "load"],
    ["joblib.numpy_pickle", "load"],
    ["pandas", "read_pickle"],
    ["pandas.io.pickle", "read_pickle"],
    ["numpy", "load"],
    ["numpy.f2py.crackfortran", "getlincoef"],
    ["numpy.testing._private.utils", "runstring"],
    ["asyncio.unix_events", "_UnixSubprocessTransport._start"],
    ["multiprocessing.util", "spawnv_passfds"],
    ["torch", "load"],
    ["torch.storage", "_load_from_bytes"],
    ["torch.utils.bottleneck.__main__", "run_cprofile"],
    ["lib2to3.pgen2.pgen", "ParserGenerator.make_label"],
    ["idlelib.pyshell", "ModifiedInterpreter.runcommand"],
    ["types", "CodeType"],
    ["types", "FunctionType"],
    ["ctypes", "CDLL"],
    ["shutil", "rmtree"],
    ["operator", "methodcaller"],
    ["functools", "reduce"],
    ["builtins", "eval"],
    ["builtins", "setattr"],
    ["builtins", "__import__"],
    ["sys", "modules"],
  ])("%s.%s is dangerous", (module, name) => {
    const report = finds(
      bytes(PROTO4, named(module, name), EMPTY_TUPLE, REDUCE, "."),
      "dangerous-name",
      "dangerous-call",
    );
    expect(report.findings[1]).toMatchObject({ name: `${module}.${name}`, words: `it calls ${module}.${name}()` });
  });

  it("that no list has are findings, never clean, called or not", () => {
    expect(finds(bytes("cmymodule\nModel\n."), "unknown-name").verdict).toBe("findings");
    finds(bytes(PROTO4, named("mymodule", "Model"), EMPTY_TUPLE, NEWOBJ, "."), "unknown-name");
    finds(bytes(PROTO4, named("numpy", "no_such_thing"), "."), "unknown-name");
    finds(bytes(PROTO4, named("sklearn.svm", "os"), "."), "unknown-name");
  });

  it("may be allowed, for one scan", () => {
    const stream = bytes(PROTO4, named("mymodule", "Model"), EMPTY_TUPLE, NEWOBJ, "}b.");
    expect(look(stream, { allow: ["mymodule.Model"] }).verdict).toBe("clean");
    expect(look(stream).verdict).toBe("findings");
    expect(look(bytes("cmymodule\nOther\n."), { allow: ["mymodule.Model"] }).verdict).toBe("findings");
  });

  it("of Python 2 are what they are in Python 3, in every protocol", () => {
    for (const [module, name, name3] of [
      ["cPickle", "loads", "pickle.loads"],
      ["__builtin__", "eval", "builtins.eval"],
      ["commands", "getoutput", "subprocess.getoutput"],
      ["urllib", "urlopen", "urllib.request.urlopen"],
      ["__builtin__", "reduce", "functools.reduce"],
    ] as const) {
      const report = finds(bytes(`c${module}\n${name}\n.`), "dangerous-name");
      expect(report.findings[0]!.name).toBe(name3);
      expect(report.findings[0]!.words).toBe(`it names ${name3}, written as ${module}.${name}`);
      expect(kinds(look(bytes(PROTO4, named(module, name), ".")))).toEqual(["dangerous-name"]);
    }
    finds(bytes("c__builtin__\nset\n((lp0\ntR."));
  });

  it("with dots are followed", () => {
    expect(kinds(look(bytes(PROTO4, named("sklearn", "os.system"), ".")))).toEqual(["dangerous-name"]);
    expect(kinds(look(bytes(PROTO4, named("collections", "OrderedDict.__init__.__globals__"), ".")))).toEqual([
      "dangerous-name",
    ]);
    // An attribute path to something safe is another name than the safe one.
    finds(bytes(PROTO4, named("numpy", "core.multiarray._reconstruct"), "."), "unknown-name");
    finds(bytes(PROTO2, "czoneinfo\nZoneInfo._unpickle\n."), "readers-disagree");
    finds(bytes(PROTO4, named("zoneinfo", "ZoneInfo._unpickle"), "."));
  });

  it("are found through the memo, the stack and text of any form", () => {
    const through = [
      bytes(PROTO4, text("os"), 0x94, "0", text("system"), 0x94, "0h\x00h\x01", 0x93, "."),
      bytes(PROTO4, text("system"), "q\x07", "0", text("os"), "h\x07", 0x93, "."),
      bytes(PROTO4, text("x"), text("os"), "2", "0", text("system"), 0x93, "0."),
      bytes(PROTO4, "X", u4(2), "os", 0x8d, u8(6), "system", 0x93, "."),
      bytes(PROTO4, "Vo\\u0073\nS'sys\\x74em'\n", 0x93, "."),
      bytes(PROTO4, text("os"), text("system"), 0x86, "1".repeat(0), "0", text("os"), text("system"), 0x93, "."),
      bytes(PROTO4, "(", text("os"), text("system"), 0x93, "t."),
    ];
    for (const stream of through) expect(look(stream).names.map(({ name }) => name)).toEqual(["os.system"]);
  });

  it("that are no plain texts are findings", () => {
    const long = bytes("X", u4(5000), "a".repeat(5000));
    finds(bytes(PROTO4, [...long], text("system"), 0x93, "."), "unknown-name");
    const made = bytes(PROTO4, named("builtins", "str"), text("os"), TUPLE1, REDUCE, text("system"), 0x93, ".");
    finds(made, "unknown-name");
  });
});

describe("what others resolve", () => {
  it("extension codes are dangerous", () => {
    for (const code of [bytes(0x82, 1), bytes(0x83, 1, 1), bytes(0x84, u4(7))]) {
      expect(look(bytes(PROTO2, [...code], ".")).verdict).toBe("findings");
      expect(kinds(look(bytes([...code], EMPTY_TUPLE, REDUCE, ".")))).toEqual(["extension-code"]);
    }
  });

  it("persistent ids are undecided, storages of PyTorch aside", () => {
    finds(bytes("Pid\n."), "persistent-id");
    finds(bytes("NQ."), "persistent-id");
    const storage = (cls: readonly number[]) =>
      bytes(PROTO4, "(", text("storage"), cls, text("0"), text("cpu"), "K\x04tQ.");
    finds(storage(named("torch", "FloatStorage")));
    finds(storage(text("FloatStorage")), "persistent-id");
  });

  it("buffers outside the file are undecided", () => {
    finds(bytes([0x80, 5, 0x97, 0x98, 0x2e]), "out-of-band");
  });
});

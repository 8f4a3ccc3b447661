import { describe, expect, it } from "vitest";
import { scan } from "../src/index.ts";
import { bytes, look, NEWOBJ, named, PROTO4, REDUCE, text } from "./scan_help.ts";

/** Opcodes that leave one object on the stack. */
type Code = readonly number[];

const code = (...parts: readonly (string | number | Code)[]): Code => [...bytes(...parts)];
const tuple = (...items: readonly Code[]) => code("(", ...items, "t");
const call = (module: string, name: string, ...args: readonly Code[]) =>
  code(named(module, name), tuple(...args), REDUCE);
const made = (module: string, name: string, ...state: readonly (readonly [string, Code])[]) =>
  code(named(module, name), ")", NEWOBJ, ...(state.length === 0 ? [] : [dict(...state), "b"]));
const dict = (...entries: readonly (readonly [string, Code])[]) =>
  code("}", ...entries.flatMap(([key, value]) => [text(key), value, "s"]));
const getattr = (owner: Code, name: string) => call("builtins", "getattr", owner, code(text(name)));
const none = code("N");
const series = call("pandas.core.series", "Series", code("](K\x01K\x02e"));
const vectorizer = made("sklearn.feature_extraction.text", "CountVectorizer");
const path = call("pathlib", "PosixPath", code(text("x")));

/** Ways to something that can be called, each of which may be stored. */
const quiet: Readonly<Record<string, Code>> = {
  "a method of a compiled pattern": getattr(call("re", "_compile", code(text("a")), code("K\x00")), "findall"),
  "a method of text": getattr(code(named("builtins", "str")), "lower"),
  "a function": code(named("numpy", "log1p")),
  "a class": code(named("numpy", "floating")),
  "a universal function": call("numpy.core", "_ufunc_reconstruct", code(text("numpy")), code(text("log1p"))),
  "an attribute getter": call("operator", "attrgetter", code(text("a.b"))),
  "an item getter": call("operator", "itemgetter", code("K\x00")),
  "a partial": call("functools", "partial", code(named("numpy", "log1p"))),
  "a scorer": made("sklearn.metrics._scorer", "_PredictScorer"),
  "a kernel": made("sklearn.gaussian_process.kernels", "RBF"),
  "a polynomial": made("numpy", "poly1d"),
  "an interpolation": made("scipy.interpolate._interpolate", "interp1d"),
  "a selector of columns": made("sklearn.compose._column_transformer", "make_column_selector"),
};

/** Ways that are findings before anything is done with it. */
const loud: Readonly<Record<string, Code>> = {
  "a method of a path": getattr(path, "mkdir"),
  "a method of a series": getattr(series, "to_pickle"),
  "a method of a table": getattr(call("pandas.core.frame", "DataFrame"), "agg"),
  "a method of an unfitted vectorizer": getattr(vectorizer, "build_analyzer"),
  "a method of an array": getattr(code(named("numpy", "ndarray")), "tofile"),
  "a method of the program's logger": getattr(call("logging", "getLogger"), "setLevel"),
  "a module behind a path": getattr(path, "_flavour"),
  "an attribute of a namespace": getattr(made("types", "SimpleNamespace"), "k"),
  "a method by a dotted name": code(named("pathlib", "PosixPath.mkdir")),
  "a storage that is a file": code(named("torch", "UntypedStorage.from_file")),
  "a storage that is a file, by getattr": getattr(code(named("torch", "UntypedStorage")), "from_file"),
  "a method caller": call("operator", "methodcaller", code(text("mkdir"))),
  "the class of an object": call("builtins", "type", path),
};

/** What may hold something that can be called, so that it is not seen at once. */
const holders: Readonly<Record<string, (held: Code) => Code>> = {
  itself: (held) => held,
  "a partial": (held) => call("functools", "partial", held),
  "the state of a partial": (held) =>
    code(call("functools", "partial", code(named("builtins", "dict"))), "(", held, ")}Ntb"),
};

/** What holds it for those that ask what they are given for items. */
const boxes: Readonly<Record<string, (held: Code) => Code>> = {
  "a list": (held) => code("]", held, "a"),
  "a list that is filled later": (held) => code("](]", [0x94], "eh\x00", held, "a0"),
  "a tuple in a tuple": (held) => tuple(tuple(none, held)),
  "a dict": (held) => dict(["k", held]),
  "an ordered dict": (held) => code(named("collections", "OrderedDict"), ")", REDUCE, text("k"), held, "s"),
  "a namespace": (held) => code(named("types", "SimpleNamespace"), ")", REDUCE, dict(["keys", held]), "b"),
  "an array of objects": (held) =>
    code(
      call(
        "numpy._core.multiarray",
        "_reconstruct",
        code(named("numpy", "ndarray")),
        tuple(code("K\x00")),
        code("C\x01b"),
      ),
      tuple(
        code("K\x01"),
        tuple(code("K\x01")),
        call("numpy", "dtype", code(text("O8")), code(0x89), code(0x88)),
        code(0x89),
        code("]", held, "a"),
      ),
      "b",
    ),
};

const dtypes = call("numpy", "dtype", code(text("f8")), code(0x89), code(0x88));

/** What calls what it is given, or asks it for something that it may answer with a call. */
const callers: Readonly<Record<string, (held: Code) => Code>> = {
  REDUCE: (held) => code(held, tuple(path), REDUCE),
  OBJ: (held) => code("(", held, path, "o"),
  "a defaultdict in a ChainMap": (held) =>
    call(
      "builtins",
      "dict",
      call("collections", "ChainMap", call("collections", "defaultdict", held), dict(["k", none])),
    ),
  "a constructor of generators": (held) => call("numpy.random._pickle", "__generator_ctor", code(text("x")), held),
  "a constructor of states": (held) => call("numpy.random._pickle", "__randomstate_ctor", code(text("x")), held),
  "a bit generator": (held) => call("numpy.random._pickle", "__bit_generator_ctor", held),
  map: (held) => call("builtins", "list", call("builtins", "map", held, code("]"))),
  filter: (held) => call("builtins", "list", call("builtins", "filter", held, code("]"))),
  "iter with a sentinel": (held) => call("builtins", "list", call("builtins", "iter", held, none)),
  sorted: (held) => call("builtins", "sorted", code("]"), held),
  reduce: (held) => call("functools", "reduce", held, code("]")),
  vectorize: (held) => call("numpy", "vectorize", held),
  property: (held) => call("builtins", "property", held),
  "a cached property": (held) => call("functools", "cached_property", held),
  _reconstruct: (held) => call("numpy._core.multiarray", "_reconstruct", held, tuple(code("K\x00")), code("C\x01b")),
  _reconstructor: (held) => call("copyreg", "_reconstructor", held, held, none),
  _new_Index: (held) => call("pandas.core.indexes.base", "_new_Index", held, dict()),
  "a Cython class": (held) => call("pandas._libs.arrays", "__pyx_unpickle_NDArrayBacked", held, code("K\x00"), none),
  "a tensor": (held) =>
    call("torch._tensor", "_rebuild_from_type_v2", held, code(named("torch", "Tensor")), code(")"), none),
  "dill's array": (held) => call("dill._dill", "_create_array", held, code(")"), code(")")),
  "a function of the same name": (held) => code(held, dict(["__setstate__", held]), "b"),
  "a state that a class calls": (held) =>
    made(
      "sklearn.isotonic",
      "IsotonicRegression",
      ["X_thresholds_", code("]")],
      ["y_thresholds_", code("]")],
      ["_build_f", held],
    ),
  "a state that a distribution calls": (held) =>
    made("scipy.stats._continuous_distns", "norm_gen", ["_attach_methods", held]),
  "an attribute that Python asks for": (held) =>
    made("sklearn.linear_model._logistic", "LogisticRegression", ["__setstate__", held]),
  "an entry that is an attribute": (held) =>
    code(named("sklearn.utils", "Bunch"), ")", NEWOBJ, text("__array__"), held, "s"),
  "a state given twice": (held) =>
    code(made("sklearn.frozen._frozen", "FrozenEstimator", ["estimator", held]), dict(["a", none]), "b"),
  "an array of the program's": (held) => code(dtypes, tuple(code("K\x03"), held), "b"),
  "a version that is put into a warning": (held) =>
    made("sklearn.linear_model._logistic", "LogisticRegression", [
      "_sklearn_version",
      made("sklearn.linear_model._logistic", "LogisticRegression", ["get_params", held]),
    ]),
  "a key that is asked for its hash": (held) =>
    code("}", made("sklearn.linear_model._logistic", "LogisticRegression", ["a", held]), "Ns"),
  "a set of objects": (held) =>
    call("builtins", "set", code("](", held, made("sklearn.linear_model._logistic", "LogisticRegression"), "e")),
  "a state of something found": (held) => code(getattr(held, "x"), dict(["a", none]), "b"),
};

/** What takes data, and asks it for its items, its keys or its array. */
const askers: Readonly<Record<string, (held: Code) => Code>> = {
  Interval: (held) => call("pandas._libs.interval", "Interval", held),
  "the state of a series": (held) => made("pandas.core.series", "Series", ["_mgr", held]),
  Index: (held) => call("pandas.core.indexes.base", "_new_Index", code(named("pandas", "Index")), dict(["data", held])),
  ChainMap: (held) => call("builtins", "dict", made("collections", "ChainMap", ["maps", held])),
  Counter: (held) => call("collections", "Counter", code("]", held, "a")),
  scalar: (held) => call("numpy._core.multiarray", "scalar", dtypes, held),
  "the keywords of a call": (held) => code(named("pandas._libs.interval", "Interval"), ")", dict(["data", held]), 0x92),
  "the keywords of a partial": (held) =>
    code(
      call("functools", "partial", code(named("pandas._libs.interval", "Interval"))),
      tuple(code(named("pandas._libs.interval", "Interval")), code(")"), dict(["left", held]), none),
      "b",
      ")",
      REDUCE,
    ),
  "a matrix's state": (held) => made("scipy.sparse._csr", "csr_matrix", ["data", held]),
};

const verdict = (...parts: readonly (string | Code)[]) => look(bytes(PROTO4, ...parts, ".")).verdict;
const stored = (value: Code) =>
  made("sklearn.preprocessing._function_transformer", "FunctionTransformer", ["func", value]);

describe("something that can be called", () => {
  it.each(Object.entries(quiet))("is clean where it is only stored: %s", (_, maker) => {
    expect(verdict(maker)).toBe("clean");
    for (const hold of Object.values(holders)) expect(verdict(stored(hold(maker)))).toBe("clean");
    for (const hold of Object.values(boxes)) expect(verdict(stored(hold(maker)))).toBe("clean");
  });

  it.each(Object.entries(loud))("is a finding where it is not on the list: %s", (_, maker) => {
    expect(verdict(maker)).toBe("findings");
    expect(verdict(stored(maker))).toBe("findings");
  });

  it.each(Object.entries(callers))("is a finding for what calls it: %s", (_, caller) => {
    for (const [name, maker] of Object.entries({ ...quiet, ...loud }))
      for (const [holder, hold] of Object.entries(holders))
        expect([name, holder, verdict(caller(hold(maker)))]).toEqual([name, holder, "findings"]);
  });

  it.each(Object.entries(askers))("is a finding in what is asked for what it holds: %s", (_, ask) => {
    expect(verdict(ask(code("](K\x01K\x02e")))).toBe("clean");
    for (const [name, maker] of Object.entries(quiet))
      for (const [box, hold] of Object.entries(boxes))
        expect([name, box, verdict(ask(hold(maker)))]).toEqual([name, box, "findings"]);
  });
});

describe("constructors", () => {
  it("of libraries that may run a program are not called", () => {
    expect(verdict(made("cmdstanpy.model", "CmdStanModel", ["_exe_file", code(text("x"))]))).toBe("clean");
    expect(verdict(call("cmdstanpy.model", "CmdStanModel", code(text("x.stan"))))).toBe("findings");
    expect(verdict(call("prophet.forecaster", "Prophet"))).toBe("findings");
    const again = call("copyreg", "__newobj__", code(named("prophet.forecaster", "Prophet")));
    expect(verdict(again)).toBe("clean");
    const partial = call("functools", "partial", code(named("prophet.forecaster", "Prophet")));
    expect(verdict(partial, ")", [0x52])).toBe("findings");
  });
});

describe("states of compiled classes", () => {
  const metric = (...state: readonly Code[]) =>
    code(
      call(
        "sklearn.metrics._dist_metrics",
        "newObj",
        code(named("sklearn.metrics._dist_metrics", "EuclideanDistance64")),
      ),
      ...state,
      "b",
    );
  const zero = code("K\x00");

  it("have as many parts as they take, for they do not look", () => {
    expect(verdict(metric(tuple(zero, zero, zero)))).toBe("clean");
    for (const state of [code("]"), tuple(zero), tuple(zero, zero, zero, zero), dict()])
      expect(verdict(metric(state))).toBe("findings");
    const loss = (name: string, state: Code) =>
      call("_loss", `__pyx_unpickle_${name}`, code(named("_loss", name)), zero, state);
    expect(verdict(loss("CyPinballLoss", tuple(zero)))).toBe("clean");
    expect(verdict(loss("CyPinballLoss", code(")")))).toBe("findings");
    expect(verdict(loss("CyHalfBinomialLoss", code(")")))).toBe("clean");
    expect(verdict(loss("CyHalfBinomialLoss", none))).toBe("clean");
    expect(verdict(loss("CyHalfBinomialLoss", tuple(zero)))).toBe("findings");
    const tree = (...parts: readonly Code[]) =>
      code(
        call("sklearn.neighbors._kd_tree", "newObj", code(named("sklearn.neighbors._kd_tree", "KDTree"))),
        tuple(...parts),
        "b",
      );
    const eleven = Array.from({ length: 11 }, () => zero);
    const whole = metric(tuple(zero, zero, zero));
    expect(verdict(tree(...eleven, whole))).toBe("clean");
    expect(verdict(tree(...eleven, whole, none))).toBe("clean");
    expect(verdict(tree(...eleven, zero))).toBe("findings");
    expect(verdict(tree(...eleven.slice(1), whole))).toBe("findings");
  });

  it("are no operands: estimators are made by __new__ alone", () => {
    const cls = named("sklearn.linear_model._logistic", "LogisticRegression");
    expect(verdict(cls, ")", [NEWOBJ])).toBe("clean");
    expect(verdict(cls, ")", [REDUCE])).toBe("findings");
    expect(verdict(call("sklearn.neighbors._kd_tree", "KDTree", code("]")))).toBe("findings");
  });
});

describe("attributes that numpy asks for", () => {
  const memory = dict(["__array_interface__", dict(["data", tuple(code("K\x01"), code(0x89))])]);
  const keywords = (module: string, name: string) => code(named(module, name), ")", memory, 0x92);

  it.each(
    Object.entries({
      "in the state of a namespace": code(named("types", "SimpleNamespace"), ")", REDUCE, memory, "b"),
      "in the state of a Cython class": call(
        "pandas._libs.arrays",
        "__pyx_unpickle_NDArrayBacked",
        code(named("pandas.core.arrays.datetimes", "DatetimeArray")),
        code("K\x01"),
        tuple(none, none, memory),
      ),
      "in the keywords of a call": keywords("pandas.tseries.offsets", "DateOffset"),
      "in a dict whose entries are its attributes": call("sklearn.utils", "Bunch", memory),
      "in its keywords": keywords("sklearn.utils", "Bunch"),
      "in the state of a tensor": call("torch._utils", "_rebuild_parameter_with_state", none, none, none, memory),
      "by a name that is computed": code(
        named("types", "SimpleNamespace"),
        ")",
        REDUCE,
        "}",
        call("builtins", "str", code(text("__array_interface__"))),
        none,
        "sb",
      ),
    }),
  )("are findings %s", (_, value) => {
    expect(verdict(value)).toBe("findings");
  });
});

describe("names of the user's own", () => {
  const instance = code(named("shop.models", "Model"), ")", NEWOBJ, dict(["a", none]), "b");
  const report = (value: Code, ...allow: readonly string[]) => scan(bytes(PROTO4, value, "."), { allow });

  it("are told as unknown, whatever is done with them, and lifted by name or package", () => {
    for (const value of [
      instance,
      stored(code(named("shop.models", "f"))),
      call("builtins", "dict", call("collections", "defaultdict", code(named("shop.models", "f")))),
      call("pandas._libs.interval", "Interval", instance),
    ])
      expect(report(value).concern).toBe("unknown-names");
    for (const allow of ["shop.models.Model", "shop.models.*", "shop.*"])
      expect(report(instance, allow).concern).toBe("none");
    for (const allow of ["shop.models.Other", "shop", "shop.models", "hop.*", "shop.model.*"])
      expect(report(instance, allow).concern).toBe("unknown-names");
  });

  it("lift no danger: neither a name, nor what is done with what they made", () => {
    expect(report(code(named("os", "system")), "os.system", "os.*").concern).toBe("danger");
    expect(report(code(named("shop.models", "os.system")), "shop.*").concern).toBe("danger");
    expect(report(code(named("shop.models", "np.load")), "shop.*").concern).toBe("unknown-names");
    expect(report(getattr(instance, "run"), "shop.*").concern).toBe("danger");
    expect(report(call("pandas.core.series", "Series", instance), "shop.*").concern).toBe("danger");
    const partial = call("functools", "partial", code(named("numpy", "log1p")));
    expect(report(call("shop.models", "Model", partial), "shop.*").concern).toBe("danger");
    expect(report(call("shop.models", "Model", code(named("numpy", "log1p"))), "shop.*").concern).toBe("none");
  });
});

describe("dtypes", () => {
  const state = (type: string, flags: number, fields: Code = none) =>
    code(
      call("numpy", "dtype", code(text(type)), code(0x89), code(0x88)),
      tuple(code("K\x03"), code(text("|")), none, none, fields, code("K\x08"), code("K\x01"), code("K", flags)),
      "b",
    );

  it("may not say of objects that they are bytes, nor of bytes that they are objects", () => {
    expect(verdict(state("V8", 0))).toBe("clean");
    expect(verdict(state("O8", 63))).toBe("clean");
    expect(verdict(state("O8", 0))).toBe("findings");
    expect(verdict(state("V8", 63))).toBe("findings");
    const field = dict(["a", tuple(call("numpy", "dtype", code(text("O8")), code(0x89), code(0x88)), code("K\x00"))]);
    expect(verdict(state("V8", 27, field))).toBe("clean");
    expect(verdict(state("V8", 0, field))).toBe("findings");
  });

  it("may not have fields outside their elements", () => {
    const field = (offset: string) =>
      dict(["a", tuple(call("numpy", "dtype", code(text("i4")), code(0x89), code(0x88)), code(offset))]);
    expect(verdict(state("V8", 0, field("K\x04")))).toBe("clean");
    expect(verdict(state("V8", 0, field("K\x05")))).toBe("findings");
    expect(verdict(state("V8", 0, field("J\xff\xff\xff\xff")))).toBe("findings");
  });

  it("of objects make no scalars of bytes, and are made of plain codes alone", () => {
    const scalar = (type: Code, value: Code) => call("numpy._core.multiarray", "scalar", type, value);
    expect(verdict(scalar(dtypes, code("C\x0812345678")))).toBe("clean");
    const field = dict(["a", tuple(call("numpy", "dtype", code(text("O8")), code(0x89), code(0x88)), code("K\x00"))]);
    expect(verdict(scalar(state("V8", 27, field), code("C\x0812345678")))).toBe("findings");
    expect(verdict(call("numpy", "dtype", code(text("O,i4"))))).toBe("findings");
    expect(verdict(call("numpy", "dtype", dict(["names", code("]")])))).toBe("findings");
  });

  it("and arrays of a buffer, which would take bytes for objects, are no calls of a pickle", () => {
    const objects = call("numpy", "dtype", code(text("O8")), code(0x89), code(0x88));
    expect(verdict(call("numpy", "ndarray", tuple(code("K\x01")), objects, code("C\x0812345678")))).toBe("findings");
  });
});

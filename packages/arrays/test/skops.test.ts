import { type Dict, type Instance, isCurtidoError, type Tuple } from "@curtido/pickle";
import { describe, expect, it } from "vitest";
import { FixtureFolder } from "../../../test/fixture_files.ts";
import { rounds } from "../../../test/tiers.ts";
import { Random } from "../../pickle/test/mutate.ts";
import {
  loadFile,
  loads,
  type NdArray,
  readZip,
  type ScanFileOptions,
  scanFile,
  writeZip,
  zipContent,
} from "../src/index.ts";
import { toJson } from "../src/json/index.ts";
import { decompress, nodeInflate } from "../src/node.ts";
import { readMutated, soundFiles } from "./skops_mutation.ts";

const folder = new FixtureFolder("skops");
const RELEASES = ["1.2.2", "1.5.2", "1.9.1"];
const encode = (text: string) => new TextEncoder().encode(text);

/** An archive whose schema is this tree. */
function archive(tree: unknown, entries: Readonly<Record<string, Uint8Array>> = {}): Uint8Array {
  const others = Object.entries(entries).map(([name, bytes]) => ({ name, bytes }));
  return writeZip([...others, { name: "schema.json", bytes: encode(JSON.stringify(tree)) }]);
}

const node = (loader: string, name: string, more: object = {}) => {
  const dot = name.lastIndexOf(".");
  return { __class__: name.slice(dot + 1), __module__: name.slice(0, dot), __loader__: loader, ...more };
};
const json = (content: unknown) => node("JsonNode", "builtins.str", { content: JSON.stringify(content) });
const root = (tree: object) => ({ ...tree, protocol: 2, _skops_version: "0.16.0" });
const list = (...content: unknown[]) => node("ListNode", "builtins.list", { content });
const read = (tree: object, entries?: Readonly<Record<string, Uint8Array>>) => loadFile(archive(root(tree), entries));
const refusal = (bytes: Uint8Array) => {
  try {
    loadFile(bytes, { decompress });
  } catch (error) {
    if (isCurtidoError(error)) return `${error.code} ${error.message}`;
    throw error;
  }
  return "none";
};
const look = (bytes: Uint8Array, options: ScanFileOptions = {}) => scanFile(bytes, { path: "f", ...options });

describe("values of Python", () => {
  it.each(RELEASES)("are what a pickle of them holds, as scikit-learn %s and its skops wrote both", (release) => {
    const skops = loads(folder.read(`values.sk${release}.skops`), { exact: true, decompress }) as Dict;
    const pickle = loads(folder.read(`values.sk${release}.pkl`), { exact: true }) as Dict;
    expect([...skops.keys()]).toEqual([...pickle.keys()]);
    for (const [name, value] of pickle) {
      if (name === "masked" || name === "random" || name === "bunch") continue;
      expect(toJson(skops.get(name)), String(name)).toBe(toJson(value));
    }
    const [first, second] = skops.get("shared") as unknown[];
    expect(first).toBe(second);
    // skops keeps what a Bunch holds, and leaves out what newer releases note beside.
    expect((skops.get("bunch") as Instance).entries).toEqual((pickle.get("bunch") as Instance).entries);
    const [masked, wanted] = [skops.get("masked"), pickle.get("masked")] as [Instance, Instance];
    expect(masked.className).toBe("numpy.ma.core._mareconstruct");
    const [, shape, , , data, mask] = (masked.state as Tuple).items;
    expect([shape, data, mask]).toEqual([1, 4, 5].map((at) => (wanted.state as Tuple).at(at)));
    const random = skops.get("random") as Instance;
    expect(random.className).toBe("numpy.random._pickle.__randomstate_ctor");
    const words = (state: unknown) => ((state as Dict).get("state") as Dict).get("key") as NdArray;
    expect(words(random.state).tolist()).toEqual(words((pickle.get("random") as Instance).state).tolist());
  });

  it("stand in the order of the file, also where keys are numbers of several types", () => {
    const types = ["builtins.int", "builtins.str", "builtins.float", "numpy.int64"].map((name) =>
      node("TypeNode", name),
    );
    const text = `{"__class__": "dict", "__module__": "builtins", "__loader__": "DictNode", "protocol": 2, "key_types": ${JSON.stringify(list(...types))}, "content": {"10": ${JSON.stringify(json(1))}, "2": ${JSON.stringify(json(2))}, "1.5": ${JSON.stringify(json(3))}, "3": ${JSON.stringify(json(4))}}}`;
    const value = loadFile(writeZip([{ name: "schema.json", bytes: encode(text) }]), { exact: true }) as Dict;
    expect([...value]).toEqual([
      [10n, 1n],
      ["2", 2n],
      [1.5, 3n],
      [3n, 4n],
    ]);
  });
});

describe("names in a schema", () => {
  it("are judged as a pickle's: what is unknown or dangerous is a finding, wherever it stands", () => {
    const names = [
      node("ObjectNode", "os.system", { content: null }),
      node("TypeNode", "os.system"),
      node("FunctionNode", "os.system"),
      node("FunctionNode", "x.y", { content: { module_path: "os", function: "system" } }),
      node("ConstructorFromReduceNode", "os.system", {
        content: node("TupleNode", "builtins.tuple", { content: [json("true")] }),
      }),
      node("LossNode", "os.system", {
        __reduce__: { args: node("TupleNode", "builtins.tuple", { content: [json("true")] }) },
        content: node("TupleNode", "builtins.tuple", { content: [] }),
      }),
      node("DictNode", "os.system", { content: {}, key_types: list() }),
      node("DictNode", "builtins.dict", { content: { a: json(1) }, key_types: list(node("TypeNode", "os.system")) }),
      node("SetNode", "os.system", { content: [] }),
      node("MethodNode", "os.x", { content: { func: "system", obj: node("TypeNode", "builtins.os") } }),
    ];
    for (const each of names) {
      const bytes = archive(root(list(each)));
      expect(look(bytes).verdict, JSON.stringify(each)).toBe("findings");
    }
    expect(look(archive(root(names[0]!))).concern).toBe("danger");
    const unknown = look(archive(root(node("ObjectNode", "mypackage.Thing", { content: null }))));
    expect(unknown.findings.map(({ kind }) => kind)).toEqual(["unknown-name"]);
  });

  it("do not hide what else an archive holds", () => {
    const evil = encode("cos\nsystem\n(S'true'\ntR.");
    expect(look(archive(root(json(1)), { "x.pkl": evil })).concern).toBe("danger");
    expect(look(archive({ nothing: 1 }, { "x.pkl": evil })).concern).toBe("danger");
    expect(look(archive(root(json(1)))).verdict).toBe("clean");
  });
});

describe("files that lie", () => {
  it("are refused with what is wrong", () => {
    expect(refusal(archive({ ...json(1), protocol: 3 }))).toMatch(/^E_CONTAINER .*protocol is 3/);
    expect(refusal(archive(json(1)))).toMatch(/protocol is not said/);
    expect(refusal(archive(root(node("EvalNode", "a.b"))))).toMatch(/'EvalNode' is not known/);
    expect(refusal(archive(root(node("__proto__", "a.b"))))).toMatch(/is not known/);
    expect(refusal(archive(root(node("BytesNode", "builtins.bytes", { file: "no.bin" }))))).toMatch(
      /no entry 'no.bin'/,
    );
    expect(refusal(archive(root(node("JsonNode", "builtins.str", { content: "[1]" }))))).toMatch(
      /no JSON that skops writes/,
    );
    expect(
      refusal(
        archive(root(list({ ...list(), __id__: 5, content: [{ ...json(1), __id__: 5, __loader__: "ListNode" }] }))),
      ),
    ).toMatch(/contains itself/);
    expect(refusal(archive(root(node("CachedNode", "a.b", { __id__: 7 }))))).toMatch(/a reference is to nothing/);
    const half = node("NdArrayNode", "numpy.ndarray", {
      type: "json",
      content: [list(json(1)), list(json(1), json(2))],
      shape: node("TupleNode", "builtins.tuple", { content: [json(2), json(2)] }),
    });
    expect(refusal(archive(root(half)))).toMatch(/do not fill its shape/);
    expect(refusal(writeZip([{ name: "schema.json", bytes: encode("{") }]))).toMatch(/^E_CONTAINER .*malformed/);
  });

  it("do not take more than they are worth", () => {
    let deep: object = json(1);
    for (let at = 0; at < 1100; at++) deep = list(deep);
    expect(refusal(archive(root(deep)))).toMatch(/nested too deeply/);
    const many = new Uint8Array(300_000).fill(0x7b);
    expect(refusal(writeZip([{ name: "schema.json", bytes: many }]))).toMatch(/^E_LIMIT 300000 parts/);
    const bytes = archive(
      root(list(...Array.from({ length: 100 }, () => node("BytesNode", "builtins.bytes", { file: "0.bin" })))),
      {
        "0.bin": new Uint8Array(1 << 20),
      },
    );
    const values = loadFile(bytes) as Uint8Array[];
    expect(values.length).toBe(100);
    expect(new Set(values.map(({ buffer }) => buffer)).size).toBe(1);
    expect(() => loadFile(bytes, { decompressedLimit: 1 << 19 })).toThrow(/unfold/);
  });

  it("that name one object of several ids keep what skops would make", () => {
    const value = read(list({ ...json("a"), __id__: 1 }, { ...json("b"), __id__: 1 }, { ...json("c"), __id__: 2 }));
    expect(value).toEqual(["a", "a", "c"]);
  });
});

describe("every file of skops", () => {
  it("is clean, and its archive is one that skops wrote", () => {
    const names = folder.names.filter((name) => name.endsWith(".skops"));
    for (const name of names) {
      const bytes = folder.read(name);
      const { verdict, findings } = look(bytes, { inflate: nodeInflate });
      expect([name, verdict, findings]).toEqual([name, "clean", []]);
      const schema = readZip(bytes).entries.find((entry) => entry.name === "schema.json")!;
      expect(new TextDecoder().decode(zipContent(bytes, schema, 1 << 28).bytes)).toContain('"_skops_version": "0.');
    }
    expect(names.length).toBeGreaterThan(90);
  });
});

describe("damaged files of skops", () => {
  it("are refused, or read", { timeout: 600_000 }, () => {
    const files = soundFiles();
    let read = 0;
    for (let seed = 0; seed < rounds(500, 20_000); seed++) if (readMutated(files, new Random(seed))) read++;
    expect(read).toBeGreaterThan(20);
    expect(files.length).toBeGreaterThan(50);
  });
});

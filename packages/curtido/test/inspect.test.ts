import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { dumps, NdArray } from "@curtido/arrays";
import {
  DefaultDict,
  Deque,
  Dict,
  FrozenSet,
  Global,
  Instance,
  PySet,
  Slice,
  StateSetter,
  Tuple,
} from "@curtido/pickle";
import { expect, test } from "vitest";
import { folder, run } from "./help.ts";

test("says what a file is", async () => {
  const { code, out, err } = await run(["inspect", "examples/modelo.pkl"]);
  expect([code, err]).toEqual([0, ""]);
  expect(out).toMatch(/^class +sklearn\.linear_model\._base\.LinearRegression$/m);
  expect(out).toMatch(/^trained by +scikit-learn 1\.9\.1$/m);
  expect(out).toMatch(/^features +4: feature1 \(number\)/m);
  expect(out).toMatch(/^parameters +fit_intercept=True/m);
  expect(out).toMatch(/^names .*numpy\.dtype/m);
  expect(out).toMatch(/^ {2}coef_: float64 array \(4\): /m);
  expect(out).not.toContain("\x1b[");
});

test("as JSON, with the parts of a pipeline", async () => {
  const { out } = await run(["inspect", "examples/penguins.pkl", "--json", "--depth", "2"]);
  const found = JSON.parse(out);
  expect(found).toMatchObject({
    file: "examples/penguins.pkl",
    class: "sklearn.pipeline.Pipeline",
    version: "1.9.1",
    model: { task: "classification" },
  });
  expect(found.names).toContain("sklearn.ensemble._forest.RandomForestClassifier");
  expect(found.tree.children[0]).toMatchObject({ name: "steps", value: "list of 2" });
});

test("a compressed file, and one that holds no model", async () => {
  expect((await run(["inspect", "examples/wine.joblib"])).out).toMatch(/KNeighborsClassifier/);
  const path = join(folder(), "dict.pkl");
  writeFileSync(path, "(dp0\nVa\nI1\ns.");
  const { code, out } = await run(["inspect", path]);
  expect(code).toBe(0);
  expect(out).toMatch(/^not served +the file holds a dict with the keys a, which is no model$/m);
  expect(out).toMatch(/^ {2}a: 1$/m);
});

test("names what a file would call, and calls nothing", async () => {
  const path = join(folder(), "evil.pkl");
  writeFileSync(path, "cos\nsystem\n(S'touch /tmp/curtido-was-here'\ntR.");
  const { code, out } = await run(["inspect", path]);
  expect(code).toBe(0);
  expect(out).toMatch(/^names +os\.system$/m);
  expect(out).toMatch(/^not served +.*os\.system/m);
});

test("what a model without methods learned", async () => {
  const { code, out } = await run(["inspect", "fixtures/cluster/DBSCAN-blobs.sk1.9.1.joblib"]);
  expect(code).toBe(0);
  expect(out).toMatch(
    /^not served +a DBSCAN cannot be served: .*scikit-learn's DBSCAN has no method for new rows either/m,
  );
  expect(out).toMatch(/^learned +.*labels_=int64 array \(54\)/m);
});

const MANY = 200_000;
const texts = Array.from({ length: MANY }, (_, at) => `word${at}`);

/** An instance of `mymodule.Thing` that was given something. */
function thing(give: (thing: Instance) => void = () => undefined, args: readonly unknown[] = []): Instance {
  const made = new Instance(new Global("mymodule", "Thing"), args, "reduce");
  give(made);
  return made;
}

test.each<[string, unknown, RegExp]>([
  ["a list", texts, /^list of 200000$/m],
  ["a dict", new Map(texts.map((text, at) => [text, at])), /^dict of 200000$/m],
  ["a set", new PySet(texts), /^set of 200000$/m],
  ["a tuple", new Tuple(texts), /^tuple of 200000$/m],
  ["a deque", new Deque(texts), /^collections.deque of 200000$/m],
  ["an object array", NdArray.of(texts.slice(), [MANY]), /^object array \(200000\)$/m],
  ["arguments", thing(undefined, texts), /^ {2}argument 1: "word0"$/m],
  ["items", thing(({ items }) => texts.forEach((text) => items.push(text))), /^ {2}\[0\]: "word0"$/m],
  ["entries", thing(({ entries }) => texts.forEach((text) => entries.push([text, 1]))), /^ {2}\["word0"\]: 1$/m],
  ["states", thing(({ states }) => texts.forEach(() => states.push(new Dict([["a", 1]])))), /^ {2}a: 1$/m],
  ["attributes", thing(({ states }) => states.push(new Dict(texts.map((text) => [text, 1])))), /^ {2}word0: 1$/m],
  ["a vocabulary", vectorizer(), /^ {2}vocabulary_: dict of 200000$/m],
])("%s of 200,000", { timeout: 60_000 }, async (_, value, said) => {
  const path = join(folder(), "wide.pkl");
  writeFileSync(path, dumps(value));
  const { code, out, err } = await run(["inspect", path]);
  expect([code, err]).toEqual([0, ""]);
  expect(out).toMatch(said);
  expect(JSON.parse((await run(["inspect", path, "--json"])).out)).toMatchObject({ file: path });
});

function vectorizer(): Instance {
  const made = new Instance(new Global("sklearn.feature_extraction.text", "CountVectorizer"), [], "newobj");
  made.states.push(
    new Dict<unknown>([
      ["vocabulary_", new Dict(texts.map((text, at) => [text, at]))],
      ["_sklearn_version", "1.9.1"],
    ]),
  );
  return made;
}

test.each([
  ["lists", "]".repeat(MANY) + "a".repeat(MANY - 1)],
  ["calls of what calls give", `cmymodule\nmaker\n${")R".repeat(MANY)}`],
])("%s in one another, 200,000 deep", async (_, stream) => {
  const path = join(folder(), "deep.pkl");
  writeFileSync(path, `${stream}.`);
  const { code, out, err } = await run(["inspect", path, "--json", "--depth", "300"]);
  expect([code, err]).toEqual([0, ""]);
  expect(JSON.parse(out)).toMatchObject({ file: path });
});

test("every name, wherever it stands", async () => {
  const name = (at: string) => new Global("mymodule", at);
  const value = [
    new Deque([name("in_deque")]),
    thing(({ states }) => states.push(new StateSetter(name("setter"), new Dict([["a", name("in_state")]])))),
    new DefaultDict(name("factory"), [[name("key"), name("value")]]),
    new Slice(name("start"), null, null),
    new FrozenSet([name("in_frozenset")]),
    NdArray.of([name("in_array")], [1]),
  ];
  const path = join(folder(), "names.pkl");
  writeFileSync(path, dumps(value));
  const { names, modules } = JSON.parse((await run(["inspect", path, "--json"])).out);
  const wanted = "Thing factory in_array in_deque in_frozenset in_state key setter start value".split(" ");
  const numpy = ["numpy.core.multiarray._reconstruct", "numpy.dtype", "numpy.ndarray"];
  expect(names).toEqual([...wanted.map((each) => `mymodule.${each}`), ...numpy].sort());
  const { uses } = modules.find(({ module }: { module: string }) => module === "mymodule");
  expect(uses.map((use: { name: string }) => use.name)).toEqual(wanted);
});

import { cpSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { dumpSkops, loads, type NdArray } from "@curtido/arrays";
import { isCurtidoError } from "@curtido/pickle";
import { describe, expect, it } from "vitest";
import { tar } from "../../arrays/test/archives.ts";
import { load, loadNow, placeIn } from "../src/node/index.ts";
import { readYaml } from "../src/node/yaml.ts";

const ROOT = join(import.meta.dirname, "../../../fixtures/described");
const answers = JSON.parse(readFileSync(join(ROOT, "answers.json"), "utf8")) as Record<
  string,
  { rows: Record<string, unknown>[]; predict: number[] }
>;
const MODEL = readFileSync(join(ROOT, "mlflow-2.22.0/model.pkl"));
const { rows, predict } = answers["mlflow-2.22.0"]!;
const folder = () => mkdtempSync(join(tmpdir(), "described-"));
const numbers = (value: unknown) => (value as NdArray).tolist() as number[];
const close = (found: number[], wanted: number[]) =>
  found.forEach((value, at) => expect(value).toBeCloseTo(wanted[at]!, 9));

/** Files behind one another, in a tar archive that is packed. */
function archive(files: Readonly<Record<string, Uint8Array | string>>): Uint8Array {
  const END = 1024;
  const parts = Object.entries(files).map(([name, content]) =>
    Buffer.from(tar(name, typeof content === "string" ? new TextEncoder().encode(content) : content)),
  );
  return gzipSync(Buffer.concat([...parts.map((part) => part.subarray(0, part.length - END)), Buffer.alloc(END)]));
}

const refusal = (run: () => unknown) => {
  try {
    run();
  } catch (error) {
    if (isCurtidoError(error)) return `${error.code} ${error.message}`;
    throw error;
  }
  return "none";
};

describe("MLflow's folders", () => {
  it.each(Object.keys(answers))("%s answers as in Python, with the names of its signature", async (name) => {
    const model = await load(join(ROOT, name));
    const wanted = answers[name]!;
    close(numbers(model.predict(wanted.rows)), wanted.predict);
    expect(model.signature.features.map((feature) => feature.name)).toEqual(Object.keys(wanted.rows[0]!));
    expect(Object.keys(answers).length).toBe(4);
  });

  it("name their file, and the file names them", () => {
    const place = join(ROOT, "mlflow-2.22.0-array");
    expect(placeIn(place)).toEqual({ path: join(place, "model.pkl") });
    const model = loadNow(join(place, "model.pkl"));
    expect(model.signature.features.map(({ name, type }) => [name, type])).toEqual([["rooms", "number"]]);
    expect(loadNow(join(ROOT, "mlflow-2.22.0")).card?.examples).toEqual([{ row: rows[0] }]);
  });

  it("give way to a card beside the file", () => {
    const place = folder();
    cpSync(join(ROOT, "mlflow-2.22.0-array"), place, { recursive: true });
    writeFileSync(join(place, "model.card.json"), '{"title": "Rooms", "features": [{"name": "rooms", "unit": "n"}]}');
    const { card } = loadNow(place);
    expect(card).toMatchObject({ title: "Rooms", features: [{ name: "rooms", type: "number", unit: "n" }] });
  });

  it("that are of no flavor that is read, or lack their file, say so", () => {
    const place = folder();
    writeFileSync(join(place, "MLmodel"), "flavors:\n  spark:\n    model_data: sparkml\n");
    expect(refusal(() => loadNow(place))).toMatch(/^E_FILE .*no flavor that is read here; it has spark/);
    writeFileSync(join(place, "MLmodel"), "flavors:\n  sklearn:\n    pickled_model: ../secret.pkl\n");
    expect(refusal(() => loadNow(place))).toMatch(/^E_FILE .*'..\/secret.pkl', which does not lie beside it/);
    writeFileSync(join(place, "MLmodel"), "flavors: !!python/object/apply:os.system [ls]\n");
    expect(refusal(() => loadNow(place))).toMatch(/^E_FILE .*is not read here/);
    expect(refusal(() => loadNow(folder()))).toMatch(/is a folder, not a file/);
  });
});

describe("folders of Hugging Face and BentoML", () => {
  it("answer by the file that their description names", () => {
    const place = folder();
    const columns = Object.keys(rows[0]!);
    const example_input = Object.fromEntries(columns.map((name) => [name, rows.map((row) => row[name])]));
    const sklearn = {
      model: { file: "skops.skops" },
      columns,
      task: "tabular-regression",
      example_input,
      model_format: "skops",
    };
    writeFileSync(join(place, "config.json"), JSON.stringify({ sklearn }));
    writeFileSync(join(place, "skops.skops"), dumpSkops(loads(MODEL, { exact: true }), { exact: true }));
    const model = loadNow(place);
    close(numbers(model.predict(rows)), predict);
    expect(model.card?.examples).toEqual([{ row: rows[0] }]);
    const bento = folder();
    writeFileSync(
      join(bento, "model.yaml"),
      "name: rooms\nversion: abc\nmodule: bentoml.sklearn\nlabels: {}\nsignatures:\n  predict:\n    batchable: false\n",
    );
    writeFileSync(join(bento, "saved_model.pkl"), MODEL);
    expect(loadNow(bento).card?.title).toBe("rooms");
    close(numbers(loadNow(bento).predict(rows)), predict);
  });

  it("that mean something else are folders like any other", () => {
    const place = folder();
    writeFileSync(join(place, "config.json"), '{"port": 80}');
    writeFileSync(join(place, "m.pkl"), MODEL);
    expect(refusal(() => loadNow(place))).toMatch(/is a folder, not a file/);
    close(numbers(loadNow(join(place, "m.pkl")).predict(rows)), predict);
  });
});

describe("archives", () => {
  it("of SageMaker are the one model in them", async () => {
    const place = folder();
    const path = join(place, "model.tar.gz");
    writeFileSync(
      path,
      archive({ "./model.joblib": MODEL, "./code/inference.py": "import os\n", "./code/requirements.txt": "x\n" }),
    );
    const model = await load(path);
    close(numbers(model.predict(rows)), predict);
    close(numbers(loadNow(readFileSync(path)).predict(rows)), predict);
  });

  it("with a description go by it", () => {
    const read = (name: string) => readFileSync(join(ROOT, "mlflow-2.22.0-array", name));
    const bytes = archive({ "m/MLmodel": read("MLmodel"), "m/model.pkl": read("model.pkl"), "m/other.pkl": MODEL });
    expect(loadNow(bytes).signature.features.map(({ name }) => name)).toEqual(["rooms"]);
    const bento = archive({ "model.yaml": "name: rooms\nmodule: bentoml.sklearn\n", "saved_model.pkl": MODEL });
    expect(loadNow(bento).card?.title).toBe("rooms");
  });

  it("of several models list them, and one is named", () => {
    const bytes = archive({ "a.pkl": MODEL, "b.pkl": MODEL });
    expect(refusal(() => loadNow(bytes))).toMatch(/^E_PARTS .*#a\.pkl: a\.pkl, b\.pkl/);
    close(numbers(loadNow(bytes, { at: "b.pkl" }).predict(rows)), predict);
    const path = join(folder(), "two.tar.gz");
    writeFileSync(path, bytes);
    close(numbers(loadNow(`${path}#b.pkl`).predict(rows)), predict);
    expect(refusal(() => loadNow(archive({ "readme.md": "x" })))).toMatch(/^E_NOT_A_MODEL .*readme\.md/);
    expect(refusal(() => loadNow(archive({ "a.pkl": MODEL }).subarray(0, 300)))).toMatch(/^E_(CONTAINER|TRUNCATED)/);
    const twice = archive({ "a.pkl": MODEL, "./a.pkl": MODEL });
    expect(refusal(() => loadNow(twice))).toMatch(/two files of one name/);
  });
});

describe("YAML as PyYAML writes it", () => {
  it("is mappings, lists and texts over several lines", () => {
    const text = `# a comment
a: 1
b:
- x
- y: 'it''s
    long

    and longer'
  z: "tab\\t \\
    joined \\u00e9"
- - deep
  - []
c:
  d: plain words
    that go on
  e: null
'quoted: key': {}
`;
    const found = readYaml(text) as ReadonlyMap<string, unknown>;
    expect(found).toEqual(
      new Map<string, unknown>([
        ["a", "1"],
        [
          "b",
          [
            "x",
            new Map([
              ["y", "it's long\nand longer"],
              ["z", "tab\t joined é"],
            ]),
            ["deep", []],
          ],
        ],
        [
          "c",
          new Map<string, unknown>([
            ["d", "plain words that go on"],
            ["e", null],
          ]),
        ],
        ["quoted: key", new Map()],
      ]),
    );
  });

  it("is refused where it is anything else, and never takes long", () => {
    for (const text of ["a: &x 1", "a: |\n  b", "a: 'b", "- - ".repeat(100), "a:\n b\nc d\n"])
      expect(
        refusal(() => readYaml(text)),
        text,
      ).toMatch(/^E_FILE/);
    const began = performance.now();
    for (const text of [
      `a: '${"x\n".repeat(20_000)}`,
      `${" a".repeat(100_000)}:`,
      "- ".repeat(50_000),
      `a: "${"\\".repeat(100_000)}`,
    ])
      refusal(() => readYaml(text));
    expect(performance.now() - began).toBeLessThan(5000);
  });
});

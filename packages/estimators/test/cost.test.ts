import { type Csr, loadFile, NdArray } from "@curtido/arrays";
import { decompress } from "@curtido/arrays/node";
import { Dict, Global, Instance, isCurtidoError, Tuple } from "@curtido/pickle";
import { describe, expect, it } from "vitest";
import { modelFolders } from "../../../test/fixture_files.ts";
import { DEFAULT_LIMITS } from "../src/base/cost.ts";
import { revive, reviveModel } from "../src/index.ts";

/** An object of a class, with these attributes. */
function object(module: string, name: string, attributes: Record<string, unknown>): Instance {
  const instance = new Instance(new Global(module, name), [], "newobj");
  instance.states.push(new Dict<unknown>([["_sklearn_version", "1.9.1"], ...Object.entries(attributes)]));
  return instance;
}

const scaler = object("sklearn.preprocessing", "StandardScaler", {
  with_mean: true,
  with_std: true,
  mean_: NdArray.of(Float64Array.of(1, 2)),
  scale_: NdArray.of(Float64Array.of(1, 2)),
  n_features_in_: 2,
});

/** A union of a part with itself, so many times in one another. */
function union(part: Instance, depth: number): Instance {
  let whole = part;
  for (let at = 0; at < depth; at++) {
    const parts = [new Tuple(["a", whole]), new Tuple(["b", whole])];
    whole = object("sklearn.pipeline", "FeatureUnion", { transformer_list: parts, transformer_weights: null });
  }
  return whole;
}

function polynomial(features: number, degree: unknown, more: Record<string, unknown> = {}): Instance {
  const given = { degree, n_features_in_: features, interaction_only: false, include_bias: true, order: "C" };
  return object("sklearn.preprocessing", "PolynomialFeatures", { ...given, ...more });
}

function vectorizer(more: Record<string, unknown>): Instance {
  return object("sklearn.feature_extraction.text", "HashingVectorizer", {
    input: "content",
    analyzer: "word",
    token_pattern: "(?u)\\b\\w\\w+\\b",
    ngram_range: new Tuple([1, 1]),
    n_features: 2 ** 20,
    norm: "l2",
    alternate_sign: true,
    binary: false,
    lowercase: true,
    strip_accents: null,
    stop_words: null,
    ...more,
  });
}

function refusal(run: () => unknown): Record<string, unknown> {
  const began = performance.now();
  try {
    run();
  } catch (error) {
    if (!isCurtidoError(error, "E_LIMIT")) throw error;
    expect(performance.now() - began).toBeLessThan(1000);
    return { ...error.fields, message: error.message };
  }
  throw new Error("nothing was refused");
}

describe("what a model costs", () => {
  it("is what its arrays hold, and a call for each estimator", () => {
    const { perCall, perRow, memory, perCharacter } = reviveModel(scaler).cost;
    expect({ perCall, perRow, perCharacter }).toEqual({ perCall: 2000, perRow: 5, perCharacter: 0 });
    expect(memory).toBeGreaterThanOrEqual(4 * 8);
  });

  it("counts a part as often as a row meets it, and its memory once", () => {
    const [one, eight] = [reviveModel(union(scaler, 1)).cost, reviveModel(union(scaler, 8)).cost];
    expect(one.perRow).toBe(10);
    expect(eight.perRow).toBe(10 * 2 ** 7);
    expect(eight.memory).toBeLessThan(8 * one.memory);
  });

  it("is refused for parts that are shared 2^30 times, and 2^2000 times, in time linear in the file", () => {
    for (const depth of [30, 2000]) {
      const { limit, most, needed } = refusal(() => reviveModel(union(scaler, depth)));
      expect({ limit, most }).toEqual({ limit: "operationsPerRow", most: DEFAULT_LIMITS.operationsPerRow });
      expect(needed).toBeGreaterThan(1e11);
    }
  });

  it("is refused for what unfolds to more than anybody reads", () => {
    let names: unknown[] = ["a"];
    for (let depth = 0; depth < 40; depth++) names = [names, names];
    const hostile = object("sklearn.feature_extraction", "DictVectorizer", {
      feature_names_: names,
      vocabulary_: new Dict(),
    });
    expect(refusal(() => reviveModel(hostile))["limit"]).toBe("operationsPerRow");
  });

  it("names the part and what is allowed", () => {
    const big = polynomial(3, 2);
    const steps = [new Tuple(["big", big]), new Tuple(["scale", scaler])];
    const pipeline = object("sklearn.pipeline", "Pipeline", { steps });
    const { message } = refusal(() => reviveModel(pipeline, { limits: { operationsPerRow: 10 } }));
    expect(message).toMatch(
      /^PolynomialFeatures 'steps\[0\]\[1\]' needs 6\d\d\d operations for a row, more than the 10 that are allowed$/,
    );
    expect(refusal(() => reviveModel(pipeline, { limits: { memory: 100 } }))["limit"]).toBe("memory");
  });

  it("lets every fixture pass", () => {
    const refused: string[] = [];
    for (const folder of modelFolders()) {
      for (const name of folder.cases.filter((each) => each.includes(".sk1.9.1."))) {
        const { file } = folder.json(name) as { file: string };
        const { perCall, perRow } = revive(folder.read(file), { decompress }).cost;
        if (perCall + perRow > DEFAULT_LIMITS.operationsPerRow / 10) refused.push(`${name}: ${perCall + perRow}`);
      }
    }
    expect(refused).toEqual([]);
  });
});

describe("polynomials", () => {
  it("say how many terms they have before they make them", () => {
    const { needed, most } = refusal(() => reviveModel(polynomial(50, 5)));
    expect({ needed, most }).toEqual({ needed: 3_478_761, most: 1_000_000 });
    refusal(() => reviveModel(polynomial(5, 50)));
    refusal(() => reviveModel(polynomial(2 ** 40, 64)));
    expect(refusal(() => reviveModel(polynomial(4, 64)))["limit"]).toBe("factors");
  });

  it.each([
    [polynomial(3, 2), [1, 2, 3, 5, 4, 6, 10, 9, 15, 25]],
    [polynomial(3, 2, { include_bias: false }), [2, 3, 5, 4, 6, 10, 9, 15, 25]],
    [polynomial(3, 3, { interaction_only: true }), [1, 2, 3, 5, 6, 10, 15, 30]],
    [polynomial(3, new Tuple([2, 3]), { interaction_only: true, include_bias: false }), [6, 10, 15, 30]],
    [polynomial(2, 9, { interaction_only: true }), [1, 2, 3, 6]],
    [polynomial(2, 0), [1]],
  ])("have them in scikit-learn's order", (instance, expected) => {
    const row = [2, 3, 5].slice(
      0,
      instance.states[0] instanceof Dict ? Number(instance.states[0].get("n_features_in_")) : 0,
    );
    const answer = reviveModel(instance).transform([row]) as NdArray;
    expect(answer.tolist()).toEqual([expected]);
    expect(reviveModel(instance).cost.perRowMemory).toBe(8 * expected.length);
  });
});

describe("models that go step by step", () => {
  const parts = (rows: number, columns: number) =>
    NdArray.of(new Float64Array(rows * columns).fill(0.5), [rows, columns]);
  const nmf = (max_iter: number, solver: string) =>
    object("sklearn.decomposition", "NMF", { components_: parts(20, 1000), n_features_in_: 1000, max_iter, solver });
  const topics = (max_doc_update_iter: number) =>
    object("sklearn.decomposition", "LatentDirichletAllocation", {
      exp_dirichlet_component_: parts(100, 20_000),
      doc_topic_prior_: 0.01,
      n_features_in_: 20_000,
      max_doc_update_iter,
    });
  const coder = (transform_max_iter: number, atoms = 200) =>
    object("sklearn.decomposition", "SparseCoder", {
      dictionary: parts(atoms, 3),
      transform_algorithm: "lasso_cd",
      transform_alpha: 1,
      transform_max_iter,
    });

  it("count the steps that they may take", () => {
    for (const make of [
      () => nmf(1_000_000, "mu"),
      () => nmf(3_000_000, "cd"),
      () => topics(10_000),
      () => coder(20_000),
    ])
      expect(refusal(() => reviveModel(make()))["limit"]).toBe("operationsPerRow");
    const most = { limits: { memory: 1e9 } };
    expect(refusal(() => reviveModel(coder(10, 20_000), most))["limit"]).toBe("memory");
  });

  it("load with as many as people allow", () => {
    for (const make of [() => nmf(1000, "mu"), () => nmf(10_000, "cd"), () => topics(100), () => coder(1000)])
      expect(reviveModel(make()).cost.perRow).toBeGreaterThan(10_000);
  });
});

describe("texts", () => {
  it("answer in as many columns as there are hashes, if they stay sparse", () => {
    const model = reviveModel(vectorizer({ n_features: 2 ** 31 - 1 }));
    const answer = model.transform(["one two", "two three"]) as Csr;
    expect(answer.shape).toEqual([2, 2 ** 31 - 1]);
    expect(() => answer.toDense()).toThrow(expect.objectContaining({ code: "E_LIMIT" }));
  });

  it("that are taken apart into too many n-grams are refused in the words of who sent them", () => {
    const model = reviveModel(vectorizer({ analyzer: "char", ngram_range: new Tuple([1, 1000]) }));
    expect(model.cost.perCharacter).toBeGreaterThan(500_000);
    expect(refusal(() => model.transform(["ab ".repeat(20_000)]))).toMatchObject({
      limit: "operationsPerRow",
      message: expect.stringMatching(/^a text of 60000 characters takes more than/),
    });
    expect((model.transform(["ab ".repeat(100)]) as Csr).shape).toEqual([1, 2 ** 20]);
  });

  it("are not taken apart into what no vocabulary holds", () => {
    const counts = object("sklearn.feature_extraction.text", "CountVectorizer", {
      input: "content",
      analyzer: "word",
      token_pattern: "(?u)\\b\\w\\w+\\b",
      ngram_range: new Tuple([1, 1000]),
      vocabulary_: new Dict<unknown>([
        ["aa", 0],
        ["aa bb", 1],
      ]),
    });
    const answer = reviveModel(counts).transform(["aa bb ".repeat(10_000)]);
    expect((answer as Csr).toDense().tolist()).toEqual([[10_000, 10_000]]);
  });
});

describe("a forest that names a tree a hundred thousand times", () => {
  const folder = modelFolders().find(({ family }) => family === "ensemble")!;
  const name = folder.cases.find((each) => /^RandomForestClassifier.*sk1\.9\.1/.test(each))!;

  it("is prepared at once, and answers as one that names it once", () => {
    const { file } = folder.json(name) as { file: string };
    const value = loadFile(folder.read(file), { decompress, encoding: "latin1" }) as Instance;
    const state = value.states[0] as Dict;
    const [tree] = state.get("estimators_") as unknown[];
    state.set("estimators_", [tree]);
    const alone = reviveModel(value);
    state.set("estimators_", new Array(100_000).fill(tree));
    const began = performance.now();
    const many = reviveModel(value);
    expect(performance.now() - began).toBeLessThan(2000);
    const row = [new Array(alone.n_features_in_!).fill(0.5)];
    const [one, all] = [alone.predictProba(row), many.predictProba(row)] as [NdArray, NdArray];
    all.flat().forEach((share, at) => expect(share).toBeCloseTo(Number(one.item(at)), 9));
    expect(many.cost.memory).toBeLessThan(1e9);
  });
});

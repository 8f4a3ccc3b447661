import { Csr, loadFile, NdArray, reviveNumpy } from "@curtido/arrays";
import { decompress } from "@curtido/arrays/node";
import { Dict, Instance, isCurtidoError, Tuple } from "@curtido/pickle";
import { describe, expect, it } from "vitest";
import { modelFolders } from "../../../test/fixture_files.ts";
import { rounds } from "../../../test/tiers.ts";
import { type Estimator, type Method, revive, reviveModel } from "../src/index.ts";
import { type Fixture, fixtureInput } from "../src/testing/fixture.ts";

/** One fixture of each class, as scikit-learn 1.9.1 wrote it. */
const cases = (() => {
  const byClass = new Map<string, { readonly fixture: Fixture; readonly bytes: Uint8Array }>();
  for (const folder of modelFolders()) {
    for (const name of folder.cases.filter((each) => each.endsWith(".sk1.9.1.json"))) {
      const fixture = folder.json(name) as Fixture;
      if (!byClass.has(fixture.class)) byClass.set(fixture.class, { fixture, bytes: folder.read(fixture.file) });
    }
  }
  return [...byClass];
})();

/** How often each file is damaged. */
const ROUNDS = rounds(20, 200);

/** Deterministic numbers, so that a failure can be repeated. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Asks a model everything it offers; what comes out, or a tagged error. */
function ask(model: Estimator, fixture: Fixture): void {
  const rows = fixtureInput(fixture.input);
  for (const method of model.methods) {
    if (method === "inverseTransform") continue;
    const answer = (model as unknown as Record<Method, (X: unknown) => unknown>)[method](rows);
    if (method.startsWith("staged")) for (const _ of answer as Iterable<unknown>);
  }
}

function attempt(run: () => void): string | undefined {
  try {
    run();
    return undefined;
  } catch (error) {
    if (isCurtidoError(error)) return undefined;
    return `${String(error)} ${(error as Error).stack?.split("\n")[1]?.trim()}`;
  }
}

describe("damaged files", () => {
  it("that end early are refused with a tagged error", () => {
    const problems: string[] = [];
    for (const [name, { bytes }] of cases) {
      for (let part = 0; part < 24; part++) {
        const cut = bytes.subarray(0, Math.floor((bytes.length * part) / 24));
        try {
          revive(cut, { decompress });
          problems.push(`${name} cut at ${cut.length} of ${bytes.length} is accepted`);
        } catch (error) {
          if (!isCurtidoError(error))
            problems.push(`${name} cut at ${cut.length}: ${String(error)} ${(error as Error).stack?.split("\n")[1]}`);
        }
      }
    }
    expect(problems).toEqual([]);
    expect(cases.length).toBeGreaterThan(60);
  });

  it("with bytes changed are refused with a tagged error, or answer", { timeout: 120_000 }, () => {
    const random = generator(7);
    const problems: string[] = [];
    for (const [name, { fixture, bytes }] of cases) {
      for (let round = 0; round < ROUNDS; round++) {
        const damaged = new Uint8Array(bytes);
        for (let flips = 0; flips < 3; flips++)
          damaged[Math.floor(random() * damaged.length)] = Math.floor(random() * 256);
        const problem = attempt(() => ask(revive(damaged, { decompress }), fixture));
        if (problem !== undefined) problems.push(`${name} round ${round}: ${problem}`);
      }
    }
    expect(problems).toEqual([]);
  });
});

/** Every attribute of an object and of the objects in it, and how to replace it. */
function* attributes(
  value: unknown,
  path: string,
  seen = new Set<unknown>(),
): Generator<{ path: string; value: unknown; replace: (by: unknown) => void }> {
  if (typeof value !== "object" || value === null || seen.has(value)) return;
  seen.add(value);
  if (value instanceof Instance && reviveNumpy(value) === undefined) {
    for (const state of value.states) yield* attributes(state instanceof Tuple ? state.items[0] : state, path, seen);
  } else if (value instanceof Dict) {
    for (const [key, item] of value) {
      const place = `${path}.${String(key)}`;
      yield { path: place, value: item, replace: (by) => value.set(key, by) };
      yield* attributes(item, place, seen);
    }
  } else if (Array.isArray(value) || value instanceof Tuple) {
    const items = (Array.isArray(value) ? value : value.items) as unknown[];
    for (let at = 0; at < Math.min(items.length, 3); at++) yield* attributes(items[at], `${path}[${at}]`, seen);
  }
}

/** What an attacker might put in an attribute's place. */
function replacements(value: unknown): readonly unknown[] {
  const array = value instanceof Csr ? undefined : reviveNumpy(value);
  const wrong: unknown[] = [null, "nonsense", -1, new Tuple([]), [], new Dict()];
  if (array !== undefined && array.size > 0) {
    const { data } = array.toC();
    const shorter = data.slice(0, -1);
    wrong.push(NdArray.of(shorter as never, undefined, array.dtype.kind === "c" ? undefined : array.dtype));
    wrong.push(
      NdArray.objects(
        array.flat().map(() => "x"),
        array.shape,
      ),
    );
    wrong.push(NdArray.of(new Float64Array(array.size + 1)));
    wrong.push(NdArray.of(new Float64Array(0), [0, 7]));
  }
  return wrong;
}

function flatNumbers(answer: unknown): readonly unknown[] {
  if (answer instanceof NdArray) return answer.flat();
  return Array.isArray(answer) ? answer.flatMap(flatNumbers) : [];
}

describe("hostile state", () => {
  it.each(cases.map(([name, entry]) => ({ name, ...entry })))(
    "$name",
    { timeout: 60_000 },
    ({ name, fixture, bytes }) => {
      const problems: string[] = [];
      const read = () => loadFile(bytes, { decompress, encoding: "latin1" });
      const places = [...attributes(read(), "")].map((place) => place.path);
      const rows = fixtureInput(fixture.input);
      // A row without a neighbour within the radius has no mean in Python either.
      const allowsNaN =
        JSON.stringify(fixture.expected["predict"] ?? "").includes('"nan"') ||
        name.endsWith("RadiusNeighborsRegressor");
      for (const path of places.slice(0, 120)) {
        const count = replacements([...attributes(read(), "")].find((place) => place.path === path)?.value).length;
        for (let choice = 0; choice < count; choice++) {
          const value = read();
          const place = [...attributes(value, "")].find((each) => each.path === path)!;
          place.replace(replacements(place.value)[choice]);
          const problem = attempt(() => {
            const model = reviveModel(value);
            ask(model, fixture);
            if (!model.offers("predict") || allowsNaN) return;
            if (flatNumbers(model.predict(rows)).some((each) => typeof each === "number" && Number.isNaN(each)))
              throw new Error("a prediction is NaN");
            if (flatNumbers(model.predict(rows)).includes(undefined)) throw new Error("a prediction is undefined");
          });
          if (problem !== undefined) problems.push(`${path} <- choice ${choice}: ${problem}`);
        }
      }
      expect(problems).toEqual([]);
    },
  );
});

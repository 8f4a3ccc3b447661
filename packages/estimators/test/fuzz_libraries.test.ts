import { DataFrame } from "@curtido/arrays";
import { CurtidoError } from "@curtido/pickle";
import { describe, expect, it } from "vitest";
import { FixtureFolder } from "../../../test/fixture_files.ts";
import { mutated, Random } from "../../pickle/test/mutate.ts";
import { Design } from "../src/formula/design.ts";
import { revive } from "../src/index.ts";

/** How many cases: `FUZZ=100000 npx vitest run packages/estimators/test/fuzz_libraries.test.ts` runs more. */
const CASES = Number(process.env["FUZZ"] ?? 300);
/** What takes longer hangs, in milliseconds. */
const SLOW = 5000;

/** What goes wrong otherwise than by a refusal. */
function wrongIn(run: () => unknown): string | undefined {
  const began = performance.now();
  try {
    run();
  } catch (error) {
    if (!(error instanceof CurtidoError)) return (error as Error).stack?.slice(0, 400);
  }
  return performance.now() - began > SLOW ? "takes too long" : undefined;
}

describe.each(["statsmodels", "prophet", "lifelines"])("damaged files of %s", (family) => {
  it("are refused, or answer", { timeout: 3_600_000 }, () => {
    const folder = new FixtureFolder(family);
    const files = folder.names.filter((name) => /\.(pkl|txt)$/.test(name)).map((name) => folder.read(name));
    const small = files.filter(({ length }) => length < 20_000);
    const problems: string[] = [];
    for (let seed = 0; seed < CASES; seed++) {
      const bytes = mutated(small, new Random(seed));
      const problem = wrongIn(() => {
        const model = revive(bytes);
        const row = Object.fromEntries(model.signature.features.map(({ name }) => [name, 1]));
        for (const method of model.methods) (model[method] as (rows: unknown) => unknown).call(model, [row, row]);
      });
      if (problem !== undefined) problems.push(`seed ${seed}: ${problem}`);
    }
    expect(problems).toEqual([]);
    expect(small.length).toBeGreaterThan(10);
  });
});

describe("damaged formulas", () => {
  it("are refused, or make a matrix", { timeout: 3_600_000 }, () => {
    const frame = DataFrame.fromRecords([
      { x: 1, g: "a", y: true },
      { x: 2, g: "b", y: false },
      { x: 5, g: "c", y: true },
    ]);
    const texts = [
      "C(g, Treatment('b'))[T.a]:np.log(x)",
      "bs(x, df=4, degree=2)[0]",
      "I((x > 1) & (g != 'c'))[T.True]:standardize(x)",
      "C(g, levels=['c', 'b', 'a'])[T.b]:scale(x ** 2 // 3 % 2)",
      "poly(x, 2)[1]:C(x, Poly).Linear:Q('x')",
      "np.where(x > 2, -x, +x):C(g, Helmert)[H.b]",
    ].map((text) => new TextEncoder().encode(text));
    const problems: string[] = [];
    let made = 0;
    for (let seed = 0; seed < 10 * CASES; seed++) {
      const text = new TextDecoder().decode(mutated(texts, new Random(seed)));
      const problem = wrongIn(() => {
        new Design([text], frame, seed % 2 === 0 ? "patsy" : "formulaic").matrix(frame);
        made++;
      });
      if (problem !== undefined) problems.push(`seed ${seed}: ${JSON.stringify(text)} ${problem}`);
    }
    expect(problems).toEqual([]);
    expect(made).toBeGreaterThan(10);
  });
});

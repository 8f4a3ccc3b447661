import { dirname, join } from "node:path";
import type { NdArray } from "@curtido/arrays";
import { decompress } from "@curtido/arrays/node";
import { revive } from "../src/index.ts";
import { difference } from "../src/testing/compare.ts";
import { type Fixture, type FixtureArray, fixtureInput, type Tolerance } from "../src/testing/fixture.ts";
import { largestDifference } from "../src/testing/measure.ts";

/** Methods whose answers only some fixtures have although Python's offers them: long ones, or such as need an input. */
const NOT_ALWAYS_ASKED: ReadonlySet<string> = new Set([
  "kneighbors",
  "inverseTransform",
  "decisionPath",
  "stagedPredict",
  "stagedPredictProba",
  "stagedDecisionFunction",
  "predictStd",
  "predictCov",
]);

/** Is told how far each method's answer is from Python's; see {@link largestDifference}. */
export type Measure = (method: string, difference: number, single: boolean) => void;

/** Whether Python answered in float32. */
function isSingle(expected: FixtureArray): boolean {
  return expected.dtype === "float32" || expected.list?.some(isSingle) === true;
}

/** Everything that one fixture's model answers differently than Python did; `beyond` names methods where Python's raise. */
export function runFixture(
  path: string,
  read: (path: string) => Uint8Array,
  beyond: readonly string[] = [],
  measure: Measure = () => {},
): string[] {
  const fixture = JSON.parse(new TextDecoder().decode(read(path))) as Fixture;
  const problems: string[] = [];
  const attempt = (what: string, run: () => string | undefined) => {
    try {
      const problem = run();
      if (problem !== undefined) problems.push(`${what}: ${problem}`);
    } catch (error) {
      problems.push(
        `${what}: ${(error as Error).message.slice(0, 200)} ${(error as Error).name === "CurtidoError" ? "" : (error as Error).stack?.split("\n")[1]}`,
      );
    }
  };
  let model: ReturnType<typeof revive>;
  try {
    model = revive(read(join(dirname(path), fixture.file)), { decompress });
  } catch (error) {
    return [
      `load: ${(error as Error).message} ${(error as Error).name === "CurtidoError" ? "" : (error as Error).stack?.split("\n").slice(1, 3).join(" ")}`,
    ];
  }
  const input = fixtureInput(fixture.input);
  for (const [method, expected] of Object.entries(fixture.expected)) {
    const compare = (got: unknown, wanted: FixtureArray, tolerance?: Tolerance) => {
      const problem = difference(got, wanted, tolerance, fixture.versions["python"]);
      if (problem === undefined) measure(method, largestDifference(got, wanted), isSingle(wanted));
      return problem;
    };
    attempt(method, () => {
      const tolerance = fixture.tolerance[method];
      if (method === "inverseTransform")
        return compare(model.inverseTransform(fixtureInput(expected.input!)), expected.output!, tolerance);
      if (method === "kneighbors" || method === "radiusNeighbors") {
        const found = method === "kneighbors" ? model.kneighbors(input) : model.radiusNeighbors(input);
        return compare(found.distances, expected.distances!, tolerance) ?? compare(found.indices, expected.indices!);
      }
      if (method === "decisionPath") {
        const { indicator, nNodesPtr } = model.decisionPath(input);
        return compare(indicator, expected.indicator!) ?? compare(nNodesPtr, expected.nNodesPtr!);
      }
      if (method.startsWith("staged")) {
        const stages = (model as unknown as Record<string, (X: unknown) => Iterable<NdArray>>)[method]!(input);
        return compare([...stages], expected, tolerance);
      }
      return compare(
        (model as unknown as Record<string, (X: unknown) => unknown>)[method]!(input),
        expected,
        tolerance,
      );
    });
  }
  for (const [name, expected] of Object.entries(fixture.attributes ?? {})) {
    attempt(name, () => {
      return difference(model.attributes.get(name), expected, undefined);
    });
  }
  for (const method of model.methods) {
    // Python refuses sparse rows here; we make them dense.
    if (method === "scoreSamples" && fixture.input.csr === true) continue;
    if (beyond.includes(method)) continue;
    if (!(method in fixture.expected) && !NOT_ALWAYS_ASKED.has(method))
      problems.push(`offers ${method}, which Python's does not`);
  }
  return problems;
}

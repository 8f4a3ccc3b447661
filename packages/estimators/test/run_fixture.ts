import { dirname, join } from "node:path";
import { decompress } from "@curtido/arrays/node";
import { revive } from "../src/index.ts";
import { difference, type Fixture, fixtureInput } from "../src/testing/fixture.ts";

/** Everything that one fixture's model answers differently than Python did; `beyond` names methods where Python's raise. */
export function runFixture(path: string, read: (path: string) => Uint8Array, beyond: readonly string[] = []): string[] {
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
    attempt(method, () => {
      const tolerance = fixture.tolerance[method];
      if (method === "inverseTransform")
        return difference(model.inverseTransform(fixtureInput(expected.input!)), expected.output!, tolerance);
      if (method === "kneighbors" || method === "radiusNeighbors") {
        const found = method === "kneighbors" ? model.kneighbors(input) : model.radiusNeighbors(input);
        return (
          difference(found.distances, expected.distances!, tolerance) ??
          difference(found.indices, expected.indices!, undefined)
        );
      }
      return difference(
        (model as unknown as Record<string, (X: unknown) => unknown>)[method]!(input),
        expected,
        tolerance,
      );
    });
  }
  for (const method of model.methods) {
    // Python refuses sparse rows here; we make them dense.
    if (method === "scoreSamples" && fixture.input.csr === true) continue;
    if (beyond.includes(method)) continue;
    if (!(method in fixture.expected) && method !== "kneighbors" && method !== "inverseTransform")
      problems.push(`offers ${method}, which Python's does not`);
  }
  return problems;
}

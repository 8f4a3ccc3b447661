import { isCurtidoError } from "@curtido/pickle";
import { expect, it } from "vitest";
import { fixtureFolders } from "../../../test/fixture_files.ts";
import { revive } from "../src/index.ts";

const folder = fixtureFolders().find(({ family }) => family === "cross_decomposition")!;
/** A model, as far as only these classes have it. */
const read = (name: string) =>
  revive(folder.read(`${name}.sk1.9.1.pkl`)) as ReturnType<typeof revive> & {
    transformTargets(targets: number[][]): { tolist(): unknown };
  };
const targets = [
  [1, 2],
  [30, -4],
];

// What transform(X, y) gives second in scikit-learn 1.9.1.
it.each([
  [
    "CCA-two_targets",
    [
      [-0.11457947293656225, 0.021563337598719205],
      [0.20489231329983967, -0.27001560624441795],
    ],
  ],
  [
    "PLSSVD-two_targets",
    [
      [-0.12485721258248382, 0.0385023693054416],
      [0.05715961552099468, -0.2300296775585746],
    ],
  ],
])("%s projects targets as Python does", (name, expected) => {
  const found = read(name).transformTargets(targets).tolist() as number[][];
  found.forEach((row, at) => row.forEach((value, k) => expect(value).toBeCloseTo(expected[at]![k]!, 14)));
});

it("refuses another number of targets", () => {
  try {
    read("CCA-two_targets").transformTargets([[1, 2, 3]]);
    expect.unreachable();
  } catch (error) {
    expect(isCurtidoError(error, "E_FEATURES")).toBe(true);
  }
});

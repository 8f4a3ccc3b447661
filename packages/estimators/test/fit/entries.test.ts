import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import * as fit from "../../src/fit/index.ts";
import { LAYOUTS } from "../../src/fit/save/layouts.ts";
import { knownClasses } from "../../src/index.ts";

const { FIT_ENTRIES, Trainer } = fit;
const NAMES = FIT_ENTRIES.map(({ shortName }) => shortName);

describe("the rows of what can be fitted", () => {
  it("stand under names that have a row of inference, once each", () => {
    expect(FIT_ENTRIES.map(({ name }) => name).filter((name) => !knownClasses.includes(name))).toEqual([]);
    expect(new Set(NAMES).size).toBe(NAMES.length);
  });

  it("are all that training exports", () => {
    const exported = Object.entries(fit).filter(
      ([, value]) => typeof value === "function" && value.prototype instanceof Trainer,
    );
    expect(exported.map(([name]) => name).sort()).toEqual([...NAMES].sort());
    for (const [name, Class] of exported) expect(FIT_ENTRIES.find((row) => row.shortName === name)?.Class).toBe(Class);
  });

  it.each(FIT_ENTRIES.filter(({ task }) => task !== "composition"))(
    "$shortName says what it is and what it draws",
    (row) => {
      const made = new row.Class({});
      expect([made.spec.name, made.spec.task, made.parameters.has("randomState"), made.learnsLabels]).toEqual([
        row.shortName,
        row.task,
        row.draws,
        row.task === "classification",
      ]);
      expect(row.layout).toBe(LAYOUTS[row.name] ?? row.layout);
    },
  );

  it("and of what they are made of: layouts stand under public names", () => {
    const scorers = ["sklearn.metrics._PassthroughScorer", "sklearn.metrics._Scorer"];
    expect(
      Object.keys(LAYOUTS)
        .filter((name) => !knownClasses.includes(name))
        .sort(),
    ).toEqual(scorers);
  });
});

it("docs/training.md lists them all, and no others", () => {
  const page = readFileSync(new URL("../../../../docs/training.md", import.meta.url), "utf8");
  const table = page.slice(page.indexOf("| | classes |"), page.indexOf("| choosing |"));
  const listed = [...table.matchAll(/`(\w+)(\*?)`/g)].flatMap(([, name, star]) =>
    star === "*" ? [`${name}Classifier`, `${name}Regressor`] : [name!],
  );
  expect(listed.sort()).toEqual([...NAMES].sort());
});

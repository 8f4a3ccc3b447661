// Writes docs/supported-models.md from what the fixtures prove: `npm run support`. It must be run when fixtures change.
import { readFileSync, writeFileSync } from "node:fs";
import { LIBRARIES } from "../packages/estimators/src/base/aliases.ts";
import { publicName } from "../packages/estimators/src/index.ts";
import type { Fixture } from "../packages/estimators/src/testing/fixture.ts";
import { runFixture } from "../packages/estimators/test/run_fixture.ts";
import { type FixtureFolder, modelFolders } from "../test/fixture_files.ts";

const target = new URL("../docs/supported-models.md", import.meta.url);

/** What the fixtures of one class prove. */
interface Proof {
  readonly versions: Set<string>;
  readonly cases: Set<string>;
  /** What was asked of it. */
  readonly methods: Set<string>;
  /** The largest difference from Python's answers in float64 and in float32. */
  readonly largest: { double: number; single: number };
}

function proofs(): ReadonlyMap<string, ReadonlyMap<string, Proof>> {
  const libraries = new Map<string, Map<string, Proof>>();
  for (const folder of modelFolders()) {
    for (const name of folder.cases) {
      const fixture = folder.json(name) as Fixture;
      const library = Object.keys(LIBRARIES).find((each) => each in fixture.versions) ?? "scikit-learn";
      const classes = libraries.get(library) ?? new Map<string, Proof>();
      libraries.set(library, classes);
      prove(proofOf(classes, nameOf(library, fixture.class)), folder, name, fixture, library);
    }
  }
  return libraries;
}

function nameOf(library: string, written: string): string {
  return library === "scikit-learn" || written.startsWith("sklearn.")
    ? plainName(written)
    : `${library}.${written.split(".").at(-1)}`;
}

function proofOf(classes: Map<string, Proof>, name: string): Proof {
  const known = classes.get(name);
  if (known !== undefined) return known;
  const proof = { versions: new Set<string>(), cases: new Set<string>(), methods: new Set<string>() };
  const made = { ...proof, largest: { double: 0, single: 0 } };
  classes.set(name, made);
  return made;
}

function prove(proof: Proof, folder: FixtureFolder, name: string, fixture: Fixture, library: string): void {
  proof.versions.add(fixture.versions[library]!.replace(/\.post\d+$/, ""));
  proof.cases.add(fixture.case);
  runFixture(name, folder.read, [], (method, difference, single) => {
    proof.methods.add(method);
    const kind = single ? "single" : "double";
    proof.largest[kind] = Math.max(proof.largest[kind], difference);
  });
}

/** `sklearn.svm.SVC` for `sklearn.svm._classes.SVC`. */
function plainName(written: string): string {
  const at = written.lastIndexOf(".");
  return publicName(written.slice(0, at), written.slice(at + 1)) ?? written;
}

function order(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split(".").map(Number));
  for (let at = 0; at < 3; at++) if (left![at] !== right![at]) return (left![at] ?? 0) - (right![at] ?? 0);
  return 0;
}

/** Versions, where neighbours in the list of all follow one another as `first to last`. */
function versionText(versions: ReadonlySet<string>, all: readonly string[]): string {
  const runs: string[][] = [];
  for (const version of [...versions].sort(order)) {
    const run = runs.at(-1);
    if (run !== undefined && all.indexOf(run.at(-1)!) + 1 === all.indexOf(version)) run.push(version);
    else runs.push([version]);
  }
  return runs.map((run) => (run.length > 2 ? `${run[0]} to ${run.at(-1)}` : run.join(", "))).join(", ");
}

function differenceText({ double, single }: Proof["largest"]): string {
  const text = double === 0 ? "none" : double.toExponential(0);
  return single === 0 ? text : `${text}, float32 ${single.toExponential(0)}`;
}

/** Libraries as fixtures name them: scikit-learn by its own name, others by their package. */
const TITLES: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(LIBRARIES).map(([name, title]) => [name === "sklearn" ? "scikit-learn" : name, title]),
);

function section(library: string, classes: ReadonlyMap<string, Proof>): string {
  const all = [...new Set([...classes.values()].flatMap(({ versions }) => [...versions]))].sort(order);
  const rows = [...classes]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, proof]) => {
      const { versions, cases, methods, largest } = proof;
      const asked = [...methods].map((method) => `\`${method}\``).join(" ") || "attributes only";
      return `| \`${name}\` | ${versionText(versions, all)} | ${cases.size} | ${asked} | ${differenceText(largest)} |`;
    });
  return `## ${TITLES[library]}

Proved with ${all.join(", ")}: ${classes.size} classes.

| Class | Versions | Configurations | Methods | Largest difference |
|---|---|---|---|---|
${rows.join("\n")}
`;
}

function page(libraries: ReadonlyMap<string, ReadonlyMap<string, Proof>>): string {
  const sections = Object.keys(TITLES).flatMap((library) => {
    const classes = libraries.get(library);
    return classes === undefined ? [] : [section(library, classes)];
  });
  return `# Supported models

What the fixtures prove, made by \`npm run support\`: each was trained and pickled by Python with the version named, and
answers here as it does there. The largest difference is that of any number of any method, by the largest number of its
answer; where it says none, all bits are equal. A class is revived from other versions too, by the formulas of the
nearest one.

Beside these, every classifier, regressor and transformer inside Pipeline, GridSearchCV, Stacking, Voting, Bagging,
Calibrated, MultiOutput, chains, OneVsRest, OneVsOne, TransformedTarget, FeatureUnion and ColumnTransformer, as far as
scikit-learn can fit it so: \`fixtures/nesting\`.

${sections.join("\n")}`;
}

const text = page(proofs());
if (process.argv.includes("--check")) {
  // The last column is measured: another processor may have another digit.
  const proved = (page: string) => page.replace(/\| [^|]* \|$/gm, "|");
  if (proved(readFileSync(target, "utf8")) !== proved(text)) {
    console.error("docs/supported-models.md is not what the fixtures prove: run npm run support");
    process.exitCode = 1;
  }
} else writeFileSync(target, text);

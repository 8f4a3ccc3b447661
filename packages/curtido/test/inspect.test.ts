import { writeFileSync } from "node:fs";
import { join } from "node:path";
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

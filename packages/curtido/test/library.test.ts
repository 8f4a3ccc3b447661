import * as curtido from "curtido";
import { expect, test } from "vitest";
import { ROOT } from "./help.ts";

test("the package has everything in one place", () => {
  const names = [
    "load",
    "model",
    "service",
    "listen",
    "loads",
    "revive",
    "NdArray",
    "DataFrame",
    "Csr",
    "isCurtidoError",
    "tokens",
  ];
  expect(Object.keys(curtido)).toEqual(expect.arrayContaining(names));
});

test("a model is loaded and asked, by position and by name", async () => {
  const model = await curtido.load(`${ROOT}examples/modelo.pkl`);
  expect(model.predict([[1, 0, 1, 1]]).tolist()).toEqual([expect.closeTo(5423.1426779786, 8)]);
  expect(model.predict([{ feature4: 1, feature3: 1, feature2: 0, feature1: 1 }]).tolist()).toEqual(
    model.predict([[1, 0, 1, 1]]).tolist(),
  );
  expect(model.signature).toMatchObject({ task: "regression", named: false, features: { length: 4 } });
});

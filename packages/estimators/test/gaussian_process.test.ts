import { NdArray } from "@curtido/arrays";
import { Dict, Global, Instance, isCurtidoError, Tuple } from "@curtido/pickle";
import { describe, expect, it } from "vitest";
import { type Estimator, reviveModel } from "../src/index.ts";

const object = (name: string, attributes: Readonly<Record<string, unknown>>): Instance => {
  const dot = name.lastIndexOf(".");
  const made = new Instance(
    new Global(`sklearn.${name.slice(0, dot)}`, name.slice(dot + 1)),
    new Tuple([]).items,
    "newobj",
  );
  made.states.push(new Dict(Object.entries(attributes)));
  return made;
};
const kernel = (name: string, attributes: Readonly<Record<string, unknown>>) =>
  object(`gaussian_process.kernels.${name}`, attributes);
const regressor = (attributes: Readonly<Record<string, unknown>>) =>
  object("gaussian_process._gpr.GaussianProcessRegressor", { _sklearn_version: "1.9.1", ...attributes });

const codeOf = (run: () => unknown): string => {
  try {
    run();
    return "none";
  } catch (error) {
    return isCurtidoError(error) ? error.code : String(error);
  }
};

describe("kernels of a file", () => {
  it("that share one another again and again are refused before they are computed with", () => {
    let shared = kernel("RBF", { length_scale: 1 });
    for (let depth = 0; depth < 40; depth++) shared = kernel("Sum", { k1: shared, k2: shared });
    expect(codeOf(() => reviveModel(regressor({ kernel: shared })))).toBe("E_LIMIT");
  });

  it("that contain themselves are refused", () => {
    const loop = kernel("Sum", {});
    loop.states.push(new Dict([["k1", loop]]));
    expect(codeOf(() => reviveModel(regressor({ kernel: loop })))).toBe("E_STATE");
  });

  it("that no estimator can use, or that are no kernels, are refused", () => {
    expect(codeOf(() => reviveModel(regressor({ kernel: kernel("CompoundKernel", { kernels: [] }) })))).toBe(
      "E_UNSUPPORTED",
    );
    expect(codeOf(() => reviveModel(regressor({ kernel: object("linear_model.Ridge", {}) })))).toBe("E_STATE");
    expect(codeOf(() => reviveModel(regressor({ kernel: kernel("Matern", { length_scale: 1, nu: -1 }) })))).toBe(
      "E_STATE",
    );
    expect(
      codeOf(() => reviveModel(regressor({ kernel: kernel("PairwiseKernel", { metric: "mine", gamma: 1 }) }))),
    ).toBe("E_UNSUPPORTED");
  });
});

describe("a Gaussian process", () => {
  /** One row of training at 0, whose target is 2: everything follows by hand. */
  const model = (): Estimator =>
    reviveModel(
      regressor({
        kernel: null,
        kernel_: kernel("RBF", { length_scale: 1 }),
        X_train_: NdArray.of(Float64Array.of(0), [1, 1]),
        alpha_: NdArray.of(Float64Array.of(2)),
        L_: NdArray.of(Float64Array.of(1), [1, 1]),
        _y_train_mean: 10,
        _y_train_std: 3,
      }),
    );

  it("goes through what it was trained on, and knows less far from it", () => {
    expect(
      model()
        .predict([[0]])
        .tolist(),
    ).toEqual([16]);
    expect(
      model()
        .predictStd([[0], [50]])
        .tolist(),
    ).toEqual([0, 3]);
    const [[own, other]] = model()
      .predictCov([[0], [50]])
      .tolist() as [[number, number]];
    expect([own, other]).toEqual([0, 0]);
  });

  it("names the attribute that does not fit", () => {
    const odd = regressor({
      kernel_: kernel("RBF", { length_scale: NdArray.of(Float64Array.of(1, 2)) }),
      X_train_: NdArray.of(Float64Array.of(0), [1, 1]),
      alpha_: NdArray.of(Float64Array.of(2)),
      L_: NdArray.of(Float64Array.of(1), [1, 1]),
      _y_train_mean: 0,
    });
    expect(() => reviveModel(odd)).toThrow("'kernel_' has 2 length scales for 1 features");
  });
});

/** @module Where scikit-learn's releases kept a class: private modules and moved packages, by public package. */

/** Public package -> the modules below `sklearn.` that its classes were pickled from, 0.17 to 1.9. */
const MODULES: Readonly<Record<string, readonly string[]>> = {
  "sklearn.linear_model": [
    "base", "_base", "ridge", "_ridge", "coordinate_descent", "_coordinate_descent", "logistic", "_logistic",
    "stochastic_gradient", "_stochastic_gradient", "_sgd_fast", "sgd_fast", "_linear_loss",
  ].map((module) => `linear_model.${module}`),
};

const families: ReadonlyMap<string, readonly string[]> = (() => {
  const byModule = new Map<string, string[]>();
  for (const [family, modules] of Object.entries(MODULES)) {
    for (const module of [family, ...modules.map((name) => `sklearn.${name}`)]) {
      byModule.set(module, [...(byModule.get(module) ?? []), family]);
    }
  }
  return byModule;
})();

/** The public packages whose classes were ever pickled from this module. */
export function moduleFamilies(module: string): readonly string[] {
  return families.get(module) ?? [];
}

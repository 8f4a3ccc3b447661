/**
 * Take a model that Python pickled and put it into production without Python.
 *
 * The service is `curtido/server`, training `curtido/fit`.
 *
 * @module
 * @example
 * import { load } from "curtido";
 * const model = await load("modelo.pkl");
 * model.predict([{ feature1: 1, feature2: 0, feature3: 1 }]).tolist();
 */

import type { Estimator } from "@curtido/estimators";
import type { Fitted, PickleOptions } from "@curtido/estimators/fit";

export type { Fitted, PickleOptions } from "@curtido/estimators/fit";
export { load, loadNow, type Source } from "@curtido/estimators/node";
export * from "./library.ts";

/**
 * Writes a model to a file: one that was fitted here, or one that was loaded. The name says whether it is a pickle or a joblib
 * file; a file of that name is replaced as a whole or not at all.
 *
 * @throws CurtidoError E_FILE when it cannot be written; E_UNSUPPORTED when it cannot be written for that release
 * @example
 * await save(new Ridge().fit(X, y), "modelo.pkl", { scikitLearn: "1.2" });
 */
export async function save(model: Estimator | Fitted, path: string, options: PickleOptions = {}): Promise<void> {
  // Only who saves needs what writes for each release.
  (await import("./save.ts")).saveNow(model, path, options);
}

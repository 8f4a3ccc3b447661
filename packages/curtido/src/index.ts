/**
 * Take a model that Python pickled and put it into production without Python.
 *
 * @module
 * @example
 * import { load } from "curtido";
 * const model = await load("modelo.pkl");
 * model.predict([{ feature1: 1, feature2: 0, feature3: 1 }]).tolist();
 */
export * from "@curtido/arrays";
export { dumps, fromJson, loads, toJson } from "@curtido/arrays";
export * from "@curtido/estimators";
export {
  fileBehind,
  fileError,
  load,
  loadNow,
  partsBeside,
  readModelFile,
  type Source,
} from "@curtido/estimators/node";
export * from "@curtido/pickle";
export * from "@curtido/server";
export { save } from "./save.ts";

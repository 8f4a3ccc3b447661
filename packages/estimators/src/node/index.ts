/**
 * Models from files, addresses and bytes, with Node.
 *
 * @module
 * @example
 * import { load } from "@curtido/estimators/node";
 * const model = await load("modelo.pkl");
 * model.predict([[1, 0, 1, 1]]).tolist();
 */
export {
  fileError,
  load,
  loadNow,
  partsBeside,
  pathOf,
  readModelFile,
  remote,
  reviveOrigin,
  type Source,
} from "./load.ts";
export { fileBehind, type Origin, originOf, sharedBytes } from "./origin.ts";

/**
 * Models from files, addresses and bytes, with Node.
 *
 * @module
 * @example
 * import { load } from "@curtido/estimators/node";
 * const model = await load("modelo.pkl");
 * model.predict([[1, 0, 1, 1]]).tolist();
 */
export { beside, cardBeside, fileError, placeIn, readCardFile, readModelFile } from "./files.ts";
export {
  fileBehind,
  load,
  loadNow,
  type Origin,
  originOf,
  partsBeside,
  pathOf,
  remote,
  reviveOrigin,
  type Source,
  sharedBytes,
  sharedCopy,
} from "./load.ts";

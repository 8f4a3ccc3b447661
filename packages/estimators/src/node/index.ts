/**
 * Models from files, addresses and bytes, with Node.
 *
 * @module
 * @example
 * import { load } from "@curtido/estimators/node";
 * const model = await load("modelo.pkl");
 * model.predict([[1, 0, 1, 1]]).tolist();
 */
export { type Archived, besides, modelInArchive } from "./archive.ts";
export type { Described } from "./described.ts";
export { beside, cardBeside, describedIn, fileError, placeIn, readCardFile, readModelFile } from "./files.ts";
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

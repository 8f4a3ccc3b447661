/**
 * What numpy, scipy.sparse, pandas and joblib put into a pickle.
 *
 * @module
 */

export {
  type Compression,
  compressionOf,
  DECOMPRESSED_LIMIT,
  type Decompress,
  decompressed,
} from "./containers/compression.ts";
export { type FileOptions, loadFile } from "./containers/joblib.ts";
export * from "./dtype.ts";
export type { NumericData } from "./elements.ts";
export { type ArrayErrorCode, arrayError } from "./errors.ts";
export { columnOf, DataFrame, type Series } from "./frame/frame.ts";
export { Index } from "./frame/index_labels.ts";
export { type ArrayData, NdArray, sizeOf } from "./ndarray.ts";
export { loads, reviveAll, reviveValue } from "./revive/index.ts";
export { reviveDType, reviveNumpy, transpose } from "./revive/numpy.ts";
export { Csr } from "./sparse/csr.ts";

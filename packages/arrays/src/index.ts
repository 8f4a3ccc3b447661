/**
 * What numpy, scipy.sparse, pandas and joblib put into a pickle.
 *
 * @module
 */

export type { Compression } from "./containers/codecs/index.ts";
export type { Inflate } from "./containers/codecs/inflate.ts";
export {
  compressionOf,
  DECOMPRESSED_LIMIT,
  type Decompress,
  type Folded,
  foldedBy,
  unfoldingLimit,
} from "./containers/compression.ts";
export { decompressDeflate } from "./containers/decompress.ts";
export { type FileOptions, hasLegacyHeader, loadFileWith, type OpeningOptions } from "./containers/joblib.ts";
export { isNpy, type NpyHeader, npyHeader, readNpy } from "./containers/npy.ts";
export { type NpzOptions, objectsOf, readNpz } from "./containers/npz.ts";
export { explainFile, otherFile, repaired } from "./containers/other_files.ts";
export { isTar, readTar, type TarArchive, type TarEntry, type TarOddity } from "./containers/tar.ts";
export {
  isZip,
  readZip,
  type ZipArchive,
  type ZipContent,
  type ZipEntry,
  type ZipProblem,
  zipContent,
} from "./containers/zip.ts";
export {
  type DateParts,
  dateParts,
  dateText,
  NOT_A_TIME,
  nanosecondsPerTick,
  type ParsedDate,
  parseDate,
} from "./dates.ts";
export {
  bool,
  type DType,
  dtypeName,
  type Field,
  float32,
  float64,
  int32,
  int64,
  isNumeric,
  type Kind,
  object,
  parseDType,
} from "./dtype.ts";
export { type NumericData, typedArrayOf } from "./elements.ts";
export { type ArrayErrorCode, arrayError } from "./errors.ts";
export { archivedFiles } from "./files/archive.ts";
export { decompressAny, decompressed } from "./files/decompress.ts";
export { loadFile, loads } from "./files/load_file.ts";
export { type ScanFileOptions, scanFile } from "./files/scan_file.ts";
export { columnOf, DataFrame } from "./frame/frame.ts";
export { Index, type IndexKind, type IndexParts, type IndexRange } from "./frame/index_labels.ts";
export { multiIndexOf } from "./frame/index_values.ts";
export { indexColumns, withoutIndex } from "./frame/reset.ts";
export { type Column, holdsInts, Series, type Values } from "./frame/series.ts";
export { arrayTypes, fromJson, toJson } from "./json/index.ts";
export { type ArrayData, NdArray, sizeOf } from "./ndarray.ts";
export { parseNumber } from "./numbers.ts";
export { reviveAll, reviveValue } from "./revive/index.ts";
export { isNumpyCall, reviveDType, reviveNumpy, transpose } from "./revive/numpy.ts";
export { dumpSkops, type SkopsOptions } from "./skops/write.ts";
export { Csr } from "./sparse/csr.ts";
export { isModule, type Named, namedValues } from "./tensors/named.ts";
export { isSafetensors, readSafetensors, type Safetensors } from "./tensors/safetensors.ts";
export { writeSafetensors } from "./tensors/safetensors_write.ts";
export { Tensor, type TensorRole, type TensorStorage, type TensorView } from "./tensors/tensor.ts";
export { isTorch, readTorch, type TorchOptions } from "./tensors/torch.ts";
export { writeTorch } from "./tensors/torch_write.ts";
export type { TensorType } from "./tensors/types.ts";
export { bytesOf } from "./write/bytes.ts";
export { type ArrayDumpOptions, type ArrayTargets, dumps, reduceArrays } from "./write/index.ts";
export { dumpJoblib, type JoblibOptions } from "./write/joblib.ts";
export { type NpyOptions, writeNpy } from "./write/npy.ts";
export { type WriteNpzOptions, writeNpz } from "./write/npz.ts";
export { type NumpyTarget, NumpyWriter } from "./write/numpy.ts";
export type { PandasTarget } from "./write/pandas_values.ts";
export { type Deflate, writeZip, type ZipPart } from "./write/zip.ts";

/** @module The formats that files are converted between: what their names end with, how they are read and written. */

import { type Format, tableFormats } from "@curtido/tables";

/** A format by its name, loaded when it is asked for. Values are Python's, exact: `bigint` is an int, `number` a float. */
export const formats: Readonly<Record<string, () => Promise<Format>>> = {
  pkl: async () => (await import("./pickle.ts")).pickleFormat,
  joblib: async () => (await import("./pickle.ts")).joblibFormat,
  ...tableFormats,
  npy: async () => {
    const { readNpyFile, writeNpyFile } = await import("./arrays.ts");
    return { read: readNpyFile, write: writeNpyFile };
  },
  npz: async () => {
    const { readNpzFile, writeNpzFile } = await import("./arrays.ts");
    return { read: readNpzFile, write: writeNpzFile };
  },
};

/** Endings of file names that are not a format's own name. */
const OTHER_ENDINGS: Readonly<Record<string, string>> = {
  pickle: "pkl",
  pk: "pkl",
  p: "pkl",
  ndjson: "jsonl",
  pq: "parquet",
};

/** The format that a file's name says, and the compression of a pickle (`.pkl.gz`, `.joblib.z`). */
export function formatOf(path: string): { readonly format?: string; readonly compress?: "gzip" | "zlib" } {
  const [, name, outer] = /^(.*?)(\.gz|\.z)?$/is.exec(path) ?? [];
  const ending = /\.([a-z0-9]+)$/i.exec(name ?? "")?.[1]?.toLowerCase();
  const format = ending === undefined ? undefined : (OTHER_ENDINGS[ending] ?? ending);
  if (format === undefined || !Object.hasOwn(formats, format)) return {};
  if (outer === undefined) return { format };
  const pickled = format === "pkl" || format === "joblib";
  return pickled ? { format, compress: outer.toLowerCase() === ".gz" ? "gzip" : "zlib" } : {};
}

/** @module The formats that files are converted between: those of tables, and those of any value of Python. */

import { FORMATS, type Format, formatNamed, formatOfFile } from "@curtido/tables";
import { readNpyFile, readNpzFile, writeNpyFile, writeNpzFile } from "./arrays.ts";
import { readPickle, writeJoblib, writePickle, writeSkops } from "./pickle.ts";
import { readSafetensorsFile, readTorchFile, writeSafetensorsFile, writeTorchFile } from "./tensors.ts";

/** A format that can be read and written; pickles may be compressed (`.pkl.gz`, `.joblib.z`). */
export interface Converted extends Format {
  readonly read: NonNullable<Format["read"]>;
  readonly write: NonNullable<Format["write"]>;
  readonly pickles?: true;
  /** Whether a model that is kept so is one that Python loads. */
  readonly models?: true;
}

/** The formats, in the order in which messages list them. */
export const CONVERTED: readonly Converted[] = [
  {
    name: "pkl",
    title: "pickle",
    media: [],
    endings: ["pkl", "pickle", "pk", "p"],
    pickles: true,
    models: true,
    read: readPickle,
    write: writePickle,
  },
  {
    name: "joblib",
    title: "joblib",
    media: [],
    endings: ["joblib"],
    pickles: true,
    models: true,
    read: readPickle,
    write: writeJoblib,
  },
  { name: "skops", title: "skops", media: [], endings: ["skops"], models: true, read: readPickle, write: writeSkops },
  ...FORMATS.filter((format): format is Converted => format.read !== undefined && format.write !== undefined),
  { name: "npy", title: "npy", media: [], endings: ["npy"], read: readNpyFile, write: writeNpyFile },
  { name: "npz", title: "npz", media: [], endings: ["npz"], read: readNpzFile, write: writeNpzFile },
  {
    name: "pth",
    title: "PyTorch",
    media: [],
    endings: ["pth", "pt", "ckpt", "bin"],
    read: readTorchFile,
    write: writeTorchFile,
  },
  {
    name: "safetensors",
    title: "safetensors",
    media: [],
    endings: ["safetensors"],
    read: readSafetensorsFile,
    write: writeSafetensorsFile,
  },
];

/** The names of all formats, for messages. */
export const CONVERTED_NAMES = CONVERTED.map(({ name }) => name).join(", ");

/** A format by its name. */
export function convertedNamed(name: string): Converted | undefined {
  return formatNamed(name, CONVERTED) as Converted | undefined;
}

/** The format that a file's name says, and the compression of a pickle (`.pkl.gz`, `.joblib.z`). */
export function formatOf(path: string): { readonly format?: Converted; readonly compress?: "gzip" | "zlib" } {
  const [, name = "", outer] = /^(.*?)(\.gz|\.z)?$/is.exec(path) ?? [];
  const format = formatOfFile(name, CONVERTED) as Converted | undefined;
  if (format === undefined) return {};
  if (outer === undefined) return { format };
  return format.pickles === true ? { format, compress: outer.toLowerCase() === ".gz" ? "gzip" : "zlib" } : {};
}

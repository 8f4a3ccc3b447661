/** @module What a file is, as data: its model if it holds one, the Python names it uses, its values as a tree. */

import { foldedBy, hasLegacyHeader, isModule, loadFile } from "@curtido/arrays";
import { decompress } from "@curtido/arrays/node";
import { nativeModel, partAt, type ReviveOptions, reviveModel } from "@curtido/estimators";
import { besides, modelInArchive } from "@curtido/estimators/node";
import { announcedProtocol, Instance, isCurtidoError, typeName } from "@curtido/pickle";
import { type Card, cardOf, Served } from "@curtido/server";
import { type ModuleUse, needsOf } from "./modules.ts";
import { moduleTree, NO_ANSWERS, type TensorList, tensorFile, tensorsOf } from "./tensor_files.ts";
import { attributesOf, describeValue, type Node, treeOf } from "./value_tree.ts";

/** Everything that is known of a file. */
export interface Inspection {
  readonly file: string;
  readonly size: number;
  /** The protocol of an uncompressed pickle; `null` when the file is compressed. */
  readonly protocol: number | null;
  /** The class of the outermost value, as the file spells it. */
  readonly class: string;
  /** The release of scikit-learn that trained it. */
  readonly version: string | null;
  /** The libraries that trained it: `scikit-learn 1.9.1`, `XGBoost 3.2.0`. */
  readonly trainedBy: readonly string[];
  /** The parameters it was made with. */
  readonly parameters: Readonly<Record<string, string>>;
  /** What it learned. */
  readonly learned: Readonly<Record<string, string>>;
  /** What it would answer, when it can be served; else why it cannot. */
  readonly model?: Card;
  readonly problem?: string;
  /** The estimators in it, each with what it is, where it holds several. */
  readonly parts?: readonly string[];
  /** Where each key of the card comes from: `file`, `bundle`, or `given`. */
  readonly cardFrom?: Readonly<Record<string, string>>;
  /** Every class and function that the file names. */
  readonly names: readonly string[];
  /** The modules of those, and which part of the model needs what of each. */
  readonly modules: readonly ModuleUse[];
  /** The tensors of a file of PyTorch or safetensors. */
  readonly tensors?: TensorList;
  readonly tree: Node;
}

/**
 * Looks at a file without executing anything in it.
 *
 * @throws CurtidoError when it is no pickle
 * @example
 * inspection(readFileSync("modelo.pkl"), "modelo.pkl").class; // "sklearn.linear_model._base.LinearRegression"
 */
export function inspection(
  bytes: Uint8Array,
  file: string,
  options: ReviveOptions & { readonly depth?: number } = {},
): Inspection {
  const archived = modelInArchive(bytes, options.at);
  if (archived !== undefined) {
    const { at: _, card, ...rest } = options;
    const told = besides(archived.card, card);
    const inner = { ...rest, ...(archived.at && { at: archived.at }), ...(told && { card: told }) };
    return { ...inspection(archived.bytes, `${file}#${archived.name}`, inner), size: bytes.length };
  }
  const part = options.part === undefined ? {} : { part: options.part };
  const progress = options.onProgress === undefined ? {} : { onProgress: options.onProgress };
  const tensors = tensorFile(bytes, options.onProgress);
  const native = tensors === undefined ? nativeModel(bytes) : undefined;
  const whole = tensors?.value ?? native ?? loadFile(bytes, { encoding: "latin1", decompress, ...part, ...progress });
  const value = partAt(whole, options.at ?? "");
  const attributes = value instanceof Instance ? attributesOf(value) : new Map<string, unknown>();
  const version = attributes.get("_sklearn_version");
  const { names, modules, libraries } = needsOf(value);
  return {
    file,
    size: bytes.length,
    protocol: native === undefined && tensors === undefined ? protocolOf(bytes) : null,
    class: value instanceof Instance ? value.className : typeName(value),
    version: typeof version === "string" ? version : null,
    trainedBy: [...(typeof version === "string" ? [`scikit-learn ${version}`] : []), ...libraries],
    parameters: described(attributes, (name) => !name.startsWith("_") && !name.endsWith("_")),
    learned: described(attributes, (name) => !name.startsWith("_") && name.endsWith("_") && !name.endsWith("__")),
    ...(tensors === undefined ? modelOf(whole, file, options) : { problem: NO_ANSWERS }),
    names,
    modules,
    ...(tensors !== undefined && { tensors: tensorsOf(value, tensors.metadata) }),
    tree: isModule(value) ? moduleTree(value) : treeOf(value, options.depth ?? 4),
  };
}

function protocolOf(bytes: Uint8Array): number | null {
  return announcedProtocol(bytes) ?? (foldedBy(bytes) !== undefined || hasLegacyHeader(bytes) ? null : 0);
}

function modelOf(
  value: unknown,
  file: string,
  options: ReviveOptions,
): Pick<Inspection, "model" | "problem" | "parts" | "cardFrom"> {
  try {
    const model = reviveModel(value, options);
    const { cardFrom } = model;
    return { model: cardOf(new Served(file, model)), ...(cardFrom === undefined ? {} : { cardFrom }) };
  } catch (error) {
    if (!isCurtidoError(error)) throw error;
    return { problem: error.message, ...(isCurtidoError(error, "E_PARTS") && { parts: error.fields.parts }) };
  }
}

/** Some of the attributes, in words: those without an underscore at either end are parameters, one at the end is learned. */
function described(
  attributes: ReadonlyMap<string, unknown>,
  wanted: (name: string) => boolean,
): Record<string, string> {
  const chosen = [...attributes].filter(([name]) => wanted(name));
  return Object.fromEntries(chosen.map(([name, value]) => [name, describeValue(value)]));
}

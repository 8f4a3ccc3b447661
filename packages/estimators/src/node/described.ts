/**
 * @module Models that lie with a description beside them, in a folder or an archive: MLflow's, Hugging Face's for scikit-learn,
 * BentoML's; and archives that hold one file, as SageMaker's. Which file is the model, and the card that the description makes.
 */

import { CurtidoError } from "@curtido/pickle";
import type { Card, CardFeature } from "../base/card.ts";
import { readYaml, type Yaml } from "./yaml.ts";

/** Files by their names, however they lie. */
export interface Files {
  readonly names: readonly string[];
  /** The content of a small file. */
  readonly text: (name: string) => string;
}

/** A model that is described: its file among the others, and what its description says of it. */
export interface Described {
  readonly kind: string;
  readonly file: string;
  readonly card: Card;
}

/** What describes a model, by the file that does. */
const READERS: Readonly<Record<string, (files: Files) => Described | undefined>> = {
  MLmodel: mlflow,
  "config.json": huggingFace,
  "model.yaml": bentoml,
};

/** The names of the files that describe a model. */
export const DESCRIPTIONS: readonly string[] = Object.keys(READERS);

/** What is a model by its name, in archives: among the files that others put beside it. */
const MODEL_FILE = /(^xgboost-model|\.(pkl|pickle|joblib|jbl|sav|skops|cbm|ubj|model|bst|txt|json))$/i;
const NO_MODEL =
  /(^|\/)(requirements\.txt|config\.json|.*\.card\.json|input_example\.json|.*metadata.*\.json|python_env\..*)$/i;

/**
 * The model that a folder describes; `undefined` when it describes none.
 *
 * @throws CurtidoError E_FILE when the description names no file that is there, or no flavor that is read
 */
export function described(files: Files): Described | undefined {
  for (const [name, read] of Object.entries(READERS)) {
    const found = files.names.includes(name) ? read(files) : undefined;
    if (found === undefined) continue;
    if (files.names.includes(found.file)) return found;
    throw new CurtidoError("E_FILE", `${name} names '${found.file}', which does not lie beside it`, {
      path: found.file,
    });
  }
  return undefined;
}

/**
 * The one file of an archive that is a model by its name.
 *
 * @throws CurtidoError E_PARTS listing them when there are several, E_NOT_A_MODEL when there is none
 */
export function onlyModel(names: readonly string[]): string {
  const models = names.filter((name) => MODEL_FILE.test(name.replace(/^.*\//, "")) && !NO_MODEL.test(name));
  if (models.length === 1) return models[0]!;
  if (models.length > 1) {
    const words = `the archive holds several models: name one, as in archive.tar.gz#${models[0]}: ${models.slice(0, 20).join(", ")}`;
    throw new CurtidoError("E_PARTS", words, { parts: models.slice(0, 20) });
  }
  const held = names.slice(0, 10).join(", ");
  throw new CurtidoError("E_NOT_A_MODEL", `the archive holds no file of a model: ${held}`, { found: "an archive" });
}

const at = (value: Yaml | undefined, ...keys: readonly string[]): Yaml | undefined =>
  keys.reduce<Yaml | undefined>((inner, key) => (inner instanceof Map ? inner.get(key) : undefined), value);

function textAt(value: Yaml | undefined, ...keys: readonly string[]): string | undefined {
  const found = at(value, ...keys);
  return typeof found === "string" ? found : undefined;
}

/** The flavors of MLflow whose files are read, and the key that names the file. */
const FLAVORS: readonly (readonly [flavor: string, key: string])[] = [
  ["sklearn", "pickled_model"],
  ["xgboost", "data"],
  ["lightgbm", "data"],
  ["catboost", "data"],
  ["statsmodels", "data"],
  ["prophet", "data"],
  ["python_function", "python_model"],
  ["python_function", "model_path"],
];

function mlflow(files: Files): Described {
  const description = readYaml(files.text("MLmodel"));
  const file = FLAVORS.map(([flavor, key]) => textAt(description, "flavors", flavor, key)).find(
    (each) => each !== undefined,
  );
  if (file === undefined) {
    const flavors = at(description, "flavors");
    const names = flavors instanceof Map ? [...flavors.keys()].join(", ") : "none";
    throw new CurtidoError("E_FILE", `MLmodel has no flavor that is read here; it has ${names}`, { path: "MLmodel" });
  }
  const inputs = columnsOf(textAt(description, "signature", "inputs"));
  const outputs = columnsOf(textAt(description, "signature", "outputs"));
  const row = exampleOf(files, inputs.length);
  const named = outputs.length > 0 && outputs.every(({ name }) => name !== undefined);
  return {
    kind: "MLflow",
    file,
    card: {
      ...(inputs.length > 0 && inputs.every(({ name }) => name !== undefined) && { features: inputs.map(featureOf) }),
      ...(named && outputs.length > 1 && { outputs: outputs.map(({ name }) => ({ name: name! })) }),
      ...(row !== undefined && { examples: [{ row }] }),
    },
  };
}

interface Column {
  readonly name?: string;
  readonly type?: string;
}

/** The columns of a signature; none where it is of tensors. */
function columnsOf(json: string | undefined): readonly Column[] {
  const columns = json === undefined ? [] : parsed(json);
  if (!Array.isArray(columns)) return [];
  return columns.map((column: unknown) => {
    const { name, type } = (typeof column === "object" && column !== null ? column : {}) as Record<string, unknown>;
    return { ...(typeof name === "string" && { name }), ...(typeof type === "string" && { type }) };
  });
}

const TYPES: Readonly<Record<string, NonNullable<CardFeature["type"]>>> = {
  double: "number",
  float: "number",
  long: "number",
  integer: "number",
  boolean: "boolean",
};

/** A text may be a category or a text: the model knows which. */
function featureOf({ name, type = "" }: Column): CardFeature {
  return { name: name!, ...(Object.hasOwn(TYPES, type) && { type: TYPES[type]! }) };
}

function exampleOf(files: Files, width: number): unknown {
  const name = ["serving_input_example.json", "input_example.json", "serving_input_payload.json"].find((each) =>
    files.names.includes(each),
  );
  const example = name === undefined ? undefined : parsed(files.text(name));
  if (typeof example !== "object" || example === null) return undefined;
  const { dataframe_split, ...rest } = example as Record<string, unknown>;
  const split = (dataframe_split ?? rest) as { columns?: unknown; data?: unknown };
  const [row] = Array.isArray(split.data) ? (split.data as readonly unknown[]) : [];
  if (!Array.isArray(row) || (width > 0 && row.length !== width)) return undefined;
  const columns = Array.isArray(split.columns) ? (split.columns as readonly unknown[]) : [];
  const named = columns.length === row.length && columns.every((each) => typeof each === "string");
  return named ? Object.fromEntries(columns.map((each, place) => [each, row[place]])) : row;
}

/** Hugging Face's `config.json` as skops and others write it for scikit-learn. */
function huggingFace(files: Files): Described | undefined {
  const config = parsed(files.text("config.json")) as { sklearn?: Record<string, unknown> } | undefined;
  const sklearn = config?.sklearn;
  if (typeof sklearn !== "object" || sklearn === null) return undefined;
  const file = (sklearn["model"] as { file?: unknown } | undefined)?.file;
  if (typeof file !== "string")
    throw new CurtidoError("E_FILE", "config.json does not say which file is the model", { path: "config.json" });
  const columns = Array.isArray(sklearn["columns"]) ? (sklearn["columns"] as readonly unknown[]) : [];
  const example = sklearn["example_input"] as Readonly<Record<string, unknown>> | undefined;
  const named = columns.length > 0 && columns.every((each) => typeof each === "string");
  const row: Record<string, unknown> = {};
  for (const column of named ? (columns as readonly string[]) : []) {
    const values: unknown = example?.[column];
    if (Array.isArray(values) && values.length > 0) row[column] = values[0];
  }
  const whole = named && Object.keys(row).length === columns.length;
  return {
    kind: "Hugging Face",
    file,
    card: {
      ...(named && { features: (columns as readonly string[]).map((name) => ({ name })) }),
      ...(whole && { examples: [{ row }] }),
    },
  };
}

/** BentoML's `model.yaml`, beside `saved_model.pkl` and its like. */
function bentoml(files: Files): Described | undefined {
  const description = readYaml(files.text("model.yaml"));
  const module = textAt(description, "module");
  if (module === undefined) return undefined;
  const file = files.names.find((name) => /^saved_model\.(pkl|json|ubj|txt|cbm|model)$/.test(name));
  if (file === undefined)
    throw new CurtidoError("E_FILE", `model.yaml is of ${module}, and no saved_model.* lies beside it`, {
      path: "model.yaml",
    });
  const name = textAt(description, "name");
  return { kind: "BentoML", file, card: name === undefined ? {} : { title: name } };
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch {
    return undefined;
  }
}

/** @module What a CatBoost model says of itself, in JSON: parameters and class labels. */

import { NdArray } from "@curtido/arrays";

/** One note as an object; `undefined` when it is not there or no JSON object. */
export function noteOf(
  notes: ReadonlyMap<string, string>,
  name: string,
): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(notes.get(name) ?? "null");
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** The labels of the classes, in the type that training had them; `undefined` when there are none or they make no sense. */
export function labelsNoted(notes: ReadonlyMap<string, string>): NdArray | undefined {
  const note = noteOf(notes, "class_params") ?? noteOf(notes, "multiclass_params");
  const names = listOf(note?.["class_names"]);
  const labels = names.length > 0 ? names : listOf(note?.["class_to_label"]);
  if (labels.length < 2) return undefined;
  const type = note?.["class_label_type"];
  if (labels.every((label) => typeof label === "boolean"))
    return NdArray.bools(Uint8Array.from(labels, Number), [labels.length]);
  if (labels.every((label) => typeof label === "number")) {
    const whole = labels.every(Number.isSafeInteger) && type !== "Float";
    return NdArray.of(whole ? BigInt64Array.from(labels as number[], BigInt) : Float64Array.from(labels as number[]));
  }
  return NdArray.objects(labels.map(String), [labels.length]);
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** From which raw value on a row is of the second class: 0, or where its probability reaches the threshold that is noted. */
export function borderOf(notes: ReadonlyMap<string, string>): number {
  const share = Number(notes.get("binclass_probability_threshold") ?? Number.NaN);
  return share > 0 && share < 1 ? -Math.log(1 / share - 1) : 0;
}

/** The release that trained a model, by its note; `undefined` when the file does not say. */
export function catboostRelease(notes: ReadonlyMap<string, string>): string | undefined {
  return /(?:CatBoost release |tags\/v)(\d+(?:\.\d+)+)/.exec(notes.get("catboost_version_info") ?? "")?.[1];
}

/** The loss function by the model's notes, without its parameters; empty when the file does not say. */
export function lossNoted(notes: ReadonlyMap<string, string>): string {
  const given = noteOf(notes, "loss_function") ?? noteOf(notes, "params")?.["loss_function"];
  const type = typeof given === "object" && given !== null ? (given as { type?: unknown }).type : given;
  return typeof type === "string" ? type : "";
}

const CLASSIFICATION = /^(Logloss|CrossEntropy|MultiClass|MultiClassOneVsAll|MultiLogloss|MultiCrossEntropy|Focal)$/;

/** Python's class for models of a loss function. */
export function classFor(loss: string): "CatBoost" | "CatBoostClassifier" | "CatBoostRegressor" {
  if (loss === "") return "CatBoost";
  return CLASSIFICATION.test(loss) ? "CatBoostClassifier" : "CatBoostRegressor";
}

/** @module Which library trained a part of a file, by what the part says of itself. */

import { Dict, Global, Instance } from "@curtido/pickle";
import { CatModelError } from "./catboost/flatbuffer.ts";
import { readNotes } from "./catboost/model.ts";
import { releaseOf as catRelease } from "./catboost/notes.ts";
import { releaseOf as xgbRelease } from "./xgboost/model.ts";
import { ModelFileError } from "./xgboost/ubjson.ts";

/** A library's own model inside an object, and how its release is found. */
interface Trainer {
  readonly library: string;
  readonly classes: RegExp;
  readonly attributes: readonly string[];
  readonly release: (content: unknown) => string | undefined;
}

const TRAINERS: readonly Trainer[] = [
  {
    library: "XGBoost",
    classes: /^xgboost\.core\.Booster$/,
    attributes: ["handle"],
    release: (content) => (content instanceof Uint8Array ? xgbRelease(content) : undefined),
  },
  {
    library: "LightGBM",
    classes: /^lightgbm\.basic\.Booster$/,
    attributes: ["_handle", "handle"],
    release: (content) => {
      const text = content instanceof Uint8Array ? new TextDecoder().decode(content.subarray(0, 400)) : String(content);
      const format = /^version=(v\d+)/m.exec(text.slice(0, 400))?.[1];
      return format === undefined ? undefined : `(model format ${format})`;
    },
  },
  {
    library: "CatBoost",
    classes: /^catboost\.core\.CatBoost(Classifier|Regressor|Ranker)?$/,
    attributes: ["__model"],
    release: (content) => (content instanceof Uint8Array ? catRelease(readNotes(content)) : undefined),
  },
];

/**
 * The library, and where the model says it the release, that trained what an object holds; `undefined` for objects of other
 * libraries. LightGBM's models say the release of their format alone.
 *
 * @example
 * trainerOf(booster); // "XGBoost 3.2.0"
 */
export function trainerOf(value: unknown): string | undefined {
  if (!(value instanceof Instance) || !(value.class instanceof Global)) return undefined;
  const { className } = value;
  const trainer = TRAINERS.find(({ classes }) => classes.test(className));
  if (trainer === undefined) return undefined;
  const content = trainer.attributes.map((name) => attributeOf(value, name)).find((each) => each !== undefined);
  const release = guarded(() => trainer.release(content));
  return release === undefined ? trainer.library : `${trainer.library} ${release}`;
}

function attributeOf(value: Instance, name: string): unknown {
  for (const state of value.states) {
    const found = state instanceof Dict ? state.get(name) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What is malformed is said when the model is revived. */
function guarded(read: () => string | undefined): string | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof CatModelError || error instanceof ModelFileError) return undefined;
    throw error;
  }
}

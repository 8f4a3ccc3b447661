/** @module A library's own model file with bytes changed: it is refused by a tagged error, or answers. */

import { loadFile } from "@curtido/arrays";
import { decompress } from "@curtido/arrays/node";
import { type Instance, isCurtidoError } from "@curtido/pickle";
import { FixtureFolder } from "../../../test/fixture_files.ts";
import type { Random } from "../../pickle/test/mutate.ts";
import { type Estimator, revive } from "../src/index.ts";
import { type Fixture, fixtureInput } from "../src/testing/fixture.ts";

/** A sound file, where its numbers begin (what is before is notes and names), and rows for it. */
export interface SoundModel {
  readonly bytes: Uint8Array;
  readonly from: number;
  readonly rows: Parameters<Estimator["predict"]>[0];
}

/** CatBoost's files with counts of categories: of every kind, in combinations, in trees of both kinds. */
const COUNTED = [
  "CatBoostRegressor-counters_deep",
  "CatBoostRegressor-counters_buckets",
  "CatBoostRegressor-counters_means",
  "CatBoostRegressor-counters_freq",
  "CatBoostRegressor-counters_lossguide",
];

/** Files as they lie: XGBoost's binary format, and CatBoost's JSON. */
const FILES = [
  ["xgboost", "Booster-file_dart.sk0.21.3"],
  ["xgboost", "Booster-file_softprob.sk1.2.2"],
  ["xgboost", "Booster-file_linear_multi.sk0.20.4"],
  ["catboost", "CatBoostRegressor-json_means.sk1.9.1"],
  ["catboost", "CatBoostRegressor-json_lossguide.sk1.9.1"],
] as const;

/** The files that are changed. */
export function soundModels(): readonly SoundModel[] {
  const files = FILES.map(([family, name]) => {
    const folder = new FixtureFolder(family);
    const fixture = folder.json(`${name}.json`) as Fixture;
    return { bytes: folder.read(fixture.file), from: 0, rows: rowsOf(fixture) };
  });
  return [...files, ...countedModels()];
}

function countedModels(): readonly SoundModel[] {
  const folder = new FixtureFolder("catboost");
  return COUNTED.map((name) => {
    const fixture = folder.json(`${name}.sk1.9.1.json`) as Fixture;
    const value = loadFile(folder.read(fixture.file), { decompress, encoding: "latin1" }) as Instance;
    const bytes = (value.state as Map<string, Uint8Array>).get("__model")!;
    return { bytes, from: 8 + new DataView(bytes.buffer, bytes.byteOffset).getUint32(4, true), rows: rowsOf(fixture) };
  });
}

function rowsOf(fixture: Fixture): SoundModel["rows"] {
  return fixtureInput(fixture.input);
}

/** Numbers that lie: none, one, many, the most, below none. */
const LIES = [0, 1, 2, 0xff, 0xffff, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff];

/** One to four changes, most of them behind `from` or shortly before. */
function changed({ bytes, from }: SoundModel, random: Random): Uint8Array {
  const out = Uint8Array.from(bytes);
  const view = new DataView(out.buffer);
  for (let left = 1 + random.below(4); left > 0; left--) {
    const begin = random.below(4) === 0 ? Math.max(0, from - 4000) : from;
    const at = begin + random.below(Math.max(1, out.length - 4 - begin));
    const digit = out[at]! >= 0x30 && out[at]! <= 0x39;
    if (digit) out[at] = 0x30 + random.below(10);
    else if (random.below(2) === 0) out[at] = random.below(256);
    else view.setUint32(at, random.pick(LIES), true);
  }
  return random.below(20) === 0 ? out.subarray(0, from + random.below(out.length - from)) : out;
}

/**
 * Opens a changed file and asks it; gives whether it answered.
 *
 * @throws Error what is thrown that has no tag
 */
export function lyingModel(models: readonly SoundModel[], random: Random): boolean {
  const model = random.pick(models);
  const bytes = changed(model, random);
  try {
    revive(bytes).predict(model.rows);
    return true;
  } catch (error) {
    if (isCurtidoError(error)) return false;
    throw error;
  }
}

import type { ClassEntry, Entries } from "../base/entry.ts";
import type { State } from "../base/state.ts";
import { PROPHET_FILE } from "./file.ts";
import { Prophet } from "./prophet.ts";
import { meanOf } from "./state.ts";

/** A sine or cosine for every term; the data of training, which the file holds too, is not met by rows. */
const cost = (state: State) => ({
  parts: [],
  perRow: 50 * meanOf(state, "beta").length + 4 * meanOf(state, "delta").length,
});

const entry = (name: string, more: Partial<ClassEntry> = {}): ClassEntry => ({
  name,
  revive: (state) => new Prophet(state),
  cost,
  ...more,
});

/** Prophet; its package was called fbprophet before 1.0. */
export const prophetEntries: Entries = [entry("prophet.forecaster.Prophet", { file: PROPHET_FILE })];

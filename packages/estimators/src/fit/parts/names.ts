/** @module The names of features, in the state of the first part that takes them. */

import { NdArray } from "@curtido/arrays";
import { Instance, type Tuple } from "@curtido/pickle";
import { estimatorError } from "../../base/errors.ts";
import { reviveModel } from "../../load.ts";
import { asRead } from "../save/copy.ts";
import { stateOf } from "./labels.ts";

/**
 * Names the features of a fitted object, which is changed in place: of a pipeline, those of its first step.
 *
 * @throws CurtidoError E_COMPOSE when it takes another number of features, or knows other names
 */
export function nameFeatures(instance: Instance, names: readonly string[], where: string): void {
  const state = stateOf(instance);
  const steps = state.get("steps");
  const regressor = state.get("regressor_");
  const first = Array.isArray(steps) ? (steps[0] as Tuple).items[1] : regressor;
  if (first instanceof Instance) {
    nameFeatures(first, names, where);
    return;
  }
  const { n_features_in_: count, feature_names_in_: known } = reviveModel(asRead(instance));
  if (count !== undefined && count !== names.length)
    throw estimatorError("E_COMPOSE", `${where}: there are ${names.length} names for ${count} features`, {});
  if (known?.some((name, at) => name !== names[at]))
    throw estimatorError("E_COMPOSE", `${where}: knows the names of its features: ${known.join(", ")}`, {});
  state.set("feature_names_in_", NdArray.objects([...names], [names.length]));
}

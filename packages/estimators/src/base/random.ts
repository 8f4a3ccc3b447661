/** @module Where an estimator's random draws come from (`sklearn.utils.check_random_state`). */

import { RandomState } from "@curtido/kernels";
import { Dict, Instance, Tuple } from "@curtido/pickle";
import type { State } from "./state.ts";

const WORDS = 624;

/**
 * What makes the generator of each call: the same seed again for an int, an unforeseen one for None; a `RandomState` of the
 * file goes on where the last call left it.
 */
export function randomSource(state: State, name = "random_state"): () => RandomState {
  if (!state.given(name)) return () => new RandomState(Math.floor(Math.random() * 2 ** 32));
  const value = state.raw(name);
  if (value instanceof Instance && /RandomState|randomstate/.test(value.className)) {
    const generator = generatorOf(state, name, value.state);
    return () => generator;
  }
  const seed = state.integer(name, undefined, 0, 2 ** 32 - 1);
  return () => new RandomState(seed);
}

/** From `get_state()`: `("MT19937", key, pos, ...)`, or a dict in numpy 1.17 and later. */
function generatorOf(state: State, name: string, held: unknown): RandomState {
  const inner = held instanceof Dict ? held.get("state") : undefined;
  const [kind, key, position] =
    inner instanceof Dict
      ? [(held as Dict).get("bit_generator"), inner.get("key"), inner.get("pos")]
      : held instanceof Tuple
        ? held.items
        : [];
  if (kind !== "MT19937") return state.fail(name, `must be a Mersenne Twister, not ${String(kind)}`);
  const words = state.context.value(key);
  const data =
    typeof words === "object" && words !== null && "toFloat64" in words ? (words as Numbers).toFloat64() : [];
  const fits = data.length === WORDS && typeof position === "number" && position >= 0 && position <= WORDS;
  return fits
    ? new RandomState({ key: Uint32Array.from(data), position })
    : state.fail(name, `must hold ${WORDS} words and a position in them`);
}

interface Numbers {
  toFloat64(): Float64Array;
}

/** @module What a file calls: a function, and the arguments that `functools.partial` and `kw_args` bind to it. */

import { NdArray } from "@curtido/arrays";
import { Dict, Instance, Tuple } from "@curtido/pickle";
import type { Context } from "../base/state.ts";

/** A function of the file, and what it is called with beside the rows. */
export interface Bound {
  /** What stands for the function itself. */
  readonly func: unknown;
  /** Arguments that stand before the rows. */
  readonly args: readonly unknown[];
  readonly keywords: ReadonlyMap<string, unknown>;
}

/** Partials of partials, at most; Python joins them. */
const MOST_PARTIALS = 16;

/**
 * What stands behind a callable once its partials are taken off. Arguments are plain values: arrays are lists, dicts objects.
 *
 * @param given - keywords of the call, which win over those of a partial
 * @example
 * boundCall(partial(np.power, 2), new Dict(), context); // { func: numpy.power, args: [2], keywords: new Map() }
 */
export function boundCall(value: unknown, given: Dict, context: Context): Bound {
  let func = value;
  let args: readonly unknown[] = [];
  let keywords: ReadonlyMap<string, unknown> = keywordsIn(given, context);
  for (let depth = 0; depth < MOST_PARTIALS && isPartial(func); depth++) {
    const [state] = func.states;
    const [inner, bound, named] = state instanceof Tuple ? state.items : [func.args[0]];
    if (bound instanceof Tuple) args = [...bound.items.map((each) => plainArgument(each, context)), ...args];
    if (named instanceof Dict) keywords = new Map([...keywordsIn(named, context), ...keywords]);
    func = inner;
  }
  return { func, args, keywords };
}

function isPartial(value: unknown): value is Instance {
  return value instanceof Instance && value.className === "functools.partial";
}

function keywordsIn(dict: Dict, context: Context): ReadonlyMap<string, unknown> {
  return new Map([...dict].map(([key, value]) => [String(key), plainArgument(value, context)]));
}

/** A value as JavaScript has it. */
function plainArgument(value: unknown, context: Context): unknown {
  if (Array.isArray(value)) return value.map((each) => plainArgument(each, context));
  if (value instanceof Tuple) return value.items.map((each) => plainArgument(each, context));
  if (value instanceof Dict) return Object.fromEntries(keywordsIn(value, context));
  const found = context.value(value);
  return found instanceof NdArray ? found.tolist() : (found ?? value);
}

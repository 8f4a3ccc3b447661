/** @module What an inert value holds. */

import { Dict } from "./dict.ts";
import { Counter, DefaultDict, Deque, OrderedDict } from "./standard/collections.ts";
import { PyDateTime, PyTime } from "./standard/dates.ts";
import { EnumMember, Uuid } from "./standard/things.ts";
import { FrozenSet, Instance, PySet, Slice, StateSetter, Tuple } from "./values.ts";

/**
 * What a value holds, in the file's order: the items of a list, the keys and values of a dict, the class, the arguments and
 * the states of an instance. A value without parts, a text or a class, gives none. Nothing is copied.
 *
 * @example
 * [...partsOf(new Dict([["a", 1]]))]; // ["a", 1]
 */
export function* partsOf(value: object): Generator<unknown> {
  if (value instanceof Instance) yield* partsOfInstance(value);
  else if (Array.isArray(value) || value instanceof Tuple || value instanceof PySet || value instanceof FrozenSet)
    yield* value;
  else if (value instanceof Dict) {
    if (value instanceof DefaultDict) yield value.factory;
    for (const [key, item] of value) {
      yield key;
      yield item;
    }
  } else if (value instanceof Deque) yield* value;
  else if (value instanceof StateSetter) {
    yield value.setter;
    yield value.state;
  } else if (value instanceof Slice) {
    yield value.start;
    yield value.stop;
    yield value.step;
  } else if (value instanceof EnumMember) {
    yield value.class;
    yield value.value;
  } else if (value instanceof PyDateTime) yield value.time.tzinfo;
  else if (value instanceof PyTime) yield value.tzinfo;
  else if (value instanceof Uuid) yield value.isSafe;
  if (hasAttributes(value)) yield value.attributes;
}

function* partsOfInstance(value: Instance): Generator<unknown> {
  yield value.class;
  yield* value.args;
  yield value.kwargs;
  yield* value.states;
  yield* value.items;
  for (const [key, item] of value.entries) {
    yield key;
    yield item;
  }
}

/** A collection of Python's library, on which attributes may have been set. */
function hasAttributes(value: object): value is { readonly attributes: unknown } {
  return (
    value instanceof OrderedDict || value instanceof DefaultDict || value instanceof Counter || value instanceof Deque
  );
}

/**
 * @module The state of a numpy dtype: it says itself whether elements are objects and where fields lie, and numpy believes it.
 * Elements that are objects by one word and bytes by another would be whatever the bytes say.
 */

import { DictSymbol, levelOf, MadeSymbol, NameSymbol, type Sym, TupleSymbol } from "./symbols.ts";

/** Elements are counted references, and they are pickled as a list. */
const OBJECTS = 3;
const PLAIN = /^[|<>=]?([A-Za-z?])(\d*)$/;
/** Nesting of structures, with room to spare. */
const DEEPEST = 40;
const LIE = "a state that says other things of its elements than they are";

/** Why a dtype may not be given a state; `undefined` when it may. */
export function dtypeProblem(state: Sym, made: MadeSymbol): string | undefined {
  if (levelOf(state) > 0 || !(state instanceof TupleSymbol)) return `a state that is none of a dtype`;
  // Without a copy, it is the one that all arrays of the type share.
  if (made.args?.items[2] !== true && made.args?.items[2] !== 1) return "a state, though it belongs to the program";
  const objects = hasObjects(made, state, 0);
  if (objects === undefined) return LIE;
  const flags = state.items[7];
  // Before its third version a state had no flags: numpy finds them.
  if (flags === undefined) return undefined;
  return typeof flags === "number" && (flags & OBJECTS) === (objects ? OBJECTS : 0) ? undefined : LIE;
}

/** Whether elements are objects, or have some; `undefined` when it cannot be told. */
function hasObjects(made: MadeSymbol, state: Sym, depth: number): boolean | undefined {
  if (depth > DEEPEST) return undefined;
  const type = made.args?.items[0];
  const letter = typeof type === "string" ? PLAIN.exec(type)?.[1] : type instanceof NameSymbol ? "V" : undefined;
  if (letter === undefined) return undefined;
  if (!(state instanceof TupleSymbol)) return letter === "O";
  const [, , sub, , fields] = state.items;
  const inside: (Sym | undefined)[] = [];
  if (sub instanceof TupleSymbol) inside.push(sub.items[0]);
  else if (sub !== null && sub !== undefined) return undefined;
  if (fields instanceof DictSymbol) {
    const entries = [...fields.entries()];
    if (entries.length !== fields.size) return undefined;
    for (const [, field] of entries) inside.push(field instanceof TupleSymbol ? field.items[0] : undefined);
  } else if (fields !== null && fields !== undefined) return undefined;
  let objects = letter === "O";
  for (const each of inside) {
    if (!(each instanceof MadeSymbol)) return undefined;
    const more = hasObjects(each, each.state, depth + 1);
    if (more === undefined) return undefined;
    objects ||= more;
  }
  return objects;
}

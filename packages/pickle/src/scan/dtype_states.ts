/**
 * @module The state of a numpy dtype: it says itself whether elements are objects and where fields lie, and numpy believes it.
 * Elements that are objects by one word and bytes by another would be whatever the bytes say.
 */

import { DictSymbol, levelOf, MadeSymbol, NameSymbol, type Sym, TupleSymbol } from "./symbols.ts";

/** Elements are counted references, and they are pickled as a list. */
const OBJECTS = 3;
const PLAIN = /^[|<>=]?([A-Za-z?])(\d*)$/;
/** Codes of one byte without a number. */
const SINGLE = new Set("?bB");
/** Nesting of structures, with room to spare. */
const DEEPEST = 40;
const LIE = "a state that says other things of its elements than they are";

/** Whether a text is the code of a plain type, as numpy pickles it. */
export const isTypeCode = (text: string) => PLAIN.test(text);

/** Whether elements of a dtype are objects, have some, or could not be told to have none. */
export const mayHoldObjects = (made: MadeSymbol) => hasObjects(made, made.state, 0) !== false;

/** Why a dtype may not be given a state; `undefined` when it may. */
export function dtypeProblem(state: Sym, made: MadeSymbol): string | undefined {
  if (levelOf(state) > 0 || !(state instanceof TupleSymbol)) return `a state that is none of a dtype`;
  // Without a copy, it is the one that all arrays of the type share.
  if (made.args?.items[2] !== true && made.args?.items[2] !== 1) return "a state, though it belongs to the program";
  const objects = hasObjects(made, state, 0);
  if (objects === undefined || !isWithin(made, state)) return LIE;
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

/** Whether every field lies inside the element, and a sub-array fills it. */
function isWithin(made: MadeSymbol, state: TupleSymbol): boolean {
  const size = sizeOf(made, state);
  const [, , sub, , fields] = state.items;
  if (sub instanceof TupleSymbol) {
    const [base, shape] = sub.items;
    const each = base instanceof MadeSymbol ? sizeOf(base, base.state) : undefined;
    const counts = shape instanceof TupleSymbol ? shape.items : [shape ?? null];
    let count = 1;
    for (const of of counts) count *= typeof of === "number" && of >= 0 ? of : Number.NaN;
    if (each === undefined || each * count !== size) return false;
  }
  if (!(fields instanceof DictSymbol)) return true;
  return [...fields.entries()].every(([, field]) => {
    const [type, offset] = field instanceof TupleSymbol ? field.items : [];
    const each = type instanceof MadeSymbol ? sizeOf(type, type.state) : undefined;
    return each !== undefined && typeof offset === "number" && offset >= 0 && offset + each <= (size ?? 0);
  });
}

/** The bytes of one element: what the state says, or the code. */
function sizeOf(made: MadeSymbol, state: Sym): number | undefined {
  const told = state instanceof TupleSymbol ? state.items[5] : undefined;
  if (typeof told === "number" && told >= 0) return told;
  const type = made.args?.items[0];
  const [, letter = "", digits = ""] = typeof type === "string" ? (PLAIN.exec(type) ?? []) : [];
  if (digits === "") return SINGLE.has(letter) ? 1 : undefined;
  return Number(digits) * (letter === "U" ? 4 : 1);
}

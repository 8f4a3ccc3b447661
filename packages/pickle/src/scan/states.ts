/** @module What a state may be: a class may turn it into code, or call what it finds in it. */

import { isReachingAttribute } from "./danger.ts";
import { dtypeProblem } from "./dtype_states.ts";
import { isPlainFormula } from "./formulas.ts";
import type { StateRule } from "./rules.ts";
import { DictSymbol, levelOf, MadeSymbol, NameSymbol, plain, type Sym, show, TupleSymbol } from "./symbols.ts";

const SHAPES = /^\ndef _parse_args\(self, ((?:[A-Za-z_]\w*, )*) (loc=0, scale=1|loc=0)\):\n/;

/** The functions that `scipy.stats` makes of the names of a distribution's shapes, as text; it executes them. */
function template(shapes: string, given: string): string {
  const passed = given === "loc=0" ? "loc, 1" : "loc, scale";
  return `
def _parse_args(self, ${shapes} ${given}):
    return (${shapes}), ${passed}

def _parse_args_rvs(self, ${shapes} ${given}, size=None):
    return self._argcheck_rvs(${shapes} ${passed}, size=size)

def _parse_args_stats(self, ${shapes} ${given}, moments='mv'):
    return (${shapes}), ${passed}, moments
`;
}

/** Entries for which a formula is evaluated. */
const FORMULAS = ["restore_design_info", "restore_model_spec"];

function isTemplate(text: Sym): boolean {
  const match = typeof text === "string" ? SHAPES.exec(text) : null;
  return match !== null && text === template(match[1]!, match[2]!);
}

/** All of scipy's distributions hand a text of their state to exec(), and call methods that an entry may stand before. */
function distributionProblem(state: Sym): string | undefined {
  const first = state instanceof TupleSymbol ? state.items[0] : undefined;
  // Before scipy 1.6: (arguments of the constructor, random state). A dict of two keys would be taken for an entry.
  const old = first instanceof DictSymbol && first.size > 2;
  const entries = old ? first : state;
  if (!(entries instanceof DictSymbol) || !entries.plain) return "a state that it may execute";
  const text = entries.get("_parse_arg_template");
  if (text !== undefined && !isTemplate(text)) return "code in its state, which it executes";
  // Older releases keep a function that they make anew.
  const { by } = (entries.get("vecentropy") ?? {}) as Partial<MadeSymbol>;
  const beside = by instanceof NameSymbol && by.name === "vectorize" ? "vecentropy" : "";
  if (entries.levelBeside(beside) > 0) return "a state that holds more than data, which it may call";
  return old && state instanceof TupleSymbol ? dataProblem(new TupleSymbol(state.items.slice(1))) : undefined;
}

function dataProblem(state: Sym): string | undefined {
  return levelOf(state) === 0 ? undefined : "a state that holds more than data, which it may call";
}

/** A dict, or a dict and the attributes of slots: an object takes them as attributes, and does nothing with them. */
function storedProblem(state: Sym): string | undefined {
  const [attributes, slots] = state instanceof TupleSymbol && state.length === 2 ? state.items : [state, null];
  if (!(attributes === null || attributes instanceof DictSymbol) || !(slots === null || slots instanceof DictSymbol))
    return `the state ${show(state)}, which is no dict`;
  return levelOf(slots) === 0 ? undefined : "attributes of slots that hold more than data";
}

/** The last part is an array's elements: they are only kept, whatever they are. */
function arrayProblem(state: Sym): string | undefined {
  if (!(state instanceof TupleSymbol)) return `the state ${show(state)}, which is no tuple`;
  const rest = state.items.slice(0, -1);
  return rest.every((item) => levelOf(item) === 0) ? undefined : "a state that is none of an array";
}

/** (version, shape, dtype, order, elements, mask, fill value). */
function maskedProblem(state: Sym): string | undefined {
  if (!(state instanceof TupleSymbol)) return `the state ${show(state)}, which is no tuple`;
  const rest = state.items.filter((_, at) => at !== 4);
  return rest.every((item) => levelOf(item) === 0) ? undefined : "a state that is none of a masked array";
}

/** joblib makes an array of the class that the state names, by the same function as numpy. */
function wrapperProblem(state: Sym): string | undefined {
  if (!(state instanceof DictSymbol) || !state.plain) return `the state ${show(state)}, which is none of an array`;
  const entries = [...state.entries()];
  if (entries.length !== state.size) return "a state that is none of an array";
  for (const [key, value] of entries) {
    const [cls, rest] =
      key === "subclass"
        ? [value, []]
        : key === "init_args" && value instanceof TupleSymbol
          ? [value.items[0], value.items.slice(1)]
          : [null, [value]];
    if (cls !== null && !isArrayClass(cls)) return `the class ${show(cls ?? null)}, which is none of an array`;
    if (rest.some((item) => levelOf(item) > 0)) return `${key} ${show(value)}`;
  }
  return undefined;
}

function isArrayClass(cls: Sym | undefined): boolean {
  return cls instanceof NameSymbol && (cls.policy.verdict !== "safe" || cls.policy.groups.includes("array"));
}

/** (function, operands, keywords, attributes). */
function partialProblem(state: Sym): string | undefined {
  if (!(state instanceof TupleSymbol) || state.length !== 4) return `the state ${show(state)}`;
  const [, args, kwargs, attributes] = state.items;
  const fine =
    args instanceof TupleSymbol &&
    (kwargs === null || kwargs instanceof DictSymbol) &&
    (attributes === null || attributes instanceof DictSymbol);
  return fine ? undefined : `the state ${show(state)}`;
}

function isBooster(value: Sym): boolean {
  if (!(value instanceof MadeSymbol)) return value === null || value === plain.bytes || value === plain.bytearray;
  const { by } = value;
  return (
    by instanceof NameSymbol && (by.policy.verdict !== "safe" || /^(?:Booster|bytearray|bytes|encode)$/.test(by.name))
  );
}

/** The booster's bytes, or the booster: a text is the name of a file that it reads. */
function boosterProblem(state: Sym): string | undefined {
  const booster = state instanceof DictSymbol ? state.get("_Booster") : undefined;
  if (booster !== undefined && !isBooster(booster)) return `${show(booster)}, which may name a file that it reads`;
  return state instanceof DictSymbol && state.computed ? "a state with names that are not known" : storedProblem(state);
}

/** Of scipy 1.18: the spline that it asks for its knots, and an array. Before, a dict that is only kept. */
function splineProblem(state: Sym): string | undefined {
  if (!(state instanceof TupleSymbol)) return storedProblem(state);
  const [spline, array] = state.items;
  const by = spline instanceof MadeSymbol ? spline.by : undefined;
  const fine =
    by instanceof NameSymbol && by.name === "_BSpline" && by.policy.verdict === "safe" && levelOf(array) === 0;
  return fine ? undefined : `the state ${show(state)}`;
}

/** `statsmodels` evaluates a formula that the state asks for: one of arithmetic does nothing else. */
function formulaProblem(state: Sym): string | undefined {
  if (!(state instanceof DictSymbol) || !state.plain) return `the state ${show(state)}, which is no plain dict`;
  const asked = FORMULAS.find((key) => state.get(key) !== undefined);
  const formula = state.get("formula");
  return asked === undefined || (typeof formula === "string" && isPlainFormula(formula))
    ? storedProblem(state)
    : `the entry ${asked} in its state, for which it evaluates a formula`;
}

/** A tuple of data, of so many parts: compiled code takes them without a look at how many there are. */
function partsProblem(state: Sym, ...counts: readonly number[]): string | undefined {
  if (!(state instanceof TupleSymbol) || !counts.includes(state.length)) return `the state ${show(state)}`;
  return dataProblem(state);
}

/** The parts of a tree, of which the twelfth is its metric. */
function treeProblem(state: Sym): string | undefined {
  if (!(state instanceof TupleSymbol)) return `the state ${show(state)}`;
  const { by } = (state.items[11] ?? {}) as Partial<MadeSymbol>;
  if (!(by instanceof NameSymbol) || by.policy.state !== "metric")
    return `the state ${show(state)}, which has no metric`;
  return partsProblem(new TupleSymbol(state.items.filter((_, at) => at !== 11)), 11, 12);
}

const rules: Readonly<Record<StateRule, (state: Sym, made: MadeSymbol) => string | undefined>> = {
  /** What is not told: a class of no list is a finding itself. */
  any: () => undefined,
  none: () => "a state, which changes an object of the program",
  data: dataProblem,
  /** What it holds decides what it is. */
  keeps: () => undefined,
  /** A dict of data. */
  entries: (state) => (state instanceof DictSymbol ? dataProblem(state) : `the state ${show(state)}, which is no dict`),
  empty: (state) => partsProblem(state, 0),
  one: (state) => partsProblem(state, 1),
  metric: (state) => partsProblem(state, 3),
  tree: treeProblem,
  stored: storedProblem,
  slots: (state) =>
    state instanceof TupleSymbol &&
    state.length === 2 &&
    state.items.every((item) => item === null || item instanceof DictSymbol)
      ? undefined
      : storedProblem(state),
  array: arrayProblem,
  maskedArray: maskedProblem,
  wrapper: wrapperProblem,
  partial: partialProblem,
  distribution: distributionProblem,
  booster: boosterProblem,
  spline: splineProblem,
  noFormula: formulaProblem,
  dtype: (state, made) => dtypeProblem(state, made),
  /** A dict, or a tuple: of an empty one compiled code takes what is not there. */
  generator: (state) =>
    state instanceof DictSymbol || (state instanceof TupleSymbol && state.length > 1)
      ? dataProblem(state)
      : `the state ${show(state)}`,
  /** Called, its class gives an object that others have, too; `__new__` makes one. */
  unshared: (state, made) => (made.form === "newobj" ? dataProblem(state) : rules.none(state, made)),
};

/** Why a state may not be given; `undefined` when it may. */
export function stateProblem(rule: StateRule, state: Sym, made: MadeSymbol): string | undefined {
  if (rule === "any") return undefined;
  if (state instanceof TupleSymbol && state.length > state.items.length && levelOf(state) > 0)
    return "a state of more parts than are looked at";
  return rules[rule](state, made) ?? keyProblem(state);
}

/** An entry of a state becomes an attribute: some are asked for by Python and numpy, and called. */
function keyProblem(state: Sym): string | undefined {
  const dicts = [state, ...(state instanceof TupleSymbol ? state.items : [])];
  for (const dict of dicts) {
    if (!(dict instanceof DictSymbol)) continue;
    if (dict.computed) return "a state with names of attributes that are computed";
    // Another version is put into a warning: of an object, its own words, which it may ask anything for.
    const version = dict.get("_sklearn_version");
    if (version !== undefined && typeof version !== "string") return `the version ${show(version)}`;
    for (const [key, value] of dict.entries()) {
      // A description and a name are texts, and nobody calls them.
      if (
        (key === "__doc__" || key === "__name__") &&
        (value === null || typeof value === "string" || value === plain.longText)
      )
        continue;
      if (isReachingAttribute(key)) return `the attribute ${key}`;
    }
  }
  return undefined;
}

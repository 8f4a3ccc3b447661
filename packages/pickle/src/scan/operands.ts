/** @module Functions that loading may call only with operands that lead nowhere else. */

import { isReachingAttribute } from "./danger.ts";
import type { NamePolicy } from "./policy.ts";
import { MadeSymbol, NameSymbol, PlainSymbol, type Sym, show, TupleSymbol } from "./symbols.ts";

/** The name of a check. */
export type CallCheck =
  | "attribute"
  | "attributeNames"
  | "oneArgument"
  | "noArguments"
  | "noPlace"
  | "encoding"
  | "reconstructor"
  | "newObject"
  | "universalFunction"
  | "callsFirst";

/** Judges names that operands spell as text. */
type Judge = (module: string, name: string) => NamePolicy;

const IDENTIFIER = /^[A-Za-z_]\w*$/;
const ENCODINGS = /^(?:latin[-_]?1|iso-?8859-?1|ascii|utf-?8)$/i;
/** What `copyreg._reconstructor` may make an object of: plain builtins. */
const BASES = new Set("object list dict set frozenset tuple str int float complex bytes bytearray".split(" "));

const isText = (value: Sym | undefined): value is string => typeof value === "string";
const isClass = (value: Sym | undefined) => value instanceof NameSymbol && value.policy.verdict === "safe";
const isCallable = (value: Sym | undefined) =>
  value instanceof NameSymbol && (value.policy.call === "free" || value.policy.call === "noArguments");
/** Names that are not safe are findings themselves. */
const mayBeCalled = (value: Sym | undefined) =>
  isCallable(value) || (value instanceof NameSymbol && value.policy.verdict !== "safe");
/** Methods that read, write or run what they are given, whatever object they belong to. */
const ACTS = /^(?:to_|read|load|dump|save|tofile|write|open|exec|eval|system|query|pipe|apply|run|call|import)/;
/** A plain attribute: no dots, nothing that leads out of the object, nothing that acts on the world. */
const isPlainAttribute = (value: Sym | undefined) =>
  isText(value) && IDENTIFIER.test(value) && !isReachingAttribute(value) && !ACTS.test(value);

const checks: Readonly<Record<CallCheck, (args: readonly Sym[], judge: Judge) => boolean>> = {
  /** `getattr(Class, "method")` of a class or object that is safe. */
  attribute: (args) => args.length === 2 && (isClass(args[0]) || isMadeBySafe(args[0])) && isPlainAttribute(args[1]),
  attributeNames: (args) =>
    args.length > 0 && args.every((arg) => isText(arg) && arg.split(".").every(isPlainAttribute)),
  /** `type(x)`; with three arguments it makes a class. */
  oneArgument: (args) => args.length === 1,
  /** A booster is pickled without arguments; with some it reads a file. */
  noArguments: (args) => args.length === 0,
  /** A cache without a folder: with one, it makes it. */
  noPlace: (args) => args.length > 0 && args[0] === null,
  encoding: (args) => args.length === 2 && isTextLike(args[0]) && isText(args[1]) && ENCODINGS.test(args[1]),
  reconstructor: ([cls, base]) =>
    mayBeCalled(cls) && base instanceof NameSymbol && base.module === "builtins" && BASES.has(base.name),
  newObject: ([cls]) => mayBeCalled(cls),
  /** `_ufunc_reconstruct("numpy", "log1p")` imports the module that it is told and gives what it finds there. */
  universalFunction: ([module, name], judge) => isText(module) && isText(name) && isScientific(module, name, judge),
  callsFirst: ([callable]) => mayBeCalled(callable),
};

/** Where numpy's functions are found: `whichmodule` names any module that has taken them over. */
function isScientific(module: string, name: string, judge: Judge): boolean {
  const verdicts = [judge(module, name).verdict, judge("numpy", name).verdict, judge("scipy.special", name).verdict];
  return (
    /^(?:numpy|scipy|sklearn|pandas)(?:\.|$)/.test(module) && verdicts[0] !== "dangerous" && verdicts.includes("safe")
  );
}

function isTextLike(value: Sym | undefined): boolean {
  return isText(value) || (value instanceof PlainSymbol && value.kind === "long text");
}

function isMadeBySafe(value: Sym | undefined): boolean {
  return value instanceof MadeSymbol && mayBeCalled(value.by);
}

/**
 * Whether what was made may be called: `functools.partial` of a function that may be. Its state replaces the function that
 * it was made with.
 */
export function isCallablePartial(made: MadeSymbol): boolean {
  if (!(made.by instanceof NameSymbol) || made.by.toString() !== "functools.partial") return false;
  const state = made.state instanceof TupleSymbol && made.state.length === 4 ? made.state.items[0] : undefined;
  return isCallable(made.args?.items[0]) && (made.state === null || isCallable(state));
}

/** Why a checked function may not be called with these operands; `undefined` when it may. */
export function operandProblem(check: CallCheck, args: TupleSymbol | undefined, judge: Judge): string | undefined {
  if (args !== undefined && args.length === args.items.length && checks[check](args.items, judge)) return undefined;
  return `with ${args === undefined ? "operands that are no tuple" : show(args)}`;
}

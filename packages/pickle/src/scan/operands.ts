/** @module Functions that loading may call only with operands that lead nowhere else. */

import { isReachingAttribute } from "./danger.ts";
import type { NamePolicy } from "./policy.ts";
import { type Items, Made, Name, Plain, type Sym, show } from "./symbols.ts";

/** The name of a check. */
export type CallCheck =
  | "attribute"
  | "attributeNames"
  | "oneArgument"
  | "encoding"
  | "reconstructor"
  | "newObject"
  | "universalFunction"
  | "callsFirst";

/** Judges names that operands spell as text. */
export type Judge = (module: string, name: string) => NamePolicy;

const IDENTIFIER = /^[A-Za-z_]\w*$/;
const ENCODINGS = /^(?:latin[-_]?1|iso-?8859-?1|ascii|utf-?8)$/i;
/** What `copyreg._reconstructor` may make an object of: plain builtins. */
const BASES = new Set("object list dict set frozenset tuple str int float complex bytes bytearray".split(" "));

const isText = (value: Sym | undefined): value is string => typeof value === "string";
const isClass = (value: Sym | undefined) => value instanceof Name && value.policy.verdict === "safe";
const mayBeCalled = (value: Sym | undefined) =>
  value instanceof Name && value.policy.verdict === "safe" && value.policy.call === "free";
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
  encoding: (args) => args.length === 2 && isTextLike(args[0]) && isText(args[1]) && ENCODINGS.test(args[1]),
  reconstructor: ([cls, base]) =>
    mayBeCalled(cls) && base instanceof Name && base.module === "builtins" && BASES.has(base.name),
  newObject: ([cls]) => mayBeCalled(cls),
  /** `_ufunc_reconstruct("numpy", "log1p")` imports the module that it is told and gives what it finds there. */
  universalFunction: ([module, name], judge) =>
    isText(module) &&
    isText(name) &&
    /^(?:numpy|scipy\.special)\b/.test(module) &&
    judge(module, name).verdict === "safe",
  callsFirst: ([callable]) => mayBeCalled(callable),
};

function isTextLike(value: Sym | undefined): boolean {
  return isText(value) || (value instanceof Plain && value.kind === "long text");
}

function isMadeBySafe(value: Sym | undefined): boolean {
  return value instanceof Made && mayBeCalled(value.by);
}

/** Why a checked function may not be called with these operands; `undefined` when it may. */
export function operandProblem(check: CallCheck, args: Items | undefined, judge: Judge): string | undefined {
  if (args !== undefined && args.length === args.items.length && checks[check](args.items, judge)) return undefined;
  return `with ${args === undefined ? "operands that are no tuple" : show(args)}`;
}

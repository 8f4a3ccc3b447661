/** @module What a function may be called with while a file is loaded, so that it reaches nothing but what it is given. */

import { isReachingAttribute } from "./danger.ts";
import { isTypeCode, mayHoldObjects } from "./dtype_states.ts";
import { Holder } from "./levels.ts";
import type { CallCheck, NamePolicy } from "./rules.ts";
import {
  BagSymbol,
  DictSymbol,
  levelOf,
  MadeSymbol,
  NameSymbol,
  plain,
  reachingIn,
  type Sym,
  TupleSymbol,
} from "./symbols.ts";

/** The operands of a call. */
export interface Operands {
  readonly args: readonly Sym[];
  readonly kwargs: DictSymbol | undefined;
  /** Whether only `__new__` is called: what a class does with its first operands is in its constructor. */
  readonly isNew?: boolean;
}

/** What a check may ask. */
export interface Asked {
  /** What the table says of a name that an operand spells as text. */
  readonly judge: (module: string, name: string) => NamePolicy;
  /** Whether something may be called with operands. */
  readonly mayCall: (callable: Sym, operands: Operands) => boolean;
}

type Check = (args: readonly Sym[], asked: Asked, kwargs: DictSymbol | undefined, isNew: boolean) => boolean;

const IDENTIFIER = /^[A-Za-z_]\w*$/;
const ENCODINGS = /^(?:latin[-_]?1|iso-?8859-?1|ascii|utf-?8|bytes)$/i;
/** `re.DEBUG`. */
const DEBUG = 128;
/** A time zone by its name: no path that leads out of the folder of zones. */
const ZONE = /^[A-Za-z][\w+-]*(?:\/[A-Za-z][\w+-]*){0,2}$/;
/** What `copyreg._reconstructor` may make an object of: plain builtins. */
const BASES = new Set("object list dict set frozenset tuple str int float complex bytes bytearray".split(" "));
/** What a defaultdict may call without operands: each makes an empty value. */
const FACTORIES = new Set(
  "builtins.int builtins.float builtins.str builtins.list builtins.dict builtins.set builtins.tuple builtins.bool"
    .split(" ")
    .concat(
      "builtins.frozenset",
      "builtins.complex",
      "collections.OrderedDict",
      "collections.Counter",
      "collections.deque",
    ),
);
/** Types that dill gives by the names that Python has for them. */
const DILL_TYPES = new Set(
  "slice range NoneType int float bool str bytes list tuple dict set frozenset complex".split(" "),
);

const isData = (value: Sym | undefined) => levelOf(value) === 0;
const areData = (values: readonly Sym[]) => values.every(isData);
const isText = (value: Sym | undefined): value is string => typeof value === "string";
const isTextLike = (value: Sym | undefined) => isText(value) || value === plain.longText;
/** Names that are not safe are findings themselves. */
const isTold = (value: Sym | undefined) => value instanceof NameSymbol && value.policy.verdict !== "safe";
const isOf = (group: string, value: Sym | undefined) =>
  isTold(value) ||
  (value instanceof NameSymbol && (value.policy.groups.includes(group) || isOwnClass(group, value.policy)));
/** A class of the user's own in the place of one that arrays or indexes are made of. */
const isOwnClass = (group: string, policy: NamePolicy) =>
  policy.call === "allowed" && /^(?:array|index|backed)$/.test(group);
const isContainer = (value: Sym | undefined) =>
  value instanceof BagSymbol || value instanceof TupleSymbol || value instanceof DictSymbol;
/** A class of the list that may be made. */
const isMade = (value: Sym | undefined): value is NameSymbol =>
  isTold(value) || (value instanceof NameSymbol && value.policy.call !== "never");
const isEntries = (value: Sym) =>
  isContainer(value) ||
  isLiteral(value) ||
  (value instanceof MadeSymbol &&
    value.by instanceof NameSymbol &&
    (value.by.policy.groups.includes("dict") || value.by.name === "ChainMap"));
const isTupleOf = (length: number, value: Sym | undefined) => value instanceof TupleSymbol && value.length === length;
const isZone = (value: Sym | undefined) => isText(value) && ZONE.test(value);
/** A number, a text, bytes, or a tuple of them: no object whose class has a say. */
const isLiteral = (value: Sym): boolean =>
  value instanceof TupleSymbol
    ? value.length === value.items.length && value.items.every(isLiteral)
    : !(value instanceof Holder || value instanceof NameSymbol) || isRaw(value);
/** A text that is no zone of a file elsewhere. */
const isTame = (value: Sym): boolean =>
  value instanceof TupleSymbol
    ? value.items.every(isTame)
    : !isTextLike(value) || (isText(value) && !value.includes("/"));
const isMeasure = (value: Sym | undefined) =>
  value instanceof MadeSymbol &&
  value.by instanceof NameSymbol &&
  (value.by.policy.verdict !== "safe" || value.by.policy.groups.includes("measure"));
const isPlainAttribute = (value: string) => IDENTIFIER.test(value) && !isReachingAttribute(value);

const checks: Readonly<Record<CallCheck, Check>> = {
  data: (args) => areData(args),
  /** Numbers, texts and bytes themselves. */
  literals: (args) => args.every(isLiteral),
  /** Those, and units and zones that were made: none that a text names elsewhere than in the folder of zones. */
  measures: (args) => args.every((arg) => (isLiteral(arg) && isTame(arg)) || isMeasure(arg)),
  /** (memory, type, shape, order, axes) of an array. */
  buffer: ([memory, type, shape, ...rest]) =>
    isRaw(memory) && isDtypeOrNothing(type) && shape !== undefined && [shape, ...rest].every(isLiteral),
  /** A tuple with names: it only holds its operands. */
  stores: () => true,
  /** What iterates over its first operand: a container itself, for an object's class says how that is done. */
  bag: (args) => (isContainer(args[0]) || args.slice(0, 1).every(isLiteral)) && areData(args.slice(1)),
  /** The same, and asks the elements for their hashes. */
  hashed: (args, asked) => isData(args[0]) && checks.bag(args, asked, undefined, false),
  /** What takes entries of another: a dict itself, or pairs of data; keywords are entries, too. */
  mapping: ([from, ...rest]) =>
    rest.length === 0 && (from === undefined || from instanceof DictSymbol || (isData(from) && isEntries(from))),
  /** Of a dict whose entries are its attributes, too: none that Python or numpy asks for and calls. */
  attributes: (args) =>
    args.length === 0 || (args.length === 1 && args[0] instanceof DictSymbol && args[0].reaching === undefined),
  factory: ([factory, ...rest], asked) => isFactory(factory, asked) && checks.mapping(rest, asked, undefined, false),
  noArguments: (args) => args.length === 0,
  /** Made by `__new__` alone: a constructor may do anything. */
  bare: (args, _, __, isNew) => args.length === 0 && isNew,
  oneText: (args) => args.length === 0 || (args.length === 1 && isText(args[0])),
  /** A first operand that is no place. */
  noPlace: (args) => args.length === 0 || (args[0] === null && areData(args)),
  encoding: (args) => args.length === 2 && isTextLike(args[0]) && isText(args[1]) && ENCODINGS.test(args[1]),
  encoded: (args) => args.every(isLiteral) && (args.length < 2 || (isText(args[1]) && ENCODINGS.test(args[1]))),
  zone: ([name, ...rest]) => isZone(name) && areData(rest),
  /** `type(None)`; of another object it gives a class that no name says, and with three operands it makes one. */
  typeOf: (args) =>
    args.length === 1 &&
    (args[0] === null || (args[0] instanceof NameSymbol && args[0].module === "builtins" && isData(args[0]))),
  reconstructor: ([cls, base, state]) =>
    isMade(cls) &&
    (cls.policy.call !== "attributes" || !(state instanceof DictSymbol) || state.reaching === undefined) &&
    base instanceof NameSymbol &&
    base.module === "builtins" &&
    BASES.has(base.name) &&
    (isData(state) || (isContainer(state) && !base.name.endsWith("set"))),
  newObject: ([cls, ...rest], asked) =>
    isMade(cls) && asked.mayCall(cls, { args: rest, kwargs: undefined, isNew: true }),
  newObjectWith: ([cls, rest, kwargs], asked) =>
    isMade(cls) &&
    rest instanceof TupleSymbol &&
    kwargs instanceof DictSymbol &&
    asked.mayCall(cls, { args: rest.items, kwargs: kwargs.size === 0 ? undefined : kwargs, isNew: true }),
  /** `newObj(cls)` of Cython's classes: only `cls.__new__(cls)`. */
  newOf: (args) => args.length === 1 && isMade(args[0]),
  /** `__pyx_unpickle_X(cls, checksum, state)` of a class without fields, or with one. */
  cython: ([cls, checksum, state, ...rest]) =>
    isMade(cls) && isData(checksum) && rest.length === 0 && (state === null || isTupleOf(0, state)),
  cythonOne: ([cls, checksum, state, ...rest]) =>
    isMade(cls) && isData(checksum) && rest.length === 0 && isTupleOf(1, state) && isData(state),
  /** A text and its flags, without the one for which Python prints what it makes of it. */
  pattern: ([expression, flags = 0, ...rest]) =>
    isRaw(expression) && (typeof flags === "number" ? (flags & DEBUG) === 0 : isTold(flags)) && rest.length === 0,
  arrayOf: ([cls, ...rest]) =>
    (isTold(cls) || (cls instanceof NameSymbol && cls.toString() === "array.array")) && areData(rest),
  arrayClass: ([cls, ...rest]) => isOf("array", cls) && areData(rest),
  maskedClass: ([cls, base, ...rest]) => isOf("array", cls) && isOf("array", base) && areData(rest),
  indexClass: ([cls, given, ...rest]) =>
    isOf("index", cls) && given instanceof DictSymbol && isData(given) && isIndexed(given) && rest.length === 0,
  backedClass: ([cls, ...rest]) => isOf("backed", cls) && areData(rest) && reachingIn(rest[1]) === undefined,
  /** By a code or a class, as numpy pickles them; of other operands it makes what it likes. */
  dtype: ([type, ...rest]) =>
    (isOf("scalar", type) || (isText(type) && isTypeCode(type))) && rest.length <= 2 && areData(rest),
  /** Bytes that stand for objects would be whatever they say. */
  scalar: ([type, value, ...rest]) =>
    rest.length === 0 && isData(value) && (isDtype(type) ? !mayHoldObjects(type) || !isRaw(value) : isTold(type)),
  bitGenerator: (args) => args.length === 0 || (args.length === 1 && (isOf("bits", args[0]) || isData(args[0]))),
  generator: (args) =>
    args.length <= 2 && (isOf("bits", args[0]) || isData(args[0])) && (args.length < 2 || isOf("ctor", args[1])),
  /** `_ufunc_reconstruct("numpy", "log1p")` imports the module that it is told and gives what it finds there. */
  universalFunction: ([module, name], { judge }) => isText(module) && isText(name) && isScientific(module, name, judge),
  /** A partial only keeps what it is given. */
  partial: ([callable]) => callable !== undefined && (levelOf(callable) === 2 || isTold(callable)),
  /** `getattr(object, "method")`: a method that is listed for what made the object. */
  attribute: ([owner, attribute, ...rest], { judge }) => {
    if (rest.length > 0 || !isText(attribute)) return false;
    const by = owner instanceof MadeSymbol ? owner.by : owner;
    if (!(by instanceof NameSymbol)) return false;
    if (isTold(by)) return !isReachingAttribute(attribute);
    return by.policy.verdict === "safe" && judge(by.module, `${by.name}.${attribute}`).verdict === "safe";
  },
  attributeNames: (args) =>
    args.length > 0 && args.every((arg) => isText(arg) && arg.split(".").every(isPlainAttribute)),
  dillArray: ([maker, args, state, entries], asked) =>
    maker instanceof NameSymbol &&
    maker.policy.call === "arrayClass" &&
    args instanceof TupleSymbol &&
    asked.mayCall(maker, { args: args.items, kwargs: undefined }) &&
    state instanceof TupleSymbol &&
    areData(state.items.slice(0, -1)) &&
    (entries === undefined || entries === null || (entries instanceof DictSymbol && entries.size === 0)),
  dillType: (args) => args.length === 1 && isText(args[0]) && DILL_TYPES.has(args[0]),
  cloudType: (args) => args.length === 1 && args[0] === "MethodType",
  method: ([method, , ...rest]) =>
    rest.length === 0 && (isTold(method) || (method instanceof NameSymbol && method.name.includes("."))),
  /** The last operand, if there is one, is set as attributes. */
  tensorState: (args) => areData(args) && reachingIn(args[3]) === undefined,
  tensorOf: ([maker, cls, args, state, ...rest], asked) =>
    isOf("tensor", maker) &&
    isOf("tensorClass", cls) &&
    args instanceof TupleSymbol &&
    asked.mayCall(maker!, { args: args.items, kwargs: undefined }) &&
    (state === null || (state instanceof DictSymbol && state.size === 0)) &&
    rest.length === 0,
  /** A name of the user's own: objects and names of the list, but nothing that was put together to be called. */
  allowed: (args) => args.every((arg) => arg instanceof NameSymbol || levelOf(arg) < 2),
};

/** Checks that look at keywords as at other operands; elsewhere there are none. */
const WITH_KEYWORDS: ReadonlySet<CallCheck> = new Set<CallCheck>(["data", "partial", "allowed"]);

const isDtype = (value: Sym | undefined): value is MadeSymbol =>
  value instanceof MadeSymbol && value.by instanceof NameSymbol && value.by.policy.state === "dtype";
/** What no name made is a finding where it was made. */
const isDtypeOrNothing = (value: Sym | undefined) =>
  isDtype(value) || (value instanceof MadeSymbol && !(value.by instanceof NameSymbol));
/** A text or bytes, also as protocols below 3 write bytes. */
const isRaw = (value: Sym | undefined): boolean =>
  isTextLike(value) ||
  value === plain.bytes ||
  value === plain.bytearray ||
  (value instanceof MadeSymbol &&
    value.by instanceof NameSymbol &&
    /^(?:encoding|encoded)$/.test(value.by.policy.call));

/** What an index is made of: its type, zone and unit are objects, not texts that name a file. */
function isIndexed(given: DictSymbol): boolean {
  if (!given.plain) return false;
  const dtype = given.get("dtype") ?? null;
  const measures = ["tz", "freq"].map((key) => given.get(key) ?? null);
  return !isRaw(dtype) && measures.every((value) => (isLiteral(value) && isTame(value)) || isMeasure(value));
}

function isFactory(factory: Sym | undefined, asked: Asked): boolean {
  if (factory === undefined || factory === null || isTold(factory)) return true;
  if (factory instanceof NameSymbol) return FACTORIES.has(factory.toString()) || factory.policy.call === "allowed";
  return factory instanceof MadeSymbol && asked.mayCall(factory, { args: [], kwargs: undefined });
}

/** Where numpy's functions are found: `whichmodule` names any module that has taken them over. */
function isScientific(module: string, name: string, judge: Asked["judge"]): boolean {
  const verdicts = [judge(module, name).verdict, judge("numpy", name).verdict, judge("scipy.special", name).verdict];
  return (
    /^(?:numpy|scipy|sklearn|pandas)(?:\.\w+)*$/.test(module) &&
    !/\.(?:__main__|conftest|setup|tests?|_?testing|f2py|distutils|experimental|externals|plotting|matlib|typing|io|datasets|_build_utils)(?:\.|$)/.test(
      module,
    ) &&
    verdicts[0] !== "dangerous" &&
    verdicts.includes("safe")
  );
}

/** Whether a function of the list may be called so. */
export function passes(check: CallCheck, { args, kwargs, isNew = false }: Operands, asked: Asked): boolean {
  const keywords = kwargs !== undefined && kwargs.size > 0 ? kwargs : undefined;
  if (keywords !== undefined && check !== "mapping" && check !== "attributes") {
    if (!WITH_KEYWORDS.has(check) || (check !== "partial" && keywords.level > (check === "allowed" ? 1 : 0)))
      return false;
  }
  if (keywords?.reaching !== undefined) return false;
  return checks[check](args, asked, keywords, isNew);
}

/** What the function that makes a partial is called with, and what it was given before. */
export function partialOf(made: Sym): { readonly callable: Sym; readonly operands: Operands } | undefined {
  if (!(made instanceof MadeSymbol && made.by instanceof NameSymbol && made.by.policy.call === "partial"))
    return undefined;
  if (made.state === null) {
    const [callable, ...args] = made.args?.items ?? [];
    return callable === undefined ? undefined : { callable, operands: { args, kwargs: made.kwargs } };
  }
  // Its state stands in for what it was made with.
  const [callable, args, kwargs] = made.state instanceof TupleSymbol ? made.state.items : [];
  if (callable === undefined || !(args instanceof TupleSymbol) || args.length > args.items.length) return undefined;
  if (kwargs !== null && !(kwargs instanceof DictSymbol)) return undefined;
  return { callable, operands: { args: args.items, kwargs: kwargs ?? undefined } };
}

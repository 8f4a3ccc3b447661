/** @module What calls and states do: what is called must be known, and so must what it is given. */

import type { Notes } from "./notes.ts";
import { type Asked, type Operands, partialOf, passes } from "./operands.ts";
import { stateProblem } from "./states.ts";
import { type CallForm, DictSymbol, MadeSymbol, NameSymbol, plain, type Sym, show, TupleSymbol } from "./symbols.ts";

/** Partials of partials that are followed. */
const DEEPEST = 8;

/** Judges the calls and states of one pickle. */
export class Calls {
  private readonly notes: Notes;
  private readonly asked: Asked;

  constructor(notes: Notes) {
    this.notes = notes;
    this.asked = { judge: notes.judge, mayCall: (callable, operands) => this.mayCall(callable, operands) };
  }

  /** Judges a call and gives what stands for its result. */
  call(callable: Sym, args: TupleSymbol | undefined, form: CallForm, kwargs?: DictSymbol): Sym {
    const found = this.found(callable, args);
    if (found !== undefined) return found;
    if (callable instanceof NameSymbol) this.judgeCall(callable, args, form, kwargs);
    else if (!this.isTold(callable) && !this.mayCall(callable, operandsOf(args, kwargs)))
      this.notes.report(
        "computed-call",
        `it calls ${show(callable)} with ${show(args ?? plain.unknown)}`,
        makerOfCallables(callable),
      );
    return made(callable, args, form, kwargs);
  }

  /** Whether something may be called with operands: a name of the list, or a partial of one. */
  private mayCall(callable: Sym, operands: Operands, depth = 0): boolean {
    if (callable instanceof NameSymbol) {
      const { verdict, call } = callable.policy;
      if (verdict !== "safe") return true; // it is a finding by its name
      return call !== "never" && passes(call, operands, this.asked);
    }
    const partial = partialOf(callable);
    if (partial === undefined || depth > DEEPEST) return false;
    const args = [...partial.operands.args, ...operands.args];
    const kwargs = [partial.operands.kwargs, operands.kwargs].filter((each) => each !== undefined && each.size > 0);
    if (kwargs.length > 1) return false;
    return this.mayCall(partial.callable, { args, kwargs: kwargs[0] }, depth + 1);
  }

  /** What was made by what is a finding already adds none. */
  private isTold(callable: Sym): boolean {
    if (callable === plain.extension) return true;
    if (!(callable instanceof MadeSymbol) || !(callable.by instanceof NameSymbol)) return false;
    const { policy } = callable.by;
    if (policy.verdict !== "safe") return true;
    // An attribute of something like that.
    const owner = policy.call === "attribute" ? callable.args?.items[0] : undefined;
    const maker = owner instanceof MadeSymbol ? owner.by : owner;
    return maker instanceof NameSymbol && maker.policy.verdict !== "safe";
  }

  /**
   * What a function finds by a name: `getattr(Class, "method")` that is listed as a dotted name, as protocol 4 would write
   * it, and the types that dill has names for.
   */
  private found(callable: Sym, args: TupleSymbol | undefined): NameSymbol | undefined {
    if (!(callable instanceof NameSymbol) || args === undefined) return undefined;
    const { notes } = this;
    const { call } = callable.policy;
    const [owner, attribute] = args.items;
    let name: readonly [module: string, name: string] | undefined;
    if (call === "attribute" && args.length === 2 && owner instanceof NameSymbol && typeof attribute === "string")
      name = [owner.module, `${owner.name}.${attribute}`];
    else if (call === "dillType" && passes(call, operandsOf(args, undefined), this.asked))
      name = ["builtins", args.items[0] as string];
    else if (call === "cloudType" && passes(call, operandsOf(args, undefined), this.asked))
      name = ["types", "MethodType"];
    if (name === undefined) return undefined;
    const policy = notes.judge(...name);
    if (policy.verdict !== "safe") return undefined;
    notes.use(callable, "calls");
    return notes.symbolOf(...name, policy);
  }

  private judgeCall(
    name: NameSymbol,
    args: TupleSymbol | undefined,
    form: CallForm,
    kwargs: DictSymbol | undefined,
  ): void {
    const { notes } = this;
    const { verdict, call } = name.policy;
    const shown = `${name}${args === undefined ? "(...)" : show(args)}`;
    notes.use(name, "calls");
    if (verdict === "dangerous") notes.report("dangerous-call", `it calls ${shown}`, name.toString());
    if (verdict === "unknown" && form === "reduce")
      notes.report("unknown-call", `it calls ${shown}, and what that does is not known`, name.toString());
    if (verdict !== "safe") return;
    if (call === "never") {
      const words = `it ${form === "newobj" ? "makes an object of" : "calls"} ${shown}`;
      notes.report("unlisted-call", words, name.toString());
      return;
    }
    // Operands that are no tuple are a finding already.
    if (args === undefined) return;
    // Of a longer tuple only the beginning is kept: it is all data, or it may not be given.
    const whole = args.length === args.items.length;
    if (
      whole
        ? passes(call, { ...operandsOf(args, kwargs), isNew: form === "newobj" }, this.asked)
        : call === "data" && args.level === 0
    )
      return;
    const operands = `${show(args)}${kwargs === undefined ? "" : " and keywords"}`;
    const words = call === "attribute" ? attributeWords(args) : `it calls ${name} with ${operands}`;
    notes.report("dangerous-operand", words, name.toString());
  }

  /** Judges a state that something is given; gives whether it was made, so that it takes one. */
  build(target: Sym, state: Sym): target is MadeSymbol {
    const { notes } = this;
    if (!(target instanceof MadeSymbol)) {
      if (target instanceof NameSymbol || target === plain.extension)
        notes.report("state-on-name", `it gives ${show(target)} itself a state`);
      else if (target !== plain.unknown) notes.report("operand-type", `${show(target)} is given a state`);
      return false;
    }
    const again = target.built;
    target.state = state;
    target.built = true;
    const by = maker(target);
    if (by === undefined) {
      if (!this.isTold(target))
        notes.report("dangerous-operand", `it gives ${show(target)} a state, though no name says what it is`);
      return true;
    }
    notes.use(by, "builds");
    const { state: rule } = by.policy;
    // A class that hands on what it is asked for would hand on how it takes a state, once it has one.
    if (again && rule !== "wrapper" && rule !== "any")
      notes.report("operand-type", `${show(target)} is given a state twice`);
    const problem = stateProblem(rule, state, target);
    if (problem !== undefined) notes.report("dangerous-operand", `it gives ${by} ${problem}`, by.toString());
    if (rule !== "wrapper") target.add(state);
    const version = state instanceof DictSymbol ? state.get("_sklearn_version") : undefined;
    if (typeof version === "string") notes.version("sklearn", version);
    return true;
  }
}

function attributeWords({ items: [owner = plain.unknown, attribute = plain.unknown] }: TupleSymbol): string {
  return `it takes the attribute ${show(attribute)} of ${show(owner)}, which is not on the list`;
}

const operandsOf = (args: TupleSymbol | undefined, kwargs: DictSymbol | undefined): Operands => ({
  args: args?.items ?? [],
  kwargs,
});

/** The name that made something, also through partials. */
function maker(made: MadeSymbol): NameSymbol | undefined {
  let by: Sym = made.by;
  for (let depth = 0; depth <= DEEPEST && !(by instanceof NameSymbol); depth++) {
    const partial = partialOf(by);
    if (partial === undefined) return undefined;
    by = partial.callable;
  }
  return by instanceof NameSymbol ? by : undefined;
}

/** The name of the function that made something to be called, such as attrgetter; what chance calls has none. */
function makerOfCallables(callable: Sym): string | undefined {
  let by = callable;
  for (let depth = 0; depth <= DEEPEST && by instanceof MadeSymbol; depth++) by = by.by;
  return by instanceof NameSymbol && by.policy.makes === 2 ? by.toString() : undefined;
}

/** What stands for the result of a call. */
function made(callable: Sym, args: TupleSymbol | undefined, form: CallForm, kwargs?: DictSymbol): MadeSymbol {
  const object = objectOf(callable, args) ?? new MadeSymbol(callable, args, form, kwargs);
  const by = maker(object);
  if (by === undefined || by.policy.verdict !== "safe") object.settle(0);
  else if (by.policy.makes > 0) object.settle(by.policy.makes);
  else if (by.policy.call === "factory") keepFactory(object);
  else for (const held of [object.args, object.kwargs]) if (held !== undefined && holds(by, held)) object.add(held);
  return object;
}

/** Whether what was made keeps its operands: a class at the first place only says what it is. */
function holds({ policy }: NameSymbol, operands: Sym): boolean {
  return (
    policy.call === "data" ||
    policy.call === "bag" ||
    policy.call === "hashed" ||
    policy.call === "literals" ||
    policy.call === "measures" ||
    policy.call === "encoded" ||
    policy.call === "mapping" ||
    policy.call === "attributes" ||
    operands instanceof DictSymbol
  );
}

/** A defaultdict is data while it calls nothing but a function that its name says: a partial may be given another one. */
function keepFactory(object: MadeSymbol): void {
  const [factory, ...rest] = object.args?.items ?? [];
  if (factory instanceof MadeSymbol) object.settle(1);
  else for (const each of rest) object.add(each);
}

/** What functions make that only make an object of the class that they are given first. */
function objectOf(callable: Sym, args: TupleSymbol | undefined): MadeSymbol | undefined {
  const cls = args?.items[0];
  if (!(callable instanceof NameSymbol && cls instanceof NameSymbol)) return undefined;
  const of = (items: readonly Sym[], kwargs?: DictSymbol) =>
    new MadeSymbol(cls, new TupleSymbol(items), "newobj", kwargs);
  const [, second, third] = args!.items;
  switch (callable.policy.call) {
    case "reconstructor": {
      const object = of([]);
      if (cls.policy.makes === 0 && third !== undefined) object.add(third);
      return object;
    }
    case "newOf":
    case "cython":
      return of([]);
    case "newObject":
      return of(args!.items.slice(1));
    case "newObjectWith":
      return second instanceof TupleSymbol ? of(second.items, third instanceof DictSymbol ? third : undefined) : of([]);
    default:
      return undefined;
  }
}

/** @module The symbolic builder: the same machine as the reader's, but values are only names, calls and their operands. */

import { BuildError, type Builder } from "../builder.ts";
import { integer, readLong } from "../numbers.ts";
import { python3Name } from "../python2.ts";
import { decodeEscapes, decodeLatin1, decodeRawUnicodeEscape } from "../text.ts";
import type { Tokenizer } from "../tokens.ts";
import { isReachingAttribute } from "./danger.ts";
import { takesEntries, takesItems } from "./filled.ts";
import { isCallablePartial, operandProblem } from "./operands.ts";
import { type NamePolicy, namePolicy } from "./policy.ts";
import type { Recorder, Use } from "./recorder.ts";
import type { FindingKind } from "./report.ts";
import { stateProblem } from "./states.ts";
import {
  DictSymbol,
  LONGEST_TEXT,
  MadeSymbol,
  NameSymbol,
  PlainSymbol,
  plain,
  type Sym,
  show,
  TupleSymbol,
} from "./symbols.ts";
import { TorchStorages } from "./torch.ts";

/** What follows a BUILD in containers that lay data behind it; gives what stands for the instance from then on. */
export type Behind = (made: MadeSymbol, tokenizer: Tokenizer) => void;

/** Builds symbols and writes down what they do. */
export class SymbolBuilder implements Builder<Sym> {
  private readonly tokenizer: Tokenizer;
  private readonly recorder: Recorder;
  private readonly path: string;
  private readonly allowed: ReadonlySet<string> | undefined;
  private readonly behind: Behind | undefined;
  private readonly names = new Map<string, NameSymbol>();
  /** How many names the stream has used so far. */
  named = 0;
  /** The storages that PyTorch's persistent ids name. */
  readonly storages = new TorchStorages();

  constructor(
    tokenizer: Tokenizer,
    recorder: Recorder,
    path: string,
    allowed: ReadonlySet<string> | undefined,
    behind: Behind | undefined,
  ) {
    this.tokenizer = tokenizer;
    this.recorder = recorder;
    this.path = path;
    this.allowed = allowed;
    this.behind = behind;
  }

  /** Writes a finding down, at the opcode that is being run. */
  report(kind: FindingKind, words: string, name?: string): void {
    this.recorder.add(kind, { path: this.path, offset: this.tokenizer.start }, words, name);
  }

  private use(name: NameSymbol, use: Use): void {
    const place = { path: this.path, offset: this.tokenizer.start };
    if (this.recorder.use(name.toString(), name.policy.verdict, place, use)) return;
    this.report("over-limit", "there are more names than are told apart");
  }

  private readonly judge = (module: string, name: string): NamePolicy => namePolicy(module, name, this.allowed);

  none(): Sym {
    return null;
  }
  bool(value: boolean): Sym {
    return value;
  }
  integer(value: bigint): Sym {
    const number = integer(value, false);
    return typeof number === "number" ? number : plain.integer;
  }
  small(value: number): Sym {
    return value;
  }
  float(value: number): Sym {
    return value;
  }
  long(bytes: Uint8Array, from: number, to: number): Sym {
    if (to - from > 8) return plain.integer;
    const number = readLong(bytes, from, to, false);
    return typeof number === "number" ? number : plain.integer;
  }
  text(text: string): Sym {
    return text.length <= LONGEST_TEXT ? text : plain.longText;
  }
  unicodeLine(bytes: Uint8Array, from: number, to: number): Sym {
    return this.text(decodeRawUnicodeEscape(bytes, from, to));
  }
  oldString(bytes: Uint8Array, from: number, to: number, escaped: boolean): Sym {
    if (escaped) return this.text(decodeEscapes(bytes, from, to));
    return to - from > LONGEST_TEXT ? plain.longText : decodeLatin1(bytes, from, to);
  }
  bytes(): Sym {
    return plain.bytes;
  }
  bytearray(): Sym {
    return plain.bytearray;
  }
  buffer(): Sym {
    this.report("out-of-band", "it refers to buffers outside the file");
    return plain.buffer;
  }
  readonlyBuffer(value: Sym): Sym {
    return value;
  }
  list(): Sym {
    return plain.list;
  }
  tuple(items: Sym[]): Sym {
    return new TupleSymbol(items);
  }
  dict(pairs: Sym[]): Sym {
    const dict = new DictSymbol();
    for (let at = 0; at < pairs.length; at += 2) dict.add(pairs[at]!, pairs[at + 1]!);
    return dict;
  }
  set(): Sym {
    return plain.set;
  }
  frozenset(): Sym {
    return plain.frozenset;
  }

  append(target: Sym): void {
    if (target !== plain.list && !takesItems(target)) this.wrongTarget("appended to", target);
  }

  setItems(target: Sym, stack: readonly Sym[], from: number, to: number): void {
    if (target instanceof DictSymbol) {
      for (let at = from; at < to; at += 2) target.add(stack[at]!, stack[at + 1]!);
    } else if (!takesEntries(target)) this.wrongTarget("given items", target);
  }

  addItems(target: Sym): void {
    if (target !== plain.set) this.wrongTarget("added to", target);
  }

  private wrongTarget(what: string, target: Sym): void {
    if (target === plain.unknown) return;
    // A class of the user's own that is a list or a dict: the name is a finding already.
    if (target instanceof MadeSymbol && target.by instanceof NameSymbol && target.by.policy.verdict === "unknown")
      return;
    if (target instanceof MadeSymbol && target.by instanceof NameSymbol && this.allowed?.has(target.by.toString()))
      return;
    this.report("operand-type", `${show(target)} is ${what}, which no pickler does`);
  }

  global(module: string, name: string, protocol: number): Sym {
    this.named++;
    const [module3, name3] = protocol < 3 ? python3Name(module, name) : ([module, name] as const);
    const known = this.symbolOf(module3, name3, this.judge(module, name));
    this.judgeName(known, module === module3 && name === name3 ? "" : `, written as ${module}.${name}`);
    if (name3.includes(".") && protocol < 4) {
      const words = `the dotted name ${known} below protocol 4: some readers follow it, others look for one name`;
      this.report("readers-disagree", words, known.toString());
    }
    return known;
  }

  private symbolOf(module: string, name: string, policy: NamePolicy): NameSymbol {
    const key = `${module}\n${name}`;
    let known = this.names.get(key);
    if (known === undefined) {
      known = new NameSymbol(module, name, policy);
      this.names.set(key, known);
    }
    this.use(known, "mentions");
    return known;
  }

  private judgeName(name: NameSymbol, written: string): void {
    const { verdict } = name.policy;
    if (verdict === "dangerous") this.report("dangerous-name", `it names ${name}${written}`, name.toString());
    if (verdict === "unknown") this.report("unknown-name", `it names ${name}${written}`, name.toString());
  }

  stackGlobal(module: Sym, name: Sym, protocol: number): Sym {
    if (typeof module === "string" && typeof name === "string") return this.global(module, name, protocol);
    if (isNoText(module) || isNoText(name)) throw new BuildError("E_TYPE", "STACK_GLOBAL expects two texts");
    this.named++;
    this.report("unknown-name", `it names something by ${show(module)} and ${show(name)}`);
    return plain.unknown;
  }

  extension(code: number): Sym {
    this.named++;
    this.report("extension-code", `it uses the extension code ${code}`);
    return plain.extension;
  }

  persistent(id: Sym): Sym {
    if (!this.storages.take(id)) this.report("persistent-id", `it stands for an object by the id ${show(id)}`);
    return plain.persistent;
  }

  call(callable: Sym, args: Sym, form: "reduce" | "newobj"): Sym {
    if (!(args instanceof TupleSymbol)) {
      const words = `${show(callable)} is called with ${show(args)} instead of a tuple: Python's own reader calls it, the C reader does not`;
      this.report("readers-disagree", words);
    }
    return this.called(callable, args instanceof TupleSymbol ? args : undefined, form);
  }

  callWithKeywords(cls: Sym, args: Sym, kwargs: Sym): Sym {
    if (!(kwargs instanceof DictSymbol)) throw new BuildError("E_TYPE", "NEWOBJ_EX expects a dict");
    return this.called(cls, args instanceof TupleSymbol ? args : undefined, "newobj");
  }

  instantiate(cls: Sym, args: Sym[]): Sym {
    return this.called(cls, new TupleSymbol(args), "reduce");
  }

  private called(callable: Sym, args: TupleSymbol | undefined, form: "reduce" | "newobj"): Sym {
    const attribute = this.attribute(callable, args);
    if (attribute !== undefined) return attribute;
    if (callable instanceof NameSymbol) this.judgeCall(callable, args, form);
    else if (callable !== plain.extension && !(callable instanceof MadeSymbol && isCallablePartial(callable)))
      this.report("computed-call", `it calls ${show(callable)} with ${show(args ?? plain.unknown)}`);
    return objectOf(callable, args) ?? new MadeSymbol(callable, args);
  }

  /** `getattr(Class, "method")` that is listed as a dotted name, as protocol 4 would write it. */
  private attribute(callable: Sym, args: TupleSymbol | undefined): NameSymbol | undefined {
    if (!(callable instanceof NameSymbol) || callable.policy.call !== "attribute" || args?.length !== 2)
      return undefined;
    const [owner, attribute] = args.items;
    if (!(owner instanceof NameSymbol) || typeof attribute !== "string") return undefined;
    const name = `${owner.name}.${attribute}`;
    const policy = this.judge(owner.module, name);
    if (policy.verdict !== "safe") return undefined;
    this.use(callable, "calls");
    return this.symbolOf(owner.module, name, policy);
  }

  private judgeCall(name: NameSymbol, args: TupleSymbol | undefined, form: "reduce" | "newobj"): void {
    const { verdict, call } = name.policy;
    const shown = `${name}${args === undefined ? "(...)" : show(args)}`;
    this.use(name, "calls");
    if (verdict === "dangerous") this.report("dangerous-call", `it calls ${shown}`, name.toString());
    if (verdict !== "safe" || call === "free") return;
    if (call === "never") {
      const words = `it ${form === "newobj" ? "makes an object of" : "calls"} ${shown}`;
      this.report("unlisted-call", words, name.toString());
      return;
    }
    const problem = operandProblem(call, args, this.judge);
    if (problem !== undefined) this.report("dangerous-operand", `it calls ${name} ${problem}`, name.toString());
  }

  build(target: Sym, state: Sym, tokenizer: Tokenizer): Sym {
    if (!(target instanceof MadeSymbol)) {
      if (target instanceof NameSymbol || target === plain.extension)
        this.report("state-on-name", `it gives ${show(target)} itself a state`);
      else if (target !== plain.unknown) this.report("operand-type", `${show(target)} is given a state`);
      return target;
    }
    target.state = state;
    if (target.by instanceof NameSymbol) {
      this.use(target.by, "builds");
      const problem = stateProblem(target.by, state);
      if (problem !== undefined) this.report("dangerous-operand", `it gives ${target.by} ${problem}`);
    }
    this.judgeSlots(target, state);
    this.behind?.(target, tokenizer);
    return target;
  }

  /** A state of two dicts sets the attributes of the second one by one, whatever their names are. */
  private judgeSlots(target: MadeSymbol, state: Sym): void {
    const slots = state instanceof TupleSymbol && state.length === 2 ? state.items[1] : undefined;
    if (!(slots instanceof DictSymbol)) return;
    for (const key of slots.keys()) {
      if (isReachingAttribute(key)) this.report("dangerous-operand", `it sets ${key} of ${show(target)}`);
    }
  }
}

/** What can be no text, whatever it stands for: a call or a name may give one. */
function isNoText(symbol: Sym): boolean {
  if (symbol instanceof MadeSymbol) return symbol.by instanceof NameSymbol && symbol.by.name.endsWith("ArrayWrapper");
  return typeof symbol !== "string" && !(symbol instanceof PlainSymbol || symbol instanceof NameSymbol);
}

/** What the functions of copyreg make that only make an object of the class that they are given first. */
function objectOf(callable: Sym, args: TupleSymbol | undefined): MadeSymbol | undefined {
  const cls = args?.items[0];
  if (!(callable instanceof NameSymbol && callable.module === "copyreg" && cls instanceof NameSymbol)) return undefined;
  const { call } = callable.policy;
  if (call === "reconstructor") return new MadeSymbol(cls, new TupleSymbol([]));
  return call === "newObject" ? new MadeSymbol(cls, new TupleSymbol(args!.items.slice(1))) : undefined;
}

/** @module The symbolic builder: the same machine as the reader's, but values are only names, calls and their operands. */

import { BuildError, type Builder } from "../builder.ts";
import { integer, readLong } from "../numbers.ts";
import { decodeEscapes, decodeLatin1, decodeRawUnicodeEscape } from "../text.ts";
import type { Tokenizer } from "../tokens.ts";
import { Calls } from "./calls.ts";
import { isReachingAttribute } from "./danger.ts";
import { Notes } from "./notes.ts";
import type { Recorder } from "./recorder.ts";
import type { FindingKind } from "./report.ts";
import {
  BagSymbol,
  DictSymbol,
  LONGEST_TEXT,
  levelOf,
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
  private readonly notes: Notes;
  private readonly calls: Calls;
  private readonly behind: Behind | undefined;
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
    this.notes = new Notes(tokenizer, recorder, path, allowed);
    this.calls = new Calls(this.notes);
    this.behind = behind;
  }

  /** Writes a finding down, at the opcode that is being run. */
  report(kind: FindingKind, words: string, name?: string): void {
    this.notes.report(kind, words, name);
  }

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
  list(items: Sym[]): Sym {
    return bag("list", items);
  }
  tuple(items: Sym[]): Sym {
    return new TupleSymbol(items);
  }
  dict(pairs: Sym[]): Sym {
    const dict = new DictSymbol();
    this.entries(dict, pairs, 0, pairs.length);
    return dict;
  }
  set(): Sym {
    return bag("set", []);
  }
  frozenset(items: Sym[]): Sym {
    for (const item of items) this.asKey(item);
    return bag("frozenset", items);
  }

  append(target: Sym, stack: readonly Sym[], from: number, to: number): void {
    if (!(target instanceof BagSymbol && target.kind === "list") && !isOf(target, "list"))
      this.wrongTarget("appended to", target);
    if (target instanceof BagSymbol || target instanceof MadeSymbol)
      for (let at = from; at < to; at++) target.add(stack[at]!);
  }

  setItems(target: Sym, stack: readonly Sym[], from: number, to: number): void {
    if (target instanceof DictSymbol) {
      this.entries(target, stack, from, to);
      return;
    }
    if (!isOf(target, "dict")) this.wrongTarget("given items", target);
    else {
      for (let at = from; at < to; at += 2) {
        this.asKey(stack[at]!);
        this.asAttribute(target as MadeSymbol, stack[at]!);
        (target as MadeSymbol).add(stack[at]!);
        (target as MadeSymbol).add(stack[at + 1]!);
      }
    }
  }

  private entries(dict: DictSymbol, stack: readonly Sym[], from: number, to: number): void {
    for (let at = from; at < to; at += 2) {
      this.asKey(stack[at]!);
      dict.add(stack[at]!, stack[at + 1]!);
    }
  }

  addItems(target: Sym, stack: readonly Sym[], from: number, to: number): void {
    if (!(target instanceof BagSymbol && target.kind === "set")) {
      this.wrongTarget("added to", target);
      return;
    }
    for (let at = from; at < to; at++) {
      this.asKey(stack[at]!);
      target.add(stack[at]!);
    }
  }

  /** Python asks a key for its hash, and whether it equals another: a class may call what it holds for that. */
  private asKey(key: Sym): void {
    if (levelOf(key) === 0 || key instanceof NameSymbol) return;
    if (key instanceof MadeSymbol && key.by instanceof NameSymbol && key.by.policy.call === "allowed") return;
    if (key instanceof TupleSymbol && key.length === key.items.length) for (const item of key.items) this.asKey(item);
    else this.report("operand-type", `${show(key)}, which is more than data, is a key`);
  }

  /** The entries of some dicts are their attributes, too. */
  private asAttribute(target: MadeSymbol, key: Sym): void {
    if (!(target.by instanceof NameSymbol) || target.by.policy.call !== "attributes") return;
    const plainKey = typeof key === "string" || typeof key === "number" || key === null;
    if (plainKey ? isReachingAttribute(String(key)) : !(key instanceof TupleSymbol))
      this.report("dangerous-operand", `it sets ${show(key)} of ${show(target)}`, target.by.toString());
  }

  private wrongTarget(what: string, target: Sym): void {
    if (target === plain.unknown) return;
    // A class of the user's own that is a list or a dict: the name is a finding already, unless it is allowed.
    const policy = target instanceof MadeSymbol && target.by instanceof NameSymbol ? target.by.policy : undefined;
    if (policy?.verdict === "unknown" || policy?.call === "allowed") return;
    this.report("operand-type", `${show(target)} is ${what}, which no pickler does`);
  }

  global(module: string, name: string, protocol: number): Sym {
    this.named++;
    return this.notes.named(module, name, protocol);
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
    const module = this.storages.moduleOf(id);
    if (module !== undefined) return module;
    if (!this.storages.take(id)) this.report("persistent-id", `it stands for an object by the id ${show(id)}`);
    return plain.persistent;
  }

  call(callable: Sym, args: Sym, form: "reduce" | "newobj"): Sym {
    return this.calls.call(callable, this.operands(callable, args), form);
  }

  private operands(callable: Sym, args: Sym): TupleSymbol | undefined {
    if (args instanceof TupleSymbol) return args;
    const words = `${show(callable)} is called with ${show(args)} instead of a tuple: Python's own reader calls it, the C reader does not`;
    this.report("readers-disagree", words);
    return undefined;
  }

  callWithKeywords(cls: Sym, args: Sym, kwargs: Sym): Sym {
    if (!(kwargs instanceof DictSymbol)) throw new BuildError("E_TYPE", "NEWOBJ_EX expects a dict");
    return this.calls.call(cls, this.operands(cls, args), "newobj", kwargs);
  }

  instantiate(cls: Sym, args: Sym[]): Sym {
    // Without operands Python only makes an object of a class.
    return this.calls.call(cls, new TupleSymbol(args), args.length === 0 ? "newobj" : "reduce");
  }

  build(target: Sym, state: Sym, tokenizer: Tokenizer): Sym {
    if (this.calls.build(target, state)) this.behind?.(target, tokenizer);
    return target;
  }
}

function bag(kind: BagSymbol["kind"], items: readonly Sym[]): BagSymbol {
  const made = new BagSymbol(kind);
  for (const item of items) made.add(item);
  return made;
}

/** Whether a call made an object of classes that picklers fill as they fill lists, or dicts. */
function isOf(target: Sym, group: string): boolean {
  return target instanceof MadeSymbol && target.by instanceof NameSymbol && target.by.policy.groups.includes(group);
}

/** What can be no text, whatever it stands for: a call or a name may give one. */
function isNoText(symbol: Sym): boolean {
  if (symbol instanceof MadeSymbol) return symbol.by instanceof NameSymbol && symbol.by.name.endsWith("ArrayWrapper");
  return typeof symbol !== "string" && !(symbol instanceof PlainSymbol || symbol instanceof NameSymbol);
}

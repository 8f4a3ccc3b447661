/** @module Values to opcodes, as CPython's C pickler writes them; without a stack of its own depth. */

import { Dict } from "../dict.ts";
import { CurtidoError } from "../errors.ts";
import {
  BINPERSID,
  DICT,
  EMPTY_DICT,
  EMPTY_LIST,
  EMPTY_TUPLE,
  INT,
  LIST,
  MARK,
  NEWFALSE,
  NEWTRUE,
  NONE,
  PERSID,
  POP,
  PROTO,
  REDUCE,
  STOP,
  TUPLE,
} from "../opcodes.ts";
import { Float, Global, type Instance, Tuple } from "../values.ts";
import { writeFloat, writeInteger, writeText } from "./atoms.ts";
import { saveGlobal } from "./globals.ts";
import { saveMaking, saveState } from "./instances.ts";
import { Memo } from "./memo.ts";
import { saveObject } from "./objects.ts";
import { type DumpOptions, protocolOf } from "./options.ts";
import { madeFromItself, placed } from "./problems.ts";
import { BatchWork, batchStyles, StepsWork, TupleWork, type Work } from "./work.ts";

/** From so much waiting work on it is watched whether an object is made from itself. */
const DEEP = 1000;

/** Writes any value. What lies inside another one waits on a stack, so that depth costs memory only. */
export class Writer extends Memo {
  readonly options: DumpOptions;
  /** What stands for objects that pickle does not know: kept, as its memo entry must not be another object's. */
  readonly reduced = new Map<object, { readonly value: unknown }>();
  /** The keys of a dict, and where they stand in the memo: dicts with the same ones mostly come in a row. */
  private lastKeys: readonly string[] | undefined = undefined;
  private lastIndices: Int32Array | undefined = undefined;
  private readonly waiting: Work[] = [];
  private readonly begun = new Map<object, number>();
  private readonly exact: boolean;
  private readonly persistentId: ((value: unknown) => unknown) | undefined;
  private readonly styles: ReturnType<typeof batchStyles>;

  constructor(options: DumpOptions) {
    super(protocolOf(options));
    this.options = options;
    this.exact = options.exact ?? false;
    this.persistentId = options.persistentId;
    this.styles = batchStyles(this.protocol);
  }

  /** Writes one whole pickle. */
  dump(value: unknown): Uint8Array {
    if (this.protocol >= 2) this.sink.opU1(PROTO, this.protocol);
    if (this.protocol >= 4) this.sink.startFraming();
    try {
      if (!this.save(value)) this.finish();
    } catch (error) {
      throw placed(error, this.waiting);
    }
    this.sink.op(STOP);
    return this.sink.finish();
  }

  private finish(): void {
    const { waiting } = this;
    while (waiting.length > 0) if (waiting[waiting.length - 1]!.step(this)) waiting.pop();
  }

  /**
   * Writes a value, or begins to: `false` says that work was pushed, which has to be finished first.
   *
   * @param hooked - whether the persistent id was asked already
   */
  save(value: unknown, hooked = false): boolean {
    const { sink } = this;
    sink.boundary();
    if (this.persistentId !== undefined && !hooked) {
      const id = this.persistentId(value);
      if (id !== undefined && id !== null) return this.savePersistent(id);
    }
    switch (typeof value) {
      case "string":
        return this.saveText(value);
      case "number":
        if (this.exact || !Number.isSafeInteger(value) || (value === 0 && 1 / value < 0)) writeFloat(this, value);
        else if (this.protocol > 0 && (value | 0) === value) sink.int(value);
        else writeInteger(this, BigInt(value));
        return true;
      case "boolean":
        if (this.protocol >= 2) sink.op(value ? NEWTRUE : NEWFALSE);
        else sink.lines(INT, value ? "01" : "00");
        return true;
      case "bigint":
        writeInteger(this, value);
        return true;
      case "object":
        if (value !== null) return this.saveKnown(value);
        sink.op(NONE);
        return true;
      default:
        throw new CurtidoError("E_TYPE", `cannot pickle a value of type ${typeof value}`, { type: typeof value });
    }
  }

  private saveText(text: string): boolean {
    const known = this.texts.get(text);
    if (known >= 0) this.get(known);
    else {
      writeText(this, text);
      this.texts.add(text, this.remember());
    }
    return true;
  }

  private saveKnown(value: object): boolean {
    const kind = value.constructor as unknown;
    const container = kind === Dict || kind === Array;
    if (!container) {
      if (value instanceof Tuple) return this.saveTuple(value.items);
      if (value instanceof Global) return saveGlobal(this, value);
      if (value instanceof Float) {
        writeFloat(this, value.value);
        return true;
      }
    }
    const known = this.objects.get(value);
    if (known !== undefined) {
      this.get(known);
      return true;
    }
    if (kind === Dict) return this.saveDict(value, (value as Dict).flat(), this.keysOf(value as Dict));
    return Array.isArray(value) ? this.saveList(value) : saveObject(this, value);
  }

  private saveTuple(items: readonly unknown[]): boolean {
    if (items.length === 0) {
      if (this.protocol > 0) this.op(EMPTY_TUPLE);
      else {
        this.op(MARK);
        this.op(TUPLE);
      }
      return true;
    }
    const known = this.tuples.get(items);
    if (known !== undefined) {
      this.get(known);
      return true;
    }
    if (this.waiting.length > DEEP) this.guard(items);
    const marked = items.length > 3 || this.protocol < 2;
    if (marked) this.op(MARK);
    return this.push(new TupleWork(items, marked));
  }

  /** A tuple of arguments: Python makes a new one whenever it asks an object how it is made. */
  saveArguments(args: readonly unknown[]): boolean {
    const items = [...args];
    return this.persistentId === undefined ? this.saveTuple(items) : this.save(new Tuple(items));
  }

  private saveList(list: readonly unknown[]): boolean {
    this.empty(EMPTY_LIST, LIST);
    this.put(list);
    return this.batches(list, "list");
  }

  /** A dict of key, value, key, value ...; `object` is what it is known by. */
  saveDict(object: object, pairs: readonly unknown[], keys?: Int32Array): boolean {
    this.empty(EMPTY_DICT, DICT);
    this.put(object);
    return pairs.length === 0 || this.push(new BatchWork(pairs, this.styles.dict, keys));
  }

  /** Where the keys of a dict stand in the memo, when a dict before had the same ones. */
  private keysOf(dict: Dict): Int32Array | undefined {
    const texts = this.persistentId === undefined ? dict.sharedTexts() : undefined;
    if (texts === undefined) return undefined;
    if (texts !== this.lastKeys) {
      const indices = texts.map((text) => this.texts.get(text));
      if (indices.includes(-1)) return undefined;
      this.lastKeys = texts;
      this.lastIndices = Int32Array.from(indices);
    }
    return this.lastIndices;
  }

  /** An empty list or dict. */
  private empty(opcode: number, text: number): void {
    if (this.protocol > 0) this.op(opcode);
    else {
      this.op(MARK);
      this.op(text);
    }
  }

  /** Items of a container or an object, in CPython's batches. */
  batches(values: readonly unknown[], style: keyof ReturnType<typeof batchStyles>): boolean {
    return values.length === 0 || this.push(new BatchWork(values, this.styles[style]));
  }

  private savePersistent(id: unknown): boolean {
    if (this.protocol > 0) {
      return this.steps(
        () => this.save(id, true),
        () => this.op(BINPERSID),
      );
    }
    const text = String(id);
    if (!/^[\0-\t\v-\x7f]*$/.test(text))
      throw new CurtidoError("E_PERSISTENT_ID", "in protocol 0 a persistent id is a line of ASCII", { id: text });
    this.sink.lines(PERSID, text);
    return true;
  }

  /**
   * Writes what stands for an object: a call, items, entries and states. `object` is what the memo knows it by, or
   * `undefined` for none.
   */
  saveInstance(object: object | undefined, instance: Instance): boolean {
    if (this.waiting.length > DEEP) this.guard(object ?? instance);
    return this.steps(
      () => saveMaking(this, instance),
      () => this.putMade(object),
      () => this.batches(instance.items, "items"),
      () => this.batches(instance.entries.flat(), "entries"),
      () => this.each(instance.states, (state) => saveState(this, object ?? instance, state)),
      () => this.saveBehind(object, instance),
    );
  }

  /** What a container lays behind an object; the memo has what a reader makes of it from then on. */
  private saveBehind(object: object | undefined, instance: Instance): boolean {
    const bytes = this.options.afterBuild?.(instance, this.sink.position);
    if (bytes === undefined) return true;
    this.sink.raw(bytes);
    const known = object === undefined ? undefined : this.objects.get(object);
    if (known !== undefined) this.remember(known);
    return true;
  }

  /** A call, without a memo entry. */
  saveCall(callable: Global, args: readonly unknown[]): boolean {
    return this.steps(
      () => this.save(callable),
      () => this.saveArguments(args),
      () => this.op(REDUCE),
    );
  }

  /** Keeps what a call made; a call that needed its own result (a tuple of some kind) is dropped for it. */
  putMade(object: object | undefined): boolean {
    if (object === undefined) return true;
    const known = this.objects.get(object);
    if (known === undefined) this.put(object);
    else {
      this.op(POP);
      this.get(known);
    }
    return true;
  }

  /** Writes one thing for each of any number of values. */
  each<T>(values: readonly T[], save: (value: T) => boolean): boolean {
    return values.length === 0 || this.push(new StepsWork(values.map((value) => () => save(value))));
  }

  /** Begins several things, one after the other. */
  steps(...steps: readonly (() => boolean)[]): boolean {
    return this.push(new StepsWork(steps));
  }

  /**
   * Refuses what cannot be made without itself. To begin an object anew inside itself is right as long as something was
   * kept in between, which then ends it; where nothing was, it would never end.
   */
  private guard(object: object): void {
    if (this.begun.get(object) === this.memoized) throw madeFromItself();
    this.begun.set(object, this.memoized);
  }

  /** The same for what is made of a copy each time, which never ends. */
  beginOnce(object: object): void {
    if (this.begun.has(object)) throw madeFromItself();
    this.begun.set(object, -1);
  }

  /** Puts work before everything that is not done yet. A step must return once it has pushed some. */
  push(work: Work): false {
    this.waiting.push(work);
    return false;
  }
}

/** @module One pickle of a stream: the reader's machine over symbols, and a walk over the forms of its tokens. */

import { BuildError } from "../builder.ts";
import { type CurtidoError, isCurtidoError } from "../errors.ts";
import { defaultLimits } from "../limits.ts";
import { Machine } from "../machine.ts";
import { STOP } from "../opcodes.ts";
import { Tokenizer } from "../tokens.ts";
import type { Instance } from "../values.ts";
import { type Behind, SymbolBuilder } from "./builder.ts";
import { type Payload, type Skipped, walkForms } from "./forms.ts";
import type { Inert } from "./inert.ts";
import type { ScanLimits } from "./limits.ts";
import type { Recorder } from "./recorder.ts";
import { type MadeSymbol, NameSymbol, type Sym } from "./symbols.ts";
import type { TorchStorages } from "./torch.ts";

/** What a container lays behind a BUILD. */
export interface DataBehind {
  /** Where the stream goes on, behind raw data. */
  readonly skip?: number;
  /** Whether a pickle of its own follows. */
  readonly nested?: boolean;
  /** A file beside this one that loading reads, and whether it holds raw data only. */
  readonly part?: { readonly name: string; readonly raw: boolean };
  /** A file elsewhere that loading would read. */
  readonly outside?: string;
}

/** How a container lays data behind BUILD. */
export interface Wrappers {
  /** The classes whose instances stand for it, `module.name`. */
  readonly classes: ReadonlySet<string>;
  /** Says what lies behind such an instance; throws a `CurtidoError` when it lies about it. */
  readonly behind: (instance: Instance, tokenizer: Tokenizer) => DataBehind | undefined;
}

/** What the scan of one pickle is told. */
interface PickleTask {
  readonly bytes: Uint8Array;
  readonly from: number;
  readonly path: string;
  readonly recorder: Recorder;
  readonly limits: ScanLimits;
  readonly allowed: ReadonlySet<string> | undefined;
  readonly wrappers: Wrappers | undefined;
  /** Makes what {@link Wrappers} look at. */
  readonly inert: Inert;
  /** Whether to go on behind malformed opcodes, as some readers do. */
  readonly recover: boolean;
  /** How many pickles this one is inside of, in the same stream. */
  readonly inside: number;
  readonly payload: Payload;
  readonly part: (name: string, raw: boolean, offset: number) => void;
}

/** How far one pickle went. */
export interface PickleEnd {
  /** Behind the last opcode that was run. */
  readonly end: number;
  /** Whether its STOP was reached. */
  readonly stopped: boolean;
  /** Why a reader would stop before. */
  readonly error: CurtidoError | undefined;
  /** Whether it names anything. */
  readonly names: boolean;
  /** What stands between its opcodes. */
  readonly skipped: readonly Skipped[];
  readonly storages: TorchStorages;
  /** What its STOP gives. */
  readonly value: Sym;
}

/** Scans the pickle that starts at `task.from`. */
export function scanPickle(task: PickleTask): PickleEnd {
  return new PickleScan(task).run();
}

class PickleScan {
  private readonly task: PickleTask;
  private readonly tokenizer: Tokenizer;
  private readonly builder: SymbolBuilder;
  private readonly skipped: Skipped[] = [];

  constructor(task: PickleTask) {
    this.task = task;
    this.tokenizer = new Tokenizer(task.bytes, task.from);
    const behind: Behind | undefined = task.wrappers === undefined ? undefined : (made) => this.behind(made);
    this.builder = new SymbolBuilder(this.tokenizer, task.recorder, task.path, task.allowed, behind);
  }

  run(): PickleEnd {
    const { task, tokenizer, builder } = this;
    const { stack, memoEntries: memoIndex, integerDigits } = task.limits;
    const machine = new Machine(tokenizer, builder, { ...defaultLimits, stack, memoIndex, integerDigits });
    let error: CurtidoError | undefined;
    let stopped = false;
    let value: Sym = null;
    for (let left = task.recover ? task.limits.recoveries : 0; left >= 0 && !stopped; left--) {
      try {
        value = machine.run();
        stopped = true;
      } catch (caught) {
        if (!isCurtidoError(caught)) throw caught;
        error ??= caught;
        const moved = tokenizer.position > tokenizer.start;
        stopped = moved && tokenizer.code === STOP;
        if (caught.code === "E_LIMIT" || !moved) break;
      }
    }
    if (stopped) task.recorder.pickles++;
    if (stopped && error === undefined && machine.left > 0)
      builder.report("readers-disagree", "objects are left on the stack behind STOP: no pickler leaves any");
    const end = tokenizer.position;
    this.forms(end);
    const { named, storages } = builder;
    return { end, stopped, error, names: named > 0, skipped: this.skipped, storages, value };
  }

  private forms(end: number): void {
    const { bytes, from, path, recorder, payload } = this.task;
    const tell = (offset: number, words: string) => recorder.add("readers-disagree", { path, offset }, words);
    walkForms(bytes, from, end, this.skipped, tell, payload);
  }

  /** Goes over what a container lays behind a BUILD. */
  private behind(made: MadeSymbol): void {
    const { task, tokenizer } = this;
    const { classes, behind } = task.wrappers!;
    if (!(made.by instanceof NameSymbol) || !classes.has(made.by.toString())) return;
    const instance = task.inert.instanceOf(made);
    if (task.inert.left <= 0) throw new BuildError("E_LIMIT", "the descriptions of arrays are too long");
    const data = instance === undefined ? undefined : behind(instance, tokenizer);
    if (data === undefined) return;
    const from = tokenizer.position;
    if (data.outside !== undefined)
      this.builder.report("outside-file", `loading reads '${data.outside.slice(0, 200)}', which is no plain file name`);
    if (data.part !== undefined) task.part(data.part.name, data.part.raw, tokenizer.start);
    if (data.skip !== undefined) tokenizer.position = data.skip;
    if (data.nested === true) tokenizer.position = this.nested(from, made);
    if (tokenizer.position > from) this.skipped.push([from, tokenizer.position, data.nested !== true]);
  }

  /** The elements of an array, which are a pickle of their own: they decide what the array is. */
  private nested(from: number, made: MadeSymbol): number {
    const { task, builder } = this;
    const inside = task.inside + 1;
    if (inside > task.limits.depth) {
      builder.report("over-limit", "arrays of objects are nested too deeply");
      return from;
    }
    const { end, stopped, error, value } = scanPickle({ ...task, from, inside });
    made.add(value);
    if (error !== undefined)
      task.recorder.add(findingKindOf(error), { path: task.path, offset: offsetOf(error) }, error.message);
    return stopped ? end : from;
  }
}

/** The kind of finding that an error of reading is. */
export function findingKindOf(error: CurtidoError): "truncated" | "over-limit" | "malformed" {
  if (error.code === "E_TRUNCATED") return "truncated";
  return error.code === "E_LIMIT" ? "over-limit" : "malformed";
}

/** The byte that an error of reading is about. */
export function offsetOf(error: CurtidoError): number {
  const { offset } = error.fields;
  return typeof offset === "number" ? offset : 0;
}

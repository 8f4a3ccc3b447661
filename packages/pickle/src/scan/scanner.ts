/** @module One scan: containers are opened, streams are read, and what is inside them is gone after. */

import { isCurtidoError } from "../errors.ts";
import type { Tokenizer } from "../tokens.ts";
import { Inert } from "./inert.ts";
import type { ScanLimits } from "./limits.ts";
import { namesSomething, payloadOf } from "./payload.ts";
import type { Wrappers } from "./pickle_scan.ts";
import { type Place, Recorder } from "./recorder.ts";
import type { FindingKind } from "./report.ts";
import { Stream } from "./stream.ts";

/** How many more bytes containers may unfold to. */
export interface Budget {
  readonly left: number;
}

/** Something about a container: readers see different things in it, or part of it could not be opened. */
export interface ContainerProblem {
  readonly kind: Extract<FindingKind, "archive-lie" | "unopened" | "over-limit">;
  readonly offset: number;
  readonly words: string;
}

/** One thing that a container holds. */
export interface ContainerPart {
  /** What it is called in paths, behind `!`: `/data.pkl`, `gzip`. */
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Whether it is raw data that nothing unpickles, by the container's own rules. */
  readonly data?: boolean;
  readonly problems?: readonly ContainerProblem[];
}

/** A container that was opened. */
export interface Opened {
  readonly problems?: readonly ContainerProblem[];
  /** What it holds; read one by one, so that only one is in memory. */
  readonly parts: Iterable<ContainerPart>;
  /** Whether the same bytes are a stream, too: an archive may follow a pickle. */
  readonly alsoStream?: boolean;
  /** Whether it is none when the bytes are pickles to their end: an archive inside a pickle looks like one behind it. */
  readonly unlessStream?: boolean;
}

/** Opens a container; `undefined` when the bytes are none. It unfolds no more than the budget has left. */
export type OpenContainer = (bytes: Uint8Array, budget: Budget) => Opened | undefined;

/** How to scan. */
export interface ScanOptions {
  /** What the bytes are called in the report. */
  readonly path?: string;
  /** What the scan may take; see {@link ScanLimits}. */
  readonly limits?: Partial<ScanLimits>;
  /** Names of your own that are safe to call, as `module.name` or `package.*`: they lift unknown names, never danger. */
  readonly allow?: Iterable<string>;
  /** Opens compressed files and archives; without one they are findings. */
  readonly open?: OpenContainer;
  /** Data that lies behind BUILD: joblib's arrays. */
  readonly wrappers?: Wrappers;
  /** Reads a file beside this one, by its plain name; `undefined` when there is none. */
  readonly part?: (name: string) => Uint8Array | undefined;
}

/** The state of one scan. */
export class Scanner {
  readonly recorder: Recorder;
  readonly limits: ScanLimits;
  readonly allowed: ReadonlySet<string> | undefined;
  readonly wrappers: Wrappers | undefined;
  readonly inert: Inert;
  private readonly open: OpenContainer | undefined;
  private readonly readPart: ScanOptions["part"];
  private readonly parts = new Set<string>();
  private readonly budget: { left: number };

  constructor(options: ScanOptions, limits: ScanLimits) {
    this.limits = limits;
    this.recorder = new Recorder(limits);
    this.allowed = options.allow === undefined ? undefined : new Set(options.allow);
    this.wrappers = options.wrappers;
    this.open = options.open;
    this.readPart = options.part;
    this.inert = new Inert(limits.descriptions);
    this.budget = { left: limits.unfolded };
  }

  /** A recorder for what may turn out to be no pickle. */
  tentative(): Recorder {
    return new Recorder(this.limits);
  }

  /** Scans bytes: a container, or a stream of pickles. */
  scan(bytes: Uint8Array, path: string, depth: number): void {
    this.recorder.bytes += bytes.length;
    if (depth > this.limits.depth) {
      this.recorder.add("over-limit", { path, offset: 0 }, "containers are nested too deeply");
      return;
    }
    const opened = this.opened(bytes, path);
    if (opened === undefined) new Stream(this, bytes, path, depth).run();
    else this.container(opened, bytes, path, depth);
  }

  private opened(bytes: Uint8Array, path: string): Opened | undefined {
    try {
      return this.open?.(bytes, this.budget);
    } catch (error) {
      if (!isCurtidoError(error)) throw error;
      this.recorder.add("unopened", { path, offset: 0 }, error.message);
      return { parts: [], alsoStream: true };
    }
  }

  private container(opened: Opened, bytes: Uint8Array, path: string, depth: number): void {
    const covered = opened.alsoStream === true && new Stream(this, bytes, path, depth).run();
    if (covered && opened.unlessStream === true) return;
    if (opened.alsoStream !== true) new Stream(this, bytes, path, depth).polyglot();
    this.problems(opened.problems, path);
    for (const part of opened.parts) {
      const inside = `${path}!${part.name}`;
      this.problems(part.problems, inside);
      this.budget.left -= part.bytes.length;
      if (part.data === true) this.data(part.bytes, inside, depth + 1);
      else this.scan(part.bytes, inside, depth + 1);
    }
  }

  private problems(problems: readonly ContainerProblem[] | undefined, path: string): void {
    for (const { kind, offset, words } of problems ?? []) this.recorder.add(kind, { path, offset }, words);
  }

  /** Raw data: told of only when it is a pickle by all appearances. */
  private data(bytes: Uint8Array, path: string, depth: number): void {
    this.recorder.bytes += bytes.length;
    if (namesSomething(bytes)) new Stream(this, bytes, path, depth).maybe();
  }

  /** A text or bytes in a pickle, which may hold another one. */
  payload(tokenizer: Tokenizer, code: number, path: string, depth: number, recorder: Recorder): void {
    const bytes = payloadOf(tokenizer, code);
    if (bytes === undefined) return;
    const inside = `${path}!pickle@${tokenizer.start}`;
    if (depth >= this.limits.depth)
      recorder.add("over-limit", { path: inside, offset: 0 }, "pickles are nested too deeply");
    else new Stream(this.within(recorder), bytes, inside, depth + 1).maybe();
  }

  /** The same scan, written down elsewhere. */
  private within(recorder: Recorder): Scanner {
    return Object.assign(Object.create(Scanner.prototype), this, { recorder }) as Scanner;
  }

  /** A file that loading reads beside the one that is scanned. */
  part(name: string, raw: boolean, place: Place, depth: number): void {
    if (this.parts.has(name)) return;
    this.parts.add(name);
    const bytes = this.readPart?.(name);
    if (bytes === undefined) {
      this.recorder.add("unopened", place, `loading reads the file '${name}' beside it, which was not looked at`);
    } else if (!raw) this.scan(bytes, `${place.path}!part/${name}`, depth + 1);
  }
}

/** @module A whole stream: pickle behind pickle, what stands between them, and what is no pickle at all. */

import type { CurtidoError } from "../errors.ts";
import { PROTO } from "../opcodes.ts";
import { contentOf } from "./content.ts";
import { modelFileOf } from "./model_files.ts";
import { findingKindOf, offsetOf, type PickleEnd, scanPickle } from "./pickle_scan.ts";
import type { Recorder } from "./recorder.ts";
import type { Finding, FindingKind } from "./report.ts";
import { dangerousLines, nextStart } from "./resync.ts";
import type { Scanner } from "./scanner.ts";
import { isLegacyTorch, LEGACY_PICKLES } from "./torch.ts";

const HIGHEST = 5;
/** Bytes of an attempt that is long. */
const LONG = 1 << 16;
/** A module and a name that Python can import: what a text begins with by chance mostly is none. */
const IMPORTABLE = /^[\p{ID_Start}_][\p{ID_Continue}]*(?:\.[\p{ID_Start}_][\p{ID_Continue}]*)+$/u;

/** Kinds that say what a pickle does, not how well it is formed. */
const DEEDS: ReadonlySet<FindingKind> = new Set<FindingKind>([
  "dangerous-name",
  "dangerous-call",
  "computed-call",
  "extension-code",
  "state-on-name",
  "dangerous-operand",
  "unknown-name",
  "unknown-call",
  "unlisted-call",
  "outside-file",
]);

const isDeed = ({ kind }: Finding) => DEEDS.has(kind);
/** What is worth telling of bytes that need not be a pickle: chance makes calls, but no such names. */
const isDanger = ({ kind, name }: Finding) =>
  kind === "dangerous-name" ||
  kind === "dangerous-call" ||
  (name !== undefined && (kind === "dangerous-operand" || kind === "computed-call"));

/** A pickle that was tried, and what was found in it. */
interface Attempt extends PickleEnd {
  readonly recorder: Recorder;
  /** Whether a reader gets to its end. */
  readonly whole: boolean;
}

/** One stream of a scan. */
export class Stream {
  private readonly scanner: Scanner;
  private readonly bytes: Uint8Array;
  private readonly path: string;
  private readonly depth: number;
  private attempts = 0;
  private pickles = 0;
  private storages = 0;

  constructor(scanner: Scanner, bytes: Uint8Array, path: string, depth: number) {
    this.scanner = scanner;
    this.bytes = bytes;
    this.path = path;
    this.depth = depth;
  }

  /**
   * Scans a file: pickles from its start on, or whatever else it is.
   *
   * @returns whether it is pickles to its end
   */
  run(): boolean {
    const first = this.attempt(0);
    if (first.whole) return this.rest(this.keep(first));
    if (this.bytes[0] === PROTO || first.error?.code === "E_LIMIT" || this.isImporting(first)) this.broken(0, first);
    else if (first.error?.code === "E_TRUNCATED" && offsetOf(first.error) > 0) this.tell(first.error);
    else this.other();
    return false;
  }

  /** Scans what is most likely no pickle: raw data of a container, or text and bytes inside a pickle. */
  maybe(): void {
    const first = this.attempt(0);
    if (first.whole) this.scanner.recorder.merge(first.recorder);
    else this.scanner.recorder.merge(first.recorder, isAnnounced(this.bytes, 0) ? isDeed : isDanger);
    if (first.error?.code === "E_LIMIT") this.tell(first.error);
  }

  /** Scans the bytes of a container as a reader that takes them for a pickle would: by chance it names nothing. */
  polyglot(): void {
    const first = this.attempt(0);
    const named = ({ kind }: Finding) => first.whole && kind === "unknown-name";
    const { recorder } = this.scanner;
    if (![...first.recorder.findings].some((finding) => isDanger(finding) || named(finding))) return;
    recorder.merge(first.recorder, (finding) => isDanger(finding) || named(finding));
    this.add("readers-disagree", 0, "a container to some readers, and a pickle to others");
  }

  private attempt(from: number, options: { readonly recover?: boolean; readonly plain?: boolean } = {}): Attempt {
    const { scanner, bytes, path, depth } = this;
    const recorder = scanner.tentative();
    const end = scanPickle({
      bytes,
      from,
      path,
      recorder,
      limits: scanner.limits,
      allowed: scanner.allowed,
      wrappers: options.plain === true ? undefined : scanner.wrappers,
      inert: scanner.inert,
      recover: options.recover ?? false,
      inside: 0,
      payload: (tokenizer, code) => scanner.payload(tokenizer, code, path, depth, recorder),
      part: (name, raw, offset) => scanner.part(name, raw, { path, offset }, depth),
    });
    return { ...end, recorder, whole: end.stopped && end.error === undefined };
  }

  private add(kind: FindingKind, offset: number, words: string): void {
    this.scanner.recorder.add(kind, { path: this.path, offset }, words);
  }

  private tell(error: CurtidoError): void {
    this.add(findingKindOf(error), offsetOf(error), error.message);
  }

  /** Takes over a pickle that is whole. */
  private keep(attempt: Attempt): number {
    this.scanner.recorder.merge(attempt.recorder);
    this.pickles++;
    this.storages += attempt.storages.length;
    if (attempt.skipped.length > 0) this.plainReading(attempt);
    return attempt.end;
  }

  /** What joblib skips as raw data, `pickle.load` runs as opcodes. */
  private plainReading({ skipped, recorder }: Attempt): void {
    const from = skipped[0]![0];
    const plain = this.attempt(0, { plain: true });
    const known = new Set([...recorder.findings].map(({ words }) => words));
    // In a pickle of its own the memo begins anew, and names are others by chance.
    const chance = ({ offset }: Finding) =>
      skipped.some(([begin, end, raw]) => !raw && offset >= begin && offset < end);
    const deeds = (finding: Finding) =>
      !known.has(finding.words) && (isDanger(finding) || (finding.kind === "unknown-name" && !chance(finding)));
    if (![...plain.recorder.findings].some(deeds)) return;
    this.scanner.recorder.merge(plain.recorder, deeds);
    this.add("readers-disagree", from, "joblib skips an array here, and Python's pickle runs its bytes as opcodes");
  }

  /** Whether a stream that breaks off would have made Python import something. */
  private isImporting(attempt: Attempt): boolean {
    if (!attempt.names) return false;
    const { findings, names } = attempt.recorder;
    return (
      [...findings].some((finding) => finding.kind === "extension-code" || isDanger(finding)) ||
      [...names].some(({ name, calls }) => calls > 0 || IMPORTABLE.test(name))
    );
  }

  /** A pickle that no reader, or only some, gets to the end of. */
  private broken(from: number, attempt: Attempt): void {
    const further = this.attempt(from, { recover: true });
    this.scanner.recorder.merge(further.recorder);
    this.tell(attempt.error!);
    if (further.stopped) this.rest(further.end);
    else this.junk(Math.max(further.end, from + 1));
  }

  /** What follows a pickle; gives whether that is known to its end. */
  private rest(from: number): boolean {
    const { bytes } = this;
    let at = from;
    while (at < bytes.length && !isPadding(bytes, at) && !this.isStorage(at)) {
      const next = this.attempt(at);
      if (next.whole) {
        at = this.keep(next);
        continue;
      }
      if (next.error?.code === "E_LIMIT") this.tell(next.error);
      this.add("trailing-data", at, `${bytes.length - at} bytes that are no pickle follow a pickle`);
      if (isAnnounced(bytes, at)) this.broken(at, next);
      else this.junk(at);
      return false;
    }
    return true;
  }

  /** PyTorch before 1.6 lays its storages behind five pickles. */
  private isStorage(at: number): boolean {
    return this.pickles === LEGACY_PICKLES && isLegacyTorch(this.bytes) && this.bytes.length - at === this.storages;
  }

  /** Looks for pickles among other bytes: only danger is told, since chance makes pickles, too. */
  private junk(from: number): void {
    const { bytes, scanner } = this;
    let at = from;
    for (let start = nextStart(bytes, at); start !== undefined; start = nextStart(bytes, at)) {
      if (this.attempts++ >= scanner.limits.attempts) {
        this.add("over-limit", start, "there are more places where a pickle may begin than are looked at");
        break;
      }
      const found = this.attempt(start);
      scanner.recorder.merge(found.recorder, found.whole ? isDeed : isDanger);
      // What went on for long is not tried again from within.
      at = found.whole || found.end - start > LONG ? found.end : start + 1;
    }
    for (const { offset, name } of dangerousLines(bytes, from, bytes.length))
      scanner.recorder.add("dangerous-name", { path: this.path, offset }, `it names ${name}`, name);
  }

  /** Bytes that do not begin as a pickle. */
  private other(): void {
    const model = modelFileOf(this.bytes);
    if (model?.version !== undefined) this.scanner.recorder.version(...model.version);
    if (model !== undefined) return;
    const { what, harmless } = contentOf(this.bytes);
    if (harmless) return;
    this.add("unopened", 0, `it is ${what}`);
    this.junk(1);
  }
}

function isAnnounced(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === PROTO && (bytes[at + 1] ?? 0) <= HIGHEST;
}

/** Whether only zeros, or only white space, follow. */
function isPadding(bytes: Uint8Array, from: number): boolean {
  const rest = bytes.subarray(from);
  return rest.every((byte) => byte === 0) || rest.every((byte) => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d));
}

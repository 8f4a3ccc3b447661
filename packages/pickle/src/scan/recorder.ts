/** @module Where a scan writes down what it finds: findings and names, each once, counted. */

import type { ScanLimits } from "./limits.ts";
import {
  concernOf,
  type Finding,
  type FindingKind,
  findingRules,
  type NameUse,
  type NameVerdict,
  type ScanReport,
  verdictOf,
} from "./report.ts";

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

/** A place: what was opened to get there, and the byte in it. */
export interface Place {
  readonly path: string;
  readonly offset: number;
}

/** What happened to a name. */
export type Use = "mentions" | "calls" | "builds";

/** Collects findings and names; what may turn out to be no pickle gets one of its own, to be {@link merge}d or forgotten. */
export class Recorder {
  private readonly found = new Map<string, Writable<Finding>>();
  private readonly uses = new Map<string, Writable<NameUse>>();
  private readonly limits: ScanLimits;
  private readonly modules = new Map<string, string>();
  private readonly versions = new Map<string, string>();
  private unlisted = 0;
  /** What decides the verdict among the findings that are not listed. */
  private beyond: { readonly kind: FindingKind; readonly severity: Finding["severity"] } | undefined;
  pickles = 0;
  bytes = 0;

  constructor(limits: ScanLimits) {
    this.limits = limits;
  }

  /** Writes a finding down; one that is the same but for its offset is counted. */
  add(kind: FindingKind, { path, offset }: Place, words: string, name?: string): void {
    const { severity } = findingRules[kind];
    this.take({ kind, severity, path, offset, ...(name === undefined ? {} : { name }), words, count: 1 });
  }

  private take(finding: Finding): void {
    const key = `${finding.kind}\n${finding.path}\n${finding.words}`;
    const known = this.found.get(key);
    if (known !== undefined) known.count += finding.count;
    else if (this.found.size < this.limits.findings) this.found.set(key, { ...finding });
    else {
      this.unlisted += finding.count;
      this.weigh(finding);
    }
  }

  /** Of two findings that are not listed, the worse one is kept. */
  private weigh(finding: { readonly kind: FindingKind; readonly severity: Finding["severity"] }): void {
    const { beyond } = this;
    const both = beyond === undefined ? [finding] : [beyond, finding];
    this.beyond = both.find((each) => concernOf([each]) === concernOf(both));
  }

  /**
   * Counts a use of a name.
   *
   * @param module - the module of the name
   * @returns `false` when there are more names than may be told apart
   */
  use(name: string, module: string, verdict: NameVerdict, { path, offset }: Place, use: Use, times = 1): boolean {
    let known = this.uses.get(name);
    if (known === undefined) {
      if (this.uses.size >= this.limits.names) return false;
      known = { name, verdict, path, offset, mentions: 0, calls: 0, builds: 0 };
      this.uses.set(name, known);
      this.modules.set(name, module);
    }
    known[use] += times;
    return true;
  }

  /** Takes note of the version of a package that the file tells; the first one counts. */
  version(of: string, version: string): void {
    if (!this.versions.has(of)) this.versions.set(of, version);
  }

  /** Takes over what another one has: everything, or the findings that `keep` accepts, and the names in them. */
  merge(other: Recorder, keep: (finding: Finding) => boolean = () => true): void {
    const kept = new Set<string | undefined>();
    for (const finding of other.found.values()) {
      if (!keep(finding)) continue;
      this.take(finding);
      kept.add(finding.name);
    }
    for (const use of other.uses.values()) {
      if (use.verdict !== "safe" && !kept.has(use.name)) continue;
      for (const what of ["mentions", "calls", "builds"] as const) {
        if (use[what] > 0) this.use(use.name, other.modules.get(use.name)!, use.verdict, use, what, use[what]);
      }
    }
    for (const [of, version] of other.versions) this.version(of, version);
    this.unlisted += other.unlisted;
    if (other.beyond !== undefined) this.weigh(other.beyond);
    this.pickles += other.pickles;
    this.bytes += other.bytes;
  }

  get findings(): Iterable<Finding> {
    return this.found.values();
  }

  get names(): Iterable<NameUse> {
    return this.uses.values();
  }

  report(path: string): ScanReport {
    const findings = [...this.found.values()];
    const all = this.beyond === undefined ? findings : [...findings, this.beyond];
    return {
      path,
      verdict: verdictOf(all),
      concern: concernOf(all),
      findings,
      unlisted: this.unlisted,
      names: [...this.uses.values()],
      modules: [...new Set(this.modules.values())].sort(),
      versions: Object.fromEntries(this.versions),
      pickles: this.pickles,
      bytes: this.bytes,
    };
  }
}

/** @module What one pickle of a scan uses and does, written down at the opcode that is being run. */

import { python3Name } from "../python2.ts";
import type { Tokenizer } from "../tokens.ts";
import { namePolicy } from "./policy.ts";
import type { Recorder, Use } from "./recorder.ts";
import type { FindingKind } from "./report.ts";
import type { NamePolicy } from "./rules.ts";
import { NameSymbol } from "./symbols.ts";

/** Writes down findings and uses of names. */
export class Notes {
  private readonly tokenizer: Tokenizer;
  private readonly recorder: Recorder;
  private readonly path: string;
  private readonly allowed: ReadonlySet<string> | undefined;
  private readonly names = new Map<string, NameSymbol>();

  constructor(tokenizer: Tokenizer, recorder: Recorder, path: string, allowed: ReadonlySet<string> | undefined) {
    this.tokenizer = tokenizer;
    this.recorder = recorder;
    this.path = path;
    this.allowed = allowed;
  }

  /** Writes a finding down. */
  report(kind: FindingKind, words: string, name?: string): void {
    this.recorder.add(kind, { path: this.path, offset: this.tokenizer.start }, words, name);
  }

  /** Counts a use of a name. */
  use(name: NameSymbol, use: Use): void {
    const place = { path: this.path, offset: this.tokenizer.start };
    if (this.recorder.use(name.toString(), name.module, name.policy.verdict, place, use)) return;
    this.report("over-limit", "there are more names than are told apart");
  }

  /** Takes note of a version that a state tells. */
  version(of: string, version: string): void {
    this.recorder.version(of, version);
  }

  /** What the table says of a name. */
  readonly judge = (module: string, name: string): NamePolicy => namePolicy(module, name, this.allowed);

  /** A name that the stream uses, and a finding when it is not safe. */
  named(module: string, name: string, protocol: number): NameSymbol {
    const [module3, name3] = protocol < 3 ? python3Name(module, name) : ([module, name] as const);
    const known = this.symbolOf(module3, name3, namePolicy(module, name, this.allowed, protocol));
    const written = module === module3 && name === name3 ? "" : `, written as ${module}.${name}`;
    const { verdict } = known.policy;
    if (verdict === "dangerous") this.report("dangerous-name", `it names ${known}${written}`, known.toString());
    if (verdict === "unknown") this.report("unknown-name", `it names ${known}${written}`, known.toString());
    if (name3.includes(".") && protocol < 4) {
      const words = `the dotted name ${known} below protocol 4: some readers follow it, others look for one name`;
      this.report("readers-disagree", words, known.toString());
    }
    return known;
  }

  /** The symbol of a name; there is one of each. */
  symbolOf(module: string, name: string, policy = this.judge(module, name)): NameSymbol {
    const key = `${module}\n${name}`;
    let known = this.names.get(key);
    if (known === undefined) {
      known = new NameSymbol(module, name, policy);
      this.names.set(key, known);
    }
    this.use(known, "mentions");
    return known;
  }
}

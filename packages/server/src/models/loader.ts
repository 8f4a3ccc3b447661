/** @module From an artefact to a model in service: scanned, revived, asked once. */

import { createHash } from "node:crypto";
import { scanFile } from "@curtido/arrays";
import { nodeInflate } from "@curtido/arrays/node";
import { type Estimator, type ReviveOptions, UNKNOWN_VERSION } from "@curtido/estimators";
import { reviveOrigin } from "@curtido/estimators/node";
import { CurtidoError, isCurtidoError } from "@curtido/pickle";
import type { About, Registry, VersionRecord } from "../store/types.ts";
import { exampleRow } from "./example.ts";
import { Served } from "./served.ts";

/** How many models are kept that no alias may name, and the bytes of their files together; the newest in any case. */
const KEPT = 4;
const KEPT_BYTES = 256 * 1024 * 1024;
/** Milliseconds after which a version that could not be loaded is tried again. */
const PATIENCE = 10_000;
/** How many findings of a scan an error names. */
const MOST_FINDINGS = 20;

/** A model that may be published. */
export interface Checked {
  readonly served: Served;
  readonly about: About;
}

/** Loads versions of the registry; keeps those that were used last. */
export class Loader {
  private readonly registry: Registry;
  private readonly options: ReviveOptions;
  private readonly kept = new Map<string, { readonly estimator: Estimator; readonly size: number }>();
  private readonly coming = new Map<string, Promise<Estimator>>();
  private readonly failed = new Map<string, { readonly error: unknown; readonly until: number }>();

  constructor(registry: Registry, options: ReviveOptions) {
    this.registry = registry;
    this.options = options;
  }

  /**
   * Looks at bytes that somebody wants to publish: they must be clean, a model, and able to answer.
   *
   * @throws CurtidoError E_SCAN with the findings; why it is no model
   */
  check(name: string, bytes: Uint8Array): Checked {
    refuseFindings(bytes, Object.keys(this.options.names ?? {}));
    const served = warmed(name, reviveOrigin({ bytes }, this.options));
    this.keep(createHash("sha256").update(bytes).digest("hex"), served.estimator, bytes.length);
    return { served, about: aboutOf(served.estimator) };
  }

  /** A version, loaded and warmed. @throws CurtidoError when the artefact cannot be had or is no model */
  async load(name: string, { sha256 }: VersionRecord): Promise<Served> {
    const failure = this.failed.get(sha256);
    if (failure !== undefined && failure.until > Date.now()) throw failure.error;
    let coming = this.coming.get(sha256);
    if (coming === undefined) {
      coming = this.fetch(name, sha256).finally(() => this.coming.delete(sha256));
      this.coming.set(sha256, coming);
    }
    return new Served(name, await coming);
  }

  private async fetch(name: string, sha256: string): Promise<Estimator> {
    const known = this.kept.get(sha256);
    if (known !== undefined) return this.keep(sha256, known.estimator, known.size);
    try {
      const bytes = await this.registry.artifact(sha256);
      const { estimator } = warmed(name, reviveOrigin({ bytes }, this.options));
      this.failed.delete(sha256);
      return this.keep(sha256, estimator, bytes.length);
    } catch (error) {
      this.failed.set(sha256, { error, until: Date.now() + PATIENCE });
      throw error;
    }
  }

  private keep(sha256: string, estimator: Estimator, size: number): Estimator {
    this.kept.delete(sha256);
    this.kept.set(sha256, { estimator, size });
    let total = [...this.kept.values()].reduce((sum, each) => sum + each.size, 0);
    for (const [oldest, { size: freed }] of this.kept) {
      if (this.kept.size === 1 || (this.kept.size <= KEPT && total <= KEPT_BYTES)) break;
      this.kept.delete(oldest);
      total -= freed;
    }
    return estimator;
  }
}

function warmed(name: string, estimator: Estimator): Served {
  const served = new Served(name, estimator);
  try {
    served.answer({ rows: [exampleRow(served.signature)], single: true });
  } catch (error) {
    if (!isCurtidoError(error, "E_FEATURES")) throw error; // a row of our making may not fit; that it is judged is enough
  }
  return served;
}

/** What the registry keeps of a model. */
export function aboutOf(estimator: Estimator): About {
  return {
    className: estimator.className,
    pythonName: estimator.pythonName,
    trainedBy: estimator.version === UNKNOWN_VERSION ? null : estimator.version.text,
  };
}

function refuseFindings(bytes: Uint8Array, allow: readonly string[]): void {
  const { verdict, findings } = scanFile(bytes, { path: "", inflate: nodeInflate, allow });
  if (verdict !== "findings") return;
  const words = findings.slice(0, MOST_FINDINGS).map((finding) => finding.words);
  throw new CurtidoError("E_SCAN", `the file is not safe: ${words[0] ?? "its scan failed"}`, { findings: words });
}

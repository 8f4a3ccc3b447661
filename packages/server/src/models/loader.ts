/** @module From an artefact to a model in service: looked at where that can be ended, then here, or on threads when it is large. */

import { parseCard, type ReviveOptions } from "@curtido/estimators";
import { type Origin, reviveOrigin, sharedCopy } from "@curtido/estimators/node";
import { tagOf } from "../store/publication.ts";
import type { About, Registry, VersionRecord } from "../store/types.ts";
import type { Described } from "./described.ts";
import { Distant, type Model } from "./distant.ts";
import { type Look, type Looker, lookAt, warmed } from "./look.ts";
import { Served } from "./served.ts";

/** How many models are kept that no alias may name, and the bytes of their files together; the newest in any case. */
const KEPT = 4;
const KEPT_BYTES = 256 * 1024 * 1024;
/** Milliseconds after which a version that could not be loaded is tried again. */
const PATIENCE = 10_000;
/** Up to how many milliseconds of reviving are done beside requests: what takes longer is left to threads. */
const LONGEST_REVIVE = 20;

/** Where models are looked at, and where they answer. */
export interface Loading {
  /** Where files are looked at: here, unless there are threads. */
  readonly looker?: Looker;
  /** Up to how many milliseconds of reviving are done beside requests. */
  readonly longestRevive?: number | undefined;
}

/** Makes a model in service of what was revived or described once. */
type Make = (name: string) => Model;

/** A model that was looked at, and the SHA-256 of its file. */
interface Prepared {
  readonly make: Make;
  readonly sha256: string;
}

/** What the registry keeps of a file that may be published, its SHA-256, and the model that it is. */
export interface Checked {
  readonly about: About;
  readonly sha256: string;
  readonly model: Model;
}

/** How a file is checked. */
export interface Checking {
  /** The card beside it, as JSON. */
  readonly card: string | null;
  /** Whether it has to be clean; what is published already is. */
  readonly scan: boolean;
  /** Python names that are known to whoever publishes it. */
  readonly allow: readonly string[];
}

/** Loads versions of the registry; keeps those that were used last. */
export class Loader {
  private readonly registry: Registry;
  private readonly options: ReviveOptions;
  private readonly looker: Looker;
  private readonly longestRevive: number;
  private readonly kept = new Map<string, { readonly make: Make; readonly size: number }>();
  private readonly coming = new Map<string, Promise<Make>>();
  private readonly failed = new Map<string, { readonly error: unknown; readonly until: number }>();

  constructor(registry: Registry, options: ReviveOptions, loading: Loading = {}) {
    this.registry = registry;
    this.options = options;
    this.looker = loading.looker ?? (async (look) => lookAt({ ...look, ...limitsOf(options) }));
    this.longestRevive = loading.longestRevive ?? LONGEST_REVIVE;
  }

  /**
   * Looks at bytes that somebody wants to publish: they must be clean, a model, and able to answer. They are not changed
   * from then on.
   *
   * @throws CurtidoError E_SCAN with the findings; why it is no model
   */
  async check(name: string, bytes: Uint8Array, how: Partial<Checking> = {}): Promise<Checked> {
    const { card = null, scan = true, allow = [] } = how;
    const { make, sha256 } = await this.prepared(name, bytes, { scan, allow }, card);
    this.keep(tagOf(sha256, card), make, bytes.length);
    const model = make(name);
    return { about: aboutOf(model), sha256, model };
  }

  /** A version, loaded and warmed. @throws CurtidoError when the artefact cannot be had or is no model */
  async load(name: string, version: VersionRecord): Promise<Model> {
    const { tag } = version;
    const failure = this.failed.get(tag);
    if (failure !== undefined && failure.until > Date.now()) throw failure.error;
    let coming = this.coming.get(tag);
    if (coming === undefined) {
      coming = this.fetch(name, version).finally(() => this.coming.delete(tag));
      this.coming.set(tag, coming);
    }
    return (await coming)(name);
  }

  private async fetch(name: string, { sha256, card, tag }: VersionRecord): Promise<Make> {
    const known = this.kept.get(tag);
    if (known !== undefined) return this.keep(tag, known.make, known.size);
    try {
      const bytes = await this.registry.artifact(sha256);
      const { make } = await this.prepared(name, bytes, { scan: false, allow: [] }, card);
      this.failed.delete(tag);
      return this.keep(tag, make, bytes.length);
    } catch (error) {
      this.failed.set(tag, { error, until: Date.now() + PATIENCE });
      throw error;
    }
  }

  /** Looks at bytes, and revives them where they will answer. */
  private async prepared(
    name: string,
    given: Uint8Array,
    how: Pick<Look, "scan" | "allow">,
    text: string | null,
  ): Promise<Prepared> {
    const bytes = given.buffer instanceof SharedArrayBuffer ? given : sharedCopy(given);
    const card = text === null ? undefined : parseCard(text);
    const origin: Origin = { bytes, ...(card && { card }) };
    const own = Object.keys(this.options.names ?? {});
    const looked = await this.looker({ bytes, name, own, ...(card && { card }), ...how });
    const { description, milliseconds, sha256 } = looked;
    if (description !== undefined && milliseconds > this.longestRevive)
      return { make: (called) => new Distant(called, description, origin), sha256 };
    const { estimator, cost } = warmed(new Served(name, reviveOrigin(origin, this.options)));
    const make = (called: string) => {
      const served = new Served(called, estimator);
      served.cost.noteWidth(cost.width);
      return served;
    };
    return { make, sha256 };
  }

  private keep(tag: string, make: Make, size: number): Make {
    this.kept.delete(tag);
    this.kept.set(tag, { make, size });
    let total = [...this.kept.values()].reduce((sum, each) => sum + each.size, 0);
    for (const [oldest, { size: freed }] of this.kept) {
      if (this.kept.size === 1 || (this.kept.size <= KEPT && total <= KEPT_BYTES)) break;
      this.kept.delete(oldest);
      total -= freed;
    }
    return make;
  }
}

function limitsOf({ limits }: ReviveOptions): Pick<Look, "limits"> {
  return limits === undefined ? {} : { limits };
}

/** What the registry keeps of a model. */
function aboutOf({ className, pythonName, version }: Described): About {
  return { className, pythonName, trainedBy: version };
}

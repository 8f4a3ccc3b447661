/** @module The models of a service by name: given ones, and those of a registry as it is now. */

import type { ReviveOptions } from "@curtido/estimators";
import { reportError } from "../observe/report.ts";
import { nameKey } from "../store/names.ts";
import type { ModelRecord, Registry, VersionRecord } from "../store/types.ts";
import type { Model } from "./distant.ts";
import type { Entry } from "./entry.ts";
import { Loader, type Loading } from "./loader.ts";
import { namedVersions, PublishedEntry, type PublishedState } from "./published.ts";

/** Milliseconds between looks at the registry. */
const LOOK = 1_000;

/**
 * The models of a service. What a registry holds is loaded, checked and warmed before a pointer moves; while the registry
 * does not answer, the last good state goes on.
 *
 * @example
 * const catalog = new Catalog(given, store.registry);
 * await catalog.refresh();
 * catalog.find("modelo")?.choose();
 */
export class Catalog {
  readonly registry: Registry | undefined;
  readonly loader: Loader | undefined;
  private readonly given: ReadonlyMap<string, Entry>;
  private published: ReadonlyMap<string, PublishedEntry> = new Map();
  private all: readonly Entry[];
  /** The models that nothing stands before, by their path letter by letter: the fast lane looks here. */
  direct: ReadonlyMap<string, Entry>;
  private revision = -1;
  private last: Promise<void> = Promise.resolve();
  private timer: NodeJS.Timeout | undefined;
  private away = false;

  constructor(given: readonly Entry[], registry?: Registry, options: ReviveOptions = {}, loading?: Loading) {
    this.given = new Map(given.map((entry) => [nameKey(entry.name), entry]));
    this.registry = registry;
    this.loader = registry === undefined ? undefined : new Loader(registry, options, loading);
    this.all = given;
    this.direct = pathsOf(given);
  }

  /** Every model: the given ones in their order, then the published ones by name. */
  get entries(): readonly Entry[] {
    return this.all;
  }

  /** The model of this name, whatever its case. */
  find(name: string): Entry | undefined {
    const key = nameKey(name);
    return this.given.get(key) ?? this.published.get(key);
  }

  /** The last revision of the registry that is wholly in service; -1 before the first. */
  get seen(): number {
    return this.revision;
  }

  /** Whether what the registry holds was once in service. */
  get begun(): boolean {
    return this.registry === undefined || this.revision >= 0;
  }

  /** Whether everything that the registry held at the last look is in service. */
  get settled(): boolean {
    return this.begun && !this.away;
  }

  /** Follows the registry, at least up to a revision. @throws StoreError when it does not answer */
  refresh(revision?: number): Promise<void> {
    const next = this.last.then(() => this.update(revision));
    this.last = next.catch(() => undefined);
    return next;
  }

  /** Looks at the registry every second. */
  follow(): void {
    this.timer ??= setTimeout(() => void this.look(), LOOK).unref();
  }

  /** Stops looking. */
  close(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  /** A version of a model, loaded when it is not. */
  async version(entry: PublishedEntry, record: VersionRecord): Promise<Model> {
    return entry.loaded.get(record.version) ?? (await this.loader!.load(entry.name, record));
  }

  private async look(): Promise<void> {
    try {
      if ((await this.registry!.revision()) !== this.revision) await this.refresh();
      this.away = false;
    } catch (error) {
      if (!this.away) reportError(error); // once: what is loaded serves on
      this.away = true;
    }
    if (this.timer === undefined) return;
    this.timer = undefined;
    this.follow();
  }

  private async update(revision: number | undefined): Promise<void> {
    if (this.registry === undefined || (revision !== undefined && this.revision >= revision)) return;
    const snapshot = await this.registry.snapshot();
    if (snapshot.revision === this.revision) return;
    const published = new Map<string, PublishedEntry>();
    let problem: unknown;
    for (const record of snapshot.models) {
      const key = nameKey(record.name);
      if (this.given.has(key)) continue;
      const before = this.published.get(key);
      try {
        published.set(key, await this.entryOf(record, before));
      } catch (error) {
        problem ??= error;
        published.set(key, before ?? new PublishedEntry({ record, loaded: new Map() }));
      }
    }
    this.published = published;
    this.all = [...this.given.values(), ...published.values()];
    this.direct = pathsOf(this.all);
    if (problem !== undefined) throw problem;
    this.revision = snapshot.revision;
  }

  private async entryOf(record: ModelRecord, before: PublishedEntry | undefined): Promise<PublishedEntry> {
    const state = await this.stateOf(record, before);
    if (before === undefined || before.name !== record.name) return new PublishedEntry(state);
    before.swap(state);
    return before;
  }

  private async stateOf(record: ModelRecord, before: PublishedEntry | undefined): Promise<PublishedState> {
    const loaded = new Map<number, Model>();
    for (const number of namedVersions(record)) {
      const version = record.versions.find((each) => each.version === number);
      if (version === undefined) continue;
      const known = before?.record.versions.find((each) => each.version === number)?.tag === version.tag;
      const served = known ? before?.loaded.get(number) : undefined;
      loaded.set(number, served ?? (await this.loader!.load(record.name, version)));
    }
    return { record, loaded };
  }
}

function pathsOf(entries: readonly Entry[]): ReadonlyMap<string, Entry> {
  return new Map(
    entries
      .filter((entry) => entry.direct)
      .flatMap((entry) =>
        [`/${entry.name}`, `/${encodeURIComponent(entry.name)}`].map((path) => [path, entry] as const),
      ),
  );
}

/** @module What the store keeps: models, versions, aliases, keys, predictions. Knows no HTTP. */

/** What may be done with a key. `admin` may do everything. */
export const SCOPES = ["predict", "publish", "admin"] as const;
export type Scope = (typeof SCOPES)[number];

/** What is known of an artefact before it is published: it was loaded, scanned and asked once. */
export interface About {
  /** The class by its short name, and as the file spells it. */
  readonly className: string;
  readonly pythonName: string;
  /** The release that trained it; `null` when the file does not say. */
  readonly trainedBy: string | null;
}

/** What is published of an artefact. */
export interface Publishing extends About {
  /** The card beside it, as JSON; `null` for none. Where nothing is said of it, a version that has these bytes keeps its own. */
  readonly card?: string | null;
}

/** One version of a model. */
export interface VersionRecord extends About {
  /** From 1 on; never used twice for one name, whatever is removed. */
  readonly version: number;
  /** SHA-256 of the artefact, in hexadecimal. */
  readonly sha256: string;
  /** The card that was published beside it, as JSON. */
  readonly card: string | null;
  /** What tells this version from others, in hexadecimal: {@link sha256} where there is no card. */
  readonly tag: string;
  /** Bytes of the artefact. */
  readonly size: number;
  /** When it was published, ISO 8601 in UTC. */
  readonly created: string;
  /** The key that published it. */
  readonly createdBy: string | null;
}

/** Where requests of an alias go: to one version, or by percentages (that sum up to 100); one may be asked in the shadow. */
export interface AliasTarget {
  /** Percent of the requests by version: `{ 1: 90, 2: 10 }`; one version alone has 100. */
  readonly split: Readonly<Record<number, number>>;
  /** A version that gets every request too; its answers are compared, not given. */
  readonly shadow?: number;
}

/** The alias that `/{model}` itself follows. */
export const CURRENT = "current";

/** A model of the registry. */
export interface ModelRecord {
  /** As it was first published; compared without case. */
  readonly name: string;
  readonly created: string;
  /** Ascending. */
  readonly versions: readonly VersionRecord[];
  /** By name; always with {@link CURRENT}. */
  readonly aliases: Readonly<Record<string, AliasTarget>>;
}

/** Everything at one moment. */
export interface Snapshot {
  /** Grows with every change; equal revisions are equal snapshots. */
  readonly revision: number;
  readonly models: readonly ModelRecord[];
}

/** Preconditions, by the {@link VersionRecord.tag} of the version that `current` points to (the first of a split). */
export interface Conditions {
  /** One of these must be current; `"*"`: any must exist. */
  readonly match?: readonly string[] | "*";
  /** None of these may be current; `"*"`: the model must not exist. */
  readonly noneMatch?: readonly string[] | "*";
}

/** What publishing did. */
export interface Published {
  readonly model: ModelRecord;
  readonly version: VersionRecord;
  /** `created`: a new model; `added`: a new version; `moved`: these bytes were an older version; `same`: they are current. */
  readonly outcome: "created" | "added" | "moved" | "same";
  readonly revision: number;
}

/**
 * The models that were published. Every change is one transaction; every method rejects with a `StoreError`.
 *
 * Errors by code: E_NOT_FOUND, E_PRECONDITION (conditions do not hold), E_CONFLICT (a version that an alias points to, a
 * clash of names), E_TARGET (an alias that points to nothing), E_STORE (the database or the artefacts cannot be reached:
 * nothing was changed), E_FULL (no room).
 */
export interface Registry {
  /** Cheap: what {@link Snapshot.revision} is now. */
  revision(): Promise<number>;
  snapshot(): Promise<Snapshot>;
  /**
   * Stores the artefact, adds a version and points `current` to it. Atomic: a kill at any moment leaves before or after.
   *
   * @param known - the SHA-256 of the artefact, where it was found out already
   */
  publish(
    name: string,
    artifact: Uint8Array,
    about: Publishing,
    by: string | null,
    conditions?: Conditions,
    known?: string,
  ): Promise<Published>;
  /** The bytes of a version. */
  artifact(sha256: string): Promise<Uint8Array>;
  /** Removes a version that no alias points to, and its artefact when no other version has it. */
  removeVersion(name: string, version: number): Promise<void>;
  /** Removes a model with all versions and aliases. */
  removeModel(name: string, conditions?: Conditions): Promise<void>;
  /** Points an alias, making it when it is new; gives whether it was. */
  setAlias(
    name: string,
    alias: string,
    target: AliasTarget,
  ): Promise<{ readonly created: boolean; readonly revision: number }>;
  /** Removes an alias; {@link CURRENT} cannot be removed (E_CONFLICT). */
  removeAlias(name: string, alias: string): Promise<void>;
}

/** A key, without its secret. */
export interface KeyRecord {
  readonly id: string;
  /** What its owner calls it. */
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly created: string;
  readonly expires: string | null;
  /** Requests per minute; `null` for any number. */
  readonly rateLimit: number | null;
  readonly lastUsed: string | null;
}

/** Keys; their secrets are kept as hashes only. */
export interface Keys {
  /** A new key and its secret, which is never to be had again. */
  create(key: {
    readonly name: string;
    readonly scopes: readonly Scope[];
    readonly expires?: string | null;
    readonly rateLimit?: number | null;
    /** A secret that was chosen elsewhere (`CURTIDO_KEY`). */
    readonly secret?: string;
  }): Promise<{ readonly key: KeyRecord; readonly secret: string }>;
  /** The key of a secret, when it is one that is neither revoked nor expired. Answers from memory for a few seconds. */
  find(secret: string): Promise<KeyRecord | undefined>;
  get(id: string): Promise<KeyRecord | undefined>;
  list(): Promise<readonly KeyRecord[]>;
  /** Gives whether there was one. */
  revoke(id: string): Promise<boolean>;
  /** A random text that was made when the database was: signs cookies. */
  signingSecret(): Promise<string>;
}

/** One logged prediction. */
export interface PredictionRecord {
  readonly time: string;
  readonly model: string;
  readonly version: number | null;
  readonly requestId: string;
  readonly keyId: string | null;
  readonly rows: number;
  /** Milliseconds. */
  readonly duration: number;
  /** Rows as JSON, columns hashed or left out as configured. */
  readonly input: string;
  /** The answer as JSON. */
  readonly output: string;
}

/** What to read of the log. */
export interface PredictionQuery {
  readonly model: string;
  readonly version?: number;
  /** From this moment on, up to but not including the other: ISO 8601. */
  readonly from?: string;
  readonly to?: string;
  readonly limit: number;
  /** Only what is older than this place: {@link PredictionPage.next}. */
  readonly before?: string;
}

export interface PredictionPage {
  /** Newest first. */
  readonly records: readonly PredictionRecord[];
  /** Where the next page begins, when there is one. */
  readonly next?: string;
}

/** The log of predictions: written in batches off the request path. */
export interface PredictionLog {
  /** Never waits and never throws: a record that finds no room is dropped and counted. */
  write(record: PredictionRecord): void;
  query(query: PredictionQuery): Promise<PredictionPage>;
  /** Records that were dropped since the start. */
  readonly dropped: number;
  /** Records that wait to be written. */
  readonly waiting: number;
  /** Writes what waits. */
  flush(): Promise<void>;
}

/** All of it, on one database. */
export interface Store {
  readonly registry: Registry;
  readonly keys: Keys;
  readonly predictions: PredictionLog;
  /** Whether the database answers. */
  healthy(): Promise<boolean>;
  close(): Promise<void>;
}

/** Where a store is. */
export interface StoreOptions {
  /** A folder (SQLite and artefacts in it), or `postgres://...`. */
  readonly data: string;
  /** Where artefacts lie: a folder, `s3://bucket/prefix`; unless told otherwise, in the folder or in PostgreSQL. */
  readonly artifacts?: string;
  /** Days that predictions are kept; for ever unless told otherwise. */
  readonly retention?: number;
}

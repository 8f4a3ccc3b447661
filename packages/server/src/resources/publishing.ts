/** @module What changes the registry: publish, remove, point aliases. Each answers when every worker serves what it did. */

import { parseCard } from "@curtido/estimators";
import { isCurtidoError } from "@curtido/pickle";
import { writeJson } from "@curtido/tables";
import type { Context, HonoRequest } from "hono";
import { mediaParameters, mediaType } from "../http/headers.ts";
import { HttpProblem, problemWith } from "../http/problem.ts";
import type { Catalog } from "../models/catalog.ts";
import type { Model } from "../models/distant.ts";
import { notReady } from "../models/entry.ts";
import type { Checked, Checking } from "../models/loader.ts";
import { PublishedEntry } from "../models/published.ts";
import { signatureChange } from "../models/signature_change.ts";
import { busy } from "../serving/question.ts";
import { checkName } from "../store/names.ts";
import type { AliasTarget, Published, Registry } from "../store/types.ts";
import { conditionsOf } from "./conditional.ts";
import { openEnvelope } from "./envelope.ts";
import { answerJson } from "./resource.ts";
import { Shares, Turns } from "./turns.ts";
import { receiveArtifact } from "./upload.ts";
import { uriOf, versionCard } from "./version_card.ts";

/** Tells the other workers of a revision; ends when all of them serve it. */
export type Announce = (revision: number) => Promise<void>;

/** How many files of one key may be on their way or wait for their turn, and how many of the largest their bytes may make up. */
const MOST_FILES = 64;
const MOST_ARTEFACTS = 4;

/** Changes a registry on behalf of requests. */
export class Publisher {
  readonly catalog: Catalog;
  /** Set by who runs several workers. */
  announce: Announce = async () => undefined;
  /** Whether the service is about to stop: what waits for its turn is refused then. */
  draining: () => boolean = () => false;
  private readonly registry: Registry;
  private readonly mostArtifact: number;
  /** Python names that may be in any file. */
  private readonly allow: readonly string[];
  /** Files are looked at one after the other: each may be large. Nobody's many keep another's one waiting. */
  private readonly turns = new Turns();
  /** How many files of a key are on their way or wait, and how many bytes of them lie in temporary files. */
  private readonly files = new Shares(MOST_FILES);
  private readonly bytes: Shares;

  constructor(catalog: Catalog, registry: Registry, mostArtifact: number, allow: readonly string[] = []) {
    this.catalog = catalog;
    this.registry = registry;
    this.mostArtifact = mostArtifact;
    this.allow = allow;
    this.bytes = new Shares(MOST_ARTEFACTS * mostArtifact);
  }

  /** `PUT /{model}`. */
  async put(context: Context, name: string, by: string | null): Promise<Response> {
    const chosen = this.catalog.find(name)?.name ?? checkName(name.normalize("NFC"));
    return this.answer(context, await this.received(context, chosen, by));
  }

  /** `PUT /{model}/card`: a version of the same bytes with another card; `null` for none. */
  async putCard(context: Context, name: string, card: string | null, by: string | null): Promise<Response> {
    const { registry } = this;
    const bytes = async () => {
      const { currentVersion } = publishedIn(this.catalog, name);
      if (currentVersion === undefined) throw notReady(name);
      return { model: await registry.artifact(currentVersion.sha256), card };
    };
    const published = await this.publish(publishedIn(this.catalog, name).name, bytes, by, context, { scan: false });
    return this.answer(context, published);
  }

  /** What was published, once every worker serves it. */
  private async answer(context: Context, { outcome, model, version, revision }: Published): Promise<Response> {
    await this.settle(revision);
    const uri = uriOf(model.name);
    const headers = { "Content-Location": `${uri}/versions/${version.version}`, ETag: `"${version.tag}.bin"` };
    const card = versionCard(model, version);
    context.header("Curtido-Version", String(version.version));
    return outcome === "created"
      ? answerJson(context, card, 201, { ...headers, Location: uri })
      : answerJson(context, card, 200, headers);
  }

  /** Publishes what a request brings. @throws CurtidoError E_BUSY when its key has too much underway */
  private async received(context: Context, name: string, by: string | null): Promise<Published> {
    const who = by ?? "";
    const allow = allowedNames(context.req);
    const boundary = boundaryOf(context.req);
    let size = 0;
    this.files.take(who, 1);
    try {
      const upload = await receiveArtifact(context.req, this.mostArtifact, (bytes) => {
        this.bytes.take(who, bytes);
        size += bytes;
      });
      try {
        const read = async (): Promise<Sent> => {
          const bytes = await upload.bytes();
          if (boundary === undefined) return { model: bytes };
          const { model, card } = openEnvelope(bytes, boundary);
          return { model, ...(card !== undefined && { card: writeJson(parseCard(card)) }) };
        };
        return await this.publish(name, read, by, context, { allow });
      } finally {
        await upload.close();
      }
    } finally {
      this.files.give(who, 1);
      this.bytes.give(who, size);
    }
  }

  /**
   * Looks at bytes and publishes them, when their turn comes.
   *
   * @param read - gives the bytes then, and the card beside them
   * @param how - Python names that are known to whoever publishes them; whether they have to be scanned
   * @throws CurtidoError E_BUSY when the service is about to stop
   * @throws HttpProblem 409 when clients of the current version could not ask this one, and the request does not allow that
   */
  publish(
    name: string,
    read: () => Promise<Sent>,
    by: string | null,
    context?: Context,
    { scan = true, allow = [] }: { readonly scan?: boolean; readonly allow?: readonly string[] } = {},
  ): Promise<Published> {
    return this.turns.take(by ?? "", async () => {
      if (this.draining()) throw busy();
      const { model: bytes, card } = await read();
      const checking = { scan, allow: [...this.allow, ...allow], card: card ?? null };
      const { about, sha256, model } = await this.check(name, bytes, checking);
      if (context !== undefined && context.req.query("change") !== "signature") this.refuseChange(name, model);
      const conditions = context === undefined ? {} : conditionsOf(context.req);
      const said = card === undefined ? {} : { card };
      return this.registry.publish(name, bytes, { ...about, ...said }, by, conditions, sha256);
    });
  }

  /** @throws HttpProblem 409 with what would be different for clients */
  private refuseChange(name: string, next: Model): void {
    const current = this.catalog.find(name)?.ready;
    const changes = current === undefined ? [] : signatureChange(current, next);
    if (changes.length === 0) return;
    const detail = `clients of '${name}' could not ask this version: ${changes[0]}; with ?change=signature it is published all the same, and under another name it stands beside`;
    throw new HttpProblem(409, detail, {
      code: "E_SIGNATURE",
      errors: changes.map((words) => ({ pointer: "#", detail: words })),
    });
  }

  /** What the registry keeps of bytes that may be published. @throws HttpProblem 422 with the reason why they may not */
  private async check(name: string, bytes: Uint8Array, how: Checking): Promise<Checked> {
    try {
      return await this.catalog.loader!.check(name, bytes, how);
    } catch (error) {
      throw isCurtidoError(error) ? problemWith(422, error) : error;
    }
  }

  /** `DELETE /{model}`. */
  async removeModel(context: Context, name: string): Promise<Response> {
    await this.registry.removeModel(name, conditionsOf(context.req));
    await this.settle();
    return new Response(null, { status: 204 });
  }

  /** `DELETE /{model}/versions/{version}`. */
  async removeVersion(name: string, version: number): Promise<Response> {
    await this.registry.removeVersion(name, version);
    await this.settle();
    return new Response(null, { status: 204 });
  }

  /** Points an alias; gives whether it is new. The versions are loaded before, so that one that cannot serve is refused. */
  async setAlias(entry: PublishedEntry, alias: string, target: AliasTarget): Promise<boolean> {
    const numbers = [...Object.keys(target.split).map(Number), ...(target.shadow === undefined ? [] : [target.shadow])];
    for (const number of numbers) {
      const version = entry.record.versions.find((each) => each.version === number);
      if (version !== undefined) await this.catalog.version(entry, version);
    }
    const { created, revision } = await this.registry.setAlias(entry.name, alias, target);
    await this.settle(revision);
    return created;
  }

  /** Removes an alias. */
  async removeAlias(name: string, alias: string): Promise<void> {
    await this.registry.removeAlias(name, alias);
    await this.settle();
  }

  private async settle(revision?: number): Promise<void> {
    await this.catalog.refresh(revision);
    await this.announce(this.catalog.seen);
  }
}

/** What is published: a file, and the card beside it as JSON; `null` for none, nothing where nothing is said of it. */
export interface Sent {
  readonly model: Uint8Array;
  readonly card?: string | null;
}

/** What separates the parts of a body that has several; `undefined` for a file. @throws HttpProblem 400 */
function boundaryOf(request: HonoRequest): string | undefined {
  const header = request.header("content-type");
  if (mediaType(header).type !== "multipart/form-data") return undefined;
  const { boundary } = mediaParameters(header);
  if (boundary !== undefined && boundary !== "" && boundary.length <= MOST_BOUNDARY) return boundary;
  throw new HttpProblem(400, "the Content-Type names no boundary; let your client make that header");
}

/** How long a boundary may be (RFC 2046, section 5.1.1). */
const MOST_BOUNDARY = 70;

/** A Python name, or all of a package: `mymodule.MyClass`, `mymodule.*`. */
const ALLOWABLE = /^[^\s.]+(?:\.[^\s.]+)+$/;

/** `?allow=: Python names that are known to whoever publishes; several, or a list. @throws HttpProblem 400 */
function allowedNames(request: HonoRequest): string[] {
  const names = (request.queries("allow") ?? []).flatMap((list) => list.split(",")).map((name) => name.trim());
  const wrong = names.find((name) => !ALLOWABLE.test(name));
  if (wrong === undefined) return names;
  throw new HttpProblem(400, `allow=${wrong}: it is no name such as mymodule.MyClass or mymodule.*`);
}

/** A published model. @throws HttpProblem 404, also for a given one, which has no versions */
export function publishedIn(catalog: Catalog, name: string): PublishedEntry {
  const entry = catalog.find(name);
  if (entry instanceof PublishedEntry) return entry;
  throw new HttpProblem(
    404,
    entry === undefined ? `there is no model '${name}'` : `'${name}' was not published: it has no versions`,
  );
}

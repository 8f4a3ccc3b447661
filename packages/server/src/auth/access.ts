/** @module Who may do what: keys, sessions, scopes and rates. */

import { createHash } from "node:crypto";
import type { Context } from "hono";
import { HttpProblem } from "../http/problem.ts";
import type { KeyRecord, Keys, Scope } from "../store/types.ts";
import { isExpired } from "./memory_keys.ts";
import { isForeign } from "./origin.ts";
import { RateLimits, rateHeaders } from "./rate.ts";
import { cookieOf, openSession } from "./session.ts";

/** What a request wants to do. */
export type Need = "read" | "predict" | "artifact" | "log" | "publish" | "admin";

/**
 * What everybody may do without a key: on this machine (`local`), and to the `public`, reading what a model is and
 * predicting; `nothing` but asking whether it lives. Files and the log take a key everywhere.
 */
export type Open = "local" | "public" | "nothing";

const OPEN: Readonly<Record<Open, ReadonlySet<Need>>> = {
  local: new Set<Need>(["read", "predict"]),
  public: new Set<Need>(["read", "predict"]),
  nothing: new Set<Need>(),
};

/** The scope that a need takes; with any key one may read. */
const SCOPE: Readonly<Record<Need, Scope | undefined>> = {
  read: undefined,
  predict: "predict",
  artifact: "publish",
  log: "admin",
  publish: "publish",
  admin: "admin",
};

/** Milliseconds for which a key that was found is believed in the fast lane, and a session's key. */
const BELIEVED = 1_000;
/** How many keys are believed at once. */
const MOST_BELIEVED = 1_000;
/** Wrong keys a minute that may come from one address. */
const MOST_WRONG = 10;
/** How many keys that were right once are remembered. */
const MOST_PROVEN = 1_000;

/** Who asks. */
export interface Who {
  readonly key: KeyRecord | undefined;
  /** The cookie that said so. */
  readonly cookie?: string;
}

const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);

/** Decides; one for each service that has keys. */
export class Access {
  readonly keys: Keys;
  readonly open: Open;
  private readonly rates = new RateLimits();
  private readonly wrong = new RateLimits();
  /** What stands for keys that were right once: who tries others does not keep them out. */
  private readonly proven = new Set<string>();
  private readonly believed = new Map<string, { readonly key: KeyRecord; readonly until: number }>();
  private readonly asked = new WeakMap<Context, Promise<Who>>();

  constructor(keys: Keys, open: Open) {
    this.keys = keys;
    this.open = open;
  }

  /** Lets a request pass that may do this. @throws HttpProblem 401, 403, 429 */
  async require(context: Context, need: Need): Promise<Who> {
    const who = await this.who(context);
    const { key, cookie } = who;
    if (cookie !== undefined && !SAFE.has(context.req.method) && isForeign(context.req))
      throw new HttpProblem(
        403,
        "a page of another site sent this request; send it with a key, or from a page of this one",
      );
    if (key === undefined) {
      if (OPEN[this.open].has(need)) return who;
      throw unauthorized("this needs a key: send 'Authorization: Bearer KEY', or sign in at /login");
    }
    const scope = SCOPE[need];
    const enough = scope === undefined || key.scopes.includes(scope) || key.scopes.includes("admin");
    if (enough || OPEN[this.open].has(need)) return who;
    throw new HttpProblem(
      403,
      `this needs a key with the scope '${scope}'; this one has ${key.scopes.join(", ") || "none"}`,
    );
  }

  /** Who asks; counted once for each request. @throws HttpProblem 401 for a key that is none, 429 when it asks too often */
  who(context: Context): Promise<Who> {
    let who = this.asked.get(context);
    if (who === undefined) {
      who = this.identify(context);
      this.asked.set(context, who);
    }
    return who;
  }

  /**
   * For the fast lane, which waits for nothing: whether a request with these headers may predict, and with which key;
   * `undefined` when the app has to look at it.
   */
  quick(
    authorization: string | undefined,
    cookie: string | undefined,
  ): { readonly key: KeyRecord | undefined } | undefined {
    if (authorization === undefined) {
      if (!OPEN[this.open].has("predict") || cookieOf(cookie) !== undefined) return undefined;
      return NOBODY;
    }
    const found = this.believed.get(digest(authorization));
    if (found === undefined || found.until < Date.now()) return undefined;
    const { scopes, rateLimit } = found.key;
    return rateLimit === null && (scopes.includes("predict") || scopes.includes("admin")) ? found : undefined;
  }

  /**
   * The key of a secret. An address from which too many wrong ones came waits, whatever it sends: only keys that were right
   * once are looked up.
   *
   * @throws HttpProblem 429
   */
  async try(context: Context, secret: string | undefined): Promise<KeyRecord | undefined> {
    const address = addressOf(context);
    const name = digest(secret ?? "");
    if (!this.proven.has(name)) {
      const { granted, wait } = this.wrong.look(address, MOST_WRONG);
      if (!granted)
        throw new HttpProblem(429, "too many wrong keys came from this address; wait", {
          headers: { "Retry-After": String(wait) },
        });
    }
    const key = secret === undefined ? undefined : await this.keys.find(secret);
    if (key === undefined) {
      this.wrong.take(address, MOST_WRONG);
      this.proven.delete(name);
      return undefined;
    }
    this.proven.delete(name);
    this.proven.add(name);
    if (this.proven.size > MOST_PROVEN) this.proven.delete(this.proven.values().next().value!);
    return key;
  }

  /** Forgets what was believed: a key was revoked. */
  forget(): void {
    this.believed.clear();
  }

  private async identify(context: Context): Promise<Who> {
    const authorization = context.req.header("authorization");
    if (authorization !== undefined) {
      const key = await this.bearer(context, authorization);
      if (key === undefined) throw unauthorized("this key is not known, was revoked, or has expired");
      this.spend(context, key);
      return { key };
    }
    const cookie = cookieOf(context.req.header("cookie"));
    if (cookie === undefined) return { key: undefined };
    const session = openSession(cookie, await this.keys.signingSecret());
    const key = session === undefined ? undefined : await this.byId(session.keyId);
    if (key === undefined) return { key: undefined }; // an old cookie is as good as none
    this.spend(context, key);
    return { key, cookie };
  }

  private async bearer(context: Context, authorization: string): Promise<KeyRecord | undefined> {
    const secret = /^bearer +([\x21-\x7e]+) *$/i.exec(authorization)?.[1];
    const key = await this.try(context, secret);
    if (key !== undefined) this.believe(digest(authorization), key);
    return key;
  }

  /** The key of a session. What is known goes on for a moment, so that not every page asks the database. */
  private async byId(id: string): Promise<KeyRecord | undefined> {
    const known = this.believed.get(`id ${id}`);
    if (known !== undefined && known.until > Date.now()) return known.key;
    const key = await this.keys.get(id);
    if (key === undefined || isExpired(key)) return undefined;
    this.believe(`id ${id}`, key);
    return key;
  }

  private believe(name: string, key: KeyRecord): void {
    this.believed.delete(name);
    this.believed.set(name, { key, until: Date.now() + BELIEVED });
    if (this.believed.size > MOST_BELIEVED) this.believed.delete(this.believed.keys().next().value!);
  }

  private spend(context: Context, { id, rateLimit }: KeyRecord): void {
    if (rateLimit === null) return;
    const allowance = this.rates.take(`key ${id}`, rateLimit);
    const headers = rateHeaders(allowance);
    for (const [name, value] of Object.entries(headers)) context.header(name, value);
    if (allowance.granted) return;
    throw new HttpProblem(429, `this key may ask ${rateLimit} times a minute`, {
      headers: { ...headers, "Retry-After": String(allowance.wait) },
    });
  }
}

const NOBODY = { key: undefined };

/**
 * The address that a request comes from, as far as the platform says; of IPv6 the network, since a client has all of one. What
 * a proxy says of others is not believed: any client could say it.
 */
function addressOf(context: Context): string {
  const { incoming } = (context.env ?? {}) as { incoming?: { socket?: { remoteAddress?: string } } };
  const address = incoming?.socket?.remoteAddress ?? "";
  return address.includes(":") && !address.includes(".") ? address.split(":").slice(0, 4).join(":") : address;
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("base64");
}

function unauthorized(detail: string): HttpProblem {
  return new HttpProblem(401, detail, { headers: { "WWW-Authenticate": 'Bearer realm="curtido"' } });
}

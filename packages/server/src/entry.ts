/** @module A model at a URI: where it comes from, what the user's functions do, whether it is ready. */

import type { Estimator, ReviveOptions } from "@curtido/estimators";
import type { Context } from "hono";
import type { Answer } from "./answer.ts";
import { load, loadNow, remote, type Source } from "./load.ts";
import { reportError } from "./report.ts";
import { HttpProblem } from "./representations/problem.ts";
import type { NamedRow } from "./serving/batch.ts";
import { Served } from "./serving/served.ts";

/** What a user's function may give: a changed value, or nothing when it changed the one it got in place. */
type Changed<T> = T | undefined | Promise<T | undefined>;
/** May change a row before it is validated. */
export type Before = (row: NamedRow, context: Context) => Changed<NamedRow>;
/** May change the answer before it is sent. */
export type After = (answer: Answer, context: Context) => Changed<Answer>;

/** What stands between a client and the model. */
export interface Hooks {
  readonly before?: Before | undefined;
  readonly after?: After | undefined;
}

/** One model of a service. Local sources are read at once, so that a bad file is an error when the service starts. */
export class Entry {
  readonly name: string;
  readonly hooks: Hooks;
  private current: Served | undefined;
  private readonly coming: Promise<Served | undefined> | undefined;

  constructor(name: string, source: Source, hooks: Hooks = {}, options: ReviveOptions = {}) {
    this.name = name;
    this.hooks = hooks;
    if (remote(source) === undefined) this.current = new Served(name, loadNow(source, options));
    else this.coming = this.fetch(source, options);
  }

  private async fetch(source: Source, options: ReviveOptions): Promise<Served | undefined> {
    try {
      const estimator: Estimator = await load(source, options);
      this.current = new Served(this.name, estimator);
    } catch (error) {
      reportError(error);
    }
    return this.current;
  }

  /** Whether nothing stands between a client and the model. */
  get direct(): boolean {
    return this.hooks.before === undefined && this.hooks.after === undefined;
  }

  /** The model, if it is there already. */
  get ready(): Served | undefined {
    return this.current;
  }

  /**
   * The model, once it is there.
   *
   * @throws HttpProblem 503 when it could not be fetched
   */
  async served(): Promise<Served> {
    const served = this.current ?? (await this.coming);
    if (served !== undefined) return served;
    throw new HttpProblem(503, `the model '${this.name}' could not be fetched; the server's log says why`, {
      headers: { "Retry-After": "30" },
    });
  }
}

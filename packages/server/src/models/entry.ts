/** @module A model at a URI: what answers there, what the user's functions do, whether it is ready. */

import type { Estimator, ReviveOptions } from "@curtido/estimators";
import { load, loadNow, remote, type Source } from "@curtido/estimators/node";
import { CurtidoError } from "@curtido/pickle";
import { reportError } from "../observe/report.ts";
import type { Answer } from "../rows/answer.ts";
import type { NamedRow } from "../rows/rows.ts";
import type { Model } from "./distant.ts";
import { Served } from "./served.ts";

/** What a user's function may give: a changed value, or nothing when it changed the one it got in place. */
type Changed<T> = T | undefined | Promise<T | undefined>;
/** May change a row before it is validated; `context` is the request as whoever listens knows it. */
export type Before<Context = never> = (row: NamedRow, context: Context) => Changed<NamedRow>;
/** May change the answer before it is sent. */
export type After<Context = never> = (answer: Answer, context: Context) => Changed<Answer>;

/** What stands between a client and the model. */
export interface Hooks {
  readonly before?: Before | undefined;
  readonly after?: After | undefined;
}

/** What answers one request. It is chosen once, so that an answer and the version that it names belong together. */
export interface Choice {
  readonly served: Model;
  /** The version of a published model; answers name it in `Curtido-Version`. */
  readonly version: number | undefined;
  /** What is asked too, once the answer is sent. */
  readonly shadow?: { readonly served: Model; readonly version: number } | undefined;
}

/** One model of a service. */
export abstract class Entry {
  readonly name: string;
  readonly hooks: Hooks;

  constructor(name: string, hooks: Hooks) {
    this.name = name;
    this.hooks = hooks;
  }

  /** Whether nothing stands between a client and the model. */
  get direct(): boolean {
    return this.hooks.before === undefined && this.hooks.after === undefined;
  }

  /** What answers the next request, when it is there already. */
  abstract choose(alias?: string): Choice | undefined;

  /**
   * What answers this request, once it is there.
   *
   * @throws CurtidoError E_NOT_READY when it could not be loaded, E_NOT_FOUND when there is no such alias
   */
  abstract chosen(alias?: string): Promise<Choice>;

  /** The model that cards and documents describe, if it is there already. */
  abstract get ready(): Model | undefined;

  /** {@link ready}, once it is there. @throws CurtidoError E_NOT_READY when it could not be loaded */
  async served(): Promise<Model> {
    return this.ready ?? (await this.chosen()).served;
  }
}

/** The error of a model that is not there yet. */
export function notReady(name: string): CurtidoError {
  return new CurtidoError("E_NOT_READY", `the model '${name}' could not be loaded; the server's log says why`, {
    name,
  });
}

/** A model that was given on the command line or by a program. Local sources are read at once, so that a bad file is an error when the service starts. */
export class GivenEntry extends Entry {
  private current: Choice | undefined;
  private readonly coming: Promise<void> | undefined;

  constructor(name: string, source: Source, hooks: Hooks = {}, options: ReviveOptions = {}) {
    super(name, hooks);
    if (remote(source) === undefined) this.replace(loadNow(source, options));
    else this.coming = this.fetch(source, options);
  }

  /** Puts another model in its place; a request under way ends with the one that it began with. */
  replace(estimator: Estimator): void {
    this.current = { served: new Served(this.name, estimator), version: undefined };
  }

  private async fetch(source: Source, options: ReviveOptions): Promise<void> {
    try {
      this.replace(await load(source, options));
    } catch (error) {
      reportError(error);
    }
  }

  override choose(): Choice | undefined {
    return this.current;
  }

  override async chosen(): Promise<Choice> {
    await this.coming;
    if (this.current !== undefined) return this.current;
    throw notReady(this.name);
  }

  override get ready(): Model | undefined {
    return this.current?.served;
  }
}

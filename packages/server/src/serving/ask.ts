/**
 * The one way of a batch: admission, the user's functions, here or gathered with others or on a thread or in parts,
 * counting, the log and the shadow. The fast lane, every resource and every protocol come through here; they only turn
 * bytes into rows, and an answer into bytes. Knows no HTTP.
 *
 * @module
 */

import type { Distant, Model } from "../models/distant.ts";
import type { Choice, Entry } from "../models/entry.ts";
import type { AnswerOptions, Served } from "../models/served.ts";
import { type Answer, labelled } from "../rows/answer.ts";
import { type Answerer, shapeOf } from "../rows/forms/form.ts";
import type { Batch } from "../rows/rows.ts";
import type { Watch } from "../watch/watch.ts";
import type { WholeDone } from "../work/job.ts";
import { letOthersIn, Place } from "./admission.ts";
import { isLongBody, type Rows, readElsewhere, readHere, written } from "./carry.ts";
import { Forwarder } from "./forward.ts";
import { Gatherer } from "./gather.ts";
import { after, before } from "./hooks.ts";
import type { Body, Question } from "./question.ts";
import type { Runtime } from "./runtime.ts";
import { type Incoming, Streaming, streamOf } from "./streaming.ts";

/** Above how many milliseconds that its rows are expected to cost; and how long rows may keep the fast lane waiting. */
const LONGEST_HERE = 4;

/** Asks models on behalf of one service. */
export class Asker {
  readonly runtime: Runtime;
  /** Who wants to see what was asked and answered. */
  readonly watch: Watch | undefined;
  private readonly gatherers = new WeakMap<Served, Gatherer>();
  private readonly forwarders = new WeakMap<Distant, Forwarder>();

  constructor(runtime: Runtime, watch: Watch | undefined) {
    this.runtime = runtime;
    this.watch = watch;
    if (watch !== undefined)
      watch.shadows.elsewhere = (model, batch, options) => this.forwarderOf(model).ask(batch, options);
  }

  /** One request. It is counted whatever becomes of it; it answers once it was let in. */
  of(request: Question): Asking {
    return new Asking(this, request);
  }

  /** What gathers the rows of a model. */
  gathererOf(served: Served): Gatherer {
    let gatherer = this.gatherers.get(served);
    if (gatherer === undefined) {
      gatherer = new Gatherer(served, setImmediate);
      this.gatherers.set(served, gatherer);
    }
    return gatherer;
  }

  /** What sends the rows of a distant model to the threads. */
  forwarderOf(model: Distant): Forwarder {
    let forwarder = this.forwarders.get(model);
    if (forwarder === undefined) {
      forwarder = new Forwarder(model, this.runtime.threads);
      this.forwarders.set(model, forwarder);
    }
    return forwarder;
  }
}

/**
 * One request to a model.
 *
 * @example
 * const asking = asker.of({ entry, choice, keyId: null, requestId: null, context: undefined });
 * asking.place.enter(body.length);
 * try { return await asking.answer(batch, {}); } finally { asking.place.leave(); }
 */
export class Asking implements Question {
  readonly entry: Entry;
  readonly choice: Choice;
  readonly keyId: string | null;
  readonly requestId: string | null;
  readonly context: unknown;
  readonly began = performance.now();
  /** How many rows were answered. */
  rows = 0;
  /** Whether the answer comes in parts: then its rows are counted, and its room is free, when it ends. */
  streams = false;
  /** The rows that were asked, as the user's function left them. */
  batch: Batch | undefined;
  /** What had to be supposed of the body, for who sent it. */
  notes: readonly string[] | undefined;
  private readonly asker: Asker;
  /** Its place among those underway. */
  readonly place: Place;

  constructor(asker: Asker, { entry, choice, keyId, requestId, context }: Question) {
    this.asker = asker;
    this.place = new Place(asker.runtime.admission);
    this.entry = entry;
    this.choice = choice;
    this.keyId = keyId;
    this.requestId = requestId;
    this.context = context;
  }

  get served(): Model {
    return this.choice.served;
  }

  /** Counts the request as the client sees it. Rows count when they were answered. */
  count(status: number, milliseconds: number, answered: boolean): void {
    const { served, version } = this.choice;
    const traffic = served.traffic ?? this.asker.runtime.trafficOf(served, version);
    traffic.note(status, milliseconds, answered ? this.rows : 0);
  }

  /** Counts an error of the request, by its code or the title of its status. */
  failed(kind: string): void {
    this.asker.runtime.trafficOf(this.served, this.choice.version).failed(kind);
  }

  /**
   * The answer to rows, found here, some at a time; the user's functions see every row and the answer.
   *
   * @throws CurtidoError E_FEATURES, E_NO_METHOD; whatever the user's functions throw
   */
  async answer(batch: Batch, options: AnswerOptions): Promise<Answer> {
    const { entry } = this;
    const asked = entry.direct
      ? batch
      : await before(this, batch, (wrong) => this.check(wrong, options), letOthersIn());
    this.take(asked);
    const answered = await this.found(asked, options);
    const answer = labelled(entry.direct ? answered : await after(this, answered), asked, options);
    this.asker.watch?.done(this, asked, options, answer);
    return answer;
  }

  /** What the model answers. */
  private async found(batch: Batch, options: AnswerOptions): Promise<Answer> {
    const { served } = this;
    if (!served.here) return this.asker.forwarderOf(served).askInParts(batch, options, letOthersIn());
    const began = performance.now();
    const pause = letOthersIn();
    const answer = await served.answerInParts(batch, options, pause, pause);
    if (this.rows > 1) served.cost.note(this.rows, performance.now() - began); // one row says nothing of many
    return answer;
  }

  /** Checks rows that the user's function could not be asked about. @throws CurtidoError E_FEATURES */
  private async check(batch: Batch, options: AnswerOptions): Promise<void> {
    if (this.served.here) await this.served.checkInParts(batch, options, letOthersIn());
    else await this.asker.forwarderOf(this.served).askInParts(batch, options, letOthersIn());
  }

  /**
   * The answer to rows in this very turn, or gathered with those of others at its end; `undefined` when that is not
   * possible, or something is wrong: then the request has to go the long way, which says what.
   */
  quick(batch: Batch, done: (answer: Answer | undefined) => void): void {
    const { served, shadow } = this.choice;
    const count = batch.rows.length;
    if (!served.here) {
      this.take(batch);
      if (shadow !== undefined || !this.entry.direct || served.cost.ofBatch(batch) > LONGEST_HERE) done(undefined);
      else
        this.asker
          .forwarderOf(served)
          .ask(batch, NO_OPTIONS)
          .then(done, () => done(undefined));
      return;
    }
    const { cost } = served;
    const alone = count === 1 && cost.character === 0;
    this.take(batch);
    if ((alone ? cost.one : cost.ofBatch(batch)) > LONGEST_HERE || shadow !== undefined || !this.entry.direct)
      done(undefined);
    else if (served.gathers) this.asker.gathererOf(served).ask(batch, done);
    else {
      const began = count > 1 ? performance.now() : 0; // of one row nothing is to be learnt of many
      const answer = attempt(() => served.answer(batch));
      if (count > 1) served.cost.note(count, performance.now() - began);
      done(answer);
    }
  }

  /** Hands on what {@link quick} answered, once it is sent. */
  watched(answer: Answer): void {
    this.asker.watch?.done(this, this.batch!, NO_OPTIONS, answer);
  }

  /** The answer to a whole body, as bytes: from a thread, when it is long and a thread can have the model. */
  async body(body: Body): Promise<Uint8Array> {
    this.place.arrive();
    const { served } = this;
    const { wanted, options } = body;
    if (isLongBody(body) && this.canThread) return this.onThread(body);
    if (!served.here && this.entry.direct && !this.isWatched) return this.onThread(body);
    const batch = this.canThread ? await readHere(body, served) : await this.read(body);
    if (batch === undefined) return this.onThread(body);
    const { cost } = served;
    const expected = batch.rows.length === 1 && cost.character === 0 ? cost.one : cost.expected(batch);
    if (expected > LONGEST_HERE && this.canThread && !this.isWatched) return this.onThread(body);
    return this.ofRows(batch, { wanted, options });
  }

  /** The answer to rows that were read, as bytes. */
  async ofRows(batch: Batch, { wanted, options }: Pick<Body, "wanted" | "options">): Promise<Uint8Array> {
    this.notes = this.served.here ? this.served.notesOf(batch) : batch.notes;
    const shape = shapeOf(batch);
    const answer = await this.answer(batch, options);
    return written(this.asker.runtime.threads, answer, { shape, wanted, options, by: this.answerer });
  }

  /** The rows of a body, whoever will answer them. */
  async read(body: Rows): Promise<Batch> {
    this.place.arrive();
    return (await readHere(body, this.served)) ?? readElsewhere(this.asker.runtime.threads, body, this.served);
  }

  /**
   * The answer to a body as it comes: as a stream, when it has more rows than are validated whole.
   *
   * @throws CurtidoError E_FEATURES when the columns are wrong
   */
  async incoming(incoming: Incoming): Promise<Uint8Array | ReadableStream<Uint8Array>> {
    const { runtime, watch } = this.asker;
    const streaming = await streamOf(this.served, runtime, incoming, this.isWatched);
    this.place.arrive();
    const { format, reading, wanted, options } = incoming;
    if (!(streaming instanceof Streaming)) return this.body({ bytes: streaming, format, reading, wanted, options });
    this.streams = true;
    try {
      return await streaming.begin(() => {
        runtime.trafficOf(this.served, this.choice.version).rows += streaming.rows;
        if (streaming.seen !== undefined) watch?.doneElsewhere(this, streaming.seen, options, streaming.rows);
        this.place.leave();
      });
    } catch (error) {
      this.streams = false;
      throw error;
    }
  }

  /** Who answers, as an answer may name it. */
  private get answerer(): Answerer {
    return { model: this.entry.name, version: this.choice.version };
  }

  private get canThread(): boolean {
    return this.entry.direct && this.served.origin !== undefined;
  }

  /** Whether somebody wants to see what is asked and answered. */
  private get isWatched(): boolean {
    return this.asker.watch?.wants(this.choice) === true;
  }

  private take(batch: Batch): void {
    this.batch = batch;
    this.rows = batch.rows.length;
  }

  private async onThread(body: Body): Promise<Uint8Array> {
    const { threads } = this.asker.runtime;
    const { served } = this;
    const done = await threads.run<WholeDone>(served, {
      whole: { ...body, by: this.answerer, watched: this.isWatched },
    });
    served.cost.note(done.rows, done.milliseconds);
    this.rows = done.rows;
    this.notes = done.notes;
    if (done.seen !== undefined)
      this.asker.watch?.doneElsewhere(this, done.seen, body.options, done.rows, {
        bytes: body.bytes.length + done.bytes.length,
        agrees: async (shadow) => {
          const other = await threads.run<WholeDone>(shadow, { whole: { ...body, by: this.answerer } });
          return Buffer.compare(other.bytes, done.bytes) === 0;
        },
      });
    return done.bytes;
  }
}

const NO_OPTIONS: AnswerOptions = {};

/** What a function gives; `undefined` when it throws. */
function attempt<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch {
    return undefined;
  }
}

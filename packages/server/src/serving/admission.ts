/** @module Who gets in: a bounded number of requests and bytes, and turns that let the event loop see what else came; and the place of one of them. */

import { busy } from "./question.ts";

/** How much may be underway. */
export interface AdmissionLimits {
  /** Requests. */
  readonly requests: number;
  /** Bytes of their bodies. */
  readonly bytes: number;
}

/** 1,000 requests and 512 MiB, unless told otherwise. */
export const MOST_UNDERWAY: AdmissionLimits = { requests: 1000, bytes: 512 * 1024 * 1024 };

/** How many times as many requests may be those whose bodies are still coming; and up to how many bytes a body always may. */
const MOST_COMING = 4;
const SHORT = 64 * 1024;

/** How long requests may be answered without a look at what else came, in milliseconds. */
const TURN = 3;

/** How often the event loop looks for more before the next turn. */
const MOST_LOOKS = 64;

/**
 * Admits requests. What is admitted runs at once as long as its turn lasts, then in the next one: in between the event
 * loop reads what came, and what finds no room is refused at once.
 *
 * @example
 * if (!admission.enter(body.length)) return refuse();
 * admission.run(() => { answer(body); admission.leave(body.length); });
 */
export class Admission {
  readonly limits: AdmissionLimits;
  /** Requests and bytes underway. */
  requests = 0;
  bytes = 0;
  /** Requests whose bodies are still coming, and the bytes that they will have. */
  coming = 0;
  private comingBytes = 0;
  /** Requests that found no room, since the start. */
  rejected = 0;
  /** Connections and requests that came, since the start. */
  arrivals = 0;
  private readonly waiting: (() => void)[] = [];
  private first = 0;
  private spent = 0;
  private scheduled = false;

  constructor(limits: Partial<AdmissionLimits> = {}) {
    this.limits = { ...MOST_UNDERWAY, ...limits };
  }

  /** Requests that wait for their turn. */
  get queued(): number {
    return this.waiting.length - this.first;
  }

  /** Takes a request in, if there is room. One alone is never too large: its body has a limit of its own. */
  enter(bytes: number): boolean {
    this.arrivals++;
    const room =
      this.requests < this.limits.requests && (this.bytes + bytes <= this.limits.bytes || this.requests === 0);
    if (!room) {
      this.rejected++;
      return false;
    }
    this.requests++;
    this.bytes += bytes;
    return true;
  }

  /**
   * Takes a request in whose body is still to come, if there is room: it enters when it is there. However slow bodies come, they
   * keep no place of those that are there, and long ones keep none of short ones.
   */
  await(bytes: number): boolean {
    this.arrivals++;
    const fits = bytes <= SHORT || this.comingBytes + bytes <= this.limits.bytes || this.comingBytes === 0;
    if (!fits || this.coming >= MOST_COMING * this.limits.requests) {
      this.rejected++;
      return false;
    }
    this.coming++;
    if (bytes > SHORT) this.comingBytes += bytes;
    return true;
  }

  /** The body is there, or will not come. */
  came(bytes: number): void {
    this.coming--;
    if (bytes > SHORT) this.comingBytes -= bytes;
  }

  leave(bytes: number): void {
    this.requests--;
    this.bytes -= bytes;
  }

  /** Runs a short task, now or in a later turn, in the order in which they come. */
  run(task: () => void): void {
    if (this.scheduled) {
      this.waiting.push(task);
      return;
    }
    this.timed(task);
    if (this.spent > TURN) this.schedule();
  }

  private timed(task: () => void): void {
    const began = performance.now();
    task();
    this.spent += performance.now() - began;
  }

  private schedule(): void {
    this.scheduled = true;
    setImmediate(() => this.look(MOST_LOOKS)); // this turn's own end comes before the next look
  }

  /** The next turn begins when nothing more has come: of new connections, the event loop takes one each time. */
  private look(left: number): void {
    const { arrivals } = this;
    setImmediate(() => {
      if (this.arrivals === arrivals || left === 0) this.turn();
      else this.look(left - 1);
    });
  }

  private turn(): void {
    this.spent = 0;
    this.scheduled = false;
    while (this.first < this.waiting.length && this.spent <= TURN) this.timed(this.waiting[this.first++]!);
    if (this.first === this.waiting.length) {
      this.waiting.length = 0;
      this.first = 0;
    } else if (this.first > 1024) {
      this.waiting.splice(0, this.first);
      this.first = 0;
    }
    if (this.waiting.length > 0 || this.spent > TURN) this.schedule();
  }
}

/** How long a long batch may keep everybody else waiting, in milliseconds. */
const LONG_TURN = 20;

/** Lets other requests in whenever a turn is over. */
export function letOthersIn(): () => Promise<void> | undefined {
  let began = performance.now();
  return () => {
    if (performance.now() - began < LONG_TURN) return undefined;
    return new Promise((resolve) =>
      setImmediate(() => {
        began = performance.now();
        resolve();
      }),
    );
  };
}

/** A request's place, given back once. */
export class Place {
  private readonly admission: Admission;
  /** The bytes for which it was let in, or is waited for. */
  private bytes = -1;
  private coming = -1;

  constructor(admission: Admission) {
    this.admission = admission;
  }

  /** Lets the request in, if there is room for a body of so many bytes, which is there. */
  enter(bytes: number): boolean {
    const room = this.admission.enter(bytes);
    if (room) this.bytes = bytes;
    return room;
  }

  /** Lets the request in, whose body of so many bytes is still to come. @throws CurtidoError E_BUSY when there is no room */
  await(bytes: number): void {
    if (!this.admission.await(bytes)) throw busy();
    this.coming = bytes;
  }

  /** The body is there, if it was waited for. @throws CurtidoError E_BUSY when there is no room to answer it */
  arrive(): void {
    const bytes = this.coming;
    if (bytes < 0) return;
    this.came();
    if (!this.enter(bytes)) throw busy();
  }

  /** The request is done with: its room is free. */
  leave(): void {
    this.came();
    if (this.bytes >= 0) this.admission.leave(this.bytes);
    this.bytes = -1;
  }

  private came(): void {
    if (this.coming >= 0) this.admission.came(this.coming);
    this.coming = -1;
  }
}

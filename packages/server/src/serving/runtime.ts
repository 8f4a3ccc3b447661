/** @module What the requests of one service share: room, threads, limits, numbers. */

import type { Limits } from "@curtido/estimators";
import type { Described } from "../models/described.ts";
import type { Measured } from "../observe/metrics.ts";
import { Observer } from "../observe/observer.ts";
import { Traffic } from "../observe/traffic.ts";
import { Looking } from "../work/looking.ts";
import { Threads } from "../work/threads.ts";
import { Admission } from "./admission.ts";

/** Limits of a service. */
export interface RuntimeOptions {
  /** Up to how many rows a batch is validated whole before its answer begins; 100,000 unless told otherwise. */
  readonly validateRows?: number;
  /** How many requests may be underway; 1,000 unless told otherwise. */
  readonly maxQueue?: number;
  /** How many bytes of bodies may be underway; 512 MiB unless told otherwise. */
  readonly maxQueueBytes?: number;
  /** How many threads score large batches; one less than there are cores unless told otherwise. */
  readonly threads?: number;
  /** Up to how many milliseconds reviving a published model may keep requests waiting: beyond, threads have it; 20. */
  readonly longestRevive?: number;
  /** How many bytes of memory a model may take to load; half of the machine's unless told otherwise. */
  readonly limitModelMemory?: number;
  /** How many operations a row may take: 5e8 unless told otherwise, about a second. */
  readonly limitOperations?: number;
}

/** What models may cost, as far as the options say. */
export function modelLimits({ limitModelMemory, limitOperations }: RuntimeOptions): Partial<Limits> {
  return {
    ...(limitModelMemory === undefined ? {} : { memory: limitModelMemory }),
    ...(limitOperations === undefined ? {} : { operationsPerRow: limitOperations }),
  };
}

const VALIDATE_ROWS = 100_000;

/** Shared by all requests of a service. */
export class Runtime implements Measured {
  readonly validateRows: number;
  readonly admission: Admission;
  readonly threads: Threads;
  /** Looks at files before they are served. */
  readonly looking: Looking;
  /** Logs and traces. */
  readonly observer = new Observer();
  /** What goes to no model. */
  readonly traffic = new Traffic();
  /** What each version of each model was asked. */
  readonly models = new Map<string, { readonly model: string; readonly version: string; readonly traffic: Traffic }>();
  /** More that `/readyz` asks: the first problem that one of them names keeps the service from answering. */
  readonly checks: (() => Promise<string | undefined> | string | undefined)[] = [];
  /** What `/readyz` says beside: problems with which the service answers nevertheless. */
  readonly warnings: (() => string | undefined)[] = [];
  beside: Measured["beside"];
  /** Whether the service is about to stop: `/readyz` says so. */
  draining = false;

  constructor(options: RuntimeOptions = {}) {
    this.validateRows = options.validateRows ?? VALIDATE_ROWS;
    this.admission = new Admission({
      ...(options.maxQueue === undefined ? {} : { requests: options.maxQueue }),
      ...(options.maxQueueBytes === undefined ? {} : { bytes: options.maxQueueBytes }),
    });
    const limits = modelLimits(options);
    this.threads = new Threads(options.threads, undefined, undefined, limits);
    this.looking = new Looking(limits);
  }

  /** The numbers of a model in service. */
  trafficOf(served: Described, version: number | undefined): Traffic {
    if (served.traffic !== undefined) return served.traffic;
    const label = version === undefined ? "" : String(version);
    const key = JSON.stringify([served.name, label]);
    const known = this.models.get(key) ?? { model: served.name, version: label, traffic: new Traffic() };
    this.models.set(key, known);
    known.traffic.bytes = served.origin?.bytes.length ?? 0;
    served.traffic = known.traffic;
    return known.traffic;
  }

  /** Ends the threads. */
  async close(): Promise<void> {
    await Promise.all([this.threads.pool.close(), this.looking.pool.close()]);
  }
}

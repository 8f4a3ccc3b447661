/** @module The numbers of a service as Prometheus reads them. Counted without it, gathered when it asks. */

import { monitorEventLoopDelay } from "node:perf_hooks";
import type { Registry } from "prom-client";
import { BUCKETS, type Traffic } from "./traffic.ts";

type Labels = Readonly<Record<string, string | number>>;
interface Value {
  readonly value: number;
  readonly labels: Labels;
  readonly metricName?: string;
}
type Kind = "counter" | "gauge" | "histogram";

/** How processes are joined: counts add up, a delay is the worst. */
type Joined = "sum" | "max" | "first" | "omit";

/** What of a service is measured, beside the process itself. */
export interface Measured {
  /** What goes to no model. */
  readonly traffic: Traffic;
  /** What each version of each model was asked. */
  readonly models: ReadonlyMap<string, { readonly model: string; readonly version: string; readonly traffic: Traffic }>;
  readonly admission: {
    readonly requests: number;
    readonly queued: number;
    readonly bytes: number;
    readonly rejected: number;
  };
  readonly threads: { readonly pool: { readonly waiting: number; readonly running: number } };
  /** What became of the requests that versions in the shadow got too; and how many records of the log found no room. */
  readonly beside: { readonly shadows: () => readonly ShadowCount[]; readonly dropped: () => number } | undefined;
}

/** What became of the requests of a version in the shadow. */
export interface ShadowCount {
  readonly model: string;
  readonly version: number;
  compared: number;
  different: number;
  failed: number;
  dropped: number;
}

/** A metric whose values are gathered when they are asked for. */
class Gathered {
  readonly name: string;
  readonly help: string;
  readonly type: Kind;
  readonly aggregator: Joined;
  private readonly values: () => Iterable<Value>;

  constructor(name: string, help: string, type: Kind, values: () => Iterable<Value>, aggregator: Joined = "sum") {
    this.name = name;
    this.help = help;
    this.type = type;
    this.values = values;
    this.aggregator = aggregator;
  }

  async get(): Promise<object> {
    const { name, help, type, aggregator } = this;
    return { name, help, type, aggregator, values: [...this.values()] };
  }

  reset(): void {
    // What is counted elsewhere is not reset here.
  }
}

/** Metrics as data: what one process sends to another. */
type Json = readonly object[];

/** The metrics of one process. */
export class Metrics {
  private readonly runtime: Measured;
  private coming: Promise<Registry> | undefined;

  constructor(runtime: Measured) {
    this.runtime = runtime;
  }

  /** As text, with the media type that belongs to it. */
  async text(): Promise<string> {
    return (await this.registry()).metrics();
  }

  /** As data that {@link joined} adds up. */
  async json(): Promise<Json> {
    return (await this.registry()).getMetricsAsJSON();
  }

  private registry(): Promise<Registry> {
    this.coming ??= this.prepare();
    return this.coming;
  }

  private async prepare(): Promise<Registry> {
    const { Registry, collectDefaultMetrics } = (await import("prom-client")).default;
    const registry = new Registry();
    collectDefaultMetrics({ register: registry });
    for (const metric of gathered(this.runtime)) registry.registerMetric(metric as never);
    return registry;
  }
}

/** The metrics of several processes as one, as text. */
export async function joined(all: readonly Json[]): Promise<string> {
  const { AggregatorRegistry } = (await import("prom-client")).default;
  return AggregatorRegistry.aggregate(all as object[]).metrics();
}

export const METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

const one = (value: number): Value[] => [{ value, labels: {} }];

function gathered(runtime: Measured): Gathered[] {
  return [...ofTraffic(runtime), ...ofShadows(runtime), ...ofProcess(runtime)];
}

/** What each version of each model was asked. */
function ofTraffic({ models, traffic: elsewhere }: Measured): Gathered[] {
  const each = function* (values: (traffic: Traffic, labels: Labels) => Iterable<Value>): Generator<Value> {
    for (const { model, version, traffic } of models.values()) yield* values(traffic, { model, version });
    yield* values(elsewhere, { model: "", version: "" });
  };
  return [
    new Gathered("curtido_requests_total", "Answers by model, version and status", "counter", () =>
      each((traffic, labels) =>
        Array.from(traffic.answers(), ([status, value]) => ({ value, labels: { ...labels, status } })),
      ),
    ),
    new Gathered("curtido_request_duration_seconds", "Time from request to answer", "histogram", () => each(histogram)),
    new Gathered("curtido_rows_total", "Rows that were answered", "counter", () =>
      each(({ rows: value }, labels) => [{ value, labels }]),
    ),
    new Gathered("curtido_errors_total", "Errors by kind", "counter", () =>
      each(({ errors }, labels) => Array.from(errors, ([kind, value]) => ({ value, labels: { ...labels, kind } }))),
    ),
    new Gathered(
      "curtido_model_bytes",
      "Size of the models' files",
      "gauge",
      () => each(({ bytes }, labels) => (labels["model"] === "" ? [] : [{ value: bytes, labels }])),
      "first",
    ),
  ];
}

function ofShadows(runtime: Measured): Gathered[] {
  return [
    new Gathered("curtido_shadow_total", "Requests of versions in the shadow, by what became of them", "counter", () =>
      (runtime.beside?.shadows() ?? []).flatMap(({ model, version, ...counts }) =>
        Object.entries(counts).map(([outcome, value]) => ({ value, labels: { model, version, outcome } })),
      ),
    ),
    new Gathered("curtido_log_dropped_total", "Predictions that the log had no room for", "counter", () =>
      one(runtime.beside?.dropped() ?? 0),
    ),
  ];
}

/** Room, threads, and how late the event loop is. */
function ofProcess({ admission, threads }: Measured): Gathered[] {
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  return [
    new Gathered("curtido_requests_underway", "Requests that are read, wait or are answered", "gauge", () =>
      one(admission.requests),
    ),
    new Gathered("curtido_queue_length", "Requests and jobs that wait", "gauge", () =>
      one(admission.queued + threads.pool.waiting),
    ),
    new Gathered("curtido_underway_bytes", "Bytes of bodies underway", "gauge", () => one(admission.bytes)),
    new Gathered("curtido_rejected_total", "Requests that found no room", "counter", () => one(admission.rejected)),
    new Gathered("curtido_threads", "Threads that score batches", "gauge", () => one(threads.pool.running)),
    new Gathered(
      "curtido_event_loop_delay_seconds",
      "99th percentile of the event loop's delay since the last look",
      "gauge",
      () => {
        const value = delay.percentile(99) / 1e9;
        delay.reset();
        return one(Number.isFinite(value) ? value : 0);
      },
      "max",
    ),
  ];
}

function histogram({ buckets, seconds }: Traffic, labels: Labels): Value[] {
  const name = "curtido_request_duration_seconds";
  const values: Value[] = [];
  let total = 0;
  for (const [at, count] of buckets.entries()) {
    total += count;
    values.push({ metricName: `${name}_bucket`, labels: { ...labels, le: BUCKETS[at] ?? "+Inf" }, value: total });
  }
  values.push({ metricName: `${name}_sum`, labels, value: seconds });
  values.push({ metricName: `${name}_count`, labels, value: total });
  return values;
}

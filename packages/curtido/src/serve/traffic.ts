/** @module What `curtido serve` says of traffic: processes, room, logs. */

import { availableParallelism } from "node:os";
import type { Limits } from "@curtido/estimators";
import { join, type LogLevel, type RuntimeOptions, type Service, Together } from "@curtido/server";

/** The options of the command that are about traffic. */
export interface TrafficOptions {
  readonly workers?: number;
  readonly validateRows?: number;
  readonly maxQueue?: number;
  readonly limitModelMemory?: number;
  readonly limitOperations?: number;
  readonly logLevel?: LogLevel;
  readonly logFormat?: "json" | "pretty";
}

/** Limits of a service. Processes that serve together share the cores. */
export function runtimeOf(options: TrafficOptions): RuntimeOptions {
  const { workers, validateRows, maxQueue, limitModelMemory, limitOperations } = options;
  return {
    threads: Math.max(1, Math.floor((availableParallelism() - 1) / (workers ?? 1))),
    ...(validateRows === undefined ? {} : { validateRows }),
    ...(maxQueue === undefined ? {} : { maxQueue }),
    ...(limitModelMemory === undefined ? {} : { limitModelMemory }),
    ...(limitOperations === undefined ? {} : { limitOperations }),
  };
}

/** What models may cost, for the files that are read before there is a service. */
export function modelLimits({ limitModelMemory, limitOperations }: TrafficOptions): Partial<Limits> {
  return {
    ...(limitModelMemory === undefined ? {} : { memory: limitModelMemory }),
    ...(limitOperations === undefined ? {} : { operationsPerRow: limitOperations }),
  };
}

/** Starts the log, and joins the processes beside this one. */
export async function startTraffic(app: Service, { workers, logLevel, logFormat }: TrafficOptions): Promise<void> {
  await app.runtime.observer.start({ level: logLevel ?? "silent", format: logFormat ?? "json" });
  if ((workers ?? 1) < 2) return;
  await join(app, new Together());
}

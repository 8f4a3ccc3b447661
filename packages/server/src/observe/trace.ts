/** @module W3C trace context, and OpenTelemetry where its API is installed. */

import { randomBytes } from "node:crypto";

/** A trace and our span in it. */
export interface Trace {
  readonly traceId: string;
  /** The client's span. */
  readonly parentId: string;
  /** Ours. */
  readonly spanId: string;
  readonly sampled: boolean;
}

const TRACEPARENT = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;

/**
 * Continues a trace: a new span under the client's.
 *
 * @returns `undefined` for no or an invalid `traceparent`
 * @example
 * continueTrace("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
 */
export function continueTrace(header: string | readonly string[] | undefined): Trace | undefined {
  const found = typeof header === "string" ? TRACEPARENT.exec(header.trim()) : null;
  if (found === null) return undefined;
  const [, version, traceId, parentId, flags, more] = found as unknown as string[];
  if (version === "ff" || (version === "00" && more !== undefined)) return undefined;
  if (/^0+$/.test(traceId!) || /^0+$/.test(parentId!)) return undefined;
  const sampled = (Number.parseInt(flags!, 16) & 1) === 1;
  return { traceId: traceId!, parentId: parentId!, spanId: randomBytes(8).toString("hex"), sampled };
}

/** The header that names our span: `traceparent` for what we ask, `traceresponse` for what we answer. */
export function traceHeader({ traceId, spanId, sampled }: Trace): string {
  return `00-${traceId}-${spanId}-${sampled ? "01" : "00"}`;
}

/** What is used of a span. */
export interface Span {
  setAttribute(name: string, value: string | number): unknown;
  setStatus(status: { code: number }): unknown;
  end(): void;
}

/** Starts a span for a request with these headers. */
export type StartSpan = (name: string, headers: object) => Span;

/** OpenTelemetry's API; without an SDK beside it, its spans go nowhere. */
export async function openTelemetry(): Promise<StartSpan | undefined> {
  try {
    const { trace, context, propagation } = await import("@opentelemetry/api");
    const tracer = trace.getTracer("curtido");
    const SERVER = 1;
    return (span, headers) => tracer.startSpan(span, { kind: SERVER }, propagation.extract(context.active(), headers));
  } catch {
    return undefined;
  }
}

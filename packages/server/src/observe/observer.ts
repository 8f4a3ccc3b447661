/** @module What is said of every request: a line of the log, a span of a trace. Nothing, unless it was asked for. */

import type { IncomingMessage, ServerResponse } from "node:http";
import { printable } from "@curtido/pickle";
import { reportTo } from "./report.ts";
import { continueTrace, openTelemetry, type Span, type StartSpan, traceHeader } from "./trace.ts";

/** How much is logged. */
export const LOG_LEVELS = ["silent", "error", "warn", "info", "debug"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** What is logged, and how. */
export interface RequestLogOptions {
  /** `info` says a line per request; `silent` unless told otherwise, which leaves errors to standard error. */
  readonly level?: LogLevel;
  /** JSON, one object per line; or lines for people. */
  readonly format?: "json" | "pretty";
  /** Where lines go; standard error unless told otherwise. */
  readonly write?: (line: string) => void;
}

/** What is used of pino. */
interface Logger {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** Logs and traces. */
export class Observer {
  private logger: Logger | undefined;
  private level: LogLevel = "silent";
  private startSpan: StartSpan | undefined;

  /** Whether requests have to be watched. */
  active = false;

  /** Starts logging and, where OpenTelemetry is installed, tracing. */
  async start(options: RequestLogOptions): Promise<void> {
    this.startSpan = await openTelemetry();
    this.level = options.level ?? "silent";
    this.active = this.level === "info" || this.level === "debug" || this.startSpan !== undefined;
    if (this.level === "silent") return;
    const { pino } = await import("pino");
    const write = options.write ?? ((line: string) => void process.stderr.write(line));
    const pretty = options.format === "pretty";
    const settings = { level: this.level, base: { pid: process.pid }, timestamp: pino.stdTimeFunctions.isoTime };
    // In JSON, what is escaped says the same.
    const logger = pino(settings, {
      write: (line: string) => write(pretty ? prettyLine(line) : printable(line, "\n")),
    });
    this.logger = logger;
    reportTo(
      (error) => logger.error({ err: error }, error instanceof Error ? error.message : String(error)),
      (message) => logger.warn({}, message),
    );
  }

  /** Something that concerns no request. */
  say(level: "info" | "warn" | "error", message: string, fields: object = {}): void {
    this.logger?.[level](fields, message);
  }

  /** Watches one request until its answer is sent or broken off. */
  watch(request: IncomingMessage, response: ServerResponse, id: string): void {
    const began = performance.now();
    const { method = "", url = "" } = request;
    const path = url.split("?", 1)[0]!;
    const trace = continueTrace(request.headers.traceparent);
    if (trace !== undefined) response.setHeader("traceresponse", traceHeader(trace));
    const span = this.startSpan?.(`${method} ${path}`, request.headers);
    response.once("close", () => {
      const status = response.headersSent ? response.statusCode : 0;
      const milliseconds = Math.round((performance.now() - began) * 1000) / 1000;
      const ids = { request_id: id, ...(trace && { trace_id: trace.traceId, span_id: trace.spanId }) };
      const broken = response.writableFinished ? {} : { aborted: true };
      if (span !== undefined) endSpan(span, method, path, status);
      const level = status >= 500 ? "error" : "info";
      this.logger?.[level]({ ...ids, method, path, status, ms: milliseconds, ...broken }, "request");
    });
  }
}

function endSpan(span: Span, method: string, path: string, status: number): void {
  span.setAttribute("http.request.method", method);
  span.setAttribute("url.path", path);
  span.setAttribute("http.response.status_code", status);
  const ERROR = 2;
  if (status >= 500) span.setStatus({ code: ERROR });
  span.end();
}

const LEVELS: Readonly<Record<number, string>> = { 20: "debug", 30: "info", 40: "warn", 50: "error" };

/** A line of JSON for people. */
function prettyLine(line: string): string {
  const { level, time, pid: _, msg, err, ...fields } = JSON.parse(line) as Record<string, unknown>;
  const rest = Object.entries(fields).map(
    ([key, value]) => `${key}=${typeof value === "string" ? value : JSON.stringify(value)}`,
  );
  const stack = err === undefined ? "" : `\n${(err as { stack?: string }).stack ?? ""}`;
  const words = printable([String(msg), ...rest].join(" "));
  return `${String(time)} ${LEVELS[level as number] ?? "fatal"} ${words}${printable(stack, "\n")}\n`;
}

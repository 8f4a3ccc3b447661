/** @module Problem documents (RFC 9457): every error, as data. */

import { type CurtidoError, isCurtidoError } from "@curtido/pickle";

export const PROBLEM_TYPE = "application/problem+json";

/** One thing that is wrong with a request: a JSON pointer into the body (as a URI fragment), and why. */
export interface ProblemDetail {
  readonly pointer: string;
  readonly detail: string;
}

const TITLES: Readonly<Record<number, string>> = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  406: "Not Acceptable",
  408: "Request Timeout",
  409: "Conflict",
  413: "Content Too Large",
  415: "Unsupported Media Type",
  422: "Unprocessable Content",
  429: "Too Many Requests",
  431: "Request Header Fields Too Large",
  500: "Internal Server Error",
  503: "Service Unavailable",
};

/**
 * An error with the HTTP status that it is answered with.
 *
 * @example
 * throw new HttpProblem(415, "the body is image/png; send application/json");
 */
export class HttpProblem extends Error {
  readonly status: number;
  readonly errors: readonly ProblemDetail[];
  /** Where there are more errors than are listed: each cause, and how often it was found. */
  readonly causes: readonly { readonly detail: string; readonly count: number }[];
  /** Headers that belong to the answer, `Allow` of a 405. */
  readonly headers: Readonly<Record<string, string>>;
  /** The `code` of the error behind it. */
  readonly code: string | undefined;

  constructor(
    status: number,
    detail: string,
    more: Partial<Pick<HttpProblem, "errors" | "causes" | "headers" | "code" | "cause">> = {},
  ) {
    super(detail, more.cause === undefined ? undefined : { cause: more.cause });
    this.name = "HttpProblem";
    this.status = status;
    this.errors = more.errors ?? [];
    this.causes = more.causes ?? [];
    this.headers = more.headers ?? {};
    this.code = more.code;
  }

  get title(): string {
    return TITLES[this.status] ?? "Error";
  }

  /** The document; no stack, no paths of this machine. */
  toJSON(): Record<string, unknown> {
    return {
      type: "about:blank",
      title: this.title,
      status: this.status,
      detail: this.message,
      ...(this.code === undefined ? {} : { code: this.code }),
      ...(this.errors.length === 0 ? {} : { errors: this.errors }),
      ...(this.causes.length === 0 ? {} : { causes: this.causes }),
    };
  }
}

/** How an error of the product is answered; what is not here is nobody's fault but ours. */
const STATUSES: Readonly<Record<string, number>> = {
  E_FEATURES: 422,
  E_LIMIT: 422,
  E_NO_METHOD: 400,
  E_NO_ROWS: 400,
  E_TABLE: 400,
  E_TABLE_LIMIT: 413,
  E_CHARSET: 415,
  E_TOO_LARGE: 413,
  E_BUSY: 503,
  E_NOT_READY: 503,
  E_SCAN: 422,
  E_CARD: 422,
  E_PARTS: 422,
  E_NAME: 422,
  E_NOT_FOUND: 404,
  E_PRECONDITION: 412,
  E_CONFLICT: 409,
  E_TARGET: 422,
  E_STORE: 503,
  E_FULL: 503,
  E_THREAD: 500,
  E_SLOW: 422,
};

/** Seconds after which a client may try again. */
const RETRY_AFTER: Readonly<Record<string, string>> = { E_BUSY: "1", E_NOT_READY: "30", E_STORE: "5", E_FULL: "5" };

/** What is said where the error itself says too much of the inside. */
const WORDS: Readonly<Record<string, string>> = {
  E_STORE: "the database does not answer; nothing was changed",
  E_FULL: "there is no room left to store it; nothing was changed",
};

/** Errors that are nobody's fault, although their status says that it is ours: the log is not told. */
const QUIET: ReadonlySet<string> = new Set(["E_BUSY", "E_NOT_READY"]);

/**
 * The problem that any error is answered with; what is nobody's fault but ours is a 500 that says nothing of its inside.
 *
 * @example
 * problemOf(error).status; // 422 for E_FEATURES
 */
export function problemOf(error: unknown): HttpProblem {
  if (error instanceof HttpProblem) return error;
  const status = isCurtidoError(error) && Object.hasOwn(STATUSES, error.code) ? STATUSES[error.code] : undefined;
  if (status === undefined)
    return new HttpProblem(500, "the server failed to answer this request; its log says why", { cause: error });
  const known = error as CurtidoError;
  return problemWith(status, known);
}

/** The problem of an error of the product, under a status of the caller's. */
export function problemWith(status: number, error: CurtidoError): HttpProblem {
  const { code } = error;
  const wait = RETRY_AFTER[code];
  return new HttpProblem(status, WORDS[code] ?? wordsOf(error), {
    code,
    errors: detailsOf(error),
    ...(code === "E_FEATURES" && { causes: (error as CurtidoError<"E_FEATURES">).fields.causes ?? [] }),
    headers: {
      ...(wait === undefined ? {} : { "Retry-After": wait }),
      ...(code === "E_TOO_LARGE" ? { Connection: "close" } : {}),
    },
    ...(QUIET.has(code) ? {} : { cause: error }),
  });
}

/** What is wrong with a table is said of the body, whose name nobody knows. */
function wordsOf({ message, fields }: CurtidoError): string {
  const { problem, line, most } = fields;
  if (problem === undefined) return message;
  const hint = most === undefined ? "" : "; send fewer rows at a time";
  return `${line === undefined ? "the body" : `line ${String(line)}`} ${problem}${hint}`;
}

/** What is wrong where, as far as the error says. */
function detailsOf({ code, fields, message }: CurtidoError): ProblemDetail[] {
  if (code === "E_CARD") return [{ pointer: pointerOf(stepsOf(String(fields["path"] ?? ""))), detail: message }];
  if (code === "E_PARTS") return (fields["parts"] as readonly string[]).map((detail) => ({ pointer: "#", detail }));
  if (code === "E_SCAN") return (fields["findings"] as readonly string[]).map((detail) => ({ pointer: "#", detail }));
  if (code !== "E_FEATURES") return [];
  const found = (fields["problems"] ?? []) as readonly { path?: readonly (string | number)[]; detail: string }[];
  return found.map(({ path, detail }) => ({ pointer: pointerOf(path ?? []), detail }));
}

/** The steps of a place such as `features[0].type`. */
function stepsOf(path: string): string[] {
  return path.split(/[.[\]]+/).filter((step) => step !== "");
}

/**
 * A JSON pointer as a URI fragment (RFC 6901, section 6).
 *
 * @example
 * pointerOf([2, "a/b"]); // "#/2/a~1b"
 */
export function pointerOf(path: readonly (string | number)[]): string {
  const steps = path.map((step) => `/${encodeFragment(String(step).replaceAll("~", "~0").replaceAll("/", "~1"))}`);
  return `#${steps.join("")}`;
}

function encodeFragment(text: string): string {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, "\ufffd")).replace(
    /%(24|26|2B|2C|3A|3B|3D|40)/g,
    decodeURIComponent,
  );
}

/** @module Problem documents (RFC 9457): every error, as data. */

import { isCurtidoError } from "@curtido/pickle";

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
  /** Headers that belong to the answer, `Allow` of a 405. */
  readonly headers: Readonly<Record<string, string>>;
  /** The `code` of the error behind it. */
  readonly code: string | undefined;

  constructor(
    status: number,
    detail: string,
    more: Partial<Pick<HttpProblem, "errors" | "headers" | "code" | "cause">> = {},
  ) {
    super(detail, more.cause === undefined ? undefined : { cause: more.cause });
    this.name = "HttpProblem";
    this.status = status;
    this.errors = more.errors ?? [];
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
    };
  }
}

/**
 * The problem that any error is answered with; what is nobody's fault but ours is a 500 that says nothing of its inside.
 *
 * @example
 * problemOf(error).status; // 422 for E_FEATURES
 */
export function problemOf(error: unknown): HttpProblem {
  if (error instanceof HttpProblem) return error;
  if (isCurtidoError(error, "E_FEATURES")) {
    const found = (error.fields["problems"] ?? []) as readonly {
      path?: readonly (string | number)[];
      detail: string;
    }[];
    const errors = found.map(({ path, detail }) => ({ pointer: pointerOf(path ?? []), detail }));
    return new HttpProblem(422, error.message, { errors, code: error.code, cause: error });
  }
  if (isCurtidoError(error, "E_NO_METHOD"))
    return new HttpProblem(400, error.message, { code: error.code, cause: error });
  return new HttpProblem(500, "the server failed to answer this request; its log says why", { cause: error });
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

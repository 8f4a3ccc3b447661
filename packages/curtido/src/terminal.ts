/** @module Words to people (standard error), data to programs (standard output). */

import { isCurtidoError, printable } from "@curtido/pickle";

/** Exit codes. */
export const FAILURE = 1;
export const USAGE = 2;

/** The command was used wrongly: exit code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** Writes words. */
export function say(text: string): void {
  process.stderr.write(`${harmless(process.stderr, text)}\n`);
}

/** The codes of {@link styled}, as they stand once they are escaped. */
const STYLES = /\\u001b(?=\[(?:[0-2]|3[13])m)/g;

/** Words in which nothing but ends of lines, tabs and our own styles can reach the terminal as what it obeys. */
function harmless(stream: NodeJS.WriteStream, text: string): string {
  const escaped = printable(text, "\n\t");
  return coloured(stream) ? escaped.replace(STYLES, "\x1b") : escaped;
}

/**
 * Writes words or JSON, and waits until they are on their way. Whoever reads them may stop reading: then it gives `false`.
 * Control characters within them are escaped, which says the same in JSON.
 */
export function print(text: string): Promise<boolean> {
  return printBytes(harmless(process.stdout, text));
}

/** The same for data, as it is. */
export function printBytes(data: string | Uint8Array): Promise<boolean> {
  return new Promise((resolve, reject) => {
    process.stdout.write(data, (error) => {
      const unread = (error as NodeJS.ErrnoException | null | undefined)?.code === "EPIPE";
      if (error && !unread) reject(error);
      else resolve(!unread);
    });
  });
}

/** Whether a stream may be coloured: a terminal, and nobody asked for no colour. */
export function coloured(stream: NodeJS.WriteStream): boolean {
  return stream.isTTY === true && !process.env["NO_COLOR"] && process.env["TERM"] !== "dumb";
}

/** Text in bold or in another colour, where a stream takes it. */
export function styled(stream: NodeJS.WriteStream, style: "bold" | "dim" | "red" | "yellow", text: string): string {
  const code = { bold: 1, dim: 2, red: 31, yellow: 33 }[style];
  return coloured(stream) ? `\x1b[${code}m${text}\x1b[0m` : text;
}

/** A line that warns. */
export function warn(text: string): void {
  say(`${styled(process.stderr, "yellow", "note:")} ${printable(text)}`);
}

/** How wide a progress bar is, and how often it is drawn, in milliseconds. */
const BAR = 30;
const FRAME = 100;

/**
 * A bar on the terminal for work on so many rows; nothing where standard error is no terminal.
 *
 * @param wait - milliseconds before it is drawn: what is done sooner needs none
 */
export function progressBar(
  total: number,
  wait = FRAME,
): { readonly at: (done: number) => void; readonly end: () => void } {
  const { stderr } = process;
  if (!stderr.isTTY) return { at: () => undefined, end: () => undefined };
  let drawn = performance.now() + wait - FRAME;
  return {
    at(done) {
      if (performance.now() - drawn < FRAME) return;
      drawn = performance.now();
      const share = done / total;
      stderr.write(`\r[${"#".repeat(Math.round(share * BAR)).padEnd(BAR)}] ${Math.floor(share * 100)} %`);
    },
    end: () => stderr.write(`\r${" ".repeat(BAR + 8)}\r`),
  };
}

/** Files below this size are read before a bar could be seen. */
const LARGE = 1 << 26;

/** Reads with a bar on the terminal, where the file is large: hands in what is to be told of the progress. */
export function withReadingBar<T>(read: (onProgress: (bytes: number, total: number) => void) => T): T {
  let bar: ReturnType<typeof progressBar> | undefined;
  try {
    return read((bytes, total) => {
      if (total >= LARGE) bar ??= progressBar(total, 0);
      bar?.at(bytes);
    });
  } finally {
    bar?.end();
  }
}

/** Says an error in one line; with its causes when `verbose`. What nobody foresaw is said with its place in the code. */
export function fail(error: unknown, verbose: boolean): void {
  const message = error instanceof Error ? error.message : String(error);
  const [first = ""] = message.split("\n");
  const hint = isCurtidoError(error, "E_UNKNOWN_NAME") ? " (in a module given with --names)" : "";
  say(`${styled(process.stderr, "red", "error:")} ${verbose ? indented(message) : printable(first)}${hint}`);
  if (isCurtidoError(error, "E_UNKNOWN_NAME") && error.fields.stub !== undefined)
    say(`\nnames.ts, to fill in and to give with --names names.ts:\n\n${error.fields.stub}\n`);
  if (!verbose || !(error instanceof Error)) return;
  for (const { detail } of problemsOf(error)) say(`  ${printable(detail)}`);
  for (let cause = error.cause; cause !== undefined; cause = (cause as Error).cause) {
    say(
      `caused by: ${cause instanceof Error ? (isCurtidoError(cause) ? `${cause.code} ${indented(cause.message)}` : indented(cause.stack ?? cause.message)) : indented(String(cause))}`,
    );
  }
  if (!isCurtidoError(error) && !(error instanceof UsageError)) say(indented(error.stack ?? ""));
}

/** A text of several lines of which only the first begins where ours do. */
function indented(text: string): string {
  return text.replaceAll("\n", "\n  ");
}

function problemsOf(error: Error): readonly { readonly detail: string }[] {
  return isCurtidoError(error, "E_FEATURES") ? (error.fields.problems ?? []) : [];
}

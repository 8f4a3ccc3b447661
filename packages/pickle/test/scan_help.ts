import { expect } from "vitest";
import { type ScanOptions, type ScanReport, scan } from "../src/index.ts";

/** Bytes of texts (latin-1), numbers and lists. */
export const bytes = (...parts: readonly (string | number | readonly number[])[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === "string" ? [...Buffer.from(part, "latin1")] : part)));

export const u4 = (value: number) => [value & 255, (value >> 8) & 255, (value >> 16) & 255, (value >>> 24) & 255];
export const u8 = (value: number) => [...u4(value), 0, 0, 0, 0];
/** SHORT_BINUNICODE, BINBYTES, FRAME, STACK_GLOBAL of two texts. */
export const text = (value: string) => [0x8c, value.length, ...Buffer.from(value, "latin1")];
export const blob = (value: Uint8Array) => [0x42, ...u4(value.length), ...value];
export const frame = (length: number) => [0x95, ...u8(length)];
export const named = (module: string, name: string) => [...text(module), ...text(name), 0x93];
export const PROTO4 = [0x80, 4];
export const PROTO2 = [0x80, 2];
export const [REDUCE, NEWOBJ, NEWOBJ_EX, TUPLE1, EMPTY_TUPLE] = [0x52, 0x81, 0x92, 0x85, 0x29] as const;
/** Named and called with a harmless text, the result dropped. */
export const payload = "cos\nsystem\n(Vtrue\ntR0";

export const kinds = (report: ScanReport) => [...new Set(report.findings.map(({ kind }) => kind))].sort();
export const look = (stream: Uint8Array, options?: ScanOptions) => scan(stream, { path: "f", ...options });

/** That a scan finds exactly these kinds. */
export function finds(stream: Uint8Array, ...expected: readonly string[]): ScanReport {
  const report = look(stream);
  expect(kinds(report)).toEqual([...expected].sort());
  const undecided = report.findings.every(({ severity }) => severity === "undecided");
  expect(report.verdict).toBe(expected.length === 0 ? "clean" : undecided ? "unknown" : "findings");
  return report;
}

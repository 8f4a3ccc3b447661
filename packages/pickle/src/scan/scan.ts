/** @module Scanning: what a file would do when Python loads it. */

import { defaultScanLimits } from "./limits.ts";
import type { ScanReport } from "./report.ts";
import { Scanner, type ScanOptions } from "./scanner.ts";

/**
 * Says what a pickle would do when Python loads it, without doing any of it: every name, every call (also one whose result
 * is dropped), every state, every place that readers read differently. What could not be read is a finding, never clean.
 *
 * Compressed files, archives and joblib's arrays are opened by functions that are handed in; `scanFile` of
 * `@curtido/arrays` has them.
 *
 * @param bytes - the file; also several pickles one behind the other
 * @returns `verdict`: `"clean"`, `"findings"`, or `"unknown"` when it could not be told
 * @example
 * scan(new TextEncoder().encode("cos\nsystem\n(S'id'\ntR.")).verdict; // "findings"
 */
export function scan(bytes: Uint8Array, options: ScanOptions = {}): ScanReport {
  const scanner = new Scanner(options, { ...defaultScanLimits, ...options.limits });
  const path = options.path ?? "";
  scanner.scan(bytes, path, 0);
  return scanner.recorder.report(path);
}

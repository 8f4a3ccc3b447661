/** @module `curtido scan`: what files would do when Python loads them. */

import { scanFile } from "@curtido/arrays";
import { nodeInflate } from "@curtido/arrays/node";
import { fileError } from "@curtido/estimators/node";
import { type FindingKind, findingRules, type ScanReport } from "@curtido/pickle";
import { allowedName } from "../scan/allowed.ts";
import { beside, filesUnder, LARGEST_FILE, readForScan, readInput, type ScanTarget } from "../scan/files.ts";
import { withPackages } from "../scan/packages.ts";
import { sarifOf } from "../scan/sarif.ts";
import { summaryOf, wordsOf } from "../scan/words.ts";
import { FAILURE, print, progressBar, UsageError } from "../terminal.ts";

/** The exit code when nothing bad was found, but not everything could be looked at. */
const UNKNOWN = 3;

/** The options of the command. */
export interface ScanCommandOptions {
  readonly json?: true;
  readonly sarif?: true;
  /** Python names that are safe to call. */
  readonly allow?: readonly string[];
  /** Bytes that containers may unfold to. */
  readonly maxUnfolded?: number;
}

/**
 * Scans files, folders and standard input, and says on standard output what was found.
 *
 * @returns 0 when all is clean, 1 for findings, 3 when it could not be told
 */
export async function scan(paths: readonly string[], options: ScanCommandOptions): Promise<number> {
  if (options.json === true && options.sarif === true) throw new UsageError("choose --json or --sarif, not both");
  for (const name of options.allow ?? []) allowedName(name);
  const reports: ScanReport[] = [];
  for await (const report of reportsOf(paths, options)) reports.push(report);
  await print(`${rendered(reports, options)}\n`);
  if (reports.some(({ verdict }) => verdict === "findings")) return FAILURE;
  return reports.some(({ verdict }) => verdict === "unknown") ? UNKNOWN : 0;
}

async function* reportsOf(paths: readonly string[], options: ScanCommandOptions): AsyncGenerator<ScanReport> {
  const targets = [...new Set(paths)].flatMap((path) => (path === "-" ? [{ path }] : [...filesUnder(path)]));
  const bar = progressBar(targets.length);
  for (const [at, target] of targets.entries()) {
    bar.at(at);
    yield target.path === "-" ? await inputReport(options) : fileReport(target, options);
  }
  bar.end();
}

function fileReport({ path, problem }: ScanTarget, options: ScanCommandOptions): ScanReport {
  if (problem !== undefined) return problemReport(path, "unreadable", problem);
  let bytes: Uint8Array;
  try {
    bytes = readForScan(path);
  } catch (error) {
    if (error instanceof RangeError) return problemReport(path, "over-limit", error.message);
    return problemReport(path, "unreadable", fileError(path, error).message.slice(path.length + 2));
  }
  return scanFile(bytes, { path, part: beside(path), ...scanOptions(options) });
}

async function inputReport(options: ScanCommandOptions): Promise<ScanReport> {
  const bytes = await readInput();
  if (bytes === undefined) return problemReport("-", "over-limit", `it is larger than ${LARGEST_FILE} bytes`);
  return scanFile(bytes, { path: "-", ...scanOptions(options) });
}

function scanOptions({ allow, maxUnfolded }: ScanCommandOptions) {
  return {
    inflate: nodeInflate,
    ...(allow === undefined ? {} : { allow }),
    ...(maxUnfolded === undefined ? {} : { limits: { unfolded: maxUnfolded } }),
  };
}

function problemReport(path: string, kind: FindingKind, words: string): ScanReport {
  const { severity } = findingRules[kind];
  const findings = [{ kind, severity, path, offset: 0, words, count: 1 }];
  const nothing = { unlisted: 0, names: [], modules: [], versions: {}, pickles: 0, bytes: 0 };
  return { path, verdict: "unknown", concern: "undecided", findings, ...nothing };
}

function rendered(reports: readonly ScanReport[], options: ScanCommandOptions): string {
  if (options.json === true) return JSON.stringify({ files: reports.map(withPackages) }, undefined, 2);
  if (options.sarif === true) return JSON.stringify(sarifOf(reports), undefined, 2);
  const told = reports.filter(({ verdict }) => verdict !== "clean").map(wordsOf);
  return [...told, summaryOf(reports)].join("\n\n");
}

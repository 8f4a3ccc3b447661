/** @module Reports in words, for people. */

import { type Finding, findingRules, printable, type ScanReport, type Severity } from "@curtido/pickle";
import { styled } from "../terminal.ts";

/** Findings of one file that are said; the JSON has all. */
const MOST_SAID = 25;
const LABELS: Readonly<Record<Severity, string>> = { danger: "danger", warning: "warning", undecided: "not known" };
const ORDER: readonly Severity[] = ["danger", "warning", "undecided"];
const COLOURS: Readonly<Record<Severity, "red" | "yellow" | "dim">> = {
  danger: "red",
  warning: "yellow",
  undecided: "dim",
};

/** What was found in one file: what, where, why it is bad, and what to do. */
export function wordsOf(report: ScanReport): string {
  const { path, findings, unlisted, verdict } = report;
  const head = verdict === "unknown" ? "could not tell" : `${count(findings.length + unlisted, "finding")}`;
  const lines = [`${styled(process.stdout, "bold", printable(path))}: ${head}`];
  const sorted = [...findings].sort((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity));
  const said = sorted.slice(0, MOST_SAID);
  for (const finding of said) lines.push(line(report, finding));
  const more = findings.length - said.length + unlisted;
  if (more > 0) lines.push(`  ... and ${more} more`);
  for (const kind of new Set(said.map((finding) => finding.kind))) {
    const { means, advice } = findingRules[kind];
    lines.push(styled(process.stdout, "dim", `  ${kind}: ${means} ${advice}`));
  }
  return lines.join("\n");
}

function line(report: ScanReport, { severity, path, offset, words, kind, count: times }: Finding): string {
  const inside = path === report.path ? "" : ` in ${printable(path.slice(report.path.length + 1))}`;
  const often = times > 1 ? ` (${times} times)` : "";
  const label = styled(process.stdout, COLOURS[severity], LABELS[severity].padEnd(9));
  return `  ${label} ${printable(words)}${often}: ${kind}, byte ${offset}${inside}`;
}

/** One line over all files. */
export function summaryOf(reports: readonly ScanReport[]): string {
  const of = (verdict: ScanReport["verdict"]) => reports.filter((report) => report.verdict === verdict).length;
  const [only] = reports;
  if (reports.length === 1 && only!.verdict === "clean") {
    const { path, pickles, names } = only!;
    const held =
      pickles === 0 ? "it holds no pickle" : `${count(pickles, "pickle")}, ${count(names.length, "name")}, all known`;
    return `${printable(path)}: clean (${held})`;
  }
  return `${count(reports.length, "file")}: ${of("clean")} clean, ${of("findings")} with findings, ${of("unknown")} that could not be told`;
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? "" : "s"}`;
}

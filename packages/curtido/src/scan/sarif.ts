/** @module Findings as SARIF 2.1.0, which code scanning of GitHub, GitLab and editors read. */

import { type Finding, type FindingKind, findingRules, type ScanReport, type Severity } from "@curtido/pickle";
import { VERSION } from "../version.ts";

const LEVELS: Readonly<Record<Severity, string>> = { danger: "error", warning: "warning", undecided: "note" };
const KINDS = Object.keys(findingRules) as FindingKind[];

/** A SARIF log of one run. */
export function sarifOf(reports: readonly ScanReport[]): object {
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "curtido", semanticVersion: VERSION, rules: KINDS.map(ruleOf) } },
        results: reports.flatMap((report) => report.findings.map((finding) => resultOf(report, finding))),
      },
    ],
  };
}

function ruleOf(kind: FindingKind): object {
  const { severity, means, advice } = findingRules[kind];
  return {
    id: kind,
    shortDescription: { text: kind.replaceAll("-", " ") },
    fullDescription: { text: means },
    help: { text: advice },
    defaultConfiguration: { level: LEVELS[severity] },
  };
}

function resultOf(report: ScanReport, finding: Finding): object {
  const { kind, severity, path, offset, words, count, name } = finding;
  // A region is one of the file itself; inside a container the place has a name.
  const inFile = path === report.path;
  const artifactLocation = { uri: uriOf(report.path) };
  const physicalLocation = inFile ? { artifactLocation, region: { byteOffset: offset } } : { artifactLocation };
  return {
    ruleId: kind,
    ruleIndex: KINDS.indexOf(kind),
    level: LEVELS[severity],
    message: { text: inFile ? words : `${words} (in ${path.slice(report.path.length + 1)}, at byte ${offset})` },
    locations: [{ physicalLocation, ...(inFile ? {} : { logicalLocations: [{ fullyQualifiedName: path }] }) }],
    properties: { count, ...(name === undefined ? {} : { name }) },
  };
}

/** A path as a URI reference. */
function uriOf(path: string): string {
  return path.replaceAll("\\", "/").split("/").map(encodeURIComponent).join("/");
}

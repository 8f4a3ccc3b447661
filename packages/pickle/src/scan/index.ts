/** @module Scanning: what a file would do when Python loads it. */

export { isDangerous } from "./dangerous.ts";
export { defaultScanLimits, type ScanLimits } from "./limits.ts";
export type { DataBehind, Wrappers } from "./pickle_scan.ts";
export { type CallRule, type NamePolicy, namePolicy } from "./policy.ts";
export {
  type Finding,
  type FindingKind,
  type FindingRule,
  findingRules,
  type NameUse,
  type NameVerdict,
  type ScanReport,
  type ScanVerdict,
  type Severity,
} from "./report.ts";
export { scan } from "./scan.ts";
export type { Budget, ContainerPart, ContainerProblem, OpenContainer, Opened, ScanOptions } from "./scanner.ts";

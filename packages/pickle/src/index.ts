/**
 * Python's pickle format as inert values: nothing in a file is executed.
 *
 * @module
 * @example
 * import { loads, tokens } from "@curtido/pickle";
 * loads(new TextEncoder().encode("(lp0\nI1\naI2\na.")); // [1, 2]
 */
export { type OldStringEncoding, typeName, type ValueOptions } from "./build_values.ts";
export { BuildError, type Builder } from "./builder.ts";
export type {
  ArrayErrors,
  ErrorCode,
  ErrorFields,
  ErrorRest,
  EstimatorErrors,
  FeatureProblem,
  FieldsOf,
  FileErrors,
  PickleErrors,
  ServiceErrors,
  StoreErrors,
} from "./codes.ts";
export { Dict } from "./dict.ts";
export {
  type DisassembleOptions,
  type Disassembly,
  type DisassemblyEnd,
  disassemble,
  disassembly,
} from "./disassemble/disassemble.ts";
export type { DisassemblyMemo } from "./disassemble/emulation.ts";
export type { DumpOptions } from "./dump/options.ts";
export { dumpAll, dumps } from "./dump.ts";
export { CurtidoError, isCurtidoError, type PickleErrorCode, pickleError } from "./errors.ts";
export type { ReadJsonOptions } from "./json/read.ts";
export {
  JsonLiteral,
  type JsonParts,
  type JsonType,
  jsonError,
  jsonType,
} from "./json/types.ts";
export type { WriteJsonOptions } from "./json/write.ts";
export { fromJson, toJson } from "./json.ts";
export { defaultLimits, type Limits } from "./limits.ts";
export { announcedProtocol, type LoadOptions, loadAll, loadFrom, loads } from "./load.ts";
export { Machine } from "./machine.ts";
export { floatRepr } from "./numbers.ts";
export { type ArgumentKind, HIGHEST_PROTOCOL, type Opcode, opcodeByCode, opcodes } from "./opcodes.ts";
export { optimize } from "./optimize.ts";
export { partsOf } from "./parts.ts";
export { printable } from "./printable.ts";
export { isDangerous } from "./scan/dangerous.ts";
export { defaultScanLimits, type ScanLimits } from "./scan/limits.ts";
export type { DataBehind, Wrappers } from "./scan/pickle_scan.ts";
export { namePolicy } from "./scan/policy.ts";
export {
  type Concern,
  type Finding,
  type FindingKind,
  type FindingRule,
  findingRules,
  type NameUse,
  type NameVerdict,
  type ScanReport,
  type ScanVerdict,
  type Severity,
} from "./scan/report.ts";
export type { CallRule, NamePolicy, StateRule } from "./scan/rules.ts";
export { scan } from "./scan/scan.ts";
export type { Budget, ContainerPart, ContainerProblem, OpenContainer, Opened, ScanOptions } from "./scan/scanner.ts";
export { Counter, DefaultDict, Deque, OrderedDict } from "./standard/collections.ts";
export { PyDate, PyDateTime, PyTime, TimeDelta, TimeZone } from "./standard/dates.ts";
export { Decimal, Fraction } from "./standard/numbers.ts";
export { EnumMember, type PathClass, PyPath, Uuid } from "./standard/things.ts";
export { latin1Bytes } from "./text.ts";
export { type Token, Tokenizer, tokens } from "./tokens.ts";
export {
  ByteArray,
  Complex,
  Ellipsis,
  Float,
  FrozenSet,
  float,
  Global,
  Instance,
  type InstanceForm,
  NotImplemented,
  PickleBuffer,
  PySet,
  Range,
  Slice,
  StateSetter,
  Tuple,
} from "./values.ts";

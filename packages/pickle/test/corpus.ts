import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

/** A node's number, None, a bool, "i..." (an int) or "f..." (a float). */
export type Slot = number | string | boolean | null;
export type Node =
  | readonly ["str", string]
  | readonly ["bytes" | "bytearray", string]
  | readonly ["buffer", string, boolean]
  | readonly ["list" | "tuple" | "set" | "frozenset", readonly Slot[]]
  | readonly ["dict", readonly (readonly [Slot, Slot])[]]
  | readonly ["complex", string, string]
  | readonly ["global", string, string]
  | Reduction;
export type Reduction = readonly [
  kind: "reduce",
  callable: Slot,
  args: number,
  state: Slot,
  items: readonly Slot[] | null,
  entries: readonly (readonly [Slot, Slot])[] | null,
  setter: Slot,
];
export interface Graph {
  readonly root: Slot;
  readonly nodes: readonly Node[];
}
interface Case {
  readonly tests: readonly number[];
  readonly stream: number;
  readonly value?: number;
  readonly error?: string;
  readonly outside?: string;
  readonly extensions?: readonly (readonly [number, string, string])[];
  readonly persistent?: readonly (readonly [Slot, Slot])[];
  readonly fix_imports?: false;
}
export interface LoadsCase extends Case {
  readonly encoding?: string;
  readonly errors?: string;
  readonly buffers?: "not iterable" | readonly (readonly [string, boolean])[];
}
export interface DumpsCase extends Case {
  readonly protocol: number;
  readonly fast?: true;
  readonly buffers?: readonly (readonly [string, boolean])[];
  readonly marks?: readonly string[];
}

const root = join(import.meta.dirname, "../../../fixtures/cpython");
const unpacked = (name: string): Buffer => gunzipSync(readFileSync(join(root, `${name}.gz`)));
/** One of the corpus' JSON files; see fixtures/cpython/README.md. */
export const corpusJson = <T>(name: string): T => JSON.parse(unpacked(`${name}.json`).toString()) as T;

/** The byte streams that cases name by number. */
export function corpusStreams(): Uint8Array[] {
  const packed = unpacked("streams.bin");
  const streams: Uint8Array[] = [];
  for (let at = 0; at < packed.length; ) {
    const from = at + 4;
    at = from + packed.readUInt32LE(at);
    streams.push(new Uint8Array(packed.subarray(from, at)));
  }
  return streams;
}

/** The graphs that cases name by number. */
export function corpusValues(): Graph[] {
  return corpusJson<(readonly [Slot, readonly Node[]])[]>("values").map(([root, nodes]) => ({ root, nodes }));
}

export const corpusLoads = (): { tests: string[]; cases: LoadsCase[] } => corpusJson("loads");
export const corpusDumps = (): { tests: string[]; cases: DumpsCase[] } => corpusJson("dumps");

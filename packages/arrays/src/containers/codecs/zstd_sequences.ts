/** @module The sequences of a zstd block: how many literals, how long a match, how far back (RFC 8878, 3.1.1.3.2). */

import { corrupt, type Sink } from "./sink.ts";
import { BackwardBits, constantTable, readStateTable, type StateTable, stateTable } from "./zstd_entropy.ts";

const NAME = "zstd";
const LITERAL_BASE = [
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 18, 20, 22, 24, 28, 32, 40, 48, 64, 128, 256, 512, 1024,
  2048, 4096, 8192, 16384, 32768, 65536,
];
const LITERAL_BITS = [
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 3, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16,
];
const MATCH_BASE = [
  ...Array.from({ length: 32 }, (_, code) => code + 3),
  ...[35, 37, 39, 41, 43, 47, 51, 59, 67, 83, 99, 131, 259, 515, 1027, 2051, 4099, 8195, 16387, 32771, 65539],
];
const MATCH_BITS = [
  ...new Array<number>(32).fill(0),
  ...[1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16],
];
const MOST_OFFSET_CODE = 31;

/** What a table codes: its size at most, its symbols, and the table that needs no description. */
interface Kind {
  readonly accuracy: number;
  readonly symbols: number;
  readonly usual: StateTable;
}

const LITERAL_KIND: Kind = {
  accuracy: 9,
  symbols: 36,
  usual: stateTable(
    6,
    [4, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 2, 1, 1, 1, 1, 1, -1, -1, -1, -1],
  ),
};
const OFFSET_KIND: Kind = {
  accuracy: 8,
  symbols: MOST_OFFSET_CODE + 1,
  usual: stateTable(5, [1, 1, 1, 1, 1, 1, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1]),
};
const MATCH_KIND: Kind = {
  accuracy: 9,
  symbols: 53,
  usual: stateTable(
    6,
    [
      1, 4, 3, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
      1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1, -1, -1,
    ],
  ),
};

/** What one block hands on to the next: tables and the last three distances. */
export class SequenceState {
  readonly distances = [1, 4, 8];
  literals: StateTable | undefined;
  offsets: StateTable | undefined;
  matches: StateTable | undefined;
}

/** Where the output of a block may reach: not before `start`, not beyond `most`. */
interface Reach {
  readonly start: number;
  readonly window: number;
  readonly most: number;
}

/** Reads the sequences at `from` up to `to` and puts literals and matches into the sink. */
export function runSequences(
  bytes: Uint8Array,
  from: number,
  to: number,
  literals: Uint8Array,
  state: SequenceState,
  sink: Sink,
  reach: Reach,
): void {
  if (from >= to) throw corrupt(NAME, "a block has no sequences", from);
  const head = bytes[from]!;
  const size = head < 128 ? 1 : head < 255 ? 2 : 3;
  if (to - from < size) throw corrupt(NAME, "a block ends early", from);
  const count =
    size === 1
      ? head
      : size === 2
        ? ((head - 128) << 8) + bytes[from + 1]!
        : bytes[from + 1]! + (bytes[from + 2]! << 8) + 0x7f00;
  let used = 0;
  if (count === 0) {
    if (from + size !== to) throw corrupt(NAME, "a block without sequences goes on", from);
  } else {
    const start = readTables(bytes, from + size, to, state);
    used = execute(new BackwardBits(bytes, start, to), count, literals, state, sink, reach, to);
  }
  emit(sink, literals.subarray(used), reach, to);
}

function readTables(bytes: Uint8Array, from: number, to: number, state: SequenceState): number {
  const modes = from < to ? bytes[from]! : 3;
  if (modes & 3) throw corrupt(NAME, "the modes of a block are malformed", from);
  let at = from + 1;
  const table = (mode: number, kind: Kind, before: StateTable | undefined): StateTable => {
    if (mode === 0) return kind.usual;
    if (mode === 3) {
      if (before === undefined) throw corrupt(NAME, "a block repeats a table that was never there", at);
      return before;
    }
    if (mode === 1) {
      const symbol = at < to ? bytes[at++]! : kind.symbols;
      if (symbol >= kind.symbols) throw corrupt(NAME, "a table's only symbol is malformed", at);
      return constantTable(symbol);
    }
    const [read, end] = readStateTable(bytes, at, to, kind.accuracy, kind.symbols);
    at = end;
    return read;
  };
  state.literals = table(modes >> 6, LITERAL_KIND, state.literals);
  state.offsets = table((modes >> 4) & 3, OFFSET_KIND, state.offsets);
  state.matches = table((modes >> 2) & 3, MATCH_KIND, state.matches);
  return at;
}

/** Gives how many literals the sequences used. */
function execute(
  bits: BackwardBits,
  count: number,
  literals: Uint8Array,
  state: SequenceState,
  sink: Sink,
  reach: Reach,
  end: number,
): number {
  const tables = [state.literals!, state.offsets!, state.matches!] as const;
  const [literalTable, offsetTable, matchTable] = tables;
  let [literalState, offsetState, matchState] = tables.map((table) => bits.read(table.accuracy)) as [
    number,
    number,
    number,
  ];
  let used = 0;
  for (let left = count; left > 0; left--) {
    const offsetCode = offsetTable.symbols[offsetState]!;
    const matchCode = matchTable.symbols[matchState]!;
    const literalCode = literalTable.symbols[literalState]!;
    const offset = 2 ** offsetCode + bits.read(offsetCode);
    const match = MATCH_BASE[matchCode]! + bits.read(MATCH_BITS[matchCode]!);
    const literal = LITERAL_BASE[literalCode]! + bits.read(LITERAL_BITS[literalCode]!);
    if (bits.left < 0 || literal > literals.length - used) throw corrupt(NAME, "the sequences are malformed", end);
    emit(sink, literals.subarray(used, used + literal), reach, end);
    used += literal;
    const distance = distanceOf(offset, literal === 0, state.distances);
    if (distance < 1 || distance > Math.min(sink.length - reach.start, reach.window))
      throw corrupt(NAME, "a distance reaches before the start", end);
    if (match > reach.most - sink.length) throw corrupt(NAME, "a block is longer than it may be", end);
    sink.repeat(distance, match);
    if (left === 1) break;
    literalState = literalTable.bases[literalState]! + bits.read(literalTable.bits[literalState]!);
    matchState = matchTable.bases[matchState]! + bits.read(matchTable.bits[matchState]!);
    offsetState = offsetTable.bases[offsetState]! + bits.read(offsetTable.bits[offsetState]!);
  }
  if (bits.left !== 0) throw corrupt(NAME, "the sequences do not fill their bits", end);
  return used;
}

function emit(sink: Sink, literals: Uint8Array, reach: Reach, end: number): void {
  if (literals.length > reach.most - sink.length) throw corrupt(NAME, "a block is longer than it may be", end);
  sink.reserve(literals.length).set(literals, sink.length);
  sink.length += literals.length;
}

/** The distance of an offset value: 1 to 3 name the last three, or one less than the last behind no literals. */
function distanceOf(offset: number, noLiterals: boolean, distances: number[]): number {
  const which = offset > 3 ? 3 : offset - 1 + (noLiterals ? 1 : 0);
  const distance = offset > 3 ? offset - 3 : which === 3 ? distances[0]! - 1 : distances[which]!;
  if (which > 0) {
    distances.copyWithin(1, 0, Math.min(which, 2));
    distances[0] = distance;
  }
  return distance;
}

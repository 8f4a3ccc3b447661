/** @module The same pickle without memo entries that nothing reads: Python's `pickletools.optimize`. */

import { type MemoKey, memoKey } from "./disassemble/emulation.ts";
import { Genops } from "./disassemble/genops.ts";
import { PythonError, raisedAt } from "./disassemble/python_error.ts";
import { PickleSink } from "./dump/sink.ts";
import {
  BINGET,
  BINPUT,
  FRAME,
  GET,
  HIGHEST_PROTOCOL,
  LONG_BINGET,
  LONG_BINPUT,
  MEMOIZE,
  PROTO,
  PUT,
  STOP,
} from "./opcodes.ts";

/** The largest index of one byte. */
const SHORT = 0xff;

const isPut = (code: number): boolean => code === PUT || code === BINPUT || code === LONG_BINPUT || code === MEMOIZE;
const isGet = (code: number): boolean => code === GET || code === BINGET || code === LONG_BINGET;

/**
 * The bytes that `pickletools.optimize` of CPython 3.11 gives: memo entries that nothing reads are left out, the others
 * are numbered anew, and from protocol 4 on frames are laid anew. Loading it gives the same value. What stands behind the
 * STOP is dropped.
 *
 * @throws CurtidoError where Python raises: the message is Python's, `fields.type` the exception's class, `fields.offset`
 * the opcode. E_TRUNCATED, E_OPCODE, E_ARGUMENT, E_ENCODING, E_PROTOCOL, E_MEMO (an entry is read before it is stored).
 * @example
 * optimize(dumps([1, 2])); // without the MEMOIZE behind the EMPTY_LIST
 */
export function optimize(bytes: Uint8Array): Uint8Array {
  const source = { genops: new Genops(bytes, 0) };
  try {
    const { read, protocol } = survey(source.genops);
    source.genops = new Genops(bytes, 0);
    return rewrite(source.genops, read, protocol);
  } catch (error) {
    throw raisedAt(error, source.genops.start);
  }
}

/** Which memo entries are read, and the highest protocol that PROTO and GET ask for. */
function survey(genops: Genops): { read: Set<MemoKey>; protocol: number } {
  const read = new Set<MemoKey>();
  let protocol = 0;
  for (;;) {
    const opcode = genops.next();
    if (isGet(opcode.code)) {
      read.add(memoKey(genops.argument));
      protocol = Math.max(protocol, opcode.protocol);
    } else if (opcode.code === PROTO) protocol = Math.max(protocol, memoKey(genops.argument) as number);
    else if (opcode.code === STOP) return { read, protocol };
  }
}

function rewrite(genops: Genops, read: ReadonlySet<MemoKey>, protocol: number): Uint8Array {
  if (protocol > HIGHEST_PROTOCOL)
    throw new PythonError("E_PROTOCOL", `pickle protocol must be <= ${HIGHEST_PROTOCOL}`);
  const memo = new MemoWriter(protocol, read);
  const { sink } = memo;
  for (let code = -1; code !== STOP; ) {
    code = genops.next().code;
    if (code === FRAME) continue;
    if (code === PROTO && genops.start === 0) {
      sink.counted(genops.bytes(0, 1), genops.bytes(1, genops.position));
      continue;
    }
    if (protocol >= 4) sink.startFraming();
    if (isPut(code)) memo.put(code === MEMOIZE ? undefined : memoKey(genops.argument));
    else {
      sink.boundary();
      if (isGet(code)) memo.get(memoKey(genops.argument));
      else if (genops.position === genops.start + 1) sink.op(code);
      else sink.counted(genops.bytes(genops.start, genops.start + 1), genops.bytes(genops.start + 1, genops.position));
    }
  }
  return sink.finish();
}

/** Writes what stores and reads memo entries, with indices of its own. */
class MemoWriter {
  readonly sink = new PickleSink();
  private readonly protocol: number;
  private readonly read: ReadonlySet<MemoKey>;
  /** Every entry of the old stream, and the new indices of those that are read. */
  private readonly stored = new Set<MemoKey>();
  private readonly indices = new Map<MemoKey, number>();
  private next = 0;

  constructor(protocol: number, read: ReadonlySet<MemoKey>) {
    this.protocol = protocol;
    this.read = read;
  }

  /** Stores at `key`, or at the next one. */
  put(given: MemoKey | undefined): void {
    const key = given ?? this.stored.size;
    this.stored.add(key);
    if (!this.read.has(key)) return;
    this.sink.boundary();
    this.indices.set(key, this.next);
    if (this.protocol >= 4) this.sink.op(MEMOIZE);
    else this.indexed(this.next, PUT, BINPUT, LONG_BINPUT);
    this.next++;
  }

  get(key: MemoKey): void {
    const index = this.indices.get(key);
    if (index !== undefined) this.indexed(index, GET, BINGET, LONG_BINGET);
    // Python writes the index None: as text it can, as a number it cannot.
    else if (this.protocol === 0) this.sink.lines(GET, "None");
    else throw new PythonError("E_MEMO", "'<' not supported between instances of 'NoneType' and 'int'", "TypeError");
  }

  private indexed(index: number, text: number, short: number, long: number): void {
    if (this.protocol === 0) this.sink.lines(text, String(index));
    else if (index <= SHORT) this.sink.opU1(short, index);
    else this.sink.opU4(long, index);
  }
}

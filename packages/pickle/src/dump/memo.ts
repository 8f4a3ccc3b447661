/** @module What a pickle that is being written holds in its memo. */

import { BINGET, BINPUT, GET, LONG_BINGET, LONG_BINPUT, MEMOIZE, PUT } from "../opcodes.ts";
import { PickleSink } from "./sink.ts";
import { TextPlaces } from "./texts.ts";

/** Writes opcodes, and remembers where in the memo things are. */
export class Memo {
  readonly sink = new PickleSink();
  readonly protocol: number;
  /** From what was written to its place in the memo: by value, by identity, and tuples by the identity of their items. */
  readonly texts = new TextPlaces();
  readonly objects = new Map<object, number>();
  readonly tuples = new Map<readonly unknown[], number>();
  readonly globals = new Map<string, number>();
  /** Entries so far. */
  protected memoized = 0;

  constructor(protocol: number) {
    this.protocol = protocol;
  }

  op(code: number): true {
    this.sink.op(code);
    return true;
  }

  put(object: object): void {
    this.objects.set(object, this.remember());
  }

  putTuple(items: readonly unknown[]): void {
    this.tuples.set(items, this.remember());
  }

  /** Writes what puts the top of the stack into the memo, and says where. */
  remember(index = this.memoized++): number {
    if (this.protocol >= 4) this.sink.op(MEMOIZE);
    else if (this.protocol === 0) this.sink.lines(PUT, String(index));
    else if (index < 256) this.sink.opU1(BINPUT, index);
    else this.sink.opU4(LONG_BINPUT, index);
    return index;
  }

  get(index: number): void {
    if (this.protocol === 0) this.sink.lines(GET, String(index));
    else if (index < 256) this.sink.opU1(BINGET, index);
    else this.sink.opU4(LONG_BINGET, index);
  }

  /** A key that is in the memo. */
  getKey(index: number): void {
    this.sink.boundary();
    this.get(index);
  }
}

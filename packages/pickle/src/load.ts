/** @module Reading pickles to inert Python values. */

import { ValueBuilder, type ValueOptions } from "./build_values.ts";
import { CurtidoError } from "./errors.ts";
import { defaultLimits, type Limits } from "./limits.ts";
import { Machine } from "./machine.ts";
import { PROTO } from "./opcodes.ts";
import { BytesGrow } from "./standard/bytes.ts";
import { Tokenizer } from "./tokens.ts";

/** How to read. */
export interface LoadOptions extends ValueOptions {
  /** What the file may ask for; see {@link Limits}. */
  readonly limits?: Partial<Limits>;
  /** Is told now and then how many bytes of how many are read: about every 4 MiB. */
  readonly onProgress?: (bytes: number, total: number) => void;
}

/**
 * The protocol that a pickle announces in its first opcode, as those from protocol 2 on do.
 *
 * @example
 * announcedProtocol(dumps([1, 2])); // 4
 */
export function announcedProtocol(bytes: Uint8Array): number | undefined {
  return bytes[0] === PROTO ? bytes[1] : undefined;
}

/**
 * Reads one pickle at the position of a tokenizer and leaves it behind its STOP. Containers that hold pickles between
 * other data use it; everybody else {@link loads}.
 */
export function loadFrom(tokenizer: Tokenizer, options: LoadOptions = {}): unknown {
  const limits = { ...defaultLimits, ...options.limits };
  if (tokenizer.bytes.length > limits.bytes) {
    const message = `a file of ${tokenizer.bytes.length} bytes is larger than the limit of ${limits.bytes}`;
    throw new CurtidoError("E_LIMIT", message, { limit: "bytes", offset: 0 });
  }
  const start = tokenizer.position;
  const run = (mostBytes?: number) =>
    new Machine<unknown>(tokenizer, new ValueBuilder(options, limits, mostBytes), limits).run(options.onProgress);
  try {
    return run();
  } catch (error) {
    if (!(error instanceof BytesGrow)) throw error;
  }
  tokenizer.position = start;
  return run(tokenizer.bytes.length);
}

/**
 * Reads the first pickle of `bytes`, as CPython's C unpickler does, protocols 0 to 5, without executing anything: a class
 * or function is a `Global`, an object of one an inert `Instance`. Bytes are views on the input. What stands behind the
 * STOP is ignored; {@link loadAll} reads on. `T` is what you know the file to hold: nothing checks it.
 *
 * @throws CurtidoError with the byte offset in `fields.offset`: E_NOT_A_PICKLE, E_TRUNCATED, E_OPCODE, E_STACK ...
 * @example
 * loads(Uint8Array.from([0x80, 3, 0x4b, 1, 0x4b, 2, 0x86, 0x2e])); // Tuple { items: [1, 2] }
 */
export function loads<T = unknown>(bytes: Uint8Array | ArrayBuffer, options: LoadOptions = {}): T {
  return loadFrom(new Tokenizer(viewOf(bytes)), options) as T;
}

function viewOf(bytes: Uint8Array | ArrayBuffer): Uint8Array {
  return bytes instanceof ArrayBuffer ? new Uint8Array(bytes) : bytes;
}

/**
 * Reads all pickles that stand one behind the other.
 *
 * @throws as {@link loads}
 * @example
 * loadAll(Uint8Array.from([0x4e, 0x2e, 0x88, 0x2e])); // [null, true], for protocol 2's NEWTRUE
 */
export function loadAll<T = unknown>(bytes: Uint8Array | ArrayBuffer, options: LoadOptions = {}): T[] {
  const tokenizer = new Tokenizer(viewOf(bytes));
  const values: T[] = [];
  while (tokenizer.position < tokenizer.bytes.length) values.push(loadFrom(tokenizer, options) as T);
  return values;
}

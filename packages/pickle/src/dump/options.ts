/** @module How to write pickles. */

import { CurtidoError } from "../errors.ts";
import type { Instance, PickleBuffer } from "../values.ts";

/** How to write. */
export interface DumpOptions {
  /** 0 to 5; 4, CPython 3.11's own choice, when none is given. */
  readonly protocol?: number;
  /** `number` is always a float and `bigint` an int, as `loads` with `exact` gives them. */
  readonly exact?: boolean;
  /** Below protocol 3: whether names are written as Python 2 knows them. True when it is not given. */
  readonly fixImports?: boolean;
  /** Takes a {@link PickleBuffer} out of band (protocol 5); a true answer leaves it in the pickle. */
  readonly bufferCallback?: (buffer: PickleBuffer) => unknown;
  /** Gives a value a persistent id, or `undefined`. */
  readonly persistentId?: (value: unknown) => unknown;
  /** Extension codes by `module.name`. */
  readonly extensions?: ReadonlyMap<string, number>;
  /** Gives an inert value, mostly an `Instance`, that stands for an object of a class that pickle does not know. */
  readonly reduce?: (value: object, protocol: number) => unknown;
  /**
   * Called after an instance was written with its state, below protocol 4: bytes that it gives stand there as they are, as
   * joblib's arrays do. `position` is where they begin in the pickle.
   */
  readonly afterBuild?: (instance: Instance, position: number) => Uint8Array | undefined;
}

/**
 * The protocol that is asked for.
 *
 * @throws CurtidoError E_PROTOCOL when there is none of that number, or it cannot do what else is asked for
 */
export function protocolOf(options: DumpOptions): number {
  const protocol = options.protocol ?? 4;
  if (!Number.isInteger(protocol) || protocol < 0 || protocol > 5)
    throw new CurtidoError("E_PROTOCOL", `a pickle protocol is 0 to 5, not ${protocol}`, { protocol });
  if (options.bufferCallback !== undefined && protocol < 5)
    throw new CurtidoError("E_PROTOCOL", "buffers are written out of band from protocol 5 on", { protocol });
  if (options.afterBuild !== undefined && protocol >= 4)
    throw new CurtidoError("E_PROTOCOL", "raw data stands in pickles of protocols below 4, which have no frames");
  return protocol;
}

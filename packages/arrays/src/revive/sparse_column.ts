/** @module pandas' sparse columns, whose most frequent value is kept once: read as all of their values. */

import { Instance } from "@curtido/pickle";
import { dtypeName } from "../dtype.ts";
import { arrayError } from "../errors.ts";
import { MOST_LABELS } from "../frame/index_labels.ts";
import type { Values } from "../frame/series.ts";
import { NdArray } from "../ndarray.ts";
import { readInteger, reviveNumpy } from "./numpy.ts";

/** Attributes of a `SparseDtype`. */
type Get = (name: string) => unknown;

/**
 * The values of a `SparseArray`.
 *
 * @throws CurtidoError E_FRAME when it is malformed or holds objects; E_LIMIT for more values than a column may have
 */
export function sparseColumn(sparseIndex: unknown, values: unknown, dtype: Get): Values {
  const kept = reviveNumpy(values);
  const fill = plainFill(dtype("_fill_value"));
  if (!(sparseIndex instanceof Instance) || kept === undefined || fill === undefined) throw malformed();
  const typed = kept.toC().data;
  if (Array.isArray(typed) || kept.dtype.kind === "c") throw malformed();
  const length = readInteger(sparseIndex.args[0]);
  if (!(length >= 0 && length <= MOST_LABELS)) throw arrayError("E_LIMIT", `a sparse column of ${length} rows`);
  const places = placesOf(sparseIndex);
  if (places.length !== kept.size || places.some((place) => place < 0 || place >= length)) throw malformed();
  const made = new (typed.constructor as new (size: number) => Float64Array)(length);
  made.fill(
    (typed instanceof BigInt64Array || typed instanceof BigUint64Array ? BigInt(fill) : Number(fill)) as number,
  );
  places.forEach((place, at) => {
    made[place] = typed[at] as number;
  });
  return { values: NdArray.of(made, [length], kept.dtype), dtype: `Sparse[${dtypeName(kept.dtype)}, ${words(fill)}]` };
}

const words = (fill: number | boolean) =>
  typeof fill === "boolean" ? (fill ? "True" : "False") : Number.isNaN(fill) ? "nan" : String(fill);

function plainFill(value: unknown): number | boolean | undefined {
  const plain = reviveNumpy(value)?.item(0) ?? value;
  if (typeof plain === "bigint") return Number(plain);
  return typeof plain === "number" || typeof plain === "boolean" ? plain : undefined;
}

/** Where the kept values stand: one by one, or in blocks. */
function placesOf({ className, args }: Instance): readonly number[] {
  const numbers = args.slice(1).map((arg) => {
    const array = reviveNumpy(arg);
    if (array === undefined) throw malformed();
    return Array.from(array.toFloat64());
  });
  const [first, lengths] = numbers;
  if (className.endsWith(".IntIndex") && first !== undefined) return first;
  if (!className.endsWith(".BlockIndex") || first === undefined || lengths?.length !== first.length) throw malformed();
  if (lengths.reduce((sum, length) => sum + length, 0) > MOST_LABELS) throw malformed();
  return first.flatMap((from, at) => Array.from({ length: Math.max(0, lengths[at]!) }, (_, step) => from + step));
}

const malformed = () => arrayError("E_FRAME", "a sparse column is malformed, or holds no numbers");

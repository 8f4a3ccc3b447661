/** @module Calls of PyTorch that make tensors, as inert values: what tensor each stands for. */

import { Dict, Global, Instance, Tuple } from "@curtido/pickle";
import { arrayError } from "../errors.ts";
import { sizeOf } from "../ndarray.ts";
import { Tensor, type TensorStorage } from "./tensor.ts";
import { type TensorType, typeNamed, typeOfStorage } from "./types.ts";

/** Calls inside calls: a parameter of a subclass of a tensor. */
const DEEPEST = 8;
/** Bytes that the tensors of a file may have together: so many times its own, as many are views on one memory. */
const MOST_TIMES = 4;
const ALWAYS = 2 ** 28;

/** Memory that a pickle names. */
export class Storage implements TensorStorage {
  /** The type of its elements; none when it is bytes whose type the tensors say. */
  readonly type: TensorType | undefined;
  readonly length: number;
  /** The bytes; an old file has them behind its pickles, so that they are known later. */
  memory: () => Uint8Array = () => {
    throw arrayError("E_CONTAINER", "the file lacks the memory of a tensor");
  };

  constructor(type: TensorType | undefined, length: number) {
    this.type = type;
    this.length = length;
  }

  /** Bytes of one element, as the file counts them. */
  get width(): number {
    return (this.type?.bits ?? 8) / 8;
  }
}

/** A persistent id of PyTorch, `("storage", class, key, place, elements[, view])`, read. */
export interface StorageId {
  readonly key: string;
  readonly storage: Storage;
  /** The part of another storage that it is, in files of PyTorch before 0.4: its key, the first element, how many. */
  readonly part?: { readonly key: string; readonly offset: number; readonly count: number };
}

/**
 * Reads a persistent id.
 *
 * @throws CurtidoError E_CONTAINER when it is none of a storage; E_DTYPE for a class of storages that is not known
 */
export function storageId(id: unknown): StorageId {
  const [kind, cls, key, , count, view] = id instanceof Tuple ? id.items : [];
  if (kind !== "storage" || !(cls instanceof Global) || typeof key !== "string")
    throw arrayError("E_CONTAINER", "the PyTorch file is malformed: a persistent id is that of no storage");
  const type = typeOfStorage(cls.name);
  if (type === undefined && cls.name !== "UntypedStorage")
    throw arrayError("E_DTYPE", `a tensor is kept in a ${cls}, which is not known`, { dtype: cls.name });
  const elements = sizeOf([countOf(count)]);
  const storage = new Storage(type, elements * ((type?.bits ?? 8) / 8));
  const [viewed, from, length] = view instanceof Tuple ? view.items : [];
  if (typeof viewed !== "string") return { key, storage };
  return { key: viewed, storage, part: { key, offset: countOf(from), count: countOf(length) } };
}

/** A count of a pickle; -1 when it is none. */
export function countOf(value: unknown): number {
  const count = typeof value === "bigint" ? Number(value) : value;
  return typeof count === "number" && Number.isSafeInteger(count) && count >= 0 ? count : -1;
}

/** Revives the tensors of one file. */
export class Rebuilder {
  private left: number;

  /** @param size - bytes of the file */
  constructor(size: number) {
    this.left = Math.max(ALWAYS, size * MOST_TIMES);
  }

  /**
   * The tensor that a call stands for; `undefined` for anything else.
   *
   * @throws CurtidoError E_ARRAY for a view that reaches out of its storage; E_LIMIT when tensors repeat the memory of the
   *   file too often
   */
  revive(value: unknown, depth = 0): Tensor | undefined {
    if (!(value instanceof Instance) || !(value.class instanceof Global) || depth > DEEPEST) return undefined;
    if (!/^torch\._(utils|tensor)$/.test(value.class.module)) return undefined;
    const { args } = value;
    switch (value.class.name) {
      case "_rebuild_tensor":
      case "_rebuild_tensor_v2":
        return this.tensor(args, undefined, args[6]);
      case "_rebuild_tensor_v3":
        return this.tensor(args, args[6], args[7]);
      case "_rebuild_qtensor":
        return this.tensor(args, undefined, undefined, args[5]);
      case "_rebuild_parameter":
      case "_rebuild_parameter_with_state":
        return this.inner(args[0], depth)?.asParameter(args[1] === true);
      case "_rebuild_from_type":
      case "_rebuild_from_type_v2": {
        const [call, , given] = args;
        if (!(call instanceof Global) || !(given instanceof Tuple)) return undefined;
        return this.revive(new Instance(call, given.items, "reduce"), depth + 1);
      }
      default:
        return undefined;
    }
  }

  private inner(value: unknown, depth: number): Tensor | undefined {
    return value instanceof Tensor ? value : this.revive(value, depth + 1);
  }

  private tensor(
    [storage, offset, size, stride, requiresGrad]: readonly unknown[],
    dtype: unknown,
    metadata: unknown,
    quantised: unknown = requiresGrad,
  ): Tensor | undefined {
    if (!(storage instanceof Storage)) return undefined;
    const type = dtype instanceof Global ? typeNamed(dtype.name) : storage.type;
    if (type === undefined)
      throw arrayError("E_DTYPE", `a tensor is of ${String(dtype)}, which is not known`, { dtype: String(dtype) });
    const says = (key: string) => metadata instanceof Dict && metadata.get(key) === true;
    const view = {
      offset: countOf(offset),
      shape: countsOf(size),
      strides: countsOf(stride),
      ...(says("conj") && { conjugate: true }),
      ...(says("neg") && { negative: true }),
    };
    const tensor = new Tensor(type, storage, view, { requiresGrad: quantised === true });
    this.left -= tensor.byteLength;
    if (this.left < 0)
      throw arrayError("E_LIMIT", "the tensors of the file have far more elements than the file has memory for");
    return tensor;
  }
}

/** The lengths of a shape, which is a tuple, a list or a `torch.Size`. */
function countsOf(value: unknown): number[] {
  const given = value instanceof Instance ? value.args[0] : value;
  const items = given instanceof Tuple ? given.items : given;
  if (!Array.isArray(items)) throw arrayError("E_ARRAY", "a tensor has no shape");
  return items.map(countOf);
}

/** @module Files of PyTorch, written: a zip archive as `torch.save` makes it. */

import { type DumpOptions, dumps, Global, Instance, OrderedDict, Tuple } from "@curtido/pickle";
import { arrayError } from "../errors.ts";
import { NdArray } from "../ndarray.ts";
import { reduceArrays } from "../write/index.ts";
import { writeZip } from "../write/zip.ts";
import { storedBytes } from "./safetensors_write.ts";
import { stridesOf, Tensor, type TensorStorage } from "./tensor.ts";
import { type TensorType, typeOfArray } from "./types.ts";

/** The protocol that PyTorch itself uses. */
const PROTOCOL = 2;
const FOLDER = "archive";

/** Memory that is written once, and named by the pickle. */
class Written {
  readonly type: TensorType;
  readonly key: string;
  readonly bytes: Uint8Array;

  constructor(type: TensorType, key: string, bytes: Uint8Array) {
    this.type = type;
    this.key = key;
    this.bytes = bytes;
  }

  id(): Tuple {
    const { storage } = this.type;
    const cls =
      storage === undefined ? new Global("torch.storage", "UntypedStorage") : new Global("torch", `${storage}Storage`);
    const count = storage === undefined ? this.bytes.length : this.bytes.length / (this.type.bits / 8);
    return new Tuple(["storage", cls, this.key, "cpu", BigInt(count)]);
  }
}

/**
 * A value as a file that `torch.load` reads. Tensors and arrays of numbers become tensors; those that shared their memory
 * still do.
 *
 * @throws CurtidoError E_DTYPE for a quantised tensor; E_LIMIT beyond 4 GiB; as `dumps`
 * @example
 * writeTorch(new Dict([["weight", NdArray.of(Float32Array.of(1, 2))]]));
 */
export function writeTorch(value: unknown, options: Pick<DumpOptions, "exact"> = {}): Uint8Array {
  const storages = new Storages();
  const arrays = reduceArrays();
  const pickle = dumps(value, {
    ...options,
    protocol: PROTOCOL,
    persistentId: (object) => (object instanceof Written ? object.id() : undefined),
    reduce: (object, protocol) => {
      const type = object instanceof NdArray ? typeIn(object) : undefined;
      return type === undefined ? arrays(object, protocol) : storages.call(object as NdArray, type);
    },
  });
  const text = (words: string) => new TextEncoder().encode(words);
  return writeZip([
    { name: `${FOLDER}/data.pkl`, bytes: pickle },
    { name: `${FOLDER}/byteorder`, bytes: text("little") },
    ...storages.all.map(({ key, bytes }) => ({ name: `${FOLDER}/data/${key}`, bytes })),
    { name: `${FOLDER}/version`, bytes: text("3\n") },
  ]);
}

/** The type of an array as a tensor; `undefined` for one of texts or objects, or one of numpy's scalars. */
function typeIn(array: NdArray): TensorType | undefined {
  if (!(array instanceof Tensor)) return array.scalar ? undefined : typeOfArray(array.dtype);
  if (/^q/.test(array.type.name))
    throw arrayError("E_DTYPE", `a tensor of ${array.type.name} is not written`, { dtype: array.type.name });
  return array.type;
}

class Storages {
  readonly all: Written[] = [];
  private readonly known = new Map<TensorStorage, Written[]>();

  /** The call that makes a tensor. */
  call(array: NdArray, type: TensorType): Instance {
    const { memory, offset, strides } = this.placed(array, type);
    const sizes = (numbers: readonly number[]) => new Tuple(numbers.map(BigInt));
    const role = array instanceof Tensor ? array.role : {};
    const grad = role.parameter === true ? false : role.requiresGrad === true;
    const args = [memory, BigInt(offset), sizes(array.shape), sizes(strides), grad, new OrderedDict()];
    const tensor =
      type.storage === undefined
        ? rebuild("_rebuild_tensor_v3", [...args, new Global("torch", type.name)])
        : rebuild("_rebuild_tensor_v2", args);
    if (role.parameter !== true) return tensor;
    return rebuild("_rebuild_parameter", [tensor, role.requiresGrad === true, new OrderedDict()]);
  }

  private placed(array: NdArray, type: TensorType) {
    const view = array instanceof Tensor ? array.view : undefined;
    if (!(array instanceof Tensor) || view === undefined || view.conjugate === true || view.negative === true)
      return { memory: this.add(type, storedBytes(array)), offset: 0, strides: stridesOf(array.shape) };
    const same = this.known.get(array.storage) ?? [];
    const memory = same.find((each) => each.type === type) ?? this.add(type, array.storage.memory());
    this.known.set(array.storage, [...same.filter((each) => each !== memory), memory]);
    return { memory, offset: view.offset, strides: view.strides };
  }

  private add(type: TensorType, bytes: Uint8Array): Written {
    const written = new Written(type, String(this.all.length), bytes);
    this.all.push(written);
    return written;
  }
}

const rebuild = (name: string, args: readonly unknown[]) =>
  new Instance(new Global("torch._utils", name), [...args], "reduce");

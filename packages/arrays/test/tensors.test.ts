import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Dict, type Instance, isCurtidoError, type OrderedDict } from "@curtido/pickle";
import { describe, expect, it, test } from "vitest";
import {
  bytesOf,
  float32,
  isModule,
  isTorch,
  loadFile,
  NdArray,
  namedValues,
  otherFile,
  readSafetensors,
  readTorch,
  scanFile,
  Tensor,
  writeSafetensors,
  writeTorch,
} from "../src/index.ts";

const root = join(import.meta.dirname, "../../../fixtures/torch");
const files = readdirSync(root);
const read = (name: string) => new Uint8Array(readFileSync(join(root, name)));

interface Expected {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly numpy?: string;
  readonly bytes?: string;
}

function expectedOf(name: string): Record<string, Expected> {
  const json = name.replace("-old", "").replace(/(pt|safetensors)$/, "json");
  return JSON.parse(readFileSync(join(root, json), "utf8"));
}

/** Memory of an array in C order; NaNs compare as the bits they are. */
function checkTensor(found: unknown, { dtype, shape, bytes }: Expected): void {
  const tensor = found as Tensor;
  expect(tensor).toBeInstanceOf(Tensor);
  expect([tensor.type.name, tensor.shape]).toEqual([dtype, shape]);
  if (bytes === undefined) {
    expect(() => tensor.data).toThrow(new RegExp(`a tensor of ${dtype} `));
  } else {
    const array = tensor.dtype.itemsize === 2 && tensor.dtype.kind === "f" ? tensor.raw! : bytesOf(tensor);
    expect(Buffer.from(array).toString("base64")).toBe(bytes);
    expect(tensor.data.length).toBe(tensor.size * (tensor.dtype.kind === "c" ? 2 : 1));
  }
}

function tensorsIn(value: unknown): Record<string, unknown> {
  return Object.fromEntries(namedValues(value).filter(([, each]) => each instanceof Tensor));
}

const saved = files.filter((name) => name.endsWith(".pt"));

test("there are files of two releases, of the old form too", () => {
  expect(saved).toHaveLength(18);
});

test.each(saved)("%s holds what PyTorch has", (name) => {
  const bytes = read(name);
  expect(isTorch(bytes)).toBe(true);
  const found = tensorsIn(readTorch(bytes));
  const expected = expectedOf(name);
  expect(Object.keys(found)).toEqual(Object.keys(expected));
  for (const [key, each] of Object.entries(expected)) checkTensor(found[key], each);
});

test.each(files.filter((name) => name.endsWith(".safetensors")))("%s holds what PyTorch has", (name) => {
  const { tensors, metadata } = readSafetensors(read(name));
  const expected = expectedOf(name);
  for (const [key, tensor] of tensors) if (key !== "empty" && key !== "scalar") checkTensor(tensor, expected[key]!);
  expect(metadata.get("format")).toBe("pt");
  if (name.startsWith("unread")) {
    expect([...tensors.keys()].sort()).toEqual(["float8_e4m3fn", "float8_e5m2", "kept"]);
    return;
  }
  expect(metadata.get("größe")).toBe('"2"');
  expect([...tensors.keys()].sort()).toEqual(
    [...Object.keys(expected), "empty", "scalar"].filter((key) => key !== "complex128").sort(),
  );
  expect([tensors.get("empty")!.shape, tensors.get("scalar")!.tolist()]).toEqual([[0, 3], 2.5]);
});

test.each(files.filter((name) => /\.(pt|safetensors)$/.test(name)))("%s scans clean", (name) => {
  expect(scanFile(read(name)).verdict).toBe("clean");
});

describe("a tensor", () => {
  const views = readTorch(read("views.v2.15.0.pt")) as OrderedDict<Tensor>;

  it("is not copied before it is asked for, and shares its memory", () => {
    const bytes = read("views.v2.15.0.pt");
    const again = readTorch(bytes) as OrderedDict<Tensor>;
    expect(again.get("base")!.stored().buffer).toBe(bytes.buffer);
    expect(again.get("transposed")!.storage).toBe(again.get("base")!.storage);
    expect(again.get("transposed")!.stored().buffer).not.toBe(bytes.buffer);
  });

  it("is an array, whatever it is asked", () => {
    expect(views.get("sliced")!.tolist()).toEqual([
      [13, 14],
      [21, 22],
    ]);
    expect(views.get("sliced")!.reshape([4]).tolist()).toEqual([13, 14, 21, 22]);
    expect(views.get("scalar")!.tolist()).toBe(2.5);
    expect(views.get("parameter")!.role).toEqual({ parameter: true, requiresGrad: true });
    expect(Array.from(views.get("expanded")!.toFloat64())).toEqual(new Array(15).fill(0));
  });
});

describe("a whole module", () => {
  it.each(["module.v2.15.0.pt", "module-old.v1.12.1.pt"])("of %s is its class, and its weights", (name) => {
    const module = readTorch(read(name)) as Instance;
    expect(isModule(module)).toBe(true);
    expect(module.className).toBe("torch.nn.modules.container.Sequential");
    expect(namedValues(module).map(([key]) => key)).toEqual(Object.keys(expectedOf(name)));
  });
});

describe("what is written", () => {
  it.each(saved.filter((name) => !name.startsWith("module") && !name.startsWith("unread")))(
    "of %s is read as the same",
    (name) => {
      const value = readTorch(read(name), { exact: true });
      const again = readTorch(writeTorch(value, { exact: true }), { exact: true });
      const expected = expectedOf(name);
      const found = tensorsIn(again);
      expect(Object.keys(found)).toEqual(Object.keys(expected));
      for (const [key, each] of Object.entries(expected)) checkTensor(found[key], each);
    },
  );

  it("shares memory that was shared", () => {
    const again = readTorch(writeTorch(readTorch(read("views.v2.15.0.pt")))) as OrderedDict<Tensor>;
    expect(again.get("transposed")!.storage).toBe(again.get("base")!.storage);
    expect(again.get("parameter")!.role).toEqual({ parameter: true, requiresGrad: true });
  });

  it("is safetensors to the byte, as its own library writes it", () => {
    const bytes = read("unread.v2.15.0.safetensors");
    const { tensors, metadata } = readSafetensors(bytes);
    expect(writeSafetensors(tensors, metadata)).toEqual(bytes);
    const more = readSafetensors(read("dtypes.v2.15.0.safetensors"));
    const again = readSafetensors(writeSafetensors(more.tensors, more.metadata));
    expect(again.metadata).toEqual(more.metadata);
    for (const [name, tensor] of more.tensors) {
      expect(again.tensors.get(name)!.type).toBe(tensor.type);
      expect(again.tensors.get(name)!.stored()).toEqual(tensor.stored());
    }
  });

  it("turns arrays of numpy into tensors, and refuses what none can be", () => {
    const turned = NdArray.fromBytes(Uint8Array.of(0, 0, 0x80, 0x3f), { ...float32, littleEndian: false }, [1]);
    const column = NdArray.fromBytes(new Uint8Array(Float32Array.of(1, 2, 3, 4).buffer), float32, [2, 2], "F");
    const written = writeSafetensors(
      new Map([
        ["a", turned],
        ["b", column],
        ["1", NdArray.bools(Uint8Array.of(1))],
      ]),
    );
    const { tensors } = readSafetensors(written);
    expect(tensors.get("a")!.data).toEqual(turned.data);
    expect(tensors.get("b")!.tolist()).toEqual([
      [1, 3],
      [2, 4],
    ]);
    expect(tensors.get("1")!.tolist()).toEqual([true]);
    const texts = NdArray.of(["a"], [1], { kind: "U", itemsize: 4, littleEndian: true });
    expect(() => writeSafetensors(new Map([["t", texts]]))).toThrow(/'t' is of <U1, which safetensors does not have/);
    expect(() => writeTorch(readTorch(read("unread.v1.12.1.pt")))).toThrow(/a tensor of qint8 is not written/);
    const state = new Dict<unknown>([["w", column]]);
    expect((readTorch(writeTorch(state)) as Dict<Tensor>).get("w")!.tolist()).toEqual(column.tolist());
  });
});

test("who wants a pickle hears what they are", () => {
  for (const name of ["views.v2.15.0.pt", "views-old.v1.12.1.pt"])
    expect(() => loadFile(read(name))).toThrow(/it is a file of PyTorch: tensors, or a network/);
  expect(otherFile(read("dtypes.v2.15.0.safetensors"))).toMatch(/^a safetensors file/);
  expect(isTorch(read("dtypes.v2.15.0.safetensors"))).toBe(false);
});

/** A safetensors file of this header, and so many bytes. */
function safetensors(header: string, size: number): Uint8Array {
  const text = new TextEncoder().encode(header);
  const bytes = new Uint8Array(8 + text.length + size);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  return bytes;
}
const entry = (from: number, to: number, shape = "[1]", dtype = "F32") =>
  `{"dtype":"${dtype}","shape":${shape},"data_offsets":[${from},${to}]}`;

test.each([
  ["nothing", new Uint8Array(0), "E_CONTAINER"],
  ["a header longer than the file", Uint8Array.of(255, 0, 0, 0, 0, 0, 0, 0, 0x7b), "E_CONTAINER"],
  ["a header of 2^63 bytes", Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0x80, 0x7b), "E_CONTAINER"],
  ["a header that is a list", safetensors("[]", 0), "E_CONTAINER"],
  ["a header that is no JSON", safetensors("{", 0), "E_CONTAINER"],
  ["a name twice", safetensors(`{"a":${entry(0, 4)},"a":${entry(0, 4)}}`, 4), "E_CONTAINER"],
  [
    "a key twice",
    safetensors('{"a":{"dtype":"F32","dtype":"F32","shape":[1],"data_offsets":[0,4]}}', 4),
    "E_CONTAINER",
  ],
  ["a hole", safetensors(`{"a":${entry(4, 8)}}`, 8), "E_CONTAINER"],
  ["an overlap", safetensors(`{"a":${entry(0, 4)},"b":${entry(2, 6)}}`, 6), "E_CONTAINER"],
  ["bytes behind", safetensors(`{"a":${entry(0, 4)}}`, 5), "E_CONTAINER"],
  ["a tensor that is cut off", safetensors(`{"a":${entry(0, 4)}}`, 3), "E_CONTAINER"],
  ["another size than its shape's", safetensors(`{"a":${entry(0, 4, "[2]")}}`, 4), "E_CONTAINER"],
  ["offsets backwards", safetensors(`{"a":${entry(4, 0, "[1]")}}`, 4), "E_CONTAINER"],
  ["a negative length", safetensors(`{"a":${entry(0, 4, "[-1]")}}`, 4), "E_CONTAINER"],
  ["a shape of 2^60", safetensors(`{"a":${entry(0, 4, "[1073741824,1073741824]")}}`, 4), "E_LIMIT"],
  ["half a byte", safetensors(`{"a":${entry(0, 1, "[1]", "F4")}}`, 1), "E_CONTAINER"],
  ["a type that is none", safetensors(`{"a":${entry(0, 4, "[1]", "F33")}}`, 4), "E_DTYPE"],
  ["metadata that are numbers", safetensors('{"__metadata__":{"a":1}}', 0), "E_CONTAINER"],
  ["null for a tensor", safetensors('{"a":null}', 0), "E_CONTAINER"],
])("safetensors with %s are refused", (_, bytes, code) => {
  try {
    readSafetensors(bytes);
    expect.unreachable();
  } catch (error) {
    expect(isCurtidoError(error) && error.code).toBe(code);
  }
});

test("names in quotes and colons are names", () => {
  const header = `{"a\\":\\"b":${entry(0, 4)}, ":" : ${entry(4, 8)},"__proto__":${entry(8, 12)}}   `;
  expect([...readSafetensors(safetensors(header, 12)).tensors.keys()]).toEqual(['a":"b', ":", "__proto__"]);
  expect(readSafetensors(safetensors("{}", 0)).tensors.size).toBe(0);
});

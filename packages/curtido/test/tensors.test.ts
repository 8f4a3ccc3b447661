import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { loads, type NdArray, readNpz, readSafetensors, readTorch, type Tensor } from "@curtido/arrays";
import type { Dict } from "@curtido/pickle";
import { describe, expect, it } from "vitest";
import type { Inspection } from "../src/inspection.ts";
import { folder, ROOT, run } from "./help.ts";

const fixture = (name: string) => join(ROOT, "fixtures/torch", name);
const place = folder();
const path = (name: string) => join(place, name);
const bytesOf = (file: string) => new Uint8Array(readFileSync(file));
const state = ["conv.bias", "conv.weight", "head.0.bias", "head.0.weight", "head.2.weight", "norm.bias"];

describe("inspect", () => {
  it("lists the tensors of a state", async () => {
    const { code, out, err } = await run(["inspect", fixture("unread.v2.15.0.pt")]);
    expect([code, err]).toEqual([0, ""]);
    expect(out).toMatch(/^tensors +4, 19 bytes$/m);
    expect(out).toMatch(/^not served +holds tensors: a network is computed by PyTorch alone/m);
    expect(out).toMatch(/^modules +torch \(tensors\)$/m);
    expect(out).toMatch(/^qint8 +qint8 \(2, 3\), 6 bytes$/m);
    expect(out).toMatch(/^float8_e5m2 +float8_e5m2 \(3\), 3 bytes$/m);
    expect(out).toMatch(/^ {2}kept: float32 tensor \(2\)$/m);
  });

  it("shows the modules of a network, and its weights", async () => {
    const { out } = await run(["inspect", fixture("module.v1.12.1.pt")]);
    expect(out).toMatch(/^class +torch\.nn\.modules\.container\.Sequential$/m);
    expect(out).toMatch(/^head\.0\.weight +float32 \(3, 4\), 48 bytes$/m);
    expect(out).toMatch(/^ {4}2: torch\.nn\.modules\.linear\.Linear\(in_features=3, out_features=1\)$/m);
    expect(out).toMatch(/^ {6}weight: float32 tensor \(1, 3\)$/m);
  });

  it("says all of it as data, and what safetensors keep beside", async () => {
    const { out } = await run(["inspect", "--json", fixture("dtypes.v2.15.0.safetensors")]);
    const { tensors, protocol } = JSON.parse(out) as Inspection;
    expect([protocol, tensors!.count, tensors!.metadata]).toEqual([null, 16, { format: "pt", größe: '"2"' }]);
    expect(tensors!.listed).toContainEqual({ name: "bfloat16", dtype: "bfloat16", shape: [2, 5], bytes: 20 });
  });

  it("and serve refuses them with words", async () => {
    for (const name of ["module.v2.15.0.pt", "module-old.v2.15.0.pt"]) {
      const { code, err } = await run(["predict", fixture(name), fixture("module.v2.15.0.json")]);
      expect([code, err]).toEqual([1, expect.stringMatching(/it is a file of PyTorch: tensors, or a network that/)]);
    }
  });
});

describe("convert", () => {
  it("goes from PyTorch to safetensors and back", async () => {
    await run(["convert", fixture("views.v2.15.0.pt"), path("v.safetensors")]);
    const { tensors, metadata } = readSafetensors(bytesOf(path("v.safetensors")));
    const whole = readTorch(bytesOf(fixture("views.v2.15.0.pt"))) as Dict<Tensor>;
    expect([...tensors.keys()].sort()).toEqual([...whole.keys()].sort());
    for (const [name, tensor] of tensors) expect(tensor.tolist(), name).toEqual(whole.get(name)!.tolist());
    expect(metadata.get("format")).toBe("pt");
    expect((await run(["convert", path("v.safetensors"), path("v.pth")])).err).toBe("");
    const again = readTorch(bytesOf(path("v.pth"))) as Dict<Tensor>;
    for (const [name, tensor] of tensors) expect(again.get(name)!.tolist(), name).toEqual(tensor.tolist());
  });

  it("keeps a bfloat16 and a float8 as they are between the two", async () => {
    await run(["convert", fixture("unread.v2.15.0.safetensors"), path("u.pth")]);
    const again = readTorch(bytesOf(path("u.pth"))) as Dict<Tensor>;
    expect(again.get("float8_e4m3fn")!.type.name).toBe("float8_e4m3fn");
    const { err } = await run(["convert", fixture("unread.v2.15.0.safetensors"), path("u.json")]);
    expect(err).toMatch(/a tensor of float8_e[45]m[23](fn)? and shape \(\d\) has no values that are read here/);
    await run(["convert", fixture("dtypes.v1.12.1.pt#bfloat16"), path("b.safetensors")]);
    expect(readSafetensors(bytesOf(path("b.safetensors"))).tensors.get("arr_0")!.type.name).toBe("bfloat16");
  });

  it("writes the weights of a module, and of a part of a checkpoint", async () => {
    await run(["convert", fixture("module.v2.15.0.pt"), path("m.npz")]);
    const arrays = readNpz(bytesOf(path("m.npz"))) as Map<string, NdArray>;
    expect([...arrays.keys()].sort()).toEqual(expect.arrayContaining(state));
    await run(["convert", `${fixture("checkpoint.v1.12.1.pt")}#model`, path("c.safetensors")]);
    expect([...readSafetensors(bytesOf(path("c.safetensors"))).tensors.keys()]).toEqual(expect.arrayContaining(state));
    const none = await run(["convert", `${fixture("checkpoint.v1.12.1.pt")}#modell`, path("c.safetensors")]);
    expect(none.err).toMatch(/checkpoint\.v1\.12\.1\.pt: has nothing at 'modell'/);
  });

  it("keeps what is no tensor in the metadata, and refuses what is no data", async () => {
    await run(["convert", fixture("checkpoint.v2.15.0.pt"), path("all.safetensors")]);
    const { metadata } = readSafetensors(bytesOf(path("all.safetensors")));
    expect([metadata.get("epoch"), metadata.get("note")]).toEqual(["3", '"best"']);
    expect(metadata.get("optimizer.param_groups.0.betas")).toBe("[0.9,0.999]");
    const { err } = await run(["convert", fixture("dtypes.v1.12.1.pt"), path("no.safetensors")]);
    expect(err).toMatch(/'complex128' is of complex128, which safetensors does not have/);
  });

  it("makes values of them, and tensors of arrays", async () => {
    await run(["convert", fixture("dtypes.v2.15.0.pt"), path("d.pkl")]);
    const value = loads(bytesOf(path("d.pkl"))) as Dict<NdArray>;
    expect(value.get("bfloat16")!.dtype).toMatchObject({ kind: "f", itemsize: 4 });
    expect(value.get("int64")!.item(3)).toBe(2n ** 63n - 1n);
    writeFileSync(path("t.csv"), "a,b\n1,2.5\n3,4.5\n");
    await run(["convert", path("t.csv"), path("t.pt")]);
    const columns = readTorch(bytesOf(path("t.pt"))) as Dict<Tensor>;
    expect([columns.get("a")!.type.name, columns.get("b")!.tolist()]).toEqual(["int64", [2.5, 4.5]]);
    const { err } = await run(["convert", path("t.csv"), path("x.json"), "--from", "pth"]);
    expect(err).toMatch(/t\.csv: is no file of PyTorch/);
  });
});

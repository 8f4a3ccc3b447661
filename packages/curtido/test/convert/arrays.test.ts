import type { NdArray } from "@curtido/arrays";
import { Dict } from "@curtido/pickle";
import { describe, expect, it } from "vitest";
import { frames } from "../../../tables/test/kit.ts";
import { convertedNamed } from "../../src/convert/formats.ts";

describe("npy and npz", () => {
  it("hold tables as arrays, and arrays by name", async () => {
    const [npy, npz] = [convertedNamed("npy")!, convertedNamed("npz")!];
    const again = async (value: unknown) => (await npy.read(await npy.write(value, {}), {})) as NdArray;
    expect(
      (
        await again([
          [1n, 2n],
          [3n, 4n],
        ])
      ).tolist(),
    ).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect((await again([1n, 2.5])).tolist()).toEqual([1, 2.5]);
    expect((await again(["a", "bcd"])).dtype).toMatchObject({ kind: "U", itemsize: 12 });
    expect((await again([true])).dtype.kind).toBe("b");
    expect((await again(1.5)).shape).toEqual([]);
    expect((await again(frames.get("number_columns"))).tolist()).toEqual([
      [1.5, 2],
      [3, 4],
    ]);
    const objects = await again(frames.get("plain"));
    expect([objects.dtype.kind, objects.shape]).toEqual(["O", [3, 5]]);
    const archive = (await npz.read(await npz.write(frames.get("text_index"), {}), {})) as Dict<NdArray>;
    expect([...archive.keys()]).toEqual(["s", "i", "f", "b", "t"]);
    expect(((await npz.read(await npz.write([1n], {}), {})) as Dict<NdArray>).get("arr_0")!.tolist()).toEqual([1]);
    expect(() => npz.write(new Dict([["a/b", [1n]]]), {})).toThrow(/under the key 'a\/b'/);
    expect(() => npy.write(new Dict(), {})).toThrow(/npy cannot hold a dict/);
    expect(() => npy.write([[1n], [1n, 2n]], {})).toThrow(/npy cannot hold a list/);
  });
});

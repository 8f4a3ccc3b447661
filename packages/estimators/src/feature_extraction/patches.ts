/** @module PatchExtractor: small pictures out of larger ones (`sklearn.feature_extraction.image`). */

import { NdArray } from "@curtido/arrays";
import type { RandomState } from "@curtido/kernels";
import { featureError } from "../base/errors.ts";
import { Estimator, type InputRules } from "../base/estimator.ts";
import { asTable, type Rows, toInput } from "../base/input.ts";
import { randomSource } from "../base/random.ts";
import type { State } from "../base/state.ts";

/** Numbers that all patches may have together: 1 GiB of them. */
const MOST_NUMBERS = 2 ** 27;

/** Pictures as nested arrays, or an array `[pictures, height, width]` or `[pictures, height, width, channels]`. */
export type Pictures = NdArray | readonly (readonly (readonly (number | readonly number[])[])[])[];

/** Every patch of each picture, or as many as were asked for, drawn by lots. */
export class PatchExtractor extends Estimator {
  private readonly size: readonly [height: number, width: number] | undefined;
  /** A number of patches, or a share of them. */
  private readonly most: number | undefined;
  private readonly random: () => RandomState;

  constructor(state: State) {
    super(state);
    if (state.given("patch_size")) {
      const size = state.list("patch_size").map(Number);
      const fits = size.length === 2 && size.every((each) => Number.isInteger(each) && each > 0);
      this.size = fits ? [size[0]!, size[1]!] : state.fail("patch_size", "must be two integers above 0");
    }
    if (state.given("max_patches")) {
      this.most = state.number("max_patches");
      if (!(this.most > 0 && (this.most < 1 || Number.isInteger(this.most))))
        state.fail("max_patches", "must be a number of patches, or a share of them");
    }
    this.random = randomSource(state);
  }

  protected override inputRules(): InputRules {
    return { kind: "any", missing: false, sparse: false };
  }
  override task(): "transformation" {
    return "transformation";
  }
  override get readsOwnRows(): boolean {
    return true;
  }

  /** `[patches, height, width]`, or with channels as a fourth extent, picture by picture. */
  override transform(pictures: Pictures | Rows): NdArray {
    const array = pictures instanceof NdArray ? pictures : arrayOf(pictures);
    if (array.ndim !== 3 && array.ndim !== 4)
      throw featureError([{ detail: `expected pictures of three or four dimensions, found ${array.ndim}` }]);
    return this.extract(array);
  }

  /** Never called: {@link transform} takes pictures. Tells that there is a `transform`. */
  protected doTransform(X: NdArray): NdArray {
    return this.transform(X);
  }

  private extract(pictures: NdArray): NdArray {
    const [count, height, width, channels = 1] = pictures.shape as readonly number[] as [
      number,
      number,
      number,
      number?,
    ];
    const [tall, wide] = this.size ?? [Math.floor(height / 10), Math.floor(width / 10)];
    if (!(tall > 0 && wide > 0 && tall <= height && wide <= width))
      throw featureError([
        { detail: `a patch of ${tall} x ${wide} does not fit into pictures of ${height} x ${width}` },
      ]);
    const [down, across] = [height - tall + 1, width - wide + 1];
    const each = this.patchesOf(down * across);
    const length = count * each * tall * wide * channels;
    if (length > MOST_NUMBERS) throw featureError([{ detail: `${count * each} patches are more than fit` }]);
    const source = pictures.toFloat64();
    const out = new Float64Array(length);
    const random = this.random();
    const line = wide * channels;
    let to = 0;
    for (let picture = 0; picture < count; picture++) {
      for (const [top, left] of this.places(down, across, each, random)) {
        for (let row = 0; row < tall; row++, to += line) {
          const from = ((picture * height + top + row) * width + left) * channels;
          out.set(source.subarray(from, from + line), to);
        }
      }
    }
    return NdArray.of(out, channels > 1 ? [count * each, tall, wide, channels] : [count * each, tall, wide]);
  }

  private patchesOf(all: number): number {
    if (this.most === undefined) return all;
    return this.most < 1 ? Math.floor(this.most * all) : Math.min(this.most, all);
  }

  /** The upper left corners: all of them in order, or first all heights and then all widths that were drawn. */
  private places(down: number, across: number, count: number, random: RandomState): readonly [number, number][] {
    if (this.most === undefined)
      return Array.from({ length: count }, (_, at) => [Math.floor(at / across), at % across]);
    const tops = Array.from({ length: count }, () => random.below(down));
    return tops.map((top) => [top, random.below(across)]);
  }
}

function arrayOf(pictures: Exclude<Pictures, NdArray> | Rows): NdArray {
  if (!Array.isArray(pictures)) return asTable(toInput(pictures as Rows)) as NdArray;
  const shape: number[] = [];
  for (let level: unknown = pictures; Array.isArray(level); level = level[0]) shape.push(level.length);
  const flat = (pictures as unknown[]).flat(shape.length);
  const size = shape.reduce((product, extent) => product * extent, 1);
  if (flat.length !== size || !flat.every((value) => typeof value === "number"))
    throw featureError([{ detail: "pictures are nested arrays of numbers, all of one size" }]);
  return NdArray.of(Float64Array.from(flat as number[]), shape);
}

import { clusters as text } from "./generated/clusters.ts";
import { WasmKernel } from "./wasm.ts";

/** What assembly/clusters.ts exports. Addresses are in bytes. */
interface ClusterKernels {
  assign(
    x: number,
    rows: number,
    width: number,
    centers: number,
    padded: number,
    norms: number,
    labels: number,
    scratch: number,
  ): void;
  accumulate(
    x: number,
    weights: number,
    labels: number,
    rows: number,
    width: number,
    sums: number,
    totals: number,
  ): void;
}

const kernel = new WasmKernel(text);

/** Centers that are compared at a time. */
const BLOCK = 8;
const START = 64;
/** What a WebAssembly memory may have at most. */
const MOST_BYTES = 2 ** 32 - 65_536;

/**
 * Rows and centers in the memory of one WebAssembly instance: which center is nearest to each row, and what the rows of
 * each center add up to. Products are added in order of the features, sums in order of the rows.
 *
 * @example
 * const space = new ClusterSpace(3, 1, 2);
 * space.x.set([0, 1, 9]);
 * space.weights.fill(1);
 * space.assign(Float64Array.of(0, 8));
 * space.labels; // [0, 0, 1]
 */
export class ClusterSpace {
  /** `[rows, width]` */
  readonly x: Float64Array;
  readonly weights: Float64Array;
  readonly labels: Int32Array;
  /** After {@link accumulate}: `[clusters, width]`, and the weight of each cluster. */
  readonly sums: Float64Array;
  readonly totals: Float64Array;
  private readonly kernels: ClusterKernels;
  private readonly columns: Float64Array;
  private readonly norms: Float64Array;
  private readonly scratch: number;
  private readonly clusters: number;
  private readonly width: number;

  /** @throws RangeError when there is not that much memory */
  constructor(rows: number, width: number, clusters: number) {
    const padded = Math.ceil(clusters / BLOCK) * BLOCK;
    const lengths = [2 * BLOCK, rows * width, rows, Math.ceil(rows / 2), clusters * width, clusters, width * padded, padded];
    const places: number[] = [];
    let end = START;
    for (const length of lengths) {
      places.push(end);
      end += 16 * Math.ceil(length / 2);
    }
    if (!(end <= MOST_BYTES)) throw new RangeError(`${end} bytes are more than a WebAssembly memory has`);
    const { exports, buffer } = kernel.instantiate<ClusterKernels>(end);
    const doubles = (at: number) => new Float64Array(buffer, places[at]!, lengths[at]!);
    this.kernels = exports;
    this.scratch = places[0]!;
    this.x = doubles(1);
    this.weights = doubles(2);
    this.labels = new Int32Array(buffer, places[3]!, rows);
    this.sums = doubles(4);
    this.totals = doubles(5);
    this.columns = doubles(6);
    this.norms = doubles(7);
    this.clusters = clusters;
    this.width = width;
  }

  /** Sets {@link labels} to the nearest of the centers, `[clusters, width]`. */
  assign(centers: Float64Array): void {
    const { columns, norms, clusters, width, labels } = this;
    const padded = norms.length;
    norms.fill(Number.POSITIVE_INFINITY);
    for (let center = 0; center < clusters; center++) {
      let norm = 0;
      for (let k = 0; k < width; k++) {
        const value = centers[center * width + k]!;
        columns[k * padded + center] = value;
        norm += value * value;
      }
      norms[center] = norm;
    }
    this.kernels.assign(
      this.x.byteOffset,
      labels.length,
      width,
      columns.byteOffset,
      padded,
      norms.byteOffset,
      labels.byteOffset,
      this.scratch,
    );
  }

  /** Sets {@link sums} and {@link totals} by {@link labels}. */
  accumulate(): void {
    const { x, weights, labels, sums, totals, width } = this;
    sums.fill(0);
    totals.fill(0);
    const [rows, from] = [labels.length, x.byteOffset];
    this.kernels.accumulate(
      from,
      weights.byteOffset,
      labels.byteOffset,
      rows,
      width,
      sums.byteOffset,
      totals.byteOffset,
    );
  }
}

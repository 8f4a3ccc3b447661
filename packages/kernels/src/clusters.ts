import { fma } from "./fma.ts";
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
    squares: number,
    most: number,
    margin: number,
    doubtful: number,
  ): number;
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
/** What rounding may do to one of n products, relative to the squares of both vectors. */
const ROUNDING = 4 * Number.EPSILON;
/** What a WebAssembly memory may have at most. */
const MOST_BYTES = 2 ** 32 - 65_536;

/**
 * Rows and centers in the memory of one WebAssembly instance: which center is nearest to each row, and what the rows of
 * each center add up to. Products are added in order of the features, sums in order of the rows. Where two centers are
 * equally near but for rounding, the nearer one is that of BLAS with fused multiply-adds, as scikit-learn computes.
 *
 * @example
 * const space = new ClusterSpace(3, 1, 2);
 * space.x.set([0, 1, 9]);
 * space.weights.fill(1);
 * space.ready();
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
  private readonly squares: Float64Array;
  private readonly doubtful: Uint32Array;
  private readonly scratch: number;
  private readonly clusters: number;
  private readonly width: number;

  /** @throws RangeError when there is not that much memory */
  constructor(rows: number, width: number, clusters: number) {
    const padded = Math.ceil(clusters / BLOCK) * BLOCK;
    const half = Math.ceil(rows / 2);
    const lengths = [
      2 * BLOCK,
      rows * width,
      rows,
      half,
      clusters * width,
      clusters,
      width * padded,
      padded,
      rows,
      half,
    ];
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
    this.squares = doubles(8);
    this.doubtful = new Uint32Array(buffer, places[9]!, rows);
    this.clusters = clusters;
    this.width = width;
  }

  /** Where {@link x} was set: prepares its rows. */
  ready(): void {
    const { x, squares, width } = this;
    for (let row = 0; row < squares.length; row++) squares[row] = squaredNorm(x, row * width, width);
  }

  /** Sets {@link labels} to the nearest of the centers, `[clusters, width]`; {@link ready} comes first. */
  assign(centers: Float64Array): void {
    const { columns, norms, clusters, width, labels } = this;
    const padded = norms.length;
    norms.fill(Number.POSITIVE_INFINITY);
    let most = 0;
    for (let center = 0; center < clusters; center++) {
      for (let k = 0; k < width; k++) columns[k * padded + center] = centers[center * width + k]!;
      norms[center] = squaredNorm(centers, center * width, width);
      most = Math.max(most, norms[center]!);
    }
    const margin = ROUNDING * (width + 4);
    const count = this.kernels.assign(
      this.x.byteOffset,
      labels.length,
      width,
      columns.byteOffset,
      padded,
      norms.byteOffset,
      labels.byteOffset,
      this.scratch,
      this.squares.byteOffset,
      most,
      margin,
      this.doubtful.byteOffset,
    );
    for (const row of this.doubtful.subarray(0, count)) labels[row] = this.nearest(row, centers);
  }

  /** The nearest center, each product fused into its sum. */
  private nearest(row: number, centers: Float64Array): number {
    const { x, norms, width } = this;
    let best = 0;
    let least = Number.POSITIVE_INFINITY;
    for (let center = 0; center < this.clusters; center++) {
      let sum = 0;
      for (let k = 0; k < width; k++) sum = fma(x[row * width + k]!, centers[center * width + k]!, sum);
      const distance = fma(-2, sum, norms[center]!);
      if (distance < least) [least, best] = [distance, center];
    }
    return best;
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

/** The sum of squares in the order of `numpy.einsum("ij,ij->i")`: two sums, by eights from the last pair to the first, then by twos. */
function squaredNorm(a: Float64Array, from: number, n: number): number {
  let even = 0;
  let odd = 0;
  let at = from;
  const end = from + n;
  for (; at + 8 <= end; at += 8) {
    for (let pair = at + 6; pair >= at; pair -= 2) {
      even += a[pair]! * a[pair]!;
      odd += a[pair + 1]! * a[pair + 1]!;
    }
  }
  for (; at < end; at += 2) {
    even += a[at]! * a[at]!;
    if (at + 1 < end) odd += a[at + 1]! * a[at + 1]!;
  }
  return even + odd;
}

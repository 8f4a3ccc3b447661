/** @module Matrices without WebAssembly: the same additions in the same order as assembly/matrix.ts. */

import type { MatrixOperations, Strided } from "./operations.ts";

/** The operations on one memory. */
export class PlainMatrices implements MatrixOperations {
  readonly #data: Float64Array;

  constructor(data: Float64Array) {
    this.#data = data;
  }

  multiply(a: Strided, b: Strided, c: Strided, m: number, n: number, k: number, lower: boolean): void {
    const data = this.#data;
    for (let i = 0; i < m; i++) {
      // Rows come by fours, and what is left of them singly.
      const end = lower && i < m - (m % 4) ? Math.min(n, i - (i % 4) + 4) : n;
      for (let p = 0; p < k; p++) {
        const x = data[a.at + i * a.row + p * a.column]!;
        const from = b.at + p * b.row;
        const to = c.at + i * c.row;
        for (let j = 0; j < end; j++) data[to + j]! += x * data[from + j]!;
      }
    }
  }

  dot(a: number, b: number, n: number): number {
    const data = this.#data;
    const whole = n - (n % 4);
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    let i = 0;
    for (; i < whole; i += 4) {
      s0 += data[a + i]! * data[b + i]!;
      s1 += data[a + i + 1]! * data[b + i + 1]!;
      s2 += data[a + i + 2]! * data[b + i + 2]!;
      s3 += data[a + i + 3]! * data[b + i + 3]!;
    }
    let sum = s0 + s2 + (s1 + s3);
    for (; i < n; i++) sum += data[a + i]! * data[b + i]!;
    return sum;
  }

  axpy(factor: number, x: number, y: number, n: number): void {
    const data = this.#data;
    for (let i = 0; i < n; i++) data[y + i]! += factor * data[x + i]!;
  }

  reduce(triangle: number, block: number, rows: number, n: number, columns: number): void {
    const data = this.#data;
    for (let j = 0; j < n; j++) {
      const v = block + j * rows;
      const row = triangle + j * columns;
      const norm2 = this.dot(v, v, rows);
      if (norm2 === 0) continue;
      const alpha = data[row + j]!;
      const norm = Math.sqrt(alpha * alpha + norm2);
      const beta = alpha > 0 ? -norm : norm;
      const scale = 1 / (alpha - beta);
      for (let at = v; at < v + rows; at++) data[at]! *= scale;
      const tau = (beta - alpha) / beta;
      data[row + j] = beta;
      for (let k = j + 1; k < columns; k++) {
        const column = block + k * rows;
        const w = tau * (data[row + k]! + this.dot(v, column, rows));
        data[row + k]! -= w;
        this.axpy(-w, v, column, rows);
      }
    }
  }

  orthogonalize(
    vectors: number,
    count: number,
    length: number,
    right: number,
    width: number,
    norms: number,
    tolerance: number,
  ): number {
    const data = this.#data;
    const norm = (i: number) => {
      data[norms + i] = this.dot(vectors + i * length, vectors + i * length, length);
    };
    let turned = 0;
    for (let i = 0; i < count; i++) norm(i);
    for (let i = 0; i + 1 < count; i++) {
      for (let j = i + 1; j < count; j++) {
        const [a, b] = [vectors + i * length, vectors + j * length];
        const aa = data[norms + i]!;
        const bb = data[norms + j]!;
        const ab = this.dot(a, b, length);
        if (Math.abs(ab) <= tolerance * Math.sqrt(aa) * Math.sqrt(bb)) continue;
        const zeta = (bb - aa) / (2 * ab);
        const tangent = (zeta >= 0 ? 1 : -1) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
        const cosine = 1 / Math.sqrt(1 + tangent * tangent);
        this.#turn(a, b, length, cosine, cosine * tangent);
        this.#turn(right + i * width, right + j * width, width, cosine, cosine * tangent);
        norm(i);
        norm(j);
        turned++;
      }
    }
    return turned;
  }

  center(x: number, rows: number, width: number, means: number, roots: number | undefined): void {
    const data = this.#data;
    for (let row = 0, at = x; row < rows; row++) {
      const root = roots === undefined ? 1 : data[roots + row]!;
      for (let k = 0; k < width; k++, at++) data[at] = (data[at]! - data[means + k]!) * root;
    }
  }

  transpose(x: number, rows: number, width: number, out: number, step: number): void {
    const data = this.#data;
    for (let row = 0, at = x; row < rows; row++)
      for (let k = 0; k < width; k++, at++) data[out + k * step + row] = data[at]!;
  }

  #turn(a: number, b: number, n: number, cosine: number, sine: number): void {
    const data = this.#data;
    for (let i = 0; i < n; i++) {
      const x = data[a + i]!;
      const y = data[b + i]!;
      data[a + i] = cosine * x - sine * y;
      data[b + i] = sine * x + cosine * y;
    }
  }
}

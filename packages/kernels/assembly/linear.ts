// out = x w + b with SIMD over the outputs: every element is the sum, in order of the inputs, that src/affine-map.ts has.
// w comes in panels of four outputs, [ceil(outputs / 4)][inputs][4], zero where there is no output; so does b.

@inline function times(x: usize, w: v128, sum: v128): v128 {
  return f64x2.add(sum, f64x2.mul(v128.load_splat<f64>(x), w));
}

/** Four rows, one panel. */
@inline function tile(x: usize, xStride: usize, inputs: usize, w: usize, b: usize, out: usize, outStride: usize): void {
  let r0 = x, r1 = x + xStride, r2 = r1 + xStride, r3 = r2 + xStride;
  let a0 = f64x2.splat(0), a1 = a0, b0 = a0, b1 = a0, c0 = a0, c1 = a0, d0 = a0, d1 = a0;
  for (const end = w + (inputs << 5); w < end; w += 32, r0 += 8, r1 += 8, r2 += 8, r3 += 8) {
    const left = v128.load(w), right = v128.load(w, 16);
    a0 = times(r0, left, a0); a1 = times(r0, right, a1);
    b0 = times(r1, left, b0); b1 = times(r1, right, b1);
    c0 = times(r2, left, c0); c1 = times(r2, right, c1);
    d0 = times(r3, left, d0); d1 = times(r3, right, d1);
  }
  const left = v128.load(b), right = v128.load(b, 16);
  v128.store(out, f64x2.add(a0, left)); v128.store(out, f64x2.add(a1, right), 16);
  out += outStride;
  v128.store(out, f64x2.add(b0, left)); v128.store(out, f64x2.add(b1, right), 16);
  out += outStride;
  v128.store(out, f64x2.add(c0, left)); v128.store(out, f64x2.add(c1, right), 16);
  out += outStride;
  v128.store(out, f64x2.add(d0, left)); v128.store(out, f64x2.add(d1, right), 16);
}

/** One row, four panels. */
@inline function strip(x: usize, inputs: usize, w: usize, b: usize, out: usize): void {
  const panel = inputs << 5;
  let w1 = w + panel, w2 = w1 + panel, w3 = w2 + panel;
  let a0 = f64x2.splat(0), a1 = a0, b0 = a0, b1 = a0, c0 = a0, c1 = a0, d0 = a0, d1 = a0;
  for (const end = w + panel; w < end; w += 32, w1 += 32, w2 += 32, w3 += 32, x += 8) {
    a0 = times(x, v128.load(w), a0); a1 = times(x, v128.load(w, 16), a1);
    b0 = times(x, v128.load(w1), b0); b1 = times(x, v128.load(w1, 16), b1);
    c0 = times(x, v128.load(w2), c0); c1 = times(x, v128.load(w2, 16), c1);
    d0 = times(x, v128.load(w3), d0); d1 = times(x, v128.load(w3, 16), d1);
  }
  v128.store(out, f64x2.add(a0, v128.load(b))); v128.store(out, f64x2.add(a1, v128.load(b, 16)), 16);
  v128.store(out, f64x2.add(b0, v128.load(b, 32)), 32); v128.store(out, f64x2.add(b1, v128.load(b, 48)), 48);
  v128.store(out, f64x2.add(c0, v128.load(b, 64)), 64); v128.store(out, f64x2.add(c1, v128.load(b, 80)), 80);
  v128.store(out, f64x2.add(d0, v128.load(b, 96)), 96); v128.store(out, f64x2.add(d1, v128.load(b, 112)), 112);
}

/** Rows by fours; there is room for three more in `x` and `out`, and for `panels` panels in each row of `out`. */
export function rows(x: usize, n: usize, inputs: usize, w: usize, b: usize, panels: usize, out: usize): void {
  const xStride = inputs << 3, outStride = panels << 5;
  for (let p: usize = 0; p < panels; p++, w += inputs << 5, b += 32, out += 32) {
    for (let i: usize = 0; i < n; i += 4) tile(x + i * xStride, xStride, inputs, w, b, out + i * outStride, outStride);
  }
}

/** One row; `panels` is a multiple of four. */
export function row(x: usize, inputs: usize, w: usize, b: usize, panels: usize, out: usize): void {
  for (let p: usize = 0; p < panels; p += 4, w += inputs << 7, b += 128, out += 128) strip(x, inputs, w, b, out);
}

// Products of rows with the coefficients of all targets, which lie side by side for each feature.

@inline function fused(sum: v128, a: v128, b: v128): v128 {
  return f64x2.add(sum, f64x2.mul(a, b));
}

@inline function lanes(sum: v128): f64 {
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}

@inline function splat(at: usize): v128 {
  return v128.load_splat<f64>(at);
}

/** Keeps both numbers of a pair, or where it is half beyond the last target only the first. */
@inline function keep(to: usize, pair: v128, both: bool): void {
  if (both) v128.store(to, pair);
  else v128.store64_lane(to, pair, 0);
}

/** Four rows, one target: even features and odd ones apart. */
@inline function fourOfOne(x: usize, width: usize, w: usize, out: usize): void {
  const step = width << 3, pairs = step & ~15;
  const x1 = x + step, x2 = x1 + step, x3 = x2 + step;
  let a = f64x2.splat(0), b = a, c = a, d = a;
  for (let k: usize = 0; k < pairs; k += 16) {
    const factor = v128.load(w + k);
    a = fused(a, v128.load(x + k), factor); b = fused(b, v128.load(x1 + k), factor);
    c = fused(c, v128.load(x2 + k), factor); d = fused(d, v128.load(x3 + k), factor);
  }
  let r0 = lanes(a), r1 = lanes(b), r2 = lanes(c), r3 = lanes(d);
  if (pairs < step) {
    const factor = load<f64>(w + pairs);
    r0 += load<f64>(x + pairs) * factor; r1 += load<f64>(x1 + pairs) * factor;
    r2 += load<f64>(x2 + pairs) * factor; r3 += load<f64>(x3 + pairs) * factor;
  }
  store<f64>(out, r0); store<f64>(out, r1, 8); store<f64>(out, r2, 16); store<f64>(out, r3, 24);
}

/** Four rows, four targets. */
@inline function tile(x: usize, step: usize, w: usize, line: usize, out: usize): void {
  let r1 = x + step, r2 = r1 + step, r3 = r2 + step;
  let s0 = f64x2.splat(0), t0 = s0, s1 = s0, t1 = s0, s2 = s0, t2 = s0, s3 = s0, t3 = s0;
  for (const end = x + step; x < end; x += 8, r1 += 8, r2 += 8, r3 += 8, w += line) {
    const left = v128.load(w), right = v128.load(w, 16);
    let v = splat(x);
    s0 = fused(s0, v, left); t0 = fused(t0, v, right);
    v = splat(r1);
    s1 = fused(s1, v, left); t1 = fused(t1, v, right);
    v = splat(r2);
    s2 = fused(s2, v, left); t2 = fused(t2, v, right);
    v = splat(r3);
    s3 = fused(s3, v, left); t3 = fused(t3, v, right);
  }
  v128.store(out, s0); v128.store(out, t0, 16);
  out += line;
  v128.store(out, s1); v128.store(out, t1, 16);
  out += line;
  v128.store(out, s2); v128.store(out, t2, 16);
  out += line;
  v128.store(out, s3); v128.store(out, t3, 16);
}

/** Four rows, two targets, or the last one. */
@inline function pairOfFour(x: usize, step: usize, w: usize, line: usize, out: usize, both: bool): void {
  let r1 = x + step, r2 = r1 + step, r3 = r2 + step;
  let s0 = f64x2.splat(0), s1 = s0, s2 = s0, s3 = s0;
  for (const end = x + step; x < end; x += 8, r1 += 8, r2 += 8, r3 += 8, w += line) {
    const factor = v128.load(w);
    s0 = fused(s0, splat(x), factor); s1 = fused(s1, splat(r1), factor);
    s2 = fused(s2, splat(r2), factor); s3 = fused(s3, splat(r3), factor);
  }
  keep(out, s0, both); keep(out + line, s1, both);
  keep(out + 2 * line, s2, both); keep(out + 3 * line, s3, both);
}

/** Four rows. */
export function four(x: usize, width: usize, w: usize, targets: usize, out: usize): void {
  if (targets == 1) {
    fourOfOne(x, width, w, out);
    return;
  }
  const step = width << 3, line = targets << 3;
  let k: usize = 0;
  for (; k + 4 <= targets; k += 4) tile(x, step, w + (k << 3), line, out + (k << 3));
  for (; k < targets; k += 2) pairOfFour(x, step, w + (k << 3), line, out + (k << 3), k + 1 < targets);
}

/** One row. */
export function one(x: usize, width: usize, w: usize, targets: usize, out: usize): void {
  const line = targets << 3;
  for (let k: usize = 0; k < line; k += 8) {
    let sum: f64 = 0;
    for (let feature: usize = 0; feature < width; feature++)
      sum += load<f64>(x + (feature << 3)) * load<f64>(w + feature * line + k);
    store<f64>(out + k, sum);
  }
}

// Adds the products of slopes and features to the gradient, which lies feature after feature for each target.

@inline function times(factor: v128, at: usize): v128 {
  return f64x2.mul(factor, v128.load(at));
}

/** Four rows at once: the gradient is read and written once for all of them. */
export function addFour(x: usize, width: usize, slopes: usize, targets: usize, gradient: usize): void {
  const step = width << 3, line = targets << 3, pairs = step & ~15;
  const x1 = x + step, x2 = x1 + step, x3 = x2 + step;
  for (let target: usize = 0; target < targets; target++, slopes += 8, gradient += step) {
    const s0 = load<f64>(slopes), s1 = load<f64>(slopes + line);
    const s2 = load<f64>(slopes + 2 * line), s3 = load<f64>(slopes + 3 * line);
    const f0 = f64x2.splat(s0), f1 = f64x2.splat(s1), f2 = f64x2.splat(s2), f3 = f64x2.splat(s3);
    for (let k: usize = 0; k < pairs; k += 16) {
      const first = f64x2.add(times(f0, x + k), times(f1, x1 + k));
      const second = f64x2.add(times(f2, x2 + k), times(f3, x3 + k));
      v128.store(gradient + k, f64x2.add(v128.load(gradient + k), f64x2.add(first, second)));
    }
    if (pairs == step) continue;
    const first = s0 * load<f64>(x + pairs) + s1 * load<f64>(x1 + pairs);
    const second = s2 * load<f64>(x2 + pairs) + s3 * load<f64>(x3 + pairs);
    store<f64>(gradient + pairs, load<f64>(gradient + pairs) + (first + second));
  }
}

/** One row. */
export function addOne(x: usize, width: usize, slopes: usize, targets: usize, gradient: usize): void {
  const step = width << 3;
  for (let target: usize = 0; target < targets; target++, slopes += 8, gradient += step) {
    const slope = load<f64>(slopes);
    for (let k: usize = 0; k < step; k += 8)
      store<f64>(gradient + k, load<f64>(gradient + k) + slope * load<f64>(x + k));
  }
}

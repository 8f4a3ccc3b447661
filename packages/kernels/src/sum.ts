export function pairwiseSum(a: Float64Array): number { let s = -0; for (const x of a) s += x; return s; }

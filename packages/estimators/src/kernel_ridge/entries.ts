import type { Entries } from "../base/entry.ts";
import { KernelRidge } from "./kernel_ridge.ts";

/** Kernel ridge regression. */
export const kernelRidgeEntries: Entries = [
  { name: "sklearn.kernel_ridge.KernelRidge", revive: (state) => new KernelRidge(state) },
];

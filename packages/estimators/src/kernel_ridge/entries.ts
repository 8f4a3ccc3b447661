import type { Entries } from "../base/entry.ts";
import { KernelRidge } from "./kernel_ridge.ts";

/** Kernel ridge regression. */
export const kernelRidgeEntries: Entries = {
  "sklearn.kernel_ridge.KernelRidge": (state) => new KernelRidge(state),
};

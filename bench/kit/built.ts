/** @module The packages as users get them. */

import { spawnSync } from "node:child_process";
import { ROOT } from "./process.ts";

/** Builds what is older than its sources. @throws Error when that fails */
export function build(): void {
  const { status } = spawnSync(process.execPath, ["scripts/build.mjs"], { cwd: ROOT, stdio: "inherit" });
  if (status !== 0) throw new Error("npm run build failed");
}

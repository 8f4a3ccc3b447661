import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";

const root = join(import.meta.dirname, "..");
const lock = join(root, "node_modules", ".curtido-build");

/** Builds what is out of date; one test file at a time, because each starts from empty folders. */
export async function build(): Promise<void> {
  for (let waited = 0; ; waited += 200) {
    try {
      mkdirSync(lock);
      break;
    } catch {
      // Another test file builds; one that was killed leaves the lock behind, which counts for two minutes.
      if (waited >= 120_000) break;
      await setTimeout(200);
    }
  }
  try {
    execFileSync("npm", ["run", "build", "--silent"], {
      cwd: root,
      stdio: "ignore",
      shell: process.platform === "win32",
    });
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

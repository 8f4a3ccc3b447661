// What is written here, read by Python: `npm run test:oracle`. CURTIDO_BENCH_PYTHON names an interpreter with scikit-learn;
// pickles are written for its release.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const python = process.env["CURTIDO_BENCH_PYTHON"];
if (python === undefined) {
  console.error("CURTIDO_BENCH_PYTHON names no Python with scikit-learn: nothing was compared");
  process.exit(1);
}
const root = join(import.meta.dirname, "..");
const run = (command, args, stdio = "inherit") => execFileSync(command, args, { cwd: root, stdio, encoding: "utf8" });
const tsx = (...args) => run(process.execPath, ["--conditions=curtido-source", "--import", "tsx", ...args]);
const folder = mkdtempSync(join(tmpdir(), "curtido-oracle-"));
try {
  const release = run(python, ["-c", "import sklearn; print(sklearn.__version__)"], "pipe").trim();
  console.log(`scikit-learn ${release}`);
  tsx("packages/estimators/test/fit/write.ts", join(folder, "fit"), release);
  run(python, ["oracle/fit.py", "check", join(folder, "fit")]);
  tsx("scripts/written.ts", join(folder, "written"));
  run(python, ["oracle/written.py", join(folder, "written")]);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

// Builds what is published: every package's dist/, in the order in which they import each other.
import { build } from "tsdown";

const quiet = process.argv.includes("--verbose") ? "info" : "warn";
const shared = { format: "esm", target: "node20", platform: "node", logLevel: quiet, sourcemap: false, fixedExtension: false };

for (const name of ["pickle", "kernels", "arrays", "estimators", "server", "curtido"]) {
  const cwd = new URL(`../packages/${name}/`, import.meta.url).pathname;
  const entry = name === "curtido" ? ["src/index.ts", "src/cli.ts"] : ["src/index.ts"];
  await build({ ...shared, cwd, entry, dts: true, config: false, clean: true });
}

/** @module A plugin of the build: the licences of what is bundled stand beside the bundle. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const INSIDE = /^(.*\/node_modules\/((?:@[^/]+\/)?[^/]+))\//;
const LICENSE = /^(licen[cs]e|copying|notice)/i;

/** Writes `LICENSES.txt`: every package that is bundled, with the files in which it says its licence. */
export const licenses = {
  name: "licenses",
  generateBundle(_options, bundle) {
    const folders = new Map();
    for (const chunk of Object.values(bundle))
      for (const id of chunk.moduleIds ?? []) {
        const [, folder, name] = INSIDE.exec(id.replace(/^\0/, "")) ?? [];
        if (folder !== undefined && existsSync(join(folder, "package.json"))) folders.set(name, folder);
      }
    if (folders.size === 0) return;
    const parts = [...folders].sort().map(([name, folder]) => textOf(name, folder));
    this.emitFile({ type: "asset", fileName: "LICENSES.txt", source: `${parts.join(`\n${"-".repeat(80)}\n\n`)}` });
  },
};

function textOf(name, folder) {
  const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const files = readdirSync(folder).filter((file) => LICENSE.test(file));
  const said = files.map((file) => readFileSync(join(folder, file), "utf8").trim());
  return `${name} ${version} (${license})\n\n${said.join("\n\n") || `Its package says no more than ${license}.`}\n`;
}

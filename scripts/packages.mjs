// What is published, looked at as those see it who install it: `npm run packages`, a part of `npm run check`.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { publint } from "publint";
import { formatMessage } from "publint/utils";

const root = join(import.meta.dirname, "..");
const names = readdirSync(join(root, "packages")).sort();
const folder = mkdtempSync(join(tmpdir(), "curtido-packages-"));
/** What every tarball holds. */
const FILES = ["LICENSE", "NOTICE", "README.md", "package.json"];
/** Resolutions that are not promised: the packages are ES modules, for Node and bundlers. */
const NOT_PROMISED = new Set(["node10", "node16-cjs"]);
let problems = 0;

function problem(name, words) {
  console.error(`${name}: ${words}`);
  problems++;
}

/** Whether everything in `package.json` leads somewhere. */
async function lint(name, pkgDir) {
  const { messages, pkg } = await publint({ pkgDir, level: "warning", pack: false });
  for (const message of messages) problem(name, formatMessage(message, pkg));
}

/** Whether the types of each entry are those of its code, for every way in which TypeScript finds them. */
async function types(name, tarball) {
  const found = await checkPackage(createPackageFromTarballData(new Uint8Array(readFileSync(tarball))));
  for (const each of found.problems ?? [])
    if (!NOT_PROMISED.has(each.resolutionKind))
      problem(name, `${each.kind} ${each.entrypoint ?? ""} (${each.resolutionKind ?? ""})`);
}

try {
  const places = names.map((name) => `./packages/${name}`);
  const args = ["pack", "--json", "--ignore-scripts", "--pack-destination", folder, ...places];
  const packed = JSON.parse(
    execFileSync("npm", args, {
      cwd: root,
      encoding: "utf8",
      shell: process.platform === "win32",
      stdio: ["ignore", "pipe", "ignore"],
    }),
  );
  for (const { name, filename, files } of packed) {
    for (const file of FILES) if (!files.some(({ path }) => path === file)) problem(name, `its tarball has no ${file}`);
    await types(name, join(folder, filename));
  }
  for (const name of names) await lint(name, join(root, "packages", name));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
if (problems > 0) process.exit(1);
console.log(`${names.length} packages are fit to publish`);

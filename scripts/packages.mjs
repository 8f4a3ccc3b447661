// What is published, looked at as those see it who install it: `npm run packages`, a part of `npm run check`.
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
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

/** The most megabytes that an installation takes; without the embedded database's build for the other C library, less. */
const MOST = { all: 45, lean: 25 };

function sizeOf(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(
      (entry) => entry.isFile() && !join(entry.parentPath, entry.name).slice(folder.length).includes("node_modules"),
    )
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}

/** Bytes of what is installed beside our own packages, by name: what they need, and what that needs, as far as it is here. */
function needed() {
  const found = new Map();
  const visit = (folder) => {
    const { dependencies = {}, optionalDependencies = {} } = JSON.parse(
      readFileSync(join(folder, "package.json"), "utf8"),
    );
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
      const place = [join(folder, "node_modules", name), join(root, "node_modules", name)].find((each) =>
        existsSync(each),
      );
      if (place === undefined || name.startsWith("@curtido/") || found.has(name)) continue;
      found.set(name, sizeOf(place));
      visit(place);
    }
  };
  for (const name of names) visit(join(root, "packages", name));
  return found;
}

/** Whether an installation is as small as it should be. */
function weigh(packed) {
  const own = packed.reduce((sum, { unpackedSize }) => sum + unpackedSize, 0);
  const others = needed();
  const all = own + [...others.values()].reduce((sum, size) => sum + size, 0);
  const musl = [...others].filter(([name]) => name.endsWith("-musl")).reduce((sum, [, size]) => sum + size, 0);
  for (const [what, bytes] of Object.entries({ all, lean: all - musl })) {
    const megabytes = bytes / 1e6;
    console.log(`installed, ${what}: ${megabytes.toFixed(1)} MB, at most ${MOST[what]}`);
    if (megabytes > MOST[what]) problem("curtido", `an installation takes ${megabytes.toFixed(1)} MB`);
  }
  if (process.argv.includes("--sizes"))
    for (const [name, size] of [...others].sort((a, b) => b[1] - a[1]).slice(0, 20))
      console.log(`  ${(size / 1e6).toFixed(2)}  ${name}`);
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
  weigh(packed);
  for (const name of names) await lint(name, join(root, "packages", name));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
if (problems > 0) process.exit(1);
console.log(`${names.length} packages are fit to publish`);

// Builds what is published: every package's dist/, in the order in which they import each other. What is newer than its
// sources is left alone; `--force` builds it anyway.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { licenses } from "./licenses.mjs";
import { pure } from "./pure.mjs";

const logLevel = process.argv.includes("--verbose") ? "info" : "error";
const force = process.argv.includes("--force");
const shared = {
  format: "esm",
  target: "node20",
  platform: "node",
  logLevel,
  sourcemap: false,
  fixedExtension: false,
  dts: true,
  config: false,
  clean: true,
};
const own = Math.max(
  ...["build.mjs", "licenses.mjs", "pure.mjs"].map((name) => statSync(new URL(name, import.meta.url)).mtimeMs),
);
/** Packages that people bundle for a browser. */
const BUNDLED = new Set(["pickle", "kernels", "arrays", "tables", "estimators"]);

/** The entries of a package: its exports, and what its command runs; module hooks are loaded as a file of their own. */
function entriesOf(cwd) {
  const { exports, bin } = JSON.parse(readFileSync(`${cwd}package.json`, "utf8"));
  const sources = Object.values(exports).flatMap(sourcesOf);
  return bin === undefined ? sources : [...sources, "src/cli.ts", "src/typescript.ts"];
}

/** The sources of an export, those of its other conditions too. */
function sourcesOf(conditions) {
  return Object.entries(conditions).flatMap(([condition, target]) => {
    if (condition === "curtido-source") return [target.replace("./", "")];
    return typeof target === "object" ? sourcesOf(target) : [];
  });
}

function newest(path) {
  const found = statSync(path);
  if (!found.isDirectory()) return found.mtimeMs;
  return Math.max(found.mtimeMs, ...readdirSync(path).map((name) => newest(`${path}/${name}`)));
}

function isFresh(cwd, entries) {
  const made = entries.flatMap((entry) =>
    [".js", ".d.ts"].map((ending) => cwd + entry.replace("src/", "dist/").replace(/\.ts$/, ending)),
  );
  if (!made.every((file) => existsSync(file))) return false;
  const since = Math.max(own, newest(`${cwd}src`), newest(`${cwd}package.json`));
  return made.every((file) => statSync(file).mtimeMs > since);
}

/** The reference page's script and styles are sent by the server itself, without their package, which phones home. */
const REFERENCE = ["swagger-ui-bundle.js", "swagger-ui-bundle.js.LICENSE.txt", "swagger-ui.css", "LICENSE", "NOTICE"];

function copyReference(cwd) {
  const from = dirname(createRequire(import.meta.url).resolve("swagger-ui-dist/package.json"));
  mkdirSync(join(cwd, "dist/assets"), { recursive: true });
  for (const file of REFERENCE) cpSync(join(from, file), join(cwd, "dist/assets", file));
}

/**
 * The estimators' rows have a path for each family, and most programs import all of them: one file is read in half the time
 * of sixty. A bundler takes what it needs out of it.
 */
const splitting = (name) =>
  name !== "estimators"
    ? {}
    : {
        outputOptions: {
          codeSplitting: { groups: [{ name: "estimators", test: /estimators\/src\/(?!fit\/|node\/).*(?<!\.d)\.ts$/ }] },
        },
      };

for (const name of ["pickle", "kernels", "arrays", "tables", "estimators", "server", "curtido"]) {
  const cwd = fileURLToPath(new URL(`../packages/${name}/`, import.meta.url));
  const entry = entriesOf(cwd);
  // npm packs what lies in a package's own folder.
  for (const file of ["LICENSE", "NOTICE"])
    cpSync(fileURLToPath(new URL(`../${file}`, import.meta.url)), join(cwd, file));
  if (!force && isFresh(cwd, entry)) continue;
  const { build } = await import("tsdown");
  await build({
    ...shared,
    ...splitting(name),
    cwd,
    entry,
    plugins: BUNDLED.has(name) ? [pure, licenses] : [licenses],
  });
  if (name === "server") copyReference(cwd);
}

// Proves who imports whom: every import in packages/*/src against the one table below. Run by `npm run check`.
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";

const ROOT = new URL("../", import.meta.url).pathname;

/** What a package's source may import beside its own files. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  pickle: [],
  kernels: [],
  arrays: ["@curtido/pickle"],
  estimators: ["@curtido/arrays", "@curtido/kernels", "@curtido/pickle"],
  server: [
    "@curtido/arrays",
    "@curtido/estimators",
    "@curtido/pickle",
    "@hono/node-server",
    "aws4fetch",
    "hono",
    "kysely",
    "libsql",
    "nunjucks",
    "papaparse",
    "pg",
    "@uwdata/flechette",
    "hyparquet",
    "hyparquet-compressors",
    "pino",
    "prom-client",
    "read-excel-file",
    "node",
  ],
  curtido: [
    "@curtido/arrays",
    "@curtido/estimators",
    "@curtido/pickle",
    "@curtido/server",
    "commander",
    "hyparquet",
    "hyparquet-compressors",
    "hyparquet-writer",
    "papaparse",
    "picocolors",
    "read-excel-file",
    "sucrase",
    "write-excel-file",
    "node",
  ],
};

/** Files that may use Node although their package runs in a browser. */
const NODE_ENTRIES = new Set(["packages/arrays/src/node.ts"]);

/** Rooms within a package: what files of the first may not import. */
const ROOMS: readonly (readonly [from: RegExp, never: RegExp, why: string])[] = [
  [
    /^packages\/server\/src\/representations\//,
    /\/(resources|serving|store)\//,
    "representations know neither resources nor serving",
  ],
  [/^packages\/server\/src\/serving\//, /\/(resources|representations)\//, "serving knows no HTTP"],
  [
    /^packages\/estimators\/src\/(?!fit\/|testing\/)/,
    /\/(fit|testing)\//,
    "inference knows neither training nor tests",
  ],
  [/^packages\/estimators\/src\/base\//, /estimators\/src\/(?!base\/)/, "the base knows no family"],
];

const IMPORT = /(?:^|\n)\s*(?:import|export)\s(?:[^"';]*?\sfrom\s)?["']([^"']+)["']|\bimport\(\s*["']([^"']+)["']/g;

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
    .map((name) => join(folder, name));
}

function problemsOf(name: string, file: string): string[] {
  const place = relative(ROOT, file);
  const text = readFileSync(file, "utf8").replace(/\/\*[\s\S]*?\*\//g, "");
  const targets = [...text.matchAll(IMPORT)].map((match) => match[1] ?? match[2]!);
  return targets.flatMap((target) => {
    if (target.startsWith(".")) return roomProblems(place, relative(ROOT, join(file, "..", target)));
    const bare = target.startsWith("node:")
      ? "node"
      : target
          .split("/")
          .slice(0, target.startsWith("@") ? 2 : 1)
          .join("/");
    if (bare === "node" && NODE_ENTRIES.has(place)) return [];
    return MAY_IMPORT[name]!.includes(bare) ? [] : [`${place} imports ${target}, which ${name} may not`];
  });
}

function roomProblems(place: string, target: string): string[] {
  const own = /^packages\/([^/]+)\//.exec(place)?.[1];
  if (!target.startsWith(`packages/${own}/`)) return [`${place} reaches into ${target}`];
  return ROOMS.filter(([from, never]) => from.test(place) && never.test(target)).map(
    ([, , why]) => `${place} imports ${target}: ${why}`,
  );
}

const problems = Object.keys(MAY_IMPORT).flatMap((name) =>
  sources(join(ROOT, "packages", name, "src")).flatMap((file) => problemsOf(name, file)),
);
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exit(1);
console.log("boundaries hold");

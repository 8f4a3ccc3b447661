// What a page must load to use a part of the library: `npm run bundles` prints the bytes of each bundle, minified and
// compressed, from the sources and from what is published, and fails above a limit. Adding a bundle is adding a row.
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

/** One bundle: the program that is bundled, and the bytes that it may come to, compressed. */
interface Row {
  readonly name: string;
  readonly source: string;
  readonly limit: number;
}

/** What a bundle came to. */
export interface Bundle extends Row {
  /** Compressed bytes, from the sources of the packages and from their `dist/`. */
  readonly sources: number;
  readonly published: number;
}

const KB = 1000;

/** What reads models of one family. */
const family = (path: string) => `
  import { revive } from "@curtido/estimators/core";
  import { entries } from "@curtido/estimators/${path}";
  export const load = (bytes) => revive(bytes, { entries });`;

export const ROWS: readonly Row[] = [
  { name: "loads", source: `export { loads } from "@curtido/pickle";`, limit: 22 * KB },
  { name: "a linear model", source: family("linear_model"), limit: 69 * KB },
  { name: "trees and forests", source: family("tree"), limit: 75 * KB },
  { name: "every model", source: `export { revive } from "@curtido/estimators";`, limit: 300 * KB },
  // With the codecs that a page loads once it reads such a file: a bundle is one file here.
  { name: "tables in every format", source: `export { readTable } from "@curtido/tables";`, limit: 280 * KB },
];

/** The program and everything that it needs in one file, minified, for a browser. */
export async function bundled(source: string, conditions: readonly string[]): Promise<Uint8Array> {
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: join(import.meta.dirname, "..") },
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    conditions: [...conditions],
    write: false,
  });
  return outputFiles[0]!.contents;
}

/** Every bundle with its sizes; `dist/` must be built. */
export async function bundles(): Promise<Bundle[]> {
  const sizeOf = async (source: string, conditions: readonly string[]) =>
    gzipSync(await bundled(source, conditions), { level: 9 }).length;
  return Promise.all(
    ROWS.map(async (row) => ({
      ...row,
      sources: await sizeOf(row.source, ["curtido-source"]),
      published: await sizeOf(row.source, []),
    })),
  );
}

if (process.argv[1] === import.meta.filename) {
  const found = await bundles();
  console.log("bundle".padEnd(24), ...["sources", "published", "limit"].map((word) => word.padStart(10)));
  for (const { name, sources, published, limit } of found)
    console.log(name.padEnd(24), ...[sources, published, limit].map((bytes) => String(bytes).padStart(10)));
  if (found.some(({ sources, published, limit }) => Math.max(sources, published) > limit)) process.exitCode = 1;
}

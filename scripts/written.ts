// Writes what Python is to read back into a folder; `oracle/written.py` reads it. With --goldens it also remembers the
// SHA-256 of what was written in fixtures/written/, which `npm test` compares.
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { dumpJoblib, dumps, type JoblibOptions, loads, NdArray, writeNpy, writeNpz } from "@curtido/arrays";
import { compress, decompress } from "@curtido/arrays/node";
import { pickled, written } from "../packages/arrays/test/written.ts";

const FIXTURES = join(import.meta.dirname, "../fixtures");
const { values, positionals } = parseArgs({ options: { goldens: { type: "boolean" } }, allowPositionals: true });
const [folder] = positionals;
if (folder === undefined) throw new Error("usage: written.ts FOLDER [--goldens]");

function save(kind: string, name: string, bytes: Uint8Array): string {
  mkdirSync(join(folder!, kind), { recursive: true });
  writeFileSync(join(folder!, kind, name), bytes);
  return createHash("sha256").update(bytes).digest("hex");
}

const sums: Record<string, string> = {};
for (const [name, each] of Object.entries(written)) {
  const { bytes, buffers } = pickled(each);
  sums[`cases/${name}`] = save("cases", `${name}.pkl`, bytes);
  for (const [at, buffer] of buffers.entries()) save("cases", `${name}.pkl.${at}`, buffer);
}

const MACHINE_ONLY = /dtypes|bytes_are_bytes|out_of_band/;
for (const [name, each] of Object.entries(written).filter(([name]) => !MACHINE_ONLY.test(name))) {
  const options = { ...each.options } as JoblibOptions;
  sums[`joblib/${name}`] = save("joblib", `${name}.joblib`, dumpJoblib(each.value, options));
  // Compressed bytes are the business of zlib and change with its version: no golden.
  save(
    "joblib",
    `${name}.zlib.joblib`,
    dumpJoblib(each.value, { ...options, compress: (all) => compress("zlib", all) }),
  );
  save(
    "joblib",
    `${name}.gzip.joblib`,
    dumpJoblib(each.value, { ...options, compress: (all) => compress("gzip", all) }),
  );
  save("joblib", `${name}.unaligned.joblib`, dumpJoblib(each.value, { ...options, aligned: false }));
  const arrays = new Map([each.value].flat().flatMap((part, at) => (isArray(part) ? [[`a${at}`, part] as const] : [])));
  if (arrays.size === 0) continue;
  for (const [at, array] of [...arrays.values()].entries())
    sums[`npy/${name}.${at}`] = save("npy", `${name}.${at}.npy`, writeNpy(array, options));
  sums[`npz/${name}`] = save("npz", `${name}.npz`, writeNpz(arrays, options));
  save("npz", `${name}.deflated.npz`, writeNpz(arrays, { ...options, deflate: (bytes) => compress("deflate", bytes) }));
}

function isArray(value: unknown): value is NdArray {
  return value instanceof NdArray && !value.scalar;
}

for (const name of readdirSync(join(FIXTURES, "arrays")).filter((file) => file.endsWith(".pkl"))) {
  const protocol = Number(/\.p(\d)\.pkl$/.exec(name)?.[1] ?? 4);
  const value = loads(readFileSync(join(FIXTURES, "arrays", name)), { exact: true, decompress });
  save("again", name, dumps(value, { exact: true, protocol }));
}

if (values.goldens === true) {
  mkdirSync(join(FIXTURES, "written"), { recursive: true });
  writeFileSync(join(FIXTURES, "written", "sums.json"), `${JSON.stringify(sums, null, 1)}\n`);
}
console.log(`${Object.keys(sums).length} values written`);

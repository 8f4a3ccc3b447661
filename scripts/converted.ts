// Writes the tables of fixtures/convert/frames.pkl in every format that holds them; `oracle/convert.py check` reads them.
// With --goldens it also remembers the SHA-256 of what was written in fixtures/written/, which `npm test` compares.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { loads } from "@curtido/arrays";
import { type Dict, isCurtidoError } from "@curtido/pickle";
import { convertedNamed } from "../packages/curtido/src/convert/formats.ts";

const { values, positionals } = parseArgs({ options: { goldens: { type: "boolean" } }, allowPositionals: true });
const [folder] = positionals;
if (folder === undefined) throw new Error("usage: converted.ts FOLDER [--goldens]");
const sums: Record<string, string> = {};
mkdirSync(folder, { recursive: true });
const frames = loads(readFileSync(join(import.meta.dirname, "../fixtures/convert/frames.pkl")), {
  exact: true,
}) as Dict;
for (const [name, frame] of frames) {
  for (const ending of ["pkl", "joblib", "csv", "xlsx", "parquet"]) {
    try {
      const bytes = await convertedNamed(ending)!.write(frame, {});
      writeFileSync(join(folder, `${String(name)}.${ending}`), bytes);
      // A workbook says when it was made.
      if (ending !== "xlsx") sums[`${String(name)}.${ending}`] = createHash("sha256").update(bytes).digest("hex");
    } catch (error) {
      if (!isCurtidoError(error, "E_FORMAT")) throw error;
      console.log(`${String(name)}.${ending}: ${error.message}`);
    }
  }
}
if (values.goldens === true) {
  const goldens = join(import.meta.dirname, "../fixtures/written/converted.json");
  writeFileSync(goldens, `${JSON.stringify(sums, null, 1)}\n`);
}

// Writes the tables of fixtures/convert/frames.pkl in every format that holds them; `oracle/convert.py check` reads them.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { loads } from "@curtido/arrays";
import { type Dict, isCurtidoError } from "@curtido/pickle";
import { formats } from "../packages/curtido/src/convert/formats.ts";

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error("usage: converted.ts FOLDER");
mkdirSync(folder, { recursive: true });
const frames = loads(readFileSync(join(import.meta.dirname, "../fixtures/convert/frames.pkl")), {
  exact: true,
}) as Dict;
for (const [name, frame] of frames) {
  for (const ending of ["pkl", "joblib", "csv", "xlsx", "parquet"]) {
    try {
      const format = await formats[ending]!();
      writeFileSync(join(folder, `${String(name)}.${ending}`), await format.write(frame, {}));
    } catch (error) {
      if (!isCurtidoError(error, "E_FORMAT")) throw error;
      console.log(`${String(name)}.${ending}: ${error.message}`);
    }
  }
}

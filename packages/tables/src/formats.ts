/** @module The formats of tables: how each is read and written. */

import type { Format } from "./types.ts";

/** A format by its name, loaded when it is asked for. Values are Python's, exact: `bigint` is an int, `number` a float. */
export const tableFormats: Readonly<Record<string, () => Promise<Format>>> = {
  json: async () => (await import("./json.ts")).jsonFormat,
  jsonl: async () => (await import("./json.ts")).jsonLinesFormat,
  csv: async () => {
    const { readCsv, writeCsv } = await import("./csv.ts");
    return { read: (bytes, { names }) => readCsv(bytes, { names }), write: (value) => writeCsv(value) };
  },
  tsv: async () => {
    const { readCsv, writeCsv } = await import("./csv.ts");
    return {
      read: (bytes, { names }) => readCsv(bytes, { delimiter: "\t", names }),
      write: (value) => writeCsv(value, "\t"),
    };
  },
  xlsx: async () => {
    const { readXlsx, writeXlsx } = await import("./xlsx.ts");
    return { read: readXlsx, write: (value) => writeXlsx(value) };
  },
  parquet: async () => {
    const [{ readParquet }, { writeParquet }] = await Promise.all([
      import("./parquet/read.ts"),
      import("./parquet/write.ts"),
    ]);
    return { read: readParquet, write: writeParquet };
  },
};

/** @module Options that several commands have. */

import { Option } from "commander";

/** `--formulas`: what becomes in CSV of texts that a spreadsheet would compute. */
export function formulasOption(): Option {
  const words = "texts of CSV that a spreadsheet would compute get a quote in front, or are kept as they are";
  return new Option("--formulas <what>", words).choices(["quote", "keep"]);
}
